"""Functions of the language in the notation of papers: names of operators, and definitions to print instead."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.arguments import bind
from iondsl.elaborate.draft import binary, call, name, negative, number
from iondsl.functions import MATHEMATICAL, POOLS, STARTS, Signature
from iondsl.laws import LAWS, PHYSICAL
from iondsl.syntax import Call, Expression, Name, Number, UnitLiteral
from iondsl.system import System
from iondsl.targets.latex.cells import potential_of
from iondsl.targets.latex.laws import law
from iondsl.traversal import walk
from iondsl.units import read_unit

OPERATORS = {
    "exp": r"\exp", "sqrt": r"\sqrt", "log": r"\ln", "log10": r"\log_{10}", "min": r"\min", "max": r"\max",
    "sign": r"\operatorname{sgn}", "heaviside": r"\operatorname{H}", "exprel": r"\operatorname{exprel}",
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan",
    **{name: rf"\{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
}
# Operators that a reader may not know.
EXPLAINED = {
    "heaviside": r"$\operatorname{H}(x)$ is 1 where $x \ge 0$, and 0 elsewhere.",
    "exprel": r"$\operatorname{exprel}(x)$ is $(\mathrm{e}^{x} - 1)/x$, and 1 where $x = 0$.",
}
FENCES = {"abs": ("|", "|"), "floor": (r"\lfloor ", r"\rfloor "), "ceil": (r"\lceil ", r"\rceil ")}


def arguments(node: Call, signature: Signature | None = None) -> tuple[Expression, ...]:
    """The arguments in the order of the signature, those given by name too; the call is known to fit it."""
    known = signature or {**MATHEMATICAL, **PHYSICAL, **POOLS, **STARTS}[node.function.text]
    return bind(node, known, lambda _: None) or ()


def defined(node: Call, system: System, block: str) -> Expression | None:
    """What a call in a block stands for, where papers print that instead; None where they print the call."""
    function = node.function.text
    if function == "q10":
        return _q10(*arguments(node))
    if function in LAWS:
        return law(node, arguments(node), system, potential_of(block, system))
    if function == "influx":
        (pool,) = arguments(node)
        return Name((*pool.path, "influx"), pool.span) if isinstance(pool, Name) else None
    if function not in ("expm1", "log1p", "sigmoid"):
        return None
    (x,) = arguments(node)
    one = number("1", x.span)
    match function:
        case "expm1":
            return binary("-", _exp(x), one)
        case "log1p":
            return call("log", (binary("+", one, x),), x.span)
        case _:
            return binary("/", one, binary("+", one, _exp(negative(x))))


def called(system: System) -> frozenset[str]:
    """The names of all functions that are called in what is printed."""
    nodes = (node for expression in _printed(system) for node in walk(expression))
    return frozenset(node.function.text for node in nodes if isinstance(node, Call))


def read_in(system: System) -> frozenset[str]:
    """The names that stand in what is printed."""
    nodes = (node for expression in _printed(system) for node in walk(expression))
    return frozenset(node.text for node in nodes if isinstance(node, Name))


def _printed(system: System) -> Iterator[Expression]:
    for quantity in system.printed:
        yield from (formula.written for formula in quantity.formulas)
    for events in (system.events, *(variant.events for variant in system.variants)):
        yield from (formula.written for event in events for formula in event.formulas)
    yield from (function.value for function in system.functions)


def _exp(argument: Expression) -> Expression:
    return call("exp", (argument,), argument.span)


def _q10(factor: Expression, reference: Expression) -> Expression:
    """factor^((T - reference)/10 K)."""
    ten = Number("10", UnitLiteral(read_unit("K"), factor.span), factor.span)
    return binary("^", factor, binary("/", binary("-", name("T", factor.span), reference), ten))
