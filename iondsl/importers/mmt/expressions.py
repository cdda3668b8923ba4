"""Tokens → expressions in the nodes of the language; names stay as they are written.

By binding strength, as Myokit reads them: all operators of two operands group from the left, the power, too, and
`and` binds no tighter than `or`. A sign binds tighter than `*` and less tight than `^`; so does `not`.
"""

from __future__ import annotations

from itertools import islice
from math import inf

from iondsl.importers.mmt.functions import Called, called
from iondsl.importers.mmt.kinds import condition, number
from iondsl.importers.mmt.tokens import KEYWORDS, Tokens, refused
from iondsl.importers.mmt.units import unit_literal
from iondsl.source import Span
from iondsl.syntax import Binary, Call, Compare, Expression, Logic, Name, Not, Number, Unary
from iondsl.traversal import depth, walk

LOOSEST, SIGN = 0, 50
BINDING = {
    **dict.fromkeys(("and", "or"), 10),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 20),
    **dict.fromkeys(("+", "-"), 30),
    **dict.fromkeys(("*", "/", "//", "%"), 40),
    "^": 60,
}

MAX_NESTING = 100  # as in the language
MAX_REPEATED = 1000  # operations in what `%` writes twice
MAX_DIGITS = 40
SMALLEST = 1e-307


def read_expression(tokens: Tokens) -> Expression:
    """The expression that begins with the next token, as far as it goes."""
    first = tokens.position
    node = Expressions(tokens).read()
    if tokens.position - first > MAX_NESTING and depth(node) > MAX_NESTING:
        raise too_deep(node.span)
    return node


class Expressions:
    """`read` is the rule of all operators; the other methods are what may stand between them."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.depth = 0

    def read(self, binding: int = LOOSEST) -> Expression:
        """As much as is held together by operators that bind tighter than `binding`."""
        tokens, begin = self.tokens, self.tokens.next.start
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise too_deep(tokens.at(tokens.next))
        left = self.operand()
        while BINDING.get(tokens.next.text, LOOSEST) > binding:
            operator = tokens.take()
            right = self.read(BINDING[operator.text])
            left = joined(operator.text, left, right, tokens.since(begin))
        self.depth -= 1
        return left

    def operand(self) -> Expression:
        token = self.tokens.next
        if token.kind == "number":
            return self.number()
        if token.kind == "call":
            return self.call()
        if token.text == "(":
            return self.group()
        if token.text in ("+", "-", "not"):
            return self.prefixed()
        if token.text in ("infinity", "nan"):
            raise refused("E617", f"`{token.text}` cannot be carried over", self.tokens.at(token), "numbers are finite")
        if token.kind == "name" and token.text not in KEYWORDS:
            return read_name(self.tokens)
        raise self.tokens.unexpected("a value")

    def number(self) -> Number:
        token = self.tokens.take()
        if len(token.text) > MAX_DIGITS or not is_double(token.text):
            cure = f"numbers are double precision: 1e-307 to 1e308, with at most {MAX_DIGITS} characters"
            raise refused("E624", "this number is out of range", self.tokens.at(token), cure)
        unit = None
        if self.tokens.next.kind == "bracketed":
            unit = unit_literal(self.tokens.at(self.tokens.take()), read_expression)
        return Number(token.text, unit, self.tokens.since(token.start))

    def group(self) -> Expression:
        self.tokens.expect("(")
        node = self.read()
        self.tokens.expect(")")
        return node

    def prefixed(self) -> Expression:
        token = self.tokens.take()
        operand = self.read(SIGN)
        span = self.tokens.since(token.start)
        if token.text == "not":
            return Not(condition(operand, "put a comparison behind `not` in parentheses"), span)
        return Unary(token.text, number(operand), span)

    def call(self) -> Expression:
        name = self.tokens.take()
        arguments = self.arguments()
        return called(Called(name.text, arguments, self.tokens.at(name), self.tokens.since(name.start)))

    def arguments(self) -> tuple[Expression, ...]:
        self.tokens.expect("(")
        found = [self.read()]
        while self.tokens.accept(","):
            found.append(self.read())
        self.tokens.expect(")")
        return tuple(found)


def read_name(tokens: Tokens) -> Name:
    """`V` or `membrane.V`."""
    first = tokens.name()
    if not tokens.accept("."):
        return Name((first.text,), tokens.at(first))
    second = tokens.name()
    if tokens.next.text == ".":
        raise tokens.unexpected()
    return Name((first.text, second.text), tokens.since(first.start))


def joined(operator: str, left: Expression, right: Expression, span: Span) -> Expression:
    if operator in ("and", "or"):
        return Logic(operator, condition(left), condition(right), span)
    left, right = number(left), number(right)
    if operator == "//":
        return quotient(left, right, span)
    if operator == "%":
        return remainder(left, right, span)
    if BINDING[operator] == BINDING["=="]:
        return Compare(operator, left, right, span)
    return Binary(operator, left, right, span)


def quotient(left: Expression, right: Expression, span: Span) -> Expression:
    """Rounded down, also below zero."""
    return Call(Name(("floor",), span), (Binary("/", left, right, span),), (), span)


def remainder(left: Expression, right: Expression, span: Span) -> Expression:
    """What is left over of a quotient that was rounded down: it has the sign of the divisor."""
    if any(next(islice(walk(each), MAX_REPEATED, None), None) for each in (left, right)):
        raise refused("E624", "`%` of too large an expression", span, "give the operands names, on lines of their own")
    return Binary("-", left, Binary("*", right, quotient(left, right, span), span), span)


def is_double(digits: str) -> bool:
    return SMALLEST < float(digits) < inf or not any(digit in "123456789" for digit in digits.lower().split("e")[0])


def too_deep(span: Span) -> Exception:
    cure = "give parts of it names, on lines of their own; a sum of many terms counts as nested"
    return refused("E624", f"an expression nested more than {MAX_NESTING} deep", span, cure)
