"""The equations of all components, and which variable each of them defines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.instances import Declared, Instance
from iondsl.importers.mathml import MATHML
from iondsl.importers.xml import Element


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """What a side of an equation may define: a variable, or its derivative in the variable `by`."""

    variable: Declared
    element: Element
    by: Declared | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """`left = right`."""

    instance: Instance
    element: Element
    left: Element
    right: Element

    @property
    def unknowns(self) -> list[tuple[Unknown, Element]]:
        """What it may define, each with the other side: the left one first."""
        sides = (self.left, self.right), (self.right, self.left)
        found = [(unknown(side, self.instance), other) for side, other in sides]
        return [(each, other) for each, other in found if each is not None]


def unknown(element: Element, instance: Instance) -> Unknown | None:
    """The variable, if the element is nothing but one or its derivative."""
    if element.name == "ci":
        variable = instance.variables.get(element.text)
        return None if variable is None else Unknown(variable, element)
    names = [each.name for each in element.children]
    if element.name != "apply" or names not in (["diff", "bvar", "ci"], ["diff", "ci", "bvar"]):
        return None
    bvar, of = (next(each for each in element.children if each.name == name) for name in ("bvar", "ci"))
    by = next((instance.variables.get(each.text) for each in bvar.children if each.name == "ci"), None)
    variable = instance.variables.get(of.text)
    return None if variable is None or by is None else Unknown(variable, element, by)


def equations(instances: Iterable[Instance], findings: Findings) -> list[Equation]:
    """All equations, in the order of the file. Other mathematics is an error: it would be lost."""
    return [equation for instance in instances for equation in equations_of(instance, findings)]


def equations_of(instance: Instance, findings: Findings) -> Iterator[Equation]:
    for element in statements(instance.element):
        while element.name == "semantics" and element.children:
            element = element.children[0]
        head, *sides = element.children or (element,)
        if element.name != "apply":
            findings.add("E645", f"`<{element.name}>` cannot be carried over", element.tag, "only equations can")
        elif head.name != "eq":
            findings.add("E648", f"`<{head.name}/>` is no equation", element.span, "it is `<eq/>` of two sides")
        elif len(sides) != 2:
            findings.add("E646", f"`<eq/>` with {len(sides)} operands", element.span, "an equation has two sides")
        else:
            yield Equation(instance, element, *sides)


def statements(component: Element) -> Iterator[Element]:
    return (each for math in component.children if (math.namespace, math.name) == (MATHML, "math")
            for each in math.children)
