"""Whether a residual is certainly not 0: its value at a few points near the start. No law is accepted by this."""

from __future__ import annotations

import math
from dataclasses import field
from zlib import crc32

from iondsl.conservation.facts import Facts, defining
from iondsl.conservation.sums import Atom, Monomial, Sum
from iondsl.constants import CONSTANTS
from iondsl.elaborate.names import names_in
from iondsl.evaluation import FUNCTIONS, NumberError, evaluated
from iondsl.immutable import frozen

POINTS = 3
# A sum is called different from 0 if it is that large beside its terms: rounding is a million times smaller.
LEAST = 1e-6
# By how much numbers are moved away from those of the model, which may be special: one that is 0, or equal volumes.
SPREAD = 0.2
# How far initial values are followed that are defined by others.
DEEPEST = 10


def is_violated(residual: Sum, known: Facts) -> bool:
    """Whether it is clearly not 0 at every point; False also where that cannot be told."""
    try:
        return all(is_far_from_0(residual, Point(known, point)) for point in range(POINTS))
    except (NumberError, ArithmeticError, ValueError):
        return False


def is_far_from_0(residual: Sum, point: Point) -> bool:
    terms = [float(coefficient) * point.product(monomial) for monomial, coefficient in residual.terms.items()]
    total, size = math.fsum(terms), math.fsum(map(abs, terms))
    return math.isfinite(size) and abs(total) > LEAST * size


@frozen
class Point:
    """The numbers of a model, each moved by a little that depends on its name and on the point.

    `values` are those that have been asked for.
    """

    known: Facts
    point: int
    values: dict[str, float] = field(default_factory=dict)

    def product(self, monomial: Monomial) -> float:
        return math.prod(math.pow(self.atom(atom), power) for atom, power in monomial)

    def atom(self, atom: Atom) -> float:
        if not atom.function:
            return self.value(atom.text)
        if atom.function == "opaque":
            raise NumberError
        arguments = [self.sum(each) for each in atom.arguments]
        return arguments[0] if atom.is_sum else FUNCTIONS[atom.function](*arguments)

    def sum(self, base: Sum) -> float:
        return math.fsum(float(each) * self.product(monomial) for monomial, each in base.terms.items())

    def value(self, text: str) -> float:
        """Of a name or an `x'`: worked out in the order of definitions, as chains of them may be long."""
        quantities, ranks, values = self.known.quantities, self.known.ranks, self.values
        needed, waiting = {text} - values.keys(), [text]
        while waiting:
            top = waiting.pop()
            side = None if top in values else defining(top, quantities)
            new = set() if side is None else names_in(side) - needed - values.keys()
            needed |= new
            waiting += new
        for each in sorted(needed, key=lambda each: ranks.get(each, -1)):
            side = defining(each, quantities)
            values[each] = self.given(each) if side is None else evaluated(side, values.__getitem__)
        return values[text]

    def given(self, text: str) -> float:
        """The start of a state or the value of a parameter, moved a little."""
        if text in CONSTANTS and text not in self.known.quantities:
            return float(CONSTANTS[text].text)
        if text == "pi":
            return math.pi
        share = SPREAD * (crc32(f"{text} {self.point}".encode()) / 2**32 - 0.5)
        start = self.start(text, DEEPEST)
        return start * (1 + share) if start else abs(share)

    def start(self, text: str, depth: int) -> float:
        """As it is declared; some number where that is not simple."""
        quantity = self.known.quantities.get(text)
        if quantity is None or quantity.value is None or depth == 0:
            return 1.0
        return evaluated(quantity.value.expanded, lambda used: self.start(used, depth - 1))
