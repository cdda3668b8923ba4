"""Calls: roots, exponents and fences as papers print them, other functions with parentheses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from iondsl.functions import Signature
from iondsl.syntax import Call, Conditional, Expression, Name
from iondsl.system import Function, System
from iondsl.targets.latex.box import SCRIPT, Box, Level, delimited, joined, width
from iondsl.targets.latex.notation import FENCES, OPERATORS, arguments, defined
from iondsl.targets.latex.product import Show
from iondsl.targets.latex.symbol import Symbol
from iondsl.traversal import walk

_WIDEST_EXPONENT = 150.0


@dataclass(frozen=True, slots=True)
class Calls:
    """Prints the calls that stand in `block`; `show` prints their arguments."""

    system: System
    symbols: Mapping[str, Symbol]
    block: str
    show: Show

    def box(self, node: Call, inline: bool) -> Box:
        definition = self.definition(node)
        if definition is not None:
            return self.show(definition, inline)
        operator, given = self.operator(node)
        match operator:
            case r"\exp":
                return self.exponential(given[0], inline)
            case r"\sqrt":
                return self.root(given[0], inline)
            case "initial":
                return self.at_start(given[0], inline)
            case "abs" | "floor" | "ceil":
                return delimited(self.show(given[0], inline), *FENCES[operator])
            case _:
                return self.applied(operator, given, inline)

    def definition(self, node: Call) -> Expression | None:
        """What is printed instead of a call, if it is."""
        return None if self.function(node.function.text) is not None else defined(node, self.system, self.block)

    def operator(self, node: Call) -> tuple[str, tuple[Expression, ...]]:
        """What stands before the parentheses of a call, and its arguments in order."""
        name = node.function.text
        user = self.function(name)
        if user is not None:
            return self.symbols[f"{user.name}()"].tex, arguments(node, Signature(user.parameters))
        return OPERATORS.get(name, name), arguments(node)

    def function(self, name: str) -> Function | None:
        """The user's function of this name that is seen from the block, the innermost first."""
        known = {function.name: function for function in self.system.functions}
        path = self.block.split(".") if self.block else []
        places = (".".join((*path[:length], name)) for length in range(len(path), -1, -1))
        return next((known[place] for place in places if place in known), None)

    def applied(self, operator: str, given: tuple[Expression, ...], inline: bool) -> Box:
        inside = joined([self.show(argument, inline) for argument in given], r",\, ", Level.OR)
        extra = 5.0 * len(operator) if operator in OPERATORS.values() else width(operator)
        return delimited(inside).around(operator, "", extra, Level.POWER)

    def exponential(self, argument: Expression, inline: bool) -> Box:
        """e with an exponent, or exp(...) where that would be hard to read."""
        exponent = None if _holds_more(argument) else self.show(argument, True)
        if exponent is None or exponent.width > _WIDEST_EXPONENT:
            return self.applied(r"\exp", (argument,), inline)
        return Box(rf"\mathrm{{e}}^{{{exponent.tex}}}", 5 + SCRIPT * exponent.width, Level.POWER, 1)

    def at_start(self, argument: Expression, inline: bool) -> Box:
        """`V(0)`, or an expression with a bar and the time that it is taken at."""
        inside = self.show(argument, inline)
        if isinstance(argument, Name):
            return inside.at(Level.ATOM).around("", "(0)", 13.0, Level.POWER)
        return delimited(inside).around("", self.bar, 16.0, Level.POWER)

    @property
    def bar(self) -> str:
        return rf"\big|_{{{self.symbols[self.system.time.name].tex}=0}}"

    def root(self, argument: Expression, inline: bool) -> Box:
        inside = self.show(argument, inline)
        return replace(inside.around(r"\sqrt{", "}", 10, Level.POWER), size=max(inside.size, 1))


def _holds_more(node: Expression) -> bool:
    """Whether there are functions or cases in it, which are hard to read in an exponent."""
    return any(isinstance(each, Call | Conditional) for each in walk(node))
