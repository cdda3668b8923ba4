"""`protocol` → for each input the waves that it follows, as numbers in its own unit and the model's time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from iondsl.elaborate.calls import bind, unknown_function
from iondsl.elaborate.names import Names
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.functions import PLANNED_WAVES, WAVES
from iondsl.syntax import Binary, Block, Call, Definition, Derivative, Expression, Number, Unary, walk
from iondsl.system import Drive, Kind, Protocol, Quantity
from iondsl.units import ONE, Unit, UnitError, factor, kelvin
from iondsl.wave import Wave

TIMES = ("start", "width", "every")
NUMBERS = ("count", "phase")
TEMPERATURE = "temperature"


@dataclass(frozen=True, slots=True)
class Protocols:
    """Reads the protocols of one model, once its quantities are known."""

    names: Names
    quantities: dict[str, Quantity]
    time: Unit
    report: Report

    def read(self, scope: Scope) -> Protocol | None:
        block = scope.block
        if block is None:
            return None
        drives: list[Drive] = []
        for definition in self.definitions(block):
            drive = self.drive(definition, scope)
            if drive is None:
                continue
            if any(drive.target == other.target for other in drives):
                cure = "add both on one line"
                self.report(Diagnostic("E202", f"`{drive.target}` is driven twice", definition.span, cure))
            drives.append(drive)
        return Protocol(block.name, tuple(drives), block.span, block.docs)

    def definitions(self, block: Block) -> Iterator[Definition]:
        for statement in block.body:
            if isinstance(statement, Definition) and statement.keyword in ("", "clamp"):
                yield statement
            elif isinstance(statement, Definition | Derivative | Block):
                cure = "write `I_app = pulse(...)` or `clamp V = steps(...)`"
                self.report(Diagnostic("E204", "a protocol only drives inputs", statement.span, cure))

    def drive(self, definition: Definition, scope: Scope) -> Drive | None:
        target = self.target(definition, scope)
        if target is None or definition.value is None:
            return None
        unit = target.unit if definition.unit is None else definition.unit.unit
        try:
            waves = tuple(self.waves(definition.value, unit or ONE, Fraction(1)))
        except NotANumber as problem:
            self.report(problem.diagnostic)
            return None
        clamp = definition.keyword == "clamp"
        return Drive(target.name, waves, clamp, definition.value, definition.span)

    def target(self, definition: Definition, scope: Scope) -> Quantity | None:
        """The input, clamped state or temperature that a line drives; E501 for anything else."""
        written = definition.name
        path = ("T",) if written.text == TEMPERATURE else written.path
        full = self.names.find(path, scope.root)
        quantity = self.quantities.get(full) if full is not None else None
        if quantity is None:
            if self.names.unread.isdisjoint(written.path):
                inputs = [name for name, q in self.quantities.items() if q.kind in (Kind.INPUT, Kind.STIMULUS)]
                cure = suggestion(written.text, inputs) or f"inputs: {', '.join(f'`{name}`' for name in inputs)}"
                message = f"the model has no input `{written.text}`"
                self.report(Diagnostic("E501", message, written.span, cure if inputs else ""))
            return None
        allowed = (Kind.STATE,) if definition.keyword == "clamp" else (Kind.INPUT, Kind.STIMULUS)
        if quantity.kind in allowed or (full == "T" and definition.keyword == ""):
            return quantity
        self.report(wrong_target(definition, quantity))
        return None

    def waves(self, expression: Expression, unit: Unit, scale: Fraction) -> Iterator[Wave]:
        """The terms of a sum of waves; E502 for what is none."""
        match expression:
            case Unary():
                sign = -1 if expression.operator == "-" else 1
                yield from self.waves(expression.operand, unit, scale * sign)
            case Binary(operator="+" | "-"):
                sign = -1 if expression.operator == "-" else 1
                yield from self.waves(expression.left, unit, scale)
                yield from self.waves(expression.right, unit, scale * sign)
            case Call():
                yield replace(self.wave(expression, unit), scale=float(scale))
            case _ if not any(isinstance(node, Call) for node in walk(expression)):
                yield Wave("constant", (("value", float(scale * constant(expression, unit))),))
            case Binary(operator="*"):
                waves, number = expression.left, expression.right
                if any(isinstance(node, Call) for node in walk(number)):
                    waves, number = number, waves
                yield from self.waves(waves, unit, scale * constant(number, ONE))
            case _:
                raise NotANumber("a protocol is a sum of waves and numbers", expression)

    def wave(self, call: Call, unit: Unit) -> Wave:
        shape = call.function.text
        if shape not in WAVES:
            known = ", ".join(f"`{name}`" for name in WAVES)
            found = unknown_function(call, self.names.root)
            message = found.message if shape in PLANNED_WAVES else f"`{shape}` is no wave"
            raise NotANumber(message, call.function, "" if shape in PLANNED_WAVES else f"waves are {known}", found.code)
        failures: list[Diagnostic] = []
        arguments = bind(call, WAVES[shape], failures.append)
        if arguments is None:
            raise NotANumber(failures[0].message, call, failures[0].cure, failures[0].code)
        if shape == "steps":
            return self.steps(arguments, unit, call)
        order = WAVES[shape].arguments
        names = [*order[: len(call.arguments)], *(word for word in order if word in self.keywords(call))]
        units = {**dict.fromkeys(TIMES, self.time), **dict.fromkeys(NUMBERS, ONE), "frequency": ONE / self.time}
        values = [
            (name, float(constant(value, units.get(name, unit))))
            for name, value in zip(names, arguments, strict=True)
        ]
        return Wave(shape, tuple(values))

    def keywords(self, call: Call) -> set[str]:
        return {keyword.name for keyword in call.keywords}

    def steps(self, arguments: tuple[Expression, ...], unit: Unit, call: Call) -> Wave:
        """`steps(value, time, value, time, value)`: times must rise."""
        if len(arguments) % 2 == 0:
            raise NotANumber("`steps` begins and ends with a value: `steps(value, time, value)`", call, code="E206")
        values = [
            constant(argument, self.time if position % 2 else unit) for position, argument in enumerate(arguments)
        ]
        times = values[1::2]
        for position, (early, late) in enumerate(zip(times, times[1:], strict=False)):
            if early >= late:
                raise NotANumber("the times of `steps` must rise", arguments[2 * position + 3])
        named = [("time" if position % 2 else "value", float(value)) for position, value in enumerate(values)]
        return Wave("steps", tuple(named))


class NotANumber(Exception):
    """Part of a protocol is not what may stand there."""

    def __init__(self, message: str, node: Expression, cure: str = "", code: str = "E502") -> None:
        self.diagnostic = Diagnostic(code, message, node.span, cure)
        super().__init__(message)


def constant(expression: Expression, unit: Unit) -> Fraction:
    """The value of literal arithmetic in a unit. A bare number already is in it."""
    value, own = literal(expression)
    if own is None:
        return value
    try:
        return value * factor(own, unit)
    except UnitError as error:
        raise NotANumber(error.message, expression, f"it is measured in [{unit}] here", "E402") from None


def literal(node: Expression) -> tuple[Fraction, Unit | None]:
    match node:
        case Number(unit=None):
            return Fraction(node.text), None
        case Number(unit=unit) if unit is not None:
            value = Fraction(node.text)
            return (kelvin(value, "degC") if unit.offset else value), unit.unit
        case Unary():
            value, unit_of = literal(node.operand)
            return (-value if node.operator == "-" else value), unit_of
        case Binary(operator="*" | "/"):
            left, right = literal(node.left), literal(node.right)
            if right[1] is None and (node.operator == "*" or right[0] != 0):
                return (left[0] * right[0] if node.operator == "*" else left[0] / right[0]), left[1]
    raise NotANumber("only numbers with units may stand here", node, "a protocol is fixed before the run")


def wrong_target(definition: Definition, quantity: Quantity) -> Diagnostic:
    name, kind = definition.name, quantity.kind.value
    if quantity.kind is Kind.STATE:
        return Diagnostic("E501", f"`{name.text}` is a state, not an input", name.span, f"write `clamp {name.text} = ...`")
    if definition.keyword == "clamp":
        return Diagnostic("E501", f"only a state can be clamped, and `{name.text}` is an {kind}", name.span)
    cure = f"declare it as `input {name.path[-1]} = ...` to drive it"
    return Diagnostic("E501", f"`{name.text}` is a {kind}, not an input", name.span, cure)
