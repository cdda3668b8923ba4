"""What stands behind `^`: `2`, `-1`, `0.5`, `(1/2)`."""

from __future__ import annotations

from fractions import Fraction

from iondsl.units.algebra import MAX_EXPONENT, UnitError
from iondsl.units.tokens import Token, Tokens


def read_exponent(tokens: Tokens) -> Fraction:
    """Take an exponent from `tokens`: [sign] number, or in parentheses [sign] number [ "/" number ]."""
    opening = tokens.next
    grouped = tokens.accept("(")
    value = _signed_number(tokens)
    if grouped and tokens.accept("/"):
        value /= _divisor(tokens)
    if grouped:
        tokens.close(opening)
    else:
        _refuse_fraction(tokens, value, opening)
    if abs(value) > MAX_EXPONENT:
        raise UnitError(f"an exponent is beyond {MAX_EXPONENT}", opening.start, tokens.previous.end)
    if tokens.next.text == "^":
        raise tokens.next.error("a second `^`", "use parentheses")
    return value


def _refuse_fraction(tokens: Tokens, value: Fraction, opening: Token) -> None:
    """Refuse `m^1/2`, which would read as m/2: nobody means that. `m^2/100` does read as it stands."""
    slash, *following = tokens.all[tokens.position :]
    if slash.text == "/" and following[0].text in ("2", "3", "4"):
        cure = f"write `^({value / int(following[0].text)})`, or put the power in parentheses"
        raise UnitError("ambiguous fraction after `^`", opening.start, following[0].end, cure)


def _signed_number(tokens: Tokens) -> Fraction:
    sign = -1 if tokens.accept("+", "-") == "-" else 1
    return sign * Fraction(_number(tokens).text)


def _divisor(tokens: Tokens) -> Fraction:
    token = _number(tokens)
    if not (value := Fraction(token.text)):
        raise token.error("an exponent divided by zero")
    return value


def _number(tokens: Tokens) -> Token:
    cure = "write `^2`, `^-1` or `^(1/2)`"
    if tokens.next.kind == "end":
        raise tokens.previous.error(f"an exponent is missing after `{tokens.previous.text}`", cure)
    if tokens.next.kind != "number":
        raise tokens.next.error(f"`{tokens.next.text}` is no exponent", cure)
    return tokens.take()
