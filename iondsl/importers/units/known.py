"""The units of quantities: what the source states, what the language asks for, what equations have taught so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from iondsl.constants import CONSTANTS
from iondsl.elaborate import currents, gates, markov
from iondsl.elaborate.draft import stated_unit
from iondsl.elaborate.membrane import MEMBERS
from iondsl.elaborate.names import PI, Names
from iondsl.elaborate.scope import TEMPERATURE, Scope
from iondsl.syntax import Block, Definition, Derivative, InitialVolume, Statement, StateNames
from iondsl.units import ONE, Unit, UnitError, read_unit, same_dimension

MILLISECOND, MILLIVOLT, KELVIN = read_unit("ms"), read_unit("mV"), read_unit("K")
# What currents and the capacitance of a file without units are measured in.
CURRENT, CAPACITANCE = read_unit("A/F"), read_unit("uF/cm^2")


@dataclass(slots=True)
class Known:
    """`units` has every quantity that is declared, by its full name; None where its unit is not known yet."""

    names: Names
    time: Unit = MILLISECOND
    units: dict[str, Unit | None] = field(default_factory=dict)
    full: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Names) -> Known:
        written = names.root.time
        known = cls(names, MILLISECOND if written is None else written.unit.unit)
        known.units |= {names.time: known.time, PI: ONE}
        known.units |= {symbol: each.unit for symbol, each in CONSTANTS.items()}
        return known

    def enter(self, line: Statement, scope: Scope) -> None:
        """The quantities that a line declares."""
        match line:
            case Definition(keyword="event"):
                pass
            case Definition():
                self.units[name_of(line, scope)] = self.required(line, scope) or stated_unit(line)
            case Block(keyword="gate"):
                gate = name_of(line, scope)
                self.units |= {gate: ONE, f"{gate}.inf": ONE, f"{gate}.tau": self.time}
            case StateNames():
                self.units |= {scope.quantity(each.name): ONE for each in line.occupancies}

    def required(self, line: Definition, scope: Scope) -> Unit | None:
        """What the equations that are derived for its block read without a conversion."""
        member = line.name.text
        if scope.keyword == "gate":
            return gates.known_unit(scope, member, self.time)
        if scope.keyword == "markov" and member in markov.rates(scope):
            return ONE / self.time
        return KELVIN if scope.parent is None and member == TEMPERATURE else None

    def assume(self) -> None:
        """What the membrane needs, where nothing says what it is measured in: V in mV, C and currents such that the
        derived equation has no factor."""
        for cell in self.names.root.cells():
            if cell.membrane is None:
                continue
            potential, capacitance = cell.membrane.quantity("V"), cell.membrane.quantity("C")
            volt = self.units.get(potential) or MILLIVOLT
            terms = [each.quantity for each in currents.terms(cell)]
            implied = (unit * self.time / volt for each in terms if (unit := self.units.get(each)) is not None)
            self.settle(potential, volt)
            self.settle(capacitance, next(filter(is_capacitance, implied), CAPACITANCE))
            farad = self.units.get(capacitance)
            needed = volt / self.time if farad is None else farad * volt / self.time
            for each in terms:
                self.settle(each, CURRENT if needed == CURRENT else needed)

    def settle(self, name: str, unit: Unit) -> None:
        """Take a unit for a quantity that is declared, and has none."""
        if name in self.units and self.units[name] is None:
            self.units[name] = unit

    def lookup(self, name: str) -> Unit | None:
        """The unit that a name means, a full path; `x'` is that of `x` over time."""
        if name.endswith("'"):
            return self.rate(self.lookup(name[:-1]))
        return self.units.get(self.in_full(name))

    def is_open(self, name: str) -> bool:
        """Whether a name means a quantity of which the unit is not known yet."""
        full = self.in_full(name.removesuffix("'"))
        return full in self.units and self.units[full] is None

    def in_full(self, name: str) -> str:
        if name not in self.full:
            self.full[name] = self.names.find(tuple(name.split(".")), self.names.root) or name
        return self.full[name]

    def rate(self, unit: Unit | None) -> Unit | None:
        try:
            return None if unit is None else unit / self.time
        except UnitError:
            return None

    def expected(self, line: Statement, scope: Scope) -> Unit | None:
        """What the right sides of a line must measure; None where nothing says so."""
        match line:
            case Definition():
                return self.units.get(name_of(line, scope))
            case Derivative():
                return self.rate(self.units.get(scope.quantity(line.name.text)))
            case InitialVolume():
                return self.units.get(scope.quantity(line.name))
        if scope.keyword == "reaction":
            return None
        return ONE / self.time if scope.keyword == "markov" and not isinstance(line, StateNames) else ONE


def is_capacitance(unit: Unit) -> bool:
    return any(same_dimension(unit, each) for each in MEMBERS["C"][0])


def name_of(line: Definition | Block, scope: Scope) -> str:
    """The full name of what a line defines."""
    if isinstance(line, Block) or len(line.name.path) > 1:
        return ".".join((*scope.path, line.name if isinstance(line, Block) else line.name.text))
    return scope.quantity(line.name.text)
