"""The structure of a file as libcellml judges it: names, interfaces, hierarchy, connections, imports.

It sees an outline of each file (see `outline`), has no places, and opens no file: what is imported is handed to it.
Mathematics is not its part: its check of that takes seconds, and refuses numbers such as `1e-5`.
"""

from __future__ import annotations

from typing import Any

from iondsl.errors import UsageError
from iondsl.importers.cellml.documents import Document, own_children
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.outline import outline
from iondsl.importers.xml import Element
from iondsl.source import Span

MISSING = "CellML is read with the help of libcellml, which is not installed\n  pip install iondsl[cellml]"


def library() -> Any:
    """libcellml; UsageError where it is not installed."""
    try:
        import libcellml
    except ImportError:
        raise UsageError(MISSING) from None
    return libcellml


def validate(document: Document, findings: Findings) -> None:
    """E654 for what libcellml finds in a file or in one that it imports."""
    libcellml = library()
    names = {each: f"{number}.cellml" for number, each in enumerate(files(document))}
    importer, models = libcellml.Importer(False), {}
    for each, name in names.items():
        parser = libcellml.Parser(False)
        models[each] = parser.parseModel(outline(each, names))
        report(libcellml, parser, each, findings)
        importer.addModel(models[each], name)
    for each, model in models.items():
        importer.resolveImports(model, "")
        validator = libcellml.Validator()
        validator.validateModel(model)
        report(libcellml, validator, each, findings)


def files(document: Document) -> list[Document]:
    """A document and all behind it."""
    found = [document]
    for each in found:
        found += [other for other in dict.fromkeys(each.imports.values()) if other not in found]
    return found


def report(libcellml: Any, logger: Any, document: Document, findings: Findings) -> None:
    for number in range(logger.errorCount()):
        issue = logger.error(number)
        message = " ".join(issue.description().split())
        findings.add("E654", f"libcellml: {message}", place(libcellml, issue.item(), document))


def place(libcellml: Any, item: Any, document: Document) -> Span:
    """Where the thing stands that an issue is about: libcellml keeps names, not places."""
    kind = libcellml.CellmlElementType
    match item.type():
        case kind.VARIABLE:
            variable = item.variable()
            parent = variable.parent()
            found = None if parent is None else component(document, parent.name())
            return tag(None if found is None else named(found, "variable", variable.name()), document)
        case kind.COMPONENT | kind.COMPONENT_REF | kind.MATH:
            return tag(component(document, item.component().name()), document)
    return document.root.tag


def component(document: Document, name: str) -> Element | None:
    found = document.components.get(name)
    return found if isinstance(found, Element) or found is None else found.element


def named(element: Element, what: str, name: str) -> Element | None:
    return next((each for each in own_children(element, what) if each.get("name") == name), None)


def tag(element: Element | None, document: Document) -> Span:
    return document.root.tag if element is None else element.tag
