"""The text of functions put in the place of their calls, within limits: calls of calls grow exponentially."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from iondsl.elaborate.scope import Report
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Expression, Name, wrong
from iondsl.traversal import depth, rewrite, walk

MAX_DEPTH = 100
MAX_NODES = 50_000  # in all calls of a model together


@dataclass(slots=True)
class Inlining:
    """The expanded bodies of functions, by their paths, and how much of the limit is used up."""

    report: Report
    bodies: dict[tuple[str, ...], Expression] = field(default_factory=dict)
    used: int = 0

    def put(self, body: Expression, arguments: Mapping[str, Expression], span: Span) -> Expression:
        """The body with its parameters replaced by arguments, unless that becomes too large or too deep."""
        if self.used > MAX_NODES:
            return wrong(span)
        self.used += grown(body, arguments)
        if self.used > MAX_NODES:
            message = f"the functions of this model come to more than {MAX_NODES:,} operations when written out"
            self.report(Diagnostic("E114", message, span, "give what is used twice a name, on a line of its own"))
            return wrong(span)
        deepest = max((depth(argument) for argument in arguments.values()), default=0)
        if depth(body) + deepest > MAX_DEPTH:
            return self.too_deep(span)

        def change(node: Expression) -> Expression:
            return arguments.get(node.text, node) if isinstance(node, Name) else node

        return replace(rewrite(body, change), span=span)  # what comes of it is blamed on the call

    def bounded(self, expression: Expression, span: Span) -> Expression:
        return expression if depth(expression) <= MAX_DEPTH else self.too_deep(span)

    def too_deep(self, span: Span) -> Expression:
        message = f"nested more than {MAX_DEPTH} deep when its functions are written out"
        self.report(Diagnostic("E112", message, span, "give parts of it names, on lines of their own"))
        return wrong(span)


def grown(body: Expression, arguments: Mapping[str, Expression]) -> int:
    """How many nodes the body has once the arguments stand in it."""
    uses = Counter(node.text if isinstance(node, Name) else "" for node in walk(body))
    return sum(uses.values()) + sum(uses[name] * size(argument) for name, argument in arguments.items())


def size(expression: Expression) -> int:
    return sum(1 for _ in walk(expression))
