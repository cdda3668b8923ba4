"""Expressions as they were written → LaTeX mathematics.

Two styles: displayed, with fractions, and `inline` for exponents and for what stands in a fraction, with slashes.
Numbers keep the digits of the author.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from iondsl.syntax import (
    Binary,
    Call,
    Compare,
    Conditional,
    Convert,
    Expression,
    Logic,
    Name,
    Not,
    Number,
    Prime,
    String,
    Unary,
)
from iondsl.system import Function, System
from iondsl.targets.latex import cases
from iondsl.targets.latex.box import SCRIPT, Box, Level, atom, delimited, fraction, joined
from iondsl.targets.latex.calls import Calls
from iondsl.targets.latex.number import number
from iondsl.targets.latex.product import product
from iondsl.targets.latex.symbol import Symbol, from_name
from iondsl.targets.latex.text import typewriter
from iondsl.targets.latex.units import measure
from iondsl.traversal import walk

_COMPARISONS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
LOGIC = {"and": Level.AND, "or": Level.OR}


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints the expressions of one model; `block` is where they stand, from which functions are looked up."""

    system: System
    symbols: Mapping[str, Symbol]
    block: str = ""
    # What was printed, by identity and style, each with its node, which so stays what it is.
    memo: dict[tuple[int, bool], tuple[Expression, Box]] = field(default_factory=dict, repr=False, compare=False)

    def inside(self, block: str) -> Printer:
        return Printer(self.system, self.symbols, block)

    def of_function(self, function: Function) -> Printer:
        """For the body of a function, whose parameters stand for themselves."""
        own = {parameter: from_name(parameter) for parameter in function.parameters}
        return Printer(self.system, {**self.symbols, **own}, function.name.rpartition(".")[0])

    def symbol(self, name: str) -> Box:
        symbol = self.symbols[name]
        return atom(symbol.tex, Level.POWER if symbol.raised else Level.ATOM)

    def derivative(self, name: str, inline: bool = False) -> Box:
        above, below = (self.symbol(each).around(r"\mathrm{d}", "", 5.6, Level.PRODUCT) for each in (name, self.time))
        return joined([above, below], "/", Level.QUOTIENT) if inline else fraction(above, below)

    @property
    def calls(self) -> Calls:
        return Calls(self.system, self.symbols, self.block, self.box)

    @property
    def time(self) -> str:
        return self.system.time.name

    def box(self, node: Expression, inline: bool = False) -> Box:
        """The expression, printed from the inside out, so that deep ones need no deep recursion."""
        if (id(node), inline) not in self.memo:
            for each in (*reversed([each for each in walk(node) if not isinstance(each, Name)]), node):
                for style in (False, True):
                    if (id(each), style) not in self.memo:
                        self.memo[id(each), style] = each, self.printed(each, style)
        return self.memo[id(node), inline][1]

    def printed(self, node: Expression, inline: bool) -> Box:
        match node:
            case Unary():
                return self.unary(node, inline)
            case Binary():
                return self.binary(node, inline)
            case Call():
                return self.calls.box(node, inline)
            case Conditional():
                return cases.flat(node, self.box, inline)
            case Convert():
                return self.converted(node, inline)
            case Compare() | Logic() | Not():
                return self.condition(node)
            case _:
                return self.leaf(node, inline)

    def leaf(self, node: Number | Name | Prime | String, inline: bool) -> Box:
        match node:
            case Number():
                return number(node)
            case Name():
                return self.symbol(node.text)
            case Prime():
                return self.derivative(node.name.text, inline)
            case String():
                return Box(rf"\text{{{typewriter(node.text)}}}", 5.5 * len(node.text))

    def unary(self, node: Unary, inline: bool) -> Box:
        if node.operator == "-":
            return self.box(node.operand, inline).at(Level.QUOTIENT).around("-", "", 9, Level.NEGATIVE)
        return self.box(node.operand, inline)

    def binary(self, node: Binary, inline: bool) -> Box:
        if node.operator in "*/":
            return product(node, inline, self.box)
        if node.operator == "^":
            return self.power(node, inline)
        terms = [self.box(term, inline) for _, term in summands(node)]
        signs = [sign for sign, _ in summands(node)]
        box = terms[0].at(Level.SUM)
        for sign, term in zip(signs[1:], terms[1:], strict=True):
            box = joined([box, term.at(Level.QUOTIENT)], f" {sign} ", Level.SUM)
        return box

    def power(self, node: Binary, inline: bool) -> Box:
        base, exponent = self.box(node.left, inline).at(Level.ATOM), self.box(node.right, inline=True)
        return base.around("", f"^{{{exponent.tex}}}", SCRIPT * exponent.width, Level.POWER)

    def converted(self, node: Convert, inline: bool) -> Box:
        """`in` leaves the quantity what it is; `as` takes its number, which braces denote, and another unit."""
        box = self.box(node.operand, inline)
        if node.operator == "in":
            return box
        unit, number_of = measure(str(node.unit.unit)), delimited(box, r"\{", r"\}")
        return replace(number_of, tex=unit.of(number_of.tex), width=number_of.width + unit.width, level=Level.PRODUCT)

    def condition(self, node: Compare | Logic | Not) -> Box:
        match node:
            case Compare():
                sides = [self.box(side, inline=True).at(Level.SUM) for side in (node.left, node.right)]
                return joined(sides, f" {_COMPARISONS[node.operator]} ", Level.COMPARE)
            case Logic():
                level = LOGIC[node.operator]
                sides = [self.box(side, inline=True).at(level) for side in (node.left, node.right)]
                return joined(sides, rf" \;\text{{{node.operator}}}\; ", level)
            case Not():
                return self.box(node.operand, inline=True).at(Level.COMPARE).around(r"\text{not }", "", 17, Level.NOT)


def summands(node: Expression) -> list[tuple[str, Expression]]:
    """What is added and subtracted from left to right, each with its sign."""
    later = []
    while isinstance(node, Binary) and node.operator in "+-":
        later.append((node.operator, node.right))
        node = node.left
    return [("+", node), *reversed(later)]
