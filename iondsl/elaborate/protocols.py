"""`protocol` → for each input the waves that it follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iondsl.elaborate import degrees
from iondsl.elaborate.excused import is_excused
from iondsl.elaborate.literals import WaveError
from iondsl.elaborate.names import Names
from iondsl.elaborate.scope import TEMPERATURE, Report
from iondsl.elaborate.temperature import is_temperature
from iondsl.elaborate.unknown import MANY
from iondsl.elaborate.waves import Waves
from iondsl.errors import Diagnostic, suggestion
from iondsl.immutable import frozen
from iondsl.syntax import ANY, Block, Cite, Definition, Doc
from iondsl.system import Drive, Kind, Protocol, Quantity
from iondsl.units import Unit

INPUTS = (Kind.INPUT, Kind.STIMULUS)


@frozen
class Protocols:
    """Reads the protocols of one model, once its quantities are known."""

    names: Names
    quantities: Mapping[str, Quantity]
    time: Unit
    report: Report

    def read(self, block: Block) -> Protocol:
        drives: dict[str, Drive] = {}
        for definition in self.definitions(block):
            drive = self.drive(definition)
            if drive is None:
                continue
            if drive.target in drives and ANY not in block.unread:
                cure = "add both on one line"
                self.report(Diagnostic("E202", f"`{drive.target}` is driven twice", definition.span, cure))
            drives[drive.target] = drive
        return Protocol(block.name, tuple(drives.values()), block.span, block.docs)

    def definitions(self, block: Block) -> Iterator[Definition]:
        """The lines that drive something; E204 for the others."""
        for statement in block.body:
            if isinstance(statement, Definition) and statement.keyword in ("", "clamp"):
                yield statement
            elif not isinstance(statement, Doc | Cite):
                cure = "write `I_app = pulse(...)` or `clamp V = steps(...)`"
                self.report(Diagnostic("E204", "a protocol only drives inputs", statement.span, cure))

    def drive(self, definition: Definition) -> Drive | None:
        target = self.target(definition)
        if target is None or definition.value is None:
            return None
        try:
            degrees.check(definition.value)
            waves = tuple(Waves(target, definition.unit, self.time).read(definition.value))
        except WaveError as problem:
            if problem.diagnostic is not None:
                self.report(problem.diagnostic)
            return None
        return Drive(target.name, waves, definition.keyword == "clamp", definition.value, definition.span)

    def target(self, definition: Definition) -> Quantity | None:
        """The input, clamped state or temperature that a line drives; E501 for anything else."""
        written, root = definition.name, self.names.root
        full = self.names.find(written.path, root)
        quantity = self.quantities.get(full) if full is not None else None
        if quantity is None:
            if full is None and not is_excused(written.path, root):
                self.report(self.no_target(definition))
            return None
        allowed = (Kind.STATE,) if definition.keyword == "clamp" else INPUTS
        if quantity.kind in allowed or (is_temperature(quantity) and definition.keyword == ""):
            return quantity
        self.report(wrong_target(definition, quantity))
        return None

    def no_target(self, definition: Definition) -> Diagnostic:
        clamp, written = definition.keyword == "clamp", definition.name
        kinds, what = ((Kind.STATE,), "state") if clamp else (INPUTS, "input")
        known = [name for name, quantity in self.quantities.items() if quantity.kind in kinds]
        inside = [f"`{name}`" for name in known if name.endswith(f".{written.text}")]
        cure = f"did you mean {' or '.join(inside)}?" if 0 < len(inside) <= MANY else suggestion(written.text, known)
        if not cure and not clamp:
            cure = f"its inputs are {', '.join(f'`{name}`' for name in known)}" if known else declare(written.path[-1])
        if written.text == TEMPERATURE:
            cure = "write `temperature = 37 [degC]` at the top of the file"
        return Diagnostic("E501", f"the model has no {what} `{written.text}`", written.span, cure)


def declare(name: str) -> str:
    return f"declare it: `stimulus {name} = 0 [uA/cm^2]` or `input {name} = 0`"


def wrong_target(definition: Definition, quantity: Quantity) -> Diagnostic:
    name = definition.name
    message = f"`{name.text}` is {quantity.kind.phrase}, not an input"
    if definition.keyword == "clamp":
        message = f"only a state can be clamped, and `{name.text}` is {quantity.kind.phrase}"
        cure = "leave `clamp` out" if quantity.kind in INPUTS else ""
    elif quantity.kind is Kind.STATE:
        cure = f"write `clamp {name.text} = ...`"
    else:
        cure = f"declare it as `input {name.path[-1]} = ...` to drive it"
    return Diagnostic("E501", message, name.span, cure)
