"""One file → what it declares: its components and units, their hierarchy and connections, and what it imports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from iondsl.errors import suggestion
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.words import CHILDREN, VERSIONS, XLINK
from iondsl.importers.xml import Element
from iondsl.source import Source, Span


@dataclass(frozen=True, slots=True, eq=False)
class Borrowed:
    """A component or units of another file, under the name that they have here."""

    name: str
    original: str
    element: Element
    source: Element  # the `<import>`


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A variable of one component is that of another."""

    components: tuple[str, str]
    variables: tuple[str, str]
    element: Element


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """Everything by name, as it is written. `imports` are the files behind the `<import>` elements."""

    source: Source
    root: Element
    components: dict[str, Element | Borrowed] = field(default_factory=dict)
    units: dict[str, Element | Borrowed] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    imports: dict[Element, Document] = field(default_factory=dict)

    @property
    def version(self) -> str:
        return VERSIONS[self.root.namespace]


def own_children(element: Element, name: str) -> Iterator[Element]:
    """The children of one name, in a namespace of the format."""
    return (each for each in element.children if each.name == name and each.namespace in VERSIONS)


def read_document(source: Source, root: Element, findings: Findings) -> Document:
    """What a file declares. E634 for what the format does not know, E639 for what is declared twice."""
    document = Document(source, root)
    check_words(root, findings)
    for element in root.children:
        if element.namespace not in VERSIONS:
            continue
        match element.name:
            case "component":
                declare(document.components, element, "component", findings)
            case "units":
                declare(document.units, element, "definition of the units", findings)
            case "import":
                read_import(document, element, findings)
            case "connection":
                read_connection(document, element, findings)
            case "encapsulation":
                read_hierarchy(document, element, findings)
            case "group" if any(each.get("relationship") == "encapsulation"
                                for each in own_children(element, "relationship_ref")):
                read_hierarchy(document, element, findings)
    return document


def check_words(element: Element, findings: Findings) -> None:
    known = CHILDREN.get(element.name, ())
    for child in element.children:
        if child.namespace not in VERSIONS:
            continue
        if child.name in known:
            check_words(child, findings)
        else:
            findings.add("E634", f"`<{child.name}>` in `<{element.name}>` means nothing here", child.tag)


def declare(table: dict[str, Element | Borrowed], element: Element, what: str, findings: Findings) -> None:
    name = findings.needed(element, "name")
    if name is not None:
        put(table, name, element, element.place("name"), what, findings)


def put(
    table: dict[str, Element | Borrowed], name: str, item: Element | Borrowed, span: Span, what: str, findings: Findings
) -> None:
    if name in table:
        findings.add("E639", f"a second {what} `{name}`", span, "give one of them another name")
    else:
        table[name] = item


def read_import(document: Document, element: Element, findings: Findings) -> None:
    findings.needed(element, "href", XLINK)
    for what, table in (("component", document.components), ("units", document.units)):
        for each in own_children(element, what):
            name, original = findings.needed(each, "name"), findings.needed(each, f"{what}_ref")
            if name is not None and original is not None:
                put(table, name, Borrowed(name, original, each, element), each.place("name"), what, findings)


def read_connection(document: Document, element: Element, findings: Findings) -> None:
    """Which components, 1.0 says in an element of its own and 2.0 in attributes."""
    named = next(own_children(element, "map_components"), element)
    one, other = findings.needed(named, "component_1"), findings.needed(named, "component_2")
    known = True
    for place, name in (("component_1", one), ("component_2", other)):
        if name is not None and name not in document.components:
            findings.add("E640", f"there is no component `{name}`", named.place(place), like(name, document))
            known = False
    if one is None or other is None or not known:
        return
    for each in own_children(element, "map_variables"):
        here, there = findings.needed(each, "variable_1"), findings.needed(each, "variable_2")
        if here is not None and there is not None:
            document.links.append(Link((one, other), (here, there), each))


def like(name: str, document: Document) -> str:
    return suggestion(name, document.components)


def read_hierarchy(document: Document, element: Element, findings: Findings, parent: str = "") -> None:
    for each in own_children(element, "component_ref"):
        name = findings.needed(each, "component")
        if name is None:
            continue
        if name not in document.components:
            findings.add("E640", f"there is no component `{name}`", each.place("component"), like(name, document))
            continue
        if parent and name in document.parents:
            findings.add("E639", f"a second parent of `{name}`", each.place("component"))
        elif parent:
            document.parents[name] = parent
        read_hierarchy(document, each, findings, name)
