"""What is declared, written anew for libcellml: no mathematics, no annotations, no units, no names of files.

Units are left out as its check of connections does not look into imported ones, and takes two of the same name, in
two components of CellML 1.0, for one declared twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import quoteattr

from iondsl.importers.cellml.documents import Document
from iondsl.importers.cellml.words import VERSIONS, XLINK
from iondsl.importers.xml import Element

LEFT_OUT = ("units", "reaction", "reset")


def outline(document: Document, names: Mapping[Document, str]) -> str:
    """A document as text; its imports are under the names that are given to the files behind them."""
    return "".join(written(document.root, document, names, f' xmlns="{document.root.namespace}"'))


def written(element: Element, document: Document, names: Mapping[Document, str], more: str = "") -> Iterator[str]:
    own = {name: value for (namespace, name), value in element.attributes.items() if not namespace and name != "id"}
    if "units" in own:
        own["units"] = "dimensionless"
    if element in document.imports:
        more += f' xmlns:xlink="{XLINK}" xlink:href="{names[document.imports[element]]}"'
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in own.items())
    yield f"<{element.name}{more}{attributes}>"
    for child in element.children:
        if child.namespace in VERSIONS and child.name not in LEFT_OUT:
            yield from written(child, document, names)
    yield f"</{element.name}>"
