"""`initial(expr)` → a constant state behind all others, which keeps what the expression is when a run begins.

A state and nothing else: so it is computed with the other initial values, cell by cell, goes on with a run that is
continued, and no scheme or target needs to know of it. Its name is the call itself, which no author can give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from iondsl.elaborate.draft import Draft, number
from iondsl.formatter import text
from iondsl.functions import INITIAL
from iondsl.immutable import frozen
from iondsl.syntax import Call, Expression, Name, wrong
from iondsl.system import Formula, Kind, Quantity
from iondsl.traversal import rewrite, unfold, walk

ORIGIN = "value at the start"


@frozen
class Starts:
    """Every `initial(...)` of a model once, by the name of its state."""

    found: dict[str, Call] = field(default_factory=dict)

    def kept(self, expression: Expression) -> Expression:
        """The expression, its calls written out, with the states in the places of `initial(...)`."""
        if not any(map(is_initial, walk(expression))):
            return expression

        def change(node: Expression) -> Expression:
            return self.state(node) if isinstance(node, Call) and is_initial(node) else node

        return unfold(expression, change)

    def state(self, call: Call) -> Name:
        """The state of a call; what is initial inside it is so anyway."""
        (argument,) = call.arguments
        plain = rewrite(argument, lambda node: node.arguments[0] if is_initial(node) else node)  # type: ignore[union-attr]
        if any(node == wrong(node.span) for node in walk(plain)):
            return wrong(call.span)
        alone = Call(call.function, (plain,), (), call.span)
        name = text(alone)
        self.found.setdefault(name, alone)
        return Name((name,), call.span)

    def quantities(self) -> Iterator[Quantity]:
        """The states, in the order in which they were met; a constant one follows from its rate of 0."""
        for name, call in self.found.items():
            (argument,) = call.arguments
            zero = number("0", call.span)
            start = Formula(argument, argument, ORIGIN)
            yield Quantity(name, Kind.STATE, None, start, call.span, Formula(zero, zero, ORIGIN))

    def drafts(self) -> Iterator[Draft]:
        """For their units, which are those of their expressions, as of any derived quantity."""
        for name, call in self.found.items():
            yield Draft(name, Kind.EQUATION, call.span, None)


def is_initial(node: Expression) -> bool:
    return isinstance(node, Call) and node.function.text == INITIAL
