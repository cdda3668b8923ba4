"""The text of a law → its syntax, with arguments and the temperature put in, and the place of the call that asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from iondsl.elaborate.ions import whole
from iondsl.elaborate.physics.whole_numbers import tidy
from iondsl.parser.line import parse_line
from iondsl.source import Source, Span
from iondsl.syntax import Call, Convert, Definition, Expression, Name, Number, UnitLiteral
from iondsl.traversal import rewrite
from iondsl.units import ONE

TEMPERATURE = "T"


@cache
def parsed(text: str) -> Expression:
    """The expression that a text in the language says."""
    line = f"law = {text}"
    statement = parse_line(Span(Source("a law", line), 0, len(line))).statement
    assert isinstance(statement, Definition)
    assert statement.value is not None
    return statement.value


def outline(text: str, arguments: Mapping[str, Expression], span: Span, temperature: Expression) -> Expression:
    """The law with whole numbers worked in, such as a valence, and a marker in the place of each other argument."""

    def change(node: Expression) -> Expression:
        if isinstance(node, Name) and node.text in arguments:
            argument = arguments[node.text]
            return Name((marker(node.text),), span) if whole(argument) is None else argument
        if isinstance(node, Name) and node.text == TEMPERATURE:
            return temperature
        return tidy(placed(node, span))

    return rewrite(rewrite(parsed(text), change), pure)


def pure(node: Expression) -> Expression:
    """A number of the law itself, which stands for no unit."""
    if isinstance(node, Number) and node.unit is None:
        return replace(node, unit=UnitLiteral(ONE, node.span, implied=True))
    return node


def marked(arguments: Mapping[str, Expression]) -> dict[str, Expression]:
    return {marker(name): argument for name, argument in arguments.items()}


def marker(argument: str) -> str:
    """A name that no user can write."""
    return f"({argument})"


def placed(node: Expression, span: Span) -> Expression:
    """The node with the span of the call, so that whatever is wrong points into the user's file."""
    match node:
        case Number(unit=UnitLiteral() as unit):
            return replace(node, span=span, unit=replace(unit, span=span))
        case Convert():
            return replace(node, span=span, unit=replace(node.unit, span=span))
        case Call():
            return replace(node, span=span, function=replace(node.function, span=span))
    return replace(node, span=span)
