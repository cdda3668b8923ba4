"""Equations that are wider than the page, over several lines: a break before a term of a sum, else before a factor."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iondsl.functions import INITIAL
from iondsl.syntax import Binary, Call, Conditional, Expression, Logic, Unary
from iondsl.targets.latex.box import FREE, SCRIPT, Box, Level, atom, delimiters, fraction
from iondsl.targets.latex.cases import BRACE, WORD, branches, cases
from iondsl.targets.latex.notation import FENCES
from iondsl.targets.latex.pieces import INDENT, SIGN, Piece, as_box, filled, framed, joined, whole
from iondsl.targets.latex.printer import LOGIC, Printer, summands
from iondsl.targets.latex.product import Group, box_of, factors, grouped, joint

# No line is broken inside more parentheses than half of this.
DEEPEST = 30


def lines(node: Expression, printer: Printer, width: float) -> list[str]:
    """The expression over lines of at most `width` points, each behind the first a little further in."""
    if isinstance(node, Conditional):
        return [_cases(node, printer, width).tex]
    box = printer.box(node)
    if box.width <= width:
        return [box.tex]
    return filled(_Parts(printer, width - INDENT - SIGN).apart(node, 0), width)


def _cases(node: Conditional, printer: Printer, width: float) -> Box:
    """Values and conditions each in lines of their own, where they are too wide."""
    found = list(branches(node))
    tests = [None if test is None else _stacked(test, printer, width / 2 - WORD) for _, test in found]
    room = width - BRACE - WORD - max(0.0 if test is None else test.width for test in tests)
    return cases([(_stacked(value, printer, room), test) for (value, _), test in zip(found, tests, strict=True)])


def _stacked(node: Expression, printer: Printer, width: float) -> Box:
    rows = lines(node, printer, width)
    if len(rows) == 1:
        return replace(printer.box(node), tex=rows[0])
    text = r" \\ ".join(["& " + rows[0], *(rf"& \quad {row}" for row in rows[1:])])
    return Box(rf"\begin{{aligned}}[t] {text} \end{{aligned}}", width, Level.OR, FREE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Takes an expression apart until every piece is at most `limit` points wide."""

    printer: Printer
    limit: float

    def of(self, node: Expression, depth: int, level: Level = Level.OR) -> list[Piece]:
        """The pieces of an expression that has to bind as tightly as `level`; the first of them has no joint."""
        box = self.printer.box(node)
        if box.at(level).width <= self.limit or depth > DEEPEST:
            return [whole(box.at(level))]
        if isinstance(node, Conditional):
            return [whole(_cases(node, self.printer, self.limit).at(level))]
        return self.enclosed(node, depth) if box.level < level else self.apart(node, depth)

    def apart(self, node: Expression, depth: int) -> list[Piece]:
        match node:
            case Binary(operator="+" | "-"):
                return self.sum(node, depth)
            case Logic():
                return self.logic(node, depth)
            case Binary(operator="*" | "/"):
                return self.product(node, depth)
            case Binary(operator="^"):
                exponent = self.printer.box(node.right, inline=True)
                return framed("", self.enclosed(node.left, depth), f"^{{{exponent.tex}}}", SCRIPT * exponent.width)
            case Call():
                return self.call(node, depth)
            case Unary():
                return framed("-" * (node.operator == "-"), self.of(node.operand, depth, Level.QUOTIENT), "", SIGN)
            case _:
                return [whole(self.printer.box(node))]

    def enclosed(self, node: Expression, depth: int) -> list[Piece]:
        opening, closing = delimiters(min(max(self.printer.box(node).size, 1), 3))
        return framed(opening, self.of(node, depth + 2), closing, 12.0)

    def logic(self, node: Logic, depth: int) -> list[Piece]:
        level = LOGIC[node.operator]
        word = rf"\;\text{{{node.operator}}}\; "
        right = joined(self.of(node.right, depth + 1, level), word, rf"\text{{{node.operator}}}\; ", depth)
        return [*self.of(node.left, depth + 1, level), *right]

    def sum(self, node: Expression, depth: int) -> list[Piece]:
        (_, first), *others = summands(node)
        pieces = self.of(first, depth + 1, Level.SUM)
        for sign, term in others:
            pieces += joined(self.of(term, depth + 1, Level.QUOTIENT), f" {sign} ", f"{{}} {sign} ", depth)
        return pieces

    def product(self, node: Expression, depth: int) -> list[Piece]:
        negative, groups = grouped(node)
        pieces: list[Piece] = []
        for group in groups:
            parts = self.group(group, depth, alone=len(groups) == 1)
            pieces += joined(parts, r"\,", r"{} \times ", depth + 1) if pieces else parts
        return framed("-", pieces, "", SIGN) if negative else pieces

    def group(self, group: Group, depth: int, alone: bool) -> list[Piece]:
        """A fraction that is too wide as 1/below times what is above, or with a slash."""
        box = box_of(group, False, self.printer.box)
        if box.at(Level.PRODUCT).width <= self.limit:
            return [whole(box if alone else box.at(Level.PRODUCT))]
        if not group.below:
            return self.factors(group, depth)
        below = factors(group.below, True, self.printer.box)
        above = self.factors(Group(group.above), depth)
        if below.width < self.limit / 2:
            return [whole(fraction(atom("1"), below)), *joined(above, r"\,", r"{} \times ", depth + 1)]
        under = self.divisor(group.below, depth)
        quotient = [*above, *joined(under, r" \Big/ ", r"{} \Big/ ", depth + 1 if len(above) > 1 else None)]
        return quotient if alone else framed(r"\biggl[", quotient, r"\biggr]", 12.0)

    def divisor(self, below: tuple[Expression, ...], depth: int) -> list[Piece]:
        if len(below) == 1:
            return self.enclosed(below[0], depth)
        opening, closing = delimiters(3)
        return framed(opening, self.factors(Group(below), depth + 2), closing, 12.0)

    def factors(self, group: Group, depth: int) -> list[Piece]:
        pieces: list[Piece] = []
        for node in group.above:
            parts = self.of(node, depth + 1, Level.PRODUCT)
            between = joint(as_box(pieces[-1]), as_box(parts[0])) if pieces else ""
            pieces += joined(parts, between, r"{} \times ", depth + 1) if pieces else parts
        return pieces

    def call(self, node: Call, depth: int) -> list[Piece]:
        definition = self.printer.calls.definition(node)
        if definition is not None:
            return self.of(definition, depth)
        operator, given = self.printer.calls.operator(node)
        if operator == r"\sqrt":
            return framed("", self.enclosed(given[0], depth), "^{1/2}", 15.0)
        if operator == INITIAL:
            return framed("", self.enclosed(given[0], depth), self.printer.calls.bar, 16.0)
        opening, closing = delimiters(3, *FENCES.get(operator, "()"))
        pieces: list[Piece] = []
        for argument in given:
            parts = self.of(argument, depth + 2)
            pieces = [*framed("", pieces, ",", 3.0), *joined(parts, r"\, ", "", depth + 2)] if pieces else parts
        return framed(("" if operator in FENCES else operator) + opening, pieces, closing, 30.0)
