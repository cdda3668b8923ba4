"""The membrane equation as a sum of currents, where it is one: `V' = -(I_1 + I_2 + ...)/C`.

The language derives the equation from `current` blocks and `C`. That is taken only where it computes what the source
does: each current once, outward positive, and a conversion factor equal to the numbers that the source multiplies by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from iondsl.immutable import frozen
from iondsl.importers.arrange.algebra import coefficients, product, scaled
from iondsl.importers.foreign import Foreign, Path, Variable
from iondsl.syntax import Expression, Name, Number, UnitLiteral
from iondsl.units import ONE, Unit, read_unit, same_dimension

PER_AREA, PER_FARAD, ABSOLUTE = (read_unit(text) for text in ("A/m^2", "A/F", "A"))
# A capacitance of 1 in one of these for sources that leave it out: `V' = -I` with I in uA/cm^2, or in pA.
IMPLIED = ("uF/cm^2", "F/m^2", "F/cm^2", "nF/cm^2", "pF/um^2", "pF", "nF", "uF", "F")
# Where a file states no units, currents are measured like this.
ASSUMED = read_unit("uA/cm^2")
ASSUMED_CAPACITANCE = read_unit("uF/cm^2")


@frozen
class Membrane:
    """`currents` in the order of the sum, those that are `inward` among them. `unit` is that of currents without one.

    `capacitance` is the variable in which the source has it, `literal` the number that it has in its place, or leaves
    out where it is 1.
    """

    currents: tuple[Path, ...]
    unit: Unit
    inward: frozenset[Path] = frozenset()
    capacitance: Path | None = None
    literal: Number | None = None


def find(foreign: Foreign, potential: Path | None, volt: Unit, time: Unit) -> Membrane | None:
    """None where the equation of the potential is something else than a sum of currents."""
    known = {each.path: each for each in foreign.variables}
    state = None if potential is None else known[potential]
    if state is None or state.value is None:
        return None
    whole = product(followed(state.value, known))
    number, above = scaled(tuple(each for each in whole.numerators if not is_sum(each, known)))
    literals = [each for each in whole.denominators if isinstance(each, Number) and is_capacitance(each)]
    divisor, below = scaled(tuple(each for each in whole.denominators if not is_capacitance(each)))
    sums = [each for each in whole.numerators if is_sum(each, known)]
    if len(sums) != 1 or above or len(below) + len(literals) > 1 or any(each.path not in known for each in below):
        return None
    signs = summed(sums[0], known, whole.sign)
    if signs is None:
        return None
    capacitance = next(iter(below), None) or next(iter(literals), None)
    found = measured(tuple(signs), known, capacitance, number / divisor, volt / time)
    return None if found is None else replace(found, inward=frozenset(path for path in signs if signs[path] > 0))


def followed(rate: Expression, known: Mapping[Path, Variable]) -> Expression:
    """What `dV_dt` stands for, where the rate is a name."""
    seen = set()
    while isinstance(rate, Name) and rate.path in known and rate.path not in seen:
        seen.add(rate.path)
        value = known[rate.path].value
        if value is None or known[rate.path].is_state:
            break
        rate = value
    return rate


def is_capacitance(node: Expression) -> bool:
    """Whether it is a number in a unit of capacitance."""
    return isinstance(node, Number) and node.unit is not None and not same_dimension(node.unit.unit, ONE)


def is_sum(node: Expression, known: Mapping[Path, Variable]) -> bool:
    """Whether it is written as a sum of names, or is the name of one, or of a current."""
    if isinstance(node, Name):
        variable = known.get(node.path)
        return variable is not None and is_current(variable.unit, none=parts(variable) is not None)
    return coefficients(node) is not None


def is_current(unit: UnitLiteral | None, none: bool = True) -> bool:
    """Whether it is the unit of a current; `none` is the answer where there is none."""
    if unit is None:
        return none
    return any(same_dimension(unit.unit, each) for each in (PER_AREA, PER_FARAD, ABSOLUTE))


def parts(variable: Variable) -> Mapping[Name, Fraction] | None:
    """What a derived variable is the sum of; a single name counts, too."""
    return None if variable.value is None or variable.is_state else coefficients(variable.value)


def summed(node: Expression, known: Mapping[Path, Variable], sign: int) -> dict[Path, int] | None:
    """The currents of a sum, sums in it written out: -1 for outward, 1 for inward; None for other multiples."""
    found: dict[Path, Fraction] = {}
    waiting = [(Fraction(sign), node)]
    while waiting:
        scale, node = waiting.pop()
        for name, factor in reversed([*(coefficients(node) or {}).items()]):
            variable = known.get(name.path)
            if variable is None or variable.is_state:
                return None
            inner = parts(variable)
            if variable.value is not None and inner is not None and is_total(variable, inner, known):
                waiting.append((scale * factor, variable.value))
            else:
                found[name.path] = found.get(name.path, Fraction(0)) + scale * factor
    found = {path: total for path, total in found.items() if total}
    return {path: int(total) for path, total in found.items()} if found and is_once(found) else None


def is_total(variable: Variable, inner: Mapping[Name, Fraction], known: Mapping[Path, Variable]) -> bool:
    """Whether a variable only adds up others: those are the currents then, not what is multiplied to one."""
    derived = all(each.path in known and is_computed(known[each.path]) for each in inner)
    return derived and is_current(variable.unit) and [*inner.values()] != [1]


def is_computed(variable: Variable) -> bool:
    return not variable.binding and variable.value is not None and not isinstance(variable.value, Number)


def is_once(found: Mapping[Path, Fraction]) -> bool:
    return all(abs(total) == 1 for total in found.values())


def measured(
    currents: tuple[Path, ...],
    known: Mapping[Path, Variable],
    capacitance: Name | Number | None,
    number: Fraction,
    rate: Unit,
) -> Membrane | None:
    """The membrane, if the equation that the language derives has the factor that the source multiplies by."""
    stated = {literal.unit for path in currents if (literal := known[path].unit) is not None}
    if len({(unit.scale, unit.dimension) for unit in stated}) > 1:
        return None
    unit = min(stated, key=str, default=ASSUMED)
    match capacitance:
        case None if same_dimension(unit, PER_FARAD):
            return Membrane(currents, unit) if converts(unit, rate, number) else None
        case None:
            fitting = (each for each in map(read_unit, IMPLIED) if converts(unit / each, rate, number))
            farad = next(fitting, None)
            span = known[currents[0]].span
            if farad is None:
                return None
            return Membrane(currents, unit, literal=Number("1", UnitLiteral(farad, span), span))
        case Number(unit=UnitLiteral(unit=farad)):
            return Membrane(currents, unit, literal=capacitance) if converts(unit / farad, rate, number) else None
        case Name(path=path):
            variable = known[path]
            farad = ASSUMED_CAPACITANCE if variable.unit is None else variable.unit.unit
            fits = not variable.is_state and variable.value is not None and converts(unit / farad, rate, number)
            return Membrane(currents, unit, capacitance=path) if fits else None
    return None


def converts(unit: Unit, rate: Unit, number: Fraction) -> bool:
    """Whether a value in `unit` becomes one in `rate` by this number."""
    return same_dimension(unit, rate) and unit.scale / rate.scale == number
