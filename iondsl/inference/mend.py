"""Conversion factors as they are written into an equation, and as they are told."""

from __future__ import annotations

from fractions import Fraction

from iondsl.source import Span
from iondsl.syntax import Binary, Expression, Number

# A longer power of ten is hard to read.
LONGEST = 5


def times(scale: Fraction, operand: Expression) -> Expression:
    """The operand multiplied by an exact factor, which stands before it."""
    return operand if scale == 1 else Binary("*", exact(scale, operand.span), operand, operand.span)


def exact(value: Fraction, span: Span) -> Expression:
    """A factor as written digits: `1000`, `1e-3`, or `1 / 60`."""
    if value.denominator == 1:
        return Number(digits(value.numerator), None, span)
    below = str(value.denominator)
    if value.numerator == 1 and below == "1" + "0" * (len(below) - 1):
        return Number(f"1e-{len(below) - 1}", None, span)
    return Binary("/", Number(str(value.numerator), None, span), Number(below, None, span), span)


def digits(value: int) -> str:
    """A long power of ten with its exponent: `1e7`."""
    text = str(value)
    return f"1e{len(text) - 1}" if len(text) > LONGEST and text == "1" + "0" * (len(text) - 1) else text


def number(value: Fraction) -> str:
    """A factor in words: `1000`, `1e7`, `1e-3`, `1/60`."""
    below = str(value.denominator)
    if value.numerator == 1 and len(below) > 1 and below == "1" + "0" * (len(below) - 1):
        return f"1e-{len(below) - 1}"
    return digits(value.numerator) if value.denominator == 1 else str(value)
