"""Text between brackets -> Unit.

Written by hand rather than as a grammar: a warm run imports no parser generator, and still has to read the
unit of `--set I_Na.g=100[mS/cm^2]`.

    product  = power { ("*" | "/" | space) power }        left to right, all three binding alike
    power    = atom [ "^" exponent ]
    atom     = number | name | "(" product ")"
    exponent = [sign] number | "(" [sign] number [ "/" number ] ")"

One function per rule; each takes its tokens and leaves the rest. The depth of their recursion is bounded by
`tokenize`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from iondsl.units.algebra import ONE, Unit, UnitError
from iondsl.units.exponent import read_exponent
from iondsl.units.suggest import cure_for
from iondsl.units.table import OFFSETS, lookup
from iondsl.units.tokens import Token, Tokens

MAX_LENGTH = 200


@lru_cache(maxsize=1024)  # a model writes few units, often
def read_unit(text: str) -> Unit:
    """Return the unit that `text`, without its brackets, names; its `text` is the one given, stripped.

    Raises UnitError with offsets into `text`.
    """
    if len(text) > MAX_LENGTH:
        message = f"a unit has at most {MAX_LENGTH} characters, this one {len(text)}"
        raise UnitError(message, 0, len(text), "name the quantity in simpler units")
    if not text.strip(" \t"):
        raise UnitError("empty unit", 0, len(text), "a dimensionless quantity has `[1]` or no brackets")
    tokens = Tokens(text)
    unit = _product(tokens)
    surplus = tokens.next
    if surplus.kind != "end":
        raise surplus.error("`)` closes nothing" if surplus.text == ")" else f"unexpected `{surplus.text}`")
    return Unit(unit.scale, unit.dimension, text.strip(" \t"))


def _product(tokens: Tokens) -> Unit:
    start = tokens.next.start
    unit = _power(tokens)
    while symbol := tokens.accept("*", "/") or _space(tokens):
        operation = operator.truediv if symbol == "/" else operator.mul
        unit = _combine(operation, unit, _power(tokens), tokens, start)
    return unit


def _space(tokens: Tokens) -> str:
    """Return a space where the next token is a factor without an operator before it."""
    token = tokens.next
    if token.kind not in ("number", "name") and token.text != "(":
        return ""
    if token.start == tokens.previous.end:
        raise token.error(f"a space, `*` or `/` is missing before `{token.text}`")
    return " "


def _power(tokens: Tokens) -> Unit:
    start = tokens.next.start
    base = _atom(tokens)
    if not tokens.accept("^"):
        return base
    return _combine(operator.pow, base, read_exponent(tokens), tokens, start)


def _combine(
    operation: Callable[..., Unit], left: Unit, right: Unit | Fraction, tokens: Tokens, start: int
) -> Unit:
    """Apply `operation`, blaming the text from `start` to here for what it refuses."""
    try:
        return operation(left, right)
    except UnitError as error:
        raise UnitError(error.message, start, tokens.previous.end, error.cure) from None


def _atom(tokens: Tokens) -> Unit:
    token = tokens.next
    if token.kind == "end":
        raise tokens.previous.error(f"a unit is missing after `{tokens.previous.text}`")
    if token.kind == "symbol" and token.text != "(":
        at_start = token.text == "/" and tokens.position == 0
        raise token.error(f"a unit is missing before `{token.text}`", "write `1/ms` for a rate" * at_start)
    tokens.take()
    if token.kind == "number":
        return _number(token)
    return _group(tokens, token) if token.text == "(" else _named(token)


def _group(tokens: Tokens, opening: Token) -> Unit:
    if tokens.next.text == ")":
        raise UnitError("empty parentheses", opening.start, tokens.next.end)
    unit = _product(tokens)
    tokens.close(opening)
    return unit


def _number(token: Token) -> Unit:
    """A positive number is an exact scale."""
    scale = Fraction(token.text)
    if not scale:
        raise token.error("a unit cannot be zero")
    return Unit(scale, ONE.dimension)


def _named(token: Token) -> Unit:
    if token.text in OFFSETS:
        raise token.error(f"`{token.text}` has an offset and is a unit of temperatures only", "use `K`")
    unit = lookup(token.text)
    if unit is None:
        raise token.error(f"unknown unit `{token.text}`", cure_for(token.text))
    return unit
