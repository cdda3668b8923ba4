"""The right side of a protocol's line → waves, as numbers in the unit of the input and the model's time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from iondsl.elaborate.arguments import bind
from iondsl.elaborate.draft import is_literal
from iondsl.elaborate.literals import Literal, WaveError, literal, refusal
from iondsl.elaborate.recordings import recorded
from iondsl.elaborate.temperature import is_temperature
from iondsl.errors import Diagnostic
from iondsl.functions import INITIAL, WAVES
from iondsl.immutable import frozen
from iondsl.syntax import Binary, Call, Expression, Unary, UnitLiteral
from iondsl.system import Quantity
from iondsl.traversal import walk
from iondsl.units import ONE, Unit, UnitError, factor
from iondsl.wave import Wave

TIMES = ("start", "width", "every", "tau")
NUMBERS = ("count", "phase", "seed")
DIFFERENCES = ("height", "amplitude", "sd")
LARGEST_SEED = 2**53 - 1
HOW_TO_STEP = "write `steps(value, time, value, time, value)`"


@frozen
class Waves:
    """Reads what drives one quantity. Bare numbers are in `stated`, the unit left of `=`, or else in its own unit."""

    target: Quantity
    stated: UnitLiteral | None
    time: Unit

    def read(self, expression: Expression, scale: Fraction = Fraction(1)) -> Iterator[Wave]:
        """The terms of a sum of waves. Raises WaveError for what is none."""
        match expression:
            case Unary() if not is_literal(expression):
                sign = -1 if expression.operator == "-" else 1
                yield from self.read(expression.operand, scale * sign)
            case Binary(operator="+" | "-"):
                sign = -1 if expression.operator == "-" else 1
                yield from self.read(expression.left, scale)
                yield from self.read(expression.right, scale * sign)
            case Call():
                yield replace(self.wave(expression), scale=double(scale, expression))
            case _ if not has_call(expression):
                yield Wave("constant", (("value", double(scale * self.level(expression), expression)),))
            case Binary(operator="*"):
                waves, number = expression.left, expression.right
                if has_call(number):
                    waves, number = number, waves
                yield from self.read(waves, scale * plain(number))
            case _:
                raise refusal("a protocol is a sum of waves and numbers", expression)

    def level(self, expression: Expression) -> Fraction:
        """A value in the unit of the target."""
        given = literal(expression)
        own = self.target.unit
        if given.unit is None and is_temperature(self.target) and self.stated is None:
            raise refusal("this temperature has no unit", expression, "write `[degC]` or `[K]` behind it", "E402")
        if given.unit is None and self.stated is not None:
            given = replace(given, unit=self.stated.unit)
        return given.value if own is None else converted(given, own, expression)

    def wave(self, call: Call) -> Wave:
        shape = call.function.text
        if shape == INITIAL:
            literal(call)  # which says why not
        if shape not in WAVES:
            known = ", ".join(f"`{name}`" for name in WAVES)
            raise refusal(f"`{shape}` is no wave", call.function, f"waves are {known}")
        arguments = self.bound(call)
        if shape == "steps":
            return self.steps(arguments, call)
        if shape == "file":
            return recorded(arguments, self.target, self.stated, self.time)
        signature = WAVES[shape].arguments
        given = {*signature[: len(call.arguments)], *(keyword.name for keyword in call.keywords)}
        names = [name for name in signature if name in given]
        values = [(name, self.argument(name, value)) for name, value in zip(names, arguments, strict=True)]
        if "count" in given and "every" not in given:
            raise refusal("`count` needs `every`, the time from one pulse to the next", call)
        return Wave(shape, tuple(values))

    def bound(self, call: Call) -> tuple[Expression, ...]:
        problems: list[Diagnostic] = []
        arguments = bind(call, WAVES[call.function.text], problems.append)
        if arguments is None:
            raise WaveError(problems[0])
        return arguments

    def argument(self, name: str, expression: Expression) -> float:
        """One named number of a wave, in the unit that its name asks for."""
        given = literal(expression)
        if name in DIFFERENCES and given.offset:
            cure = "write it in [K]"
            raise refusal(f"`{name}` is a difference: `degC` has another zero than kelvin", expression, cure, "E401")
        known = {**dict.fromkeys(TIMES, self.time), **dict.fromkeys(NUMBERS, ONE), "frequency": ONE / self.time}
        value = converted(given, known[name], expression) if name in known else self.level(expression)
        if name in ("width", "every", "count") and (value <= 0 or (name == "count" and value.denominator != 1)):
            kind = "whole number above 0" if name == "count" else "time above 0"
            raise refusal(f"`{name}` must be a {kind}", expression)
        check_noise(name, value, expression)
        return double(value, expression)

    def steps(self, arguments: tuple[Expression, ...], call: Call) -> Wave:
        """`steps(value, time, value, time, value)`: times must rise."""
        if len(arguments) % 2 == 0:
            raise refusal("`steps` begins and ends with a value", call, HOW_TO_STEP, "E206")
        times = [converted(literal(each), self.time, each) for each in arguments[1::2]]
        for position, (early, late) in enumerate(pairwise(times)):
            if early >= late:
                raise refusal("the times of `steps` must rise", arguments[2 * position + 3])
        values = [self.level(each) for each in arguments[::2]]
        mixed = [times[at // 2] if at % 2 else values[at // 2] for at in range(len(arguments))]
        numbers = [double(value, each) for value, each in zip(mixed, arguments, strict=True)]
        return Wave("steps", tuple(("time" if at % 2 else "value", number) for at, number in enumerate(numbers)))


def check_noise(name: str, value: Fraction, expression: Expression) -> None:
    """Raises WaveError (E503) for what no noise has."""
    if name == "sd" and value < 0:
        raise refusal("a standard deviation is not negative", expression, "leave the sign out", "E503")
    if name == "tau" and value <= 0:
        cure = "give the time in which the noise forgets its value"
        raise refusal("the correlation time `tau` must be above 0", expression, cure, "E503")
    if name == "seed" and not (value.denominator == 1 and 0 <= value <= LARGEST_SEED):
        cure = "each number gives another course, the same one in every run"
        raise refusal("the `seed` must be a whole number from 0 on", expression, cure, "E503")


def has_call(expression: Expression) -> bool:
    return any(isinstance(node, Call) for node in walk(expression))


def plain(expression: Expression) -> Fraction:
    """A number without a unit, by which waves are multiplied."""
    return converted(literal(expression), ONE, expression)


def converted(given: Literal, unit: Unit, expression: Expression) -> Fraction:
    """A number in a unit. A bare one already is."""
    if given.unit is None:
        return given.value
    try:
        return given.value * factor(given.unit, unit)
    except UnitError:
        wanted = "a number without a unit" if unit == ONE else f"a value in a unit such as [{unit}]"
        message = f"[{given.unit}] does not fit here; expected {wanted}"
        raise refusal(message, expression, code="E402") from None


def double(value: Fraction, expression: Expression) -> float:
    try:
        return float(value)
    except OverflowError:
        raise refusal("this number is out of range", expression, code="E113") from None
