"""Protocols in words: `pulse(start = 5 [ms], width = 40 [ms], height = 10)` as a pulse of 10 from 5 ms, for 40 ms."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iondsl.functions import WAVES
from iondsl.syntax import Binary, Call, Expression, Number, String, Unary, UnitLiteral
from iondsl.system import Drive
from iondsl.targets.latex.notation import arguments
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.tables import FILL, GAP, HEAD, PAGE, Table, paragraph
from iondsl.targets.latex.text import escape, typewriter
from iondsl.traversal import walk
from iondsl.units import ONE, Unit

# Points of the columns for the course and the description, and of a letter of a name; the last column gives way.
COURSE, DESCRIPTION, NARROWEST = 190.0, 140.0, 60.0
LETTER = 5.3


def protocols(printer: Printer) -> Table | None:
    """One row for each quantity that a protocol drives."""
    rows = []
    for protocol in printer.system.protocols:
        named, doc = typewriter(protocol.name), escape(protocol.doc)
        for drive in protocol.drives:
            speaker = Speaker.of(drive, printer)
            rows.append(f"{named} & ${printer.symbol(drive.target).tex}$ & {speaker.course(drive)} & {doc}".rstrip())
            named = doc = ""
    return Table(columns(printer), "Protocol & Drives & Course & Description", tuple(rows)) if rows else None


def columns(printer: Printer) -> str:
    protocols = printer.system.protocols
    names = max((LETTER * len(each.name) for each in protocols), default=0.0)
    symbols = max((printer.symbol(drive.target).width for each in protocols for drive in each.drives), default=0.0)
    left = PAGE - COURSE - max(HEAD, names) - max(HEAD, symbols) - 4 * GAP
    return f"@{{}}ll{paragraph(COURSE)}{paragraph(max(NARROWEST, min(DESCRIPTION, left)))}{FILL}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says what one quantity does; `unit` is its own, and `time` that of the model."""

    printer: Printer
    unit: Unit
    time: Unit

    @classmethod
    def of(cls, drive: Drive, printer: Printer) -> Speaker:
        target = next(each for each in printer.system.quantities if each.name == drive.target)
        return cls(printer, target.unit or ONE, printer.system.time.unit or ONE)

    def course(self, drive: Drive) -> str:
        return ("held at " if drive.clamp else "") + self.sum(drive.written)

    def sum(self, node: Expression) -> str:
        """The waves of a sum, one after the other."""
        match node:
            case Call():
                return self.wave(node)
            case Binary(operator="+" | "-") if _has_wave(node):
                return f"{self.sum(node.left)}; {'plus' if node.operator == '+' else 'minus'} {self.sum(node.right)}"
            case Binary(operator="*") if _has_wave(node):
                factor, wave = (node.right, node.left) if _has_wave(node.left) else (node.left, node.right)
                return f"{self.number(factor, ONE)} times {self.sum(wave)}"
            case Unary() if _has_wave(node):
                return "minus " * (node.operator == "-") + self.sum(node.operand)
            case _:
                return self.number(node, self.unit)

    def wave(self, call: Call) -> str:
        shape = call.function.text
        if shape == "steps":
            return self.steps(arguments(call, WAVES[shape]))
        if shape == "file":
            return recorded(_named(call))
        units = {"count": ONE, "phase": ONE, "seed": ONE, "tau": self.time, "frequency": ONE / self.time}
        units |= dict.fromkeys(("start", "width", "every"), self.time)
        said = {name: self.number(value, units.get(name, self.unit)) for name, value in _named(call).items()}
        if shape == "noise":
            of = f"standard deviation {said['sd']} and correlation time {said['tau']}"
            return f"noise of {of}, seed {said['seed']}"
        span = f"from {said['start']} for {said['width']}"
        match shape:
            case "pulse":
                again = f", every {said['every']}" if "every" in said else ""
                count = f", {said['count']} in all" if "count" in said else ""
                return f"pulse of {said['height']} {span}{again}{count}"
            case "ramp":
                return f"ramp from {said['first']} to {said['last']}, {span}"
            case _:
                phase = f", with phase {said['phase']}" if "phase" in said else ""
                return f"sine wave of amplitude {said['amplitude']} and frequency {said['frequency']}, {span}{phase}"

    def steps(self, given: tuple[Expression, ...]) -> str:
        first, *later = given
        pairs = zip(later[::2], later[1::2], strict=True)
        changes = [f"{self.number(value, self.unit)} from {self.number(time, self.time)}" for time, value in pairs]
        return ", then ".join([self.number(first, self.unit), *changes])

    def number(self, node: Expression, unit: Unit) -> str:
        """A bare literal with the unit that it is taken in."""
        return f"${self.printer.box(_measured(node, unit), inline=True).tex}$"


def recorded(said: dict[str, Expression]) -> str:
    path, column = said["path"], said.get("column")
    name = typewriter(path.text) if isinstance(path, String) else ""
    return f"as recorded in {name}" + (f", column {column.text}" if isinstance(column, Number) else "")


def _measured(node: Expression, unit: Unit) -> Expression:
    match node:
        case Number(unit=None):
            return replace(node, unit=UnitLiteral(unit, node.span))
        case Unary():
            return replace(node, operand=_measured(node.operand, unit))
    return node


def _named(call: Call) -> dict[str, Expression]:
    """Arguments by name, in the order of the signature."""
    signature = WAVES[call.function.text]
    by_place = dict(zip(signature.arguments, call.arguments, strict=False))
    return by_place | {keyword.name: keyword.value for keyword in call.keywords}


def _has_wave(node: Expression) -> bool:
    return any(isinstance(each, Call) for each in walk(node))
