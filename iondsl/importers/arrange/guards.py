"""Guards against 0/0 that are not needed: `if V = -40 then 1 else 0.1 (V + 40)/(1 - exp(-(V + 40)/10))`.

The compiler removes such 0/0 itself, so that the equation can stand as the paper prints it. A guard is dropped only
where it is proven, by exact arithmetic on the decimals that are written, that numerator and denominator vanish
together at its point, each once, and that its value is the limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from iondsl.evaluation import NumberError, evaluated
from iondsl.importers.arrange.algebra import Product, product
from iondsl.importers.foreign import Foreign, Path, Variable
from iondsl.syntax import Binary, Call, Compare, Conditional, Expression, Logic, Name, Number, Unary
from iondsl.traversal import rewrite

# How far the value of a guard may be from the limit: authors round it.
WITHIN = 1e-6

NARROW = Fraction(1, 10**7)  # a guard that is narrower is tried there: closer to 0/0 rounding is all that is left
ORDERS = ("<", "<=", ">", ">=")

Line = tuple[Fraction, Fraction]  # slope and value at 0
Bound = tuple[Path, int, Fraction]


def unguarded(foreign: Foreign) -> Foreign:
    """The model without guards that are not needed."""
    return replace(foreign, variables=tuple(map(in_variable, foreign.variables)))


def in_variable(variable: Variable) -> Variable:
    if variable.value is None:
        return variable
    return replace(variable, value=rewrite(variable.value, without_guard))


def without_guard(node: Expression) -> Expression:
    """What a guard guards, if the guard is not needed."""
    if not isinstance(node, Conditional):
        return node
    point = guarded(node.condition)
    if point is None:
        return node
    inside, outside = node.value, node.otherwise
    if isinstance(node.condition, Compare) and node.condition.operator in ("!=", ">", ">="):
        inside, outside = outside, inside
    path, middle, half = point
    fits = is_limit(inside, outside, path, middle) and (not half or is_close(inside, outside, path, middle, half))
    return outside if fits else node


def guarded(condition: Expression) -> tuple[Path, Fraction, Fraction] | None:
    """The variable and the value around which a condition makes an exception, and how far around.

    Its forms: `V == c`, `abs(V - c) < eps`, `-eps <= U and U <= eps`.
    """
    match condition:
        case Compare(operator="==" | "!="):
            found = root(Binary("-", condition.left, condition.right, condition.span))
            return None if found is None else (*found, Fraction(0))
        case Compare(left=Call(function=Name(path=("abs",)), arguments=(distance,)), right=Number(text=eps)):
            found = root(distance)
            form = None if found is None else line(distance, found[0])
            return None if found is None or form is None else (*found, Fraction(eps) / abs(form[0]))
        case Logic(operator="and", left=Compare() as first, right=Compare() as second):
            low, high = sorted_bounds(bound(first), bound(second))
            if low is not None and high is not None and low[0] == high[0] and low[2] < high[2]:
                return low[0], (low[2] + high[2]) / 2, (high[2] - low[2]) / 2
    return None


def sorted_bounds(first: Bound | None, second: Bound | None) -> tuple[Bound | None, Bound | None]:
    """The one from below, and the one from above."""
    bounds = {each[1]: each for each in (first, second) if each is not None}
    return bounds.get(1), bounds.get(-1)


def bound(condition: Compare) -> Bound | None:
    """A variable, 1 where it is above a number and -1 where it is below, and the number."""
    distance = Binary("-", condition.left, condition.right, condition.span)
    found = root(distance)
    form = None if found is None else line(distance, found[0])
    if found is None or form is None or condition.operator not in ORDERS:
        return None
    above = (form[0] > 0) == condition.operator.startswith(">")
    return found[0], 1 if above else -1, found[1]


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
    slopes = [[slope(each, path, point) for each in side] for side in (factors.numerators, factors.denominators)]
    zeros = [[each for each in side if each is not None] for side in slopes]
    if [len(side) for side in zeros] != [1, 1]:
        return False
    above, below = (
        tuple(each for each, vanishes in zip(side, known, strict=True) if vanishes is None)
        for side, known in zip((factors.numerators, factors.denominators), slopes, strict=True)
    )
    try:
        limit, names = at(Product(factors.sign, above, below), path, point)
        expected, same_names = at(product(value), path, point)
    except (ArithmeticError, ValueError, LookupError):
        return False
    limit *= float(zeros[0][0] / zeros[1][0])
    return limit != 0 and names == same_names and abs(limit - expected) <= WITHIN * abs(limit)


def is_close(value: Expression, quotient: Expression, path: Path, point: Fraction, half: Fraction) -> bool:
    """Whether they are the same at the edges of a guard, too: `abs(V + 40) < 10` is no guard against 0/0."""
    wide = max(half, NARROW)
    try:
        edges = [[at(product(each), path, point + side) for each in (value, quotient)] for side in (-wide, wide)]
    except (ArithmeticError, ValueError, LookupError):
        return False
    return all(names == same and abs(one - two) <= WITHIN * abs(two) for (one, names), (two, same) in edges)


def at(factors: Product, path: Path, point: Fraction) -> tuple[float, Counter[Path]]:
    """A product at a point: a number, and the names that multiply it, with those that divide it counted below 0."""
    value, names = float(factors.sign), Counter[Path]()

    def lookup(name: str) -> float:
        if name == ".".join(path):
            return float(point)
        raise NumberError

    for side, power in ((factors.numerators, 1), (factors.denominators, -1)):
        for each in side:
            if isinstance(each, Name) and each.path != path:
                names[each.path] += power
            else:
                value *= evaluated(each, lookup) ** power
    return value, Counter({name: count for name, count in names.items() if count})


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
