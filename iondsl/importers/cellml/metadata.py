"""What a file says beside the model: its documentation, what others call its variables, and where it comes from.

Annotations are RDF; documentation has the elements of DocBook. Both are read as far as models need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iondsl.importers.cellml.words import CMETA, RDF
from iondsl.importers.foreign import POTENTIAL
from iondsl.importers.references import cited
from iondsl.importers.xml import Element

BQBIOL = "http://biomodels.net/biology-qualifiers/"
OXMETA = "https://chaste.comlab.ox.ac.uk/cellml/ns/oxford-metadata#"
# The names of that vocabulary that are labels of Myokit's.
LABELS = {"membrane_voltage": POTENTIAL}
DOI = re.compile(r"doi(?:\.org/|[:/])(10\.\d{4,9}/\S+)")
PUBMED = re.compile(r"(?:pubmed|PubMed)[:/](\d+)")


def identifier(element: Element) -> str:
    """`cmeta:id`, or `id` in CellML 2.0."""
    return element.get("id", CMETA) or element.get("id") or ""


def documentation(element: Element) -> str:
    """The title as the first sentence, and the paragraphs behind it."""
    texts = []
    for each in (each for each in element.children if each.name == "documentation"):
        title = next((words(item) for item in outside_sections(each) if item.name == "title"), "")
        texts += [f"{title.rstrip('.')}."] if title else []
        texts += [words(item) for item in each.walk() if item.name == "para"]
    return "\n\n".join(text for text in texts if text)


def outside_sections(element: Element) -> Iterator[Element]:
    """What stands in the head of a text: a section has a title of its own, such as "Model Status"."""
    for each in element.children:
        if not each.name.startswith("sect"):
            yield each
            yield from outside_sections(each)


def words(element: Element) -> str:
    """All text in an element, in one line."""
    return " ".join("".join(pieces(element)).split())


def pieces(element: Element) -> Iterator[str]:
    for each in element.content:
        if isinstance(each, str):
            yield each
        else:
            yield from pieces(each)


def labels(root: Element) -> dict[str, str]:
    """What the variables mean, by their identifiers, in the words of the Oxford metadata."""
    found: dict[str, str] = {}
    for each in root.walk():
        about = each.get("about", RDF) or ""
        for said in each.children if about.startswith("#") else ():
            meaning = said.get("resource", RDF) or ""
            if (said.namespace, said.name) == (BQBIOL, "is") and meaning.startswith(OXMETA):
                name = meaning.removeprefix(OXMETA)
                found.setdefault(about[1:], LABELS.get(name, name))
    return found


def citations(root: Element) -> tuple[str, ...]:
    """The papers that the annotations name, and the documentation: `doi:` or `pubmed:`, each once."""
    found: list[str] = []
    for each in root.walk():
        if each.name == "Pubmed_id" and each.text.isdigit():
            found.append(f"pubmed:{each.text}")
        elif each.name == "isDescribedBy":
            said = each.get("resource", RDF) or ""
            found += [f"doi:{text}" for text in DOI.findall(said)]
            found += [f"pubmed:{text}" for text in PUBMED.findall(said)]
    return tuple(dict.fromkeys([*found, *cited(documentation(root))]))
