"""`file("x.csv")` → a wave with the numbers of the file, in the units of the input and of the model's time."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from iondsl.elaborate.literals import literal, refusal
from iondsl.elaborate.temperature import KELVIN, is_temperature
from iondsl.immutable import frozen
from iondsl.recording import RecordingError, Table, read
from iondsl.syntax import Expression, String, UnitLiteral
from iondsl.system import Quantity
from iondsl.units import ONE, Unit, UnitError, factor, is_offset, kelvin, read_unit
from iondsl.wave import Wave

VALUES = 2  # the column of values, unless another one is named


@frozen
class Scale:
    """Numbers of a column times `factor`, plus `shift`."""

    factor: float = 1.0
    shift: float = 0.0

    def of(self, values: tuple[float, ...]) -> list[float]:
        return [value * self.factor + self.shift for value in values]


def recorded(
    arguments: tuple[Expression, ...], target: Quantity, stated: UnitLiteral | None, time: Unit
) -> Wave:
    """The wave of a call. Raises WaveError: E504 for a file that cannot be read, E505 for what is in it."""
    path, *others = arguments
    if not isinstance(path, String):
        raise refusal("`file` needs the name of a file", path, 'write it in quotes: `file("current.csv")`', "E504")
    column = column_of(others[0]) if others else None
    try:
        table = read(path.span.source, path.text, column or VALUES, several=column is not None)
    except RecordingError as problem:
        raise refusal(problem.message, path, problem.cure, problem.code) from None
    times = scale(table, 0, time, path).of(table.times)
    for row, (early, late) in zip(table.rows[1:], pairwise(times), strict=True):
        if early >= late:
            raise refusal(f"in line {row} of `{path.text}` the time does not rise", path, "sort its lines", "E505")
    bare = stated.unit if stated is not None else None
    values = values_of(table, target, bare, path)
    pairs = ((("time", at), ("value", value)) for at, value in zip(times, values, strict=True))
    return Wave("file", tuple(number for pair in pairs for number in pair))


def column_of(expression: Expression) -> int:
    given = literal(expression)
    if given.unit is not None or given.value.denominator != 1 or given.value < VALUES:
        raise refusal(f"`column` is a whole number from {VALUES} on", expression, "the times stand in column 1", "E505")
    return int(given.value)


def values_of(table: Table, target: Quantity, stated: Unit | None, path: String) -> list[float]:
    own = target.unit or ONE
    if table.units[1] is None and is_temperature(target) and stated is None:
        raise refusal(f"the temperatures of `{path.text}` have no unit", path, "write it in its first line", "E505")
    if table.units[1] is None and stated is not None:
        return Scale(float(factor(stated, own))).of(table.values)
    return scale(table, 1, own, path).of(table.values)


def scale(table: Table, place: int, wanted: Unit, path: String) -> Scale:
    """From the unit in the first line of a file; numbers without one are in what is wanted."""
    text = table.units[place]
    if text is None:
        return Scale()
    try:
        if place == 1 and is_offset(text):
            to_own = float(factor(KELVIN, wanted))
            return Scale(to_own, float(kelvin(Fraction(0), text)) * to_own)
        return Scale(float(factor(read_unit(text), wanted)))
    except UnitError:
        what = ("times", "values")[place]
        cure = f"write one such as [{wanted}] there, or none"
        raise refusal(f"the unit of the {what} in `{path.text}` does not fit", path, cure, "E505") from None
