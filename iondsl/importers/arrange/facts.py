"""What was recognised in a foreign model."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.immutable import frozen
from iondsl.importers.arrange import gates, membrane, potential
from iondsl.importers.arrange.gates import Gate
from iondsl.importers.arrange.membrane import Membrane
from iondsl.importers.foreign import Foreign, Path, Variable
from iondsl.units import Unit, read_unit, same_dimension

MILLISECOND, MILLIVOLT = read_unit("ms"), read_unit("mV")


@frozen
class Facts:
    """`time` is the unit of time, ms where the source has none.

    `membrane` is None where the equation of the potential is no sum of currents. `nested` are the components that hold
    one gate of another: that component, and the gate's state.
    """

    foreign: Foreign
    time: Unit
    potential: Path | None
    membrane: Membrane | None
    gates: Mapping[Path, Gate]
    nested: Mapping[str, tuple[str, Path]]

    def is_current(self, component: str) -> bool:
        """Whether a component is one current: one of its variables is one, and the potential is not among them."""
        currents = () if self.membrane is None else self.membrane.currents
        own = [path for path in currents if path[0] == component]
        return len(own) == 1 and len(own[0]) == 2 and (self.potential is None or self.potential[0] != component)

    @property
    def renamed(self) -> frozenset[Path]:
        """The variables that become the `I` of a current: derived, and outward positive."""
        known = {each.path: each for each in self.foreign.variables}
        currents = () if self.membrane is None else self.membrane.currents
        inward = frozenset[Path]() if self.membrane is None else self.membrane.inward
        return frozenset(path for path in currents if path not in inward and is_derived(known[path]))


def is_derived(variable: Variable) -> bool:
    return variable.value is not None and not variable.is_state and not variable.binding


def facts(foreign: Foreign) -> Facts:
    """Everything that the arranger needs to know before it writes the first block."""
    known = {each.path: each for each in foreign.variables}
    stated = None if foreign.time is None or foreign.time.unit is None else foreign.time.unit.unit
    time = stated if stated is not None and same_dimension(stated, MILLISECOND) else MILLISECOND
    path = potential.find(foreign)
    literal = None if path is None else known[path].unit
    volt = MILLIVOLT if literal is None else literal.unit
    found = gates.find(foreign, path)
    inside = {state: gate for state, gate in found.items() if path is None or state[0] != path[0]}
    equation = membrane.find(foreign, path, volt, time)
    currents = () if equation is None else equation.currents
    return Facts(foreign, time, path, equation, inside, nested(foreign, inside, path, currents))


def nested(
    foreign: Foreign, found: Mapping[Path, Gate], potential: Path | None, currents: tuple[Path, ...]
) -> dict[str, tuple[str, Path]]:
    """`fast_sodium_current_m_gate`, which is the gate m of `fast_sodium_current`: how CellML names components.

    In some files the gates of `INa` are `iNa_m_gate` and `iNa_h_gate`.
    """
    of_potential = () if potential is None else potential[:1]
    around = [each.name for each in foreign.components if each.name not in of_potential]
    taken = {path[0] for path in currents}.union(of_potential)
    result = {}
    for name in (each.name for each in foreign.components if each.name.endswith("_gate")):
        outside = (each for each in around if not each.endswith("_gate"))
        holders = [each for each in outside if name.lower().startswith(f"{each.lower()}_")]
        states = [each.path for each in foreign.variables if each.path[0] == name and each.is_state]
        if holders and name not in taken and len(states) == 1 and states[0] in found:
            result[name] = (max(holders, key=lambda each: (len(each), name.startswith(each))), states[0])
    return result
