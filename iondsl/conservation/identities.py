"""What is left of a residual, to SymPy: roots, logarithms and angles, among which there are relations."""

from __future__ import annotations

from fractions import Fraction

import sympy
from sympy import Expr, Rational, S, Symbol

from iondsl.conservation.powers import HIGHEST_POWER
from iondsl.conservation.sums import Atom, Sum

# With more atoms, and where it would write out a sum to a higher power, SymPy may take minutes.
MOST_ATOMS = 200

FUNCTIONS = {
    "exp": sympy.exp,
    "log": sympy.log,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "asin": sympy.asin,
    "acos": sympy.acos,
    "atan": sympy.atan,
    "abs": sympy.Abs,
    "sign": sympy.sign,
    "^": sympy.Pow,
}


def vanishes(residual: Sum) -> bool:
    """Whether SymPy finds the residual to be 0. It is not asked where nothing but a rational function is left."""
    if not is_small(residual) or not any(map(is_function, residual.atoms)):
        return False
    expression = expanded(residual, {})
    found = sympy.cancel(sympy.together(sympy.expand_log(expression.rewrite(sympy.exp), force=False)))
    return bool(found == 0)


def is_small(base: Sum) -> bool:
    return atoms_in(base) <= MOST_ATOMS and has_low_powers(base)


def atoms_in(base: Sum) -> int:
    """How often one is written, inside of others, too."""
    return sum(1 + sum(map(atoms_in, atom.arguments)) for monomial in base.terms for atom, _ in monomial)


def has_low_powers(base: Sum) -> bool:
    powers = (each for monomial in base.terms for atom, each in monomial if atom.is_sum)
    inside = (each for atom in base.atoms for each in atom.arguments)
    return all(-HIGHEST_POWER <= each <= HIGHEST_POWER for each in powers) and all(map(has_low_powers, inside))


def is_function(atom: Atom) -> bool:
    return any(map(is_function, atom.arguments[0].atoms)) if atom.is_sum else bool(atom.function)


def expanded(base: Sum, symbols: dict[str, Symbol]) -> Expr:
    terms = []
    for monomial, coefficient in base.terms.items():
        factors = [of_atom(atom, symbols) ** rational(power) for atom, power in monomial]
        terms.append(rational(coefficient) * sympy.Mul(*factors))
    return sympy.Add(*terms)


def of_atom(atom: Atom, symbols: dict[str, Symbol]) -> Expr:
    """Quantities are real here, and nothing more: sqrt(x^2) is not x."""
    if atom.is_sum:
        return expanded(atom.arguments[0], symbols)
    if atom.function in FUNCTIONS:
        return FUNCTIONS[atom.function](*(expanded(each, symbols) for each in atom.arguments))
    return symbols.setdefault(atom.text, Symbol(f"x{len(symbols)}", real=True))


def rational(value: int | Fraction) -> Expr:
    return Rational(value.numerator, value.denominator) if value else S.Zero
