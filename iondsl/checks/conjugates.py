"""A difference of a root and another term as the quotient that it equals, in which these two are added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from iondsl.checks.differences import Difference, Terms
from iondsl.checks.products import Product, product
from iondsl.elaborate.draft import binary, negative
from iondsl.formatter import Level, text
from iondsl.syntax import Binary, Expression, Number

# A quotient of larger numbers is written as a decimal.
LARGEST, LARGEST_BELOW = 10**6, 20


def conjugate(found: Difference, outer: Product) -> str:
    """`outer` times the difference: f sqrt(s + r) + o is f^2 r/(f sqrt(s + r) - o), as o^2 is f^2 s."""
    sign = 1 if found.factor > 0 else -1
    size = abs(found.factor)
    root = found.root if size == 1 else binary("*", Number(decimal(size), None, found.root.span), found.root)
    added = summed((*((-sign * each, term) for each, term in found.others), (1, root)))
    rest = summed(found.rest) if len(found.rest) > 1 else found.rest[0][1]
    above = product(rest)
    coefficient = outer.coefficient * above.coefficient * sign * size**2
    coefficient *= found.rest[0][0] if len(found.rest) == 1 else 1
    return quotient(coefficient, (*outer.above, *above.above), (*outer.below, *above.below, added))


def summed(parts: Terms) -> Expression:
    """The sum, which begins with something that is added, if anything is."""
    first = next((at for at, (sign, _) in enumerate(parts) if sign > 0), 0)
    sign, result = parts[first]
    result = result if sign > 0 else negative(result)
    for sign, term in (*parts[:first], *parts[first + 1 :]):
        result = binary("+" if sign > 0 else "-", result, term)
    return result


def quotient(coefficient: Fraction, above: Iterable[Expression], below: Iterable[Expression]) -> str:
    """`2 * a / (b + c)`, without what stands on both sides of the line."""
    over, under = powers(above), powers(below)
    size = abs(coefficient)
    whole = size.numerator <= LARGEST and size.denominator <= LARGEST_BELOW
    upper = [] if whole and size.numerator == 1 else [str(size.numerator) if whole else decimal(size)]
    lower = [str(size.denominator)] if whole and size.denominator > 1 else []
    upper += [raised(each, power) for each, power in (over - under).items()]
    lower += [raised(each, power) for each, power in (under - over).items()]
    divisor = f"({' * '.join(lower)})" if len(lower) > 1 else "".join(lower)
    return f"{'-' if coefficient < 0 else ''}{' * '.join(upper) or '1'}{' / ' if divisor else ''}{divisor}"


def powers(factors: Iterable[Expression]) -> Counter[str]:
    """How often each factor stands there, by its text."""
    found: Counter[str] = Counter()
    for factor in factors:
        match factor:
            case Binary(operator="^", left=base, right=Number() as exponent) if exponent.text.isdigit():
                found[text(base, Level.ATOM)] += int(exponent.text)
            case _:
                found[text(factor, Level.POWER)] += 1
    return found


def raised(factor: str, power: int) -> str:
    return factor if power == 1 else f"{factor}^{power}"


def decimal(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.10g}"
