"""Lark's tree of one line → one syntax node."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

from lark import Token, Tree
from lark.tree import Meta

from iondsl import syntax as s
from iondsl.errors import Diagnostic
from iondsl.source import Source, Span
from iondsl.units import ONE, UnitError, is_offset, read_unit

# What Lark hands over: a token, None for a missing optional part, or a node that was built from one.
Child = Any

MAX_DIGITS = 40
SMALLEST = 1e-307


class ToSyntax:
    """One method per grammar rule. `findings` collects what the grammar alone cannot refuse."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Diagnostic] = []

    def read(self, tree: Tree[Token]) -> s.Statement:
        """The statement of a line; from the leaves up, so that deep trees need no stack."""
        made: dict[int, Child] = {}
        for node in tree.iter_subtrees():
            children = [made[id(child)] if isinstance(child, Tree) else child for child in node.children]
            made[id(node)] = getattr(self, node.data)(node.meta, children)
        statement: s.Statement = made[id(tree)]
        return statement

    def at(self, place: Meta | Token) -> Span:
        return Span(self.source, place.start_pos or 0, place.end_pos or 0)

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
            cure = "use `[K]`; only the numbers of `temperature` and `q10` take `[degC]`"
            self.refuse("E401", "`degC` has another zero than kelvin", span, cure)
            return s.UnitLiteral(ONE, span, refused=True)
        try:
            return s.UnitLiteral(read_unit(token[1:-1]), span)
        except UnitError as error:
            self.refuse("E107", error.message, span.part(1 + error.start, 1 + error.end), error.cure)
            return s.UnitLiteral(ONE, span, refused=True)

    # --- whole lines

    def block(self, meta: Meta, children: list[Child]) -> s.Block:
        header: s.Block = children[0]
        tags, doc = trailer(children[1:])
        return replace(header, tags=tags, doc=doc)

    def statement(self, meta: Meta, children: list[Child]) -> s.Statement:
        node, *rest = children
        tags, doc = trailer(rest)
        if isinstance(node, s.Definition | s.Block):
            return replace(node, tags=tags, doc=doc)
        if isinstance(node, s.Time):
            return node
        return replace(node, doc=doc)  # type: ignore[no-any-return]

    def cite(self, meta: Meta, children: list[Child]) -> s.Cite:
        return s.Cite(children[1][1:-1], self.at(meta))

    def doc(self, meta: Meta, children: list[Child]) -> s.Doc:
        return s.Doc(children[0][1:-1], self.at(meta))

    # --- headers

    def membrane(self, meta: Meta, children: list[Child]) -> s.Block:
        return s.Block("membrane", "membrane", self.at(meta))

    def named_block(self, meta: Meta, children: list[Child]) -> s.Block:
        keyword, name = children
        return s.Block(str(keyword), self.simple_name(name), self.at(meta))

    def current(self, meta: Meta, children: list[Child]) -> s.Block:
        _, name, carries, ends = children
        return s.Block("current", self.simple_name(name), self.at(meta), carries=carries or (), ends=ends)

    def flux(self, meta: Meta, children: list[Child]) -> s.Block:
        _, name, carries, ends, per = children
        block = s.Block("flux", self.simple_name(name), self.at(meta), carries=carries or (), ends=ends)
        return replace(block, per=per)

    def gate(self, meta: Meta, children: list[Child]) -> s.Block:
        _, name, value = children
        return s.Block("gate", self.simple_name(name), self.at(meta), value=value)

    def reaction(self, meta: Meta, children: list[Child]) -> s.Block:
        _, name, space = children
        return s.Block("reaction", self.simple_name(name), self.at(meta), space=self.optional_path(space))

    def use(self, meta: Meta, children: list[Child]) -> s.Block:
        _, part, alias, library = children
        origin = self.path(part)
        name = origin.path[-1] if alias is None else self.simple_name(alias)
        return s.Block("use", name, self.at(meta), origin=origin, library=self.optional_path(library))

    def carries(self, meta: Meta, children: list[Child]) -> tuple[s.Carrier, ...]:
        return tuple(children)

    def carrier(self, meta: Meta, children: list[Child]) -> s.Carrier:
        sign, number, ion = children
        coefficient = None if number is None else self.whole(number)
        if sign is not None:
            coefficient = (1 if coefficient is None else coefficient) * (-1 if sign == "-" else 1)
        return s.Carrier(coefficient, self.path(ion), self.at(meta))

    def ends(self, meta: Meta, children: list[Child]) -> tuple[s.Name, s.Name]:
        start, end = children
        return self.path(start), self.path(end)

    def per(self, meta: Meta, children: list[Child]) -> s.Name:
        return self.path(children[0])

    def whole(self, token: Token) -> int:
        if not token.isdigit():
            self.refuse("E106", f"`{token}` is not a whole number", self.at(token), "ions move in whole numbers")
            return 1
        return int(token)

    # --- simple statements

    def define(self, meta: Meta, children: list[Child]) -> s.Definition:
        keyword, name, unit, value, carries = children
        if value is None and keyword != "input":
            self.refuse("E106", f"`{keyword} {name}` has no value", self.at(meta), f"write `{keyword} {name} = ...`")
        if carries and keyword != "stimulus":
            self.refuse("E106", f"a {keyword} carries nothing", carries[0].span, "only currents and stimuli do")
        target = self.path(name)
        if keyword != "clamp":
            self.simple_name(name)
        return s.Definition(str(keyword), target, self.unit(unit), value, self.at(meta), carries or ())

    def assign(self, meta: Meta, children: list[Child]) -> s.Definition:
        name, unit, value = children
        return s.Definition("", self.path(name), self.unit(unit), value, self.at(meta))

    def derivative(self, meta: Meta, children: list[Child]) -> s.Derivative:
        name, unit, value = children
        return s.Derivative(self.path(name), self.unit(unit), value, self.at(meta))

    def initial_volume(self, meta: Meta, children: list[Child]) -> s.InitialVolume:
        _, name, value = children
        if name != "volume":
            cure = "write the initial value of a state as `state x = value`"
            self.refuse("E106", "only a `volume` has an `initial` line", self.at(name), cure)
        return s.InitialVolume(value, self.at(meta))

    def function(self, meta: Meta, children: list[Child]) -> s.Function:
        _, name, *parameters, value = children
        tokens = [token for token in parameters if token is not None]
        for position, token in enumerate(tokens):
            if token in tokens[:position]:
                self.refuse("E202", f"`{token}` is a parameter twice", self.at(token), "give one another name")
        names = tuple(self.simple_name(token) for token in tokens)
        return s.Function(self.simple_name(name), names, value, self.at(meta))

    def states(self, meta: Meta, children: list[Child]) -> s.StateNames:
        return s.StateNames(tuple(children[1:]), self.at(meta))

    def occupancy(self, meta: Meta, children: list[Child]) -> tuple[str, s.Expression | None]:
        name, value = children
        return self.simple_name(name), value

    def transition(self, meta: Meta, children: list[Child]) -> s.Transition:
        left, arrow, right, *rates = children
        return s.Transition(left, right, arrow == "<->", tuple(rates), self.at(meta))

    def side(self, meta: Meta, children: list[Child]) -> tuple[s.Term, ...]:
        return tuple(child for child in children if isinstance(child, s.Term))

    def term(self, meta: Meta, children: list[Child]) -> s.Term:
        number, name = children
        return s.Term(1 if number is None else self.whole(number), self.path(name), self.at(meta))

    def time(self, meta: Meta, children: list[Child]) -> s.Time:
        _, name, unit = children
        return s.Time(self.simple_name(name), self.unit_of(unit), self.at(meta))

    # --- expressions

    def number(self, meta: Meta, children: list[Child]) -> s.Number:
        digits, unit = children
        if not is_double(digits):
            cure = "numbers are double precision: 1e-307 to 1e308, with at most 40 characters"
            self.refuse("E113", "this number is out of range", self.at(digits), cure)
            digits = "1"
        return s.Number(str(digits), self.temperature(unit), self.at(meta))

    def string(self, meta: Meta, children: list[Child]) -> s.String:
        return s.String(children[0][1:-1], self.at(meta))

    def name(self, meta: Meta, children: list[Child]) -> s.Name:
        return self.path(children[0])

    def prime(self, meta: Meta, children: list[Child]) -> s.Prime:
        return s.Prime(self.path(children[0]), self.at(meta))

    def call(self, meta: Meta, children: list[Child]) -> s.Call | s.Name:
        function, *arguments = [child for child in children if child is not None]
        keywords = tuple(argument for argument in arguments if isinstance(argument, s.Keyword))
        plain = tuple(argument for argument in arguments if not isinstance(argument, s.Keyword))
        if keywords and arguments[-len(keywords) :] != list(keywords):
            self.refuse("E106", "a plain argument stands behind a named one", self.at(meta), "put the named ones last")
            return s.wrong(self.at(meta))
        return s.Call(self.path(function), plain, keywords, self.at(meta))

    def keyword(self, meta: Meta, children: list[Child]) -> s.Keyword:
        name, value = children
        return s.Keyword(self.simple_name(name), value, self.at(meta))

    def unary(self, meta: Meta, children: list[Child]) -> s.Unary:
        sign, operand = children
        return s.Unary(str(sign), operand, self.at(meta))

    def binary(self, meta: Meta, children: list[Child]) -> s.Binary:
        left, operator, right = children
        return s.Binary(str(operator), left, right, self.at(meta))

    def compare(self, meta: Meta, children: list[Child]) -> s.Compare:
        left, operator, right = children
        return s.Compare(str(operator), left, right, self.at(meta))

    def logic(self, meta: Meta, children: list[Child]) -> s.Logic:
        left, operator, right = children
        return s.Logic(str(operator), left, right, self.at(meta))

    def negate(self, meta: Meta, children: list[Child]) -> s.Not:
        return s.Not(children[-1], self.at(meta))

    def conditional(self, meta: Meta, children: list[Child]) -> s.Conditional:
        value, condition, otherwise = children
        return s.Conditional(value, condition, otherwise, self.at(meta))

    def convert_in(self, meta: Meta, children: list[Child]) -> s.Convert:
        operand, unit = children
        return s.Convert("in", operand, self.unit_of(unit), self.at(meta))

    def convert_as(self, meta: Meta, children: list[Child]) -> s.Convert:
        operand, unit = children
        return s.Convert("as", operand, self.unit_of(unit), self.at(meta))


def is_double(digits: str) -> bool:
    """Whether a double can hold a number, and exact arithmetic with it stays cheap."""
    return len(digits) <= MAX_DIGITS and (SMALLEST < float(digits) < inf or not any(d in "123456789" for d in digits))


def trailer(children: list[Child]) -> tuple[tuple[str, ...], str]:
    """The tags and the string at the end of a line."""
    tokens = [child for child in children if isinstance(child, Token)]
    tags = tuple(str(token)[1:] for token in tokens if token.type == "TAG")
    strings = [str(token)[1:-1] for token in tokens if token.type == "STRING"]
    return tags, (strings[-1] if strings else "")
