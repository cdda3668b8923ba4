"""One line of code → what it says, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable

from iondsl.immutable import frozen
from iondsl.importers.foreign import Function
from iondsl.importers.mmt.expressions import read_expression, read_name
from iondsl.importers.mmt.kinds import number
from iondsl.importers.mmt.tokens import Tokens, refused
from iondsl.importers.mmt.units import unit_literal
from iondsl.source import Span
from iondsl.syntax import Expression, Name, UnitLiteral

PROPERTIES = ("in", "bind", "label")


@frozen
class Header:
    """`[ina]`."""

    name: str
    span: Span


@frozen
class Property:
    """`in [mV]`, `bind time`, `label membrane_potential`."""

    keyword: str
    value: UnitLiteral | str
    span: Span


@frozen
class Assignment:
    """`x = ...` or `dot(x) = ...`, with the properties behind it; `span` is that of the name."""

    name: str
    span: Span
    is_state: bool
    value: Expression | None
    properties: tuple[Property, ...] = ()


@frozen
class Start:
    """`membrane.V = -80`."""

    name: Name
    value: Expression | None


@frozen
class Alias:
    """`membrane.V as v`; `span` is that of the new name."""

    name: str
    span: Span
    target: Name


@frozen
class Aliases:
    """`use membrane.V as v, engine.time`."""

    each: tuple[Alias, ...]
    span: Span


Statement = Header | Property | Assignment | Start | Aliases | Function


def read_statement(code: Span) -> Statement:
    """Raises UnreadableError."""
    tokens = Tokens(code)
    statement = rule_for(tokens)(tokens)
    tokens.finish()
    return statement


def rule_for(tokens: Tokens) -> Callable[[Tokens], Statement]:
    first, second = tokens.next, tokens.behind
    if first.kind == "bracketed":
        return header
    if first.text == "use":
        return aliases
    if first.text in PROPERTIES and second.text != "=":
        return a_property
    if first.kind == "call":
        return derivative if first.text == "dot" else function
    return start if second.text == "." else assignment


def header(tokens: Tokens) -> Header:
    inside = Tokens(tokens.at(tokens.take()).part(1, len(tokens.previous.text) - 1))
    name = inside.name()
    inside.finish()
    return Header(name.text, inside.at(name))


def aliases(tokens: Tokens) -> Aliases:
    first = tokens.take()
    found = [alias(tokens)]
    while tokens.accept(","):
        found.append(alias(tokens))
    return Aliases(tuple(found), tokens.since(first.start))


def alias(tokens: Tokens) -> Alias:
    target = read_name(tokens)
    if len(target.path) == 1:
        raise refused("E611", f"`{target.text}` is no full name", target.span, "write it with its component: `x.y`")
    if tokens.accept("as"):
        name = tokens.name()
        return Alias(name.text, tokens.at(name), target)
    return Alias(target.path[1], target.span, target)


def a_property(tokens: Tokens) -> Property:
    keyword = tokens.take()
    if keyword.text != "in":
        name = tokens.name()
        return Property(keyword.text, name.text, tokens.since(keyword.start))
    if tokens.next.kind != "bracketed":
        raise tokens.unexpected("a unit in brackets")
    unit = unit_literal(tokens.at(tokens.take()), read_expression)
    return Property("in", unit, tokens.since(keyword.start))


def assignment(tokens: Tokens) -> Assignment:
    name = tokens.name()
    return defined(tokens, name.text, tokens.at(name), is_state=False)


def derivative(tokens: Tokens) -> Assignment:
    tokens.expect("dot")
    tokens.expect("(")
    name = tokens.name()
    tokens.expect(")")
    return defined(tokens, name.text, tokens.at(name), is_state=True)


def defined(tokens: Tokens, name: str, span: Span, is_state: bool) -> Assignment:
    if tokens.next.kind == "end" or tokens.next.text in PROPERTIES:
        raise refused("E623", f"`{name}` has no value", span, f"write `{name} = ...`, or `{name}:` for a text")
    tokens.expect("=")
    value = number(read_expression(tokens))
    properties = []
    while tokens.next.text in PROPERTIES:
        properties.append(a_property(tokens))
    return Assignment(name, span, is_state, value, tuple(properties))


def start(tokens: Tokens) -> Start:
    name = read_name(tokens)
    tokens.expect("=")
    return Start(name, number(read_expression(tokens)))


def function(tokens: Tokens) -> Function:
    name, parameters = tokens.take(), list[str]()
    tokens.expect("(")
    while not tokens.accept(")"):
        if parameters:
            tokens.expect(",")
        parameter = tokens.name()
        if parameter.text in parameters:
            raise refused("E615", f"`{parameter.text}` is an argument twice", tokens.at(parameter))
        parameters.append(parameter.text)
    tokens.expect("=")
    value = read_expression(tokens)
    return Function(name.text, tuple(parameters), number(value), tokens.at(name))
