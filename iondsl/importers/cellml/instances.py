"""Components as they stand in the whole model: those of the file, and copies of what it imports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from iondsl.errors import ModelError
from iondsl.importers.cellml.documents import Borrowed, Document, Link, own_children
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.units import Units
from iondsl.importers.xml import Element
from iondsl.syntax import UnitLiteral

MAX_COMPONENTS = 10_000
RENAME = "give one of them another name"
GONE = {
    "reaction": "write the rates of the species as equations",
    "reset": "the language has events: write what happens as one, by hand",
}


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A variable as a component declares it: one number may have many, connected with each other."""

    instance: Instance
    name: str
    element: Element
    unit: UnitLiteral | None

    @property
    def path(self) -> tuple[str, str]:
        return self.instance.name, self.name

    @property
    def text(self) -> str:
        return ".".join(self.path)

    @property
    def is_source(self) -> bool:
        """Whether it says that its value comes from nowhere else."""
        return self.instance.document.version != "2.0" and not self.is_input

    @property
    def is_read(self) -> bool:
        return self.name in self.instance.read

    @property
    def is_input(self) -> bool:
        """Whether it says that its value comes from elsewhere, as only CellML 1.0 and 1.1 can."""
        return "in" in (self.element.get("public_interface"), self.element.get("private_interface"))


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A component under the name that it has in the model; `read` are the names in its equations."""

    name: str
    document: Document
    element: Element
    variables: dict[str, Declared] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class Wire:
    """Two variables that are one number."""

    ends: tuple[Declared, Declared]
    element: Element


class Builder:
    """Instances in the order of the file; what belongs to an imported component stands behind it.

    Raises:
        ModelError: E632 for so many that files with copies of copies must be behind it.
    """

    def __init__(self, root: Document, findings: Findings) -> None:
        self.findings, self.units = findings, Units(findings)
        self.taken = set(root.components)
        self.instances: list[Instance] = []
        self.wires: list[Wire] = []
        self.tree(root, {name: name for name in root.components})

    def tree(self, document: Document, names: dict[str, str]) -> dict[str, Instance]:
        """Components of one document, each under its new name, and the connections between them."""
        placed = {old: self.place(document, old, new) for old, new in names.items()}
        known = {name: instance for name, instance in placed.items() if instance is not None}
        for link in document.links:
            if all(each in known for each in link.components):
                self.connect(link, *(known[each] for each in link.components))
        return known

    def place(self, document: Document, name: str, new: str) -> Instance | None:
        item = document.components[name]
        if isinstance(item, Element):
            return self.declare(document, item, new)
        return self.borrow(document, item, new)

    def borrow(self, document: Document, item: Borrowed, new: str) -> Instance | None:
        """A component of another file, with all that it encapsulates."""
        other = document.imports.get(item.source)
        if other is None:
            return None
        if item.original not in other.components:
            message = f"`{other.source.name}` has no component `{item.original}`"
            self.findings.add("E637", message, item.element.place("component_ref"))
            return None
        inner = {name: self.unique(name, new) for name in encapsulated(other, item.original)}
        return self.tree(other, {item.original: new, **inner}).get(item.original)

    def unique(self, name: str, outer: str) -> str:
        """Its own name; if that is taken, behind that of the component around it."""
        while name in self.taken:
            name = f"{outer}_{name}"
        self.taken.add(name)
        return name

    def declare(self, document: Document, element: Element, name: str) -> Instance:
        if len(self.instances) >= MAX_COMPONENTS:
            self.findings.add("E632", f"more than {MAX_COMPONENTS:,} components", element.tag)
            raise ModelError(self.findings.all)
        formulas = (each for each in element.children if each.name == "math")
        read = {each.text for math in formulas for each in math.walk() if each.name == "ci"}
        instance = Instance(name, document, element, read=read)
        self.instances.append(instance)
        for each in own_children(element, "variable"):
            self.variable(instance, each)
        for name, cure in GONE.items():
            for each in own_children(element, name):
                self.findings.add("E635", f"a `<{name}>` cannot be carried over", each.tag, cure)
        return instance

    def variable(self, instance: Instance, element: Element) -> None:
        name, unit = self.findings.needed(element, "name"), self.findings.needed(element, "units")
        if name is None:
            return
        if name in instance.variables:
            self.findings.add("E639", f"a second variable `{name}` of `{instance.name}`", element.place("name"), RENAME)
            return
        literal = None if unit is None else self.literal(unit, instance, element)
        instance.variables[name] = Declared(instance, name, element, literal)

    def literal(self, name: str, instance: Instance, element: Element) -> UnitLiteral | None:
        """The units that an element names in its attribute `units`."""
        span = element.place("units")
        unit = self.units.named(name, instance.document, instance.element, span)
        return None if unit is None else UnitLiteral(unit, span)

    def connect(self, link: Link, one: Instance, other: Instance) -> None:
        ends = []
        for place, instance, name in zip(("variable_1", "variable_2"), (one, other), link.variables, strict=True):
            if name in instance.variables:
                ends.append(instance.variables[name])
            else:
                message = f"`{instance.name}` has no variable `{name}`"
                self.findings.add("E640", message, link.element.place(place))
        if len(ends) == 2:
            self.wires.append(Wire((ends[0], ends[1]), link.element))


def encapsulated(document: Document, name: str) -> Iterable[str]:
    """The components inside one, to any depth, in the order of the file. A circle of parents comes to an end."""
    inside = {name}
    while more := {each for each, parent in document.parents.items() if parent in inside} - inside:
        inside |= more
    return [each for each in document.components if each in inside and each != name]
