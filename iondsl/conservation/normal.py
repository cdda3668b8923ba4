"""Syntax → sums. Functions that follow from exp are written with it, and exp(a + 2 b) is exp(a) exp(b)^2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from iondsl.conservation.powers import power
from iondsl.conservation.sums import UNIT, Atom, Monomial, Sum, name, number, single, summed, text
from iondsl.elaborate.names import names_in
from iondsl.formatter import text as formatted
from iondsl.syntax import Binary, Call, Expression, Name, Number, Prime, Unary

# What a name stands for at once: a concentration in a moving volume is its amount over the size.
Meanings = Mapping[str, Sum]


def normal(node: Expression, meanings: Meanings) -> Sum:
    """The sum of an expanded expression; ZeroDivisionError where it divides by 0, TooLargeError where it grows."""
    match node:
        case Number():
            return number(Fraction(node.text))
        case Name():
            return meanings.get(node.text) or name(node.text)
        case Prime():
            return name(f"{node.name.text}'")
        case Unary():
            return normal(node.operand, meanings) * number(-1 if node.operator == "-" else 1)
        case Binary():
            return combined(node.operator, normal(node.left, meanings), normal(node.right, meanings))
        case Call():
            return applied(node.function.text, *(normal(each, meanings) for each in node.arguments))
    return single(Atom(formatted(node), "opaque", tuple(map(name, sorted(names_in(node))))))


def combined(operator: str, left: Sum, right: Sum) -> Sum:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left * power(right, Fraction(-1))
    exponent = right.constant
    return function("^", left, right) if exponent is None else power(left, exponent)


def function(called: str, *arguments: Sum) -> Sum:
    return single(Atom(f"{called}({', '.join(map(text, arguments))})", called, arguments))


def applied(called: str, *arguments: Sum) -> Sum:
    written = BY_EXP.get(called)
    return function(called, *arguments) if written is None else written(*arguments)


def exponential(exponent: Sum) -> Sum:
    """A product of exponentials, one for each term: exp is positive, so rational powers of it are taken freely."""
    product = number(1)
    for monomial, coefficient in exponent.terms.items():
        product = product * single(of_monomial(monomial), coefficient)
    return product


def of_monomial(monomial: Monomial) -> Atom:
    argument = Sum({monomial: UNIT})
    return Atom(f"exp({text(argument)})", "exp", (argument,))


def quotient(above: Sum, below: Sum) -> Sum:
    return above * power(below, Fraction(-1))


def relative(x: Sum) -> Sum:
    """(exp(x) - 1)/x."""
    return number(1) if not x else quotient(exponential(x) - number(1), x)


def tanh(x: Sum) -> Sum:
    squared = exponential(x * number(2))
    return quotient(squared - number(1), squared + number(1))


def half(one: Sum, other: Sum) -> Sum:
    return summed([one, other]) * number(Fraction(1, 2))


BY_EXP: Mapping[str, Callable[..., Sum]] = {
    "exp": exponential,
    "expm1": lambda x: exponential(x) - number(1),
    "exprel": relative,
    "sigmoid": lambda x: quotient(number(1), number(1) + exponential(x * number(-1))),
    "cosh": lambda x: half(exponential(x), exponential(x * number(-1))),
    "sinh": lambda x: half(exponential(x), exponential(x * number(-1)) * number(-1)),
    "tanh": tanh,
    "sqrt": lambda x: power(x, Fraction(1, 2)),
    "log1p": lambda x: function("log", number(1) + x),
    "log10": lambda x: quotient(function("log", x), function("log", number(10))),
}
