"""Guards against 0/0 that are not needed: `if V = -40 then 1 else 0.1 (V + 40)/(1 - exp(-(V + 40)/10))`.

The compiler removes such 0/0 itself, so that the equation can stand as the paper prints it. A guard is dropped only
where it is proven, by exact arithmetic on the decimals that are written, that numerator and denominator vanish
together at its point, each once, and that its value is the limit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from iondsl.evaluation import NumberError, evaluated
from iondsl.importers.arrange.algebra import product
from iondsl.importers.foreign import Foreign, Path, Variable
from iondsl.syntax import Binary, Call, Compare, Conditional, Expression, Name, Number, Unary
from iondsl.traversal import rewrite

# How far the value of a guard may be from the limit: authors round it.
WITHIN = 1e-6

Line = tuple[Fraction, Fraction]  # slope and value at 0


def unguarded(foreign: Foreign) -> Foreign:
    """The model without guards that are not needed."""
    return replace(foreign, variables=tuple(map(in_variable, foreign.variables)))


def in_variable(variable: Variable) -> Variable:
    if variable.value is None:
        return variable
    return replace(variable, value=rewrite(variable.value, without_guard))


def without_guard(node: Expression) -> Expression:
    """What a guard guards, if the guard is not needed."""
    if not isinstance(node, Conditional) or not isinstance(node.condition, Compare):
        return node
    compared = node.condition
    inside, outside = node.value, node.otherwise
    if compared.operator in ("!=", ">", ">="):
        inside, outside = outside, inside
    point = guarded(compared)
    if point is None or not is_limit(inside, outside, *point):
        return node
    return outside


def guarded(condition: Compare) -> tuple[Path, Fraction] | None:
    """The variable and the value around which a condition makes an exception: `V == c`, `abs(V - c) < eps`."""
    if condition.operator in ("==", "!="):
        return root(Binary("-", condition.left, condition.right, condition.span))
    match condition.left, condition.right:
        case Call(function=Name(path=("abs",)), arguments=(distance,)), Number():
            return root(distance)
    return None


def root(node: Expression) -> tuple[Path, Fraction] | None:
    """The one variable of a linear expression, and where that vanishes."""
    paths = {each.path for each in names_of(node)}
    if len(paths) != 1:
        return None
    path = paths.pop()
    form = line(node, path)
    return None if form is None or form[0] == 0 else (path, -form[1] / form[0])


def names_of(node: Expression) -> list[Name]:
    found: list[Name] = []

    def note(each: Expression) -> Expression:
        if isinstance(each, Name):
            found.append(each)
        return each

    rewrite(node, note)
    return found


def is_limit(value: Expression, quotient: Expression, path: Path, point: Fraction) -> bool:
    """Whether a quotient is 0/0 at a point, both once, and tends to a value there."""
    factors = product(quotient)
    above = [(each, slope(each, path, point)) for each in factors.numerators]
    below = [(each, slope(each, path, point)) for each in factors.denominators]
    zeros = [each for _, each in above if each is not None], [each for _, each in below if each is not None]
    if [len(each) for each in zeros] != [1, 1]:
        return False

    def lookup(name: str) -> float:
        if name == ".".join(path):
            return float(point)
        raise NumberError

    try:
        limit = factors.sign * float(zeros[0][0] / zeros[1][0])
        for each, vanishes in above:
            limit *= 1 if vanishes is not None else evaluated(each, lookup)
        for each, vanishes in below:
            limit /= 1 if vanishes is not None else evaluated(each, lookup)
        expected = evaluated(value, lookup)
    except (ArithmeticError, ValueError, LookupError):
        return False
    return limit != 0 and abs(limit - expected) <= WITHIN * abs(limit)


def slope(node: Expression, path: Path, point: Fraction) -> Fraction | None:
    """The slope of a factor that vanishes at a point, for those of which the compiler knows that they do.

    These are linear expressions, and `exp(u) - 1` and `1 - exp(u)` with a linear u.
    """
    form = line(node, path)
    if form is not None:
        return form[0] if form[0] != 0 and form[0] * point + form[1] == 0 else None
    match node:
        case Binary(operator="-", left=Call(function=Name(path=("exp",)), arguments=(u,)), right=Number(text=one)):
            sign = 1
        case Binary(operator="-", left=Number(text=one), right=Call(function=Name(path=("exp",)), arguments=(u,))):
            sign = -1
        case _:
            return None
    inner = line(u, path)
    if Fraction(one) != 1 or inner is None or inner[0] == 0 or inner[0] * point + inner[1] != 0:
        return None
    return sign * inner[0]


def line(node: Expression, path: Path) -> Line | None:
    """An expression as a straight line in a variable, None for what is none, or has other names in it."""
    match node:
        case Number(text=text):
            return Fraction(0), Fraction(text)
        case Name():
            return (Fraction(1), Fraction(0)) if node.path == path else None
        case Unary():
            inner = line(node.operand, path)
            return inner if inner is None or node.operator == "+" else (-inner[0], -inner[1])
        case Binary(operator=operator) if operator in LINES:
            left, right = line(node.left, path), line(node.right, path)
            return None if left is None or right is None else LINES[operator](left, right)
    return None


def multiplied(left: Line, right: Line) -> Line | None:
    if left[0] and right[0]:
        return None
    return left[0] * right[1] + right[0] * left[1], left[1] * right[1]


def divided(left: Line, right: Line) -> Line | None:
    return None if right[0] or not right[1] else (left[0] / right[1], left[1] / right[1])


LINES: dict[str, Callable[[Line, Line], Line | None]] = {
    "+": lambda left, right: (left[0] + right[0], left[1] + right[1]),
    "-": lambda left, right: (left[0] - right[0], left[1] - right[1]),
    "*": multiplied,
    "/": divided,
}
