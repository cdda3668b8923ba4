"""The parts of an expression → syntax nodes."""

from __future__ import annotations

from math import inf
from typing import Any

from iondsl import syntax as s
from iondsl.errors import Diagnostic
from iondsl.parser.tokens import Located, Token
from iondsl.source import Source, Span
from iondsl.units import ONE, UnitError, is_offset, read_unit

# What a parser hands over: a token, None for a missing optional part, or a node that was built from one.
Child = Any

MAX_DIGITS = 40
SMALLEST = 1e-307


class Expressions:
    """One method per grammar rule. `findings` collects what the grammar alone cannot refuse."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Diagnostic] = []

    def at(self, place: Located) -> Span:
        return Span(self.source, place.start_pos, place.end_pos)

    def refuse(self, code: str, message: str, span: Span, cure: str = "") -> None:
        self.findings.append(Diagnostic(code, message, span, cure))

    def path(self, token: Token) -> s.Name:
        return s.Name(tuple(token.split(".")), self.at(token))

    def optional_path(self, token: Token | None) -> s.Name | None:
        return None if token is None else self.path(token)

    def simple_name(self, token: Token) -> str:
        """A name that is being declared: it has no dot."""
        if "." in token:
            self.refuse("E106", "a declared name has no dot", self.at(token), "declare it inside its block")
        return str(token)

    def temperature(self, token: Token | None) -> s.UnitLiteral | None:
        """The unit behind a number, the one place where degC may stand."""
        if token is not None and is_offset(token[1:-1]):
            return s.UnitLiteral(read_unit("K"), self.at(token), offset=True)
        return self.unit(token)

    def unit(self, token: Token | None) -> s.UnitLiteral | None:
        return None if token is None else self.unit_of(token)

    def unit_of(self, token: Token) -> s.UnitLiteral:
        span = self.at(token)
        if is_offset(token[1:-1]):
            cure = "use `[K]`, or write `[degC]` behind the number, as in `temperature = 37 [degC]`"
            self.refuse("E401", "`degC` has another zero than kelvin", span, cure)
            return s.UnitLiteral(ONE, span, refused=True)
        try:
            return s.UnitLiteral(read_unit(token[1:-1]), span)
        except UnitError as error:
            self.refuse("E107", error.message, span.part(1 + error.start, 1 + error.end), error.cure)
            return s.UnitLiteral(ONE, span, refused=True)

    def number(self, meta: Located, children: list[Child]) -> s.Number:
        digits, unit = children
        if not is_double(digits):
            cure = "numbers are double precision: 1e-307 to 1e308, with at most 40 characters"
            self.refuse("E113", "this number is out of range", self.at(digits), cure)
            digits = "1"
        return s.Number(str(digits), self.temperature(unit), self.at(meta))

    def string(self, meta: Located, children: list[Child]) -> s.String:
        return s.String(children[0][1:-1], self.at(meta))

    def name(self, meta: Located, children: list[Child]) -> s.Name:
        return self.path(children[0])

    def prime(self, meta: Located, children: list[Child]) -> s.Prime:
        return s.Prime(self.path(children[0]), self.at(meta))

    def call(self, meta: Located, children: list[Child]) -> s.Call | s.Name:
        function, *arguments = [child for child in children if child is not None]
        keywords = tuple(argument for argument in arguments if isinstance(argument, s.Keyword))
        plain = tuple(argument for argument in arguments if not isinstance(argument, s.Keyword))
        if keywords and arguments[-len(keywords) :] != list(keywords):
            self.refuse("E106", "a plain argument stands behind a named one", self.at(meta), "put the named ones last")
            return s.wrong(self.at(meta))
        return s.Call(self.path(function), plain, keywords, self.at(meta))

    def keyword(self, meta: Located, children: list[Child]) -> s.Keyword:
        name, value = children
        return s.Keyword(self.simple_name(name), value, self.at(meta))

    def unary(self, meta: Located, children: list[Child]) -> s.Unary:
        sign, operand = children
        return s.Unary(str(sign), operand, self.at(meta))

    def binary(self, meta: Located, children: list[Child]) -> s.Binary:
        left, operator, right = children
        return s.Binary(str(operator), left, right, self.at(meta))

    def compare(self, meta: Located, children: list[Child]) -> s.Compare:
        left, operator, right = children
        return s.Compare(str(operator), left, right, self.at(meta))

    def logic(self, meta: Located, children: list[Child]) -> s.Logic:
        left, operator, right = children
        return s.Logic(str(operator), left, right, self.at(meta))

    def negate(self, meta: Located, children: list[Child]) -> s.Not:
        return s.Not(children[-1], self.at(meta))

    def conditional(self, meta: Located, children: list[Child]) -> s.Conditional:
        value, condition, otherwise = children
        return s.Conditional(value, condition, otherwise, self.at(meta))

    def convert_in(self, meta: Located, children: list[Child]) -> s.Convert:
        operand, unit = children
        return s.Convert("in", operand, self.unit_of(unit), self.at(meta))

    def convert_as(self, meta: Located, children: list[Child]) -> s.Convert:
        operand, unit = children
        return s.Convert("as", operand, self.unit_of(unit), self.at(meta))


def is_double(digits: str) -> bool:
    """Whether a double can hold a number, and exact arithmetic with it stays cheap."""
    return len(digits) <= MAX_DIGITS and (SMALLEST < float(digits) < inf or not any(d in "123456789" for d in digits))
