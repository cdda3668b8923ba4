"""Brackets → unit, exactly.

    unit   = ("1" | factor) { ("*" | "/") factor } [ "(" multiplier ")" ]
    factor = name [ "^" [ "-" ] number ]

A multiplier is an expression of numbers.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from iondsl.errors import suggestion
from iondsl.importers.mmt.tokens import Tokens, UnreadableError, refused
from iondsl.importers.mmt.unit_names import known_names, short, unit_named
from iondsl.source import Source, Span
from iondsl.syntax import Binary, Expression, Number, Unary, UnitLiteral
from iondsl.units import ONE, Unit, UnitError, read_unit

Read = Callable[[Tokens], Expression]

ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
MAX_POWER, MAX_BITS = 99, 1024
NAME = re.compile(r"[A-Za-z]\w*")
EXPONENT = re.compile(r"[0-9.]{1,6}")


def unit_literal(span: Span, read: Read) -> UnitLiteral:
    """What stands in brackets, these included; `read` is how expressions are read. Raises UnreadableError."""
    inside = span.part(1, span.end - span.start - 1)
    return UnitLiteral(as_text(inside.text, read) or unit_at(inside, read), span)


@lru_cache(maxsize=1024)
def as_text(text: str, read: Read) -> Unit | None:
    """The unit that a text is, wherever it stands: a file has few units, and each of them often."""
    try:
        return unit_at(Span(Source("", text), 0, len(text)), read)
    except UnreadableError:
        return None


def unit_at(inside: Span, read: Read) -> Unit:
    tokens = Tokens(inside, "unit")
    try:
        unit = read_product(tokens, read)
    except UnitError as error:
        raise refused("E619", error.message, inside, error.cure) from None
    tokens.finish()
    return Unit(unit.scale, unit.dimension, text_for(unit, inside.text.strip()))


def read_product(tokens: Tokens, read: Read) -> Unit:
    unit = ONE if tokens.accept("1") else read_factor(tokens)
    while tokens.next.text in ("*", "/"):
        divide = tokens.take().text == "/"
        factor = read_factor(tokens)
        unit = unit / factor if divide else unit * factor
    if tokens.accept("("):
        unit *= Unit(multiplier(read(tokens)), ONE.dimension)
        tokens.expect(")")
    return unit


def read_factor(tokens: Tokens) -> Unit:
    if tokens.next.kind not in ("name", "call"):
        raise tokens.unexpected("a unit")
    token = tokens.take()
    unit = unit_named(token.text)
    if unit is None:
        raise refused("E619", f"unknown unit `{token.text}`", tokens.at(token), cure_for(token.text))
    return unit ** read_exponent(tokens) if tokens.accept("^") else unit


def cure_for(name: str) -> str:
    """`cm^2` for `cm2`, or what is spelt alike."""
    base = name.rstrip("0123456789")
    if base != name and unit_named(base) is not None:
        return f"did you mean `{base}^{name[len(base):]}`?"
    return suggestion(name, known_names())


def read_exponent(tokens: Tokens) -> Fraction:
    sign = -1 if tokens.accept("-") else 1
    if tokens.next.kind != "number":
        raise tokens.unexpected("a number")
    token = tokens.take()
    if not EXPONENT.fullmatch(token.text):
        raise refused("E619", f"`{token.text}` is no exponent", tokens.at(token), "write `^2`, `^-1` or `^0.5`")
    return sign * Fraction(token.text)


def multiplier(node: Expression) -> Fraction:
    """A positive number, computed exactly."""
    value = exact(node)
    if value <= 0:
        raise refused("E619", "a unit is multiplied by a positive number", node.span)
    return value


def exact(node: Expression) -> Fraction:
    match node:
        case Number():
            value = Fraction(node.text)
        case Unary():
            value = exact(node.operand) * (-1 if node.operator == "-" else 1)
        case Binary(operator="/", right=right) if not exact(right):
            raise refused("E619", "a division by zero", right.span)
        case Binary(operator="^"):
            value = power(exact(node.left), exact(node.right), node.span)
        case Binary():
            value = ARITHMETIC[node.operator](exact(node.left), exact(node.right))
        case _:
            raise refused("E619", "this cannot be computed exactly", node.span, "write the number, as in `[mV (1e-3)]`")
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise refused("E619", "this multiplier is out of range", node.span)
    return value


def power(base: Fraction, exponent: Fraction, span: Span) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > MAX_POWER or not base:
        raise refused("E619", "this cannot be computed exactly", span, "write the number, as in `[mV (1e-3)]`")
    return base ** exponent.numerator


def text_for(unit: Unit, written: str) -> str:
    """What is written, in the language's names, if it is the same unit there; else the unit finds its own text."""
    text = NAME.sub(lambda name: short(name[0]), written)
    try:
        return text if read_unit(text) == unit else ""
    except UnitError:
        return ""
