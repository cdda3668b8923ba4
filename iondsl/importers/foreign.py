"""What a file of another tool says, whatever its format: flat, resolved, in the nodes of the language.

Readers build it, one per format, and it is all that the rest of the importer sees. Names in expressions are full
paths of variables, `("ina", "m")`, or of arguments inside a function, `("x",)`. Numbers keep the digits of the file,
and carry a unit where the file states one there.
"""

from __future__ import annotations

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.source import Source, Span
from iondsl.syntax import Expression, UnitLiteral

Path = tuple[str, ...]

# What a variable is bound to, beside a format's own words for what comes from outside.
TIME = "time"
PACE = "pace"

# The label of the membrane potential, as Myokit has it.
POTENTIAL = "membrane_potential"


@frozen
class Variable:
    """One number. `path` is its component and name, behind them the names of nested variables.

    `value` is its right side, that of its derivative if it is a state, or the value of a constant; None for what only
    the outside gives, such as time. `start` is the initial value of a state, and None for everything else; it may be
    an expression of constants. `unit` is None where the file states none. `binding` names what sets it from outside,
    `label` what it means, `identifier` what others call it (`cmeta:id`).
    """

    path: Path
    span: Span
    unit: UnitLiteral | None = None
    value: Expression | None = None
    start: Expression | None = None
    binding: str = ""
    label: str = ""
    identifier: str = ""
    doc: str = ""

    @property
    def is_state(self) -> bool:
        return self.start is not None


@frozen
class Component:
    """A group of variables, in the order of the file."""

    name: str
    span: Span
    doc: str = ""
    identifier: str = ""


@frozen
class Function:
    """A function of the user: its arguments stand in `value` as names of one word."""

    name: str
    parameters: tuple[str, ...]
    value: Expression
    span: Span
    doc: str = ""


@frozen
class Pulse:
    """An event of a protocol: the paced variable is `level` from `start` for `length`.

    It is repeated after each `period` (0: never), `count` times (0: without end). Numbers as they are written, in the
    unit of time.
    """

    level: Expression
    start: Expression
    length: Expression
    period: Expression
    count: int
    span: Span


@frozen
class Foreign:
    """A whole model. `variables` stand in the order of the file, `states` in that of the source's state vector.

    `warnings` are what its reader had to decide.
    """

    source: Source
    name: str
    components: tuple[Component, ...]
    variables: tuple[Variable, ...]
    states: tuple[Path, ...]
    functions: tuple[Function, ...] = ()
    pulses: tuple[Pulse, ...] = ()
    doc: str = ""
    citations: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def time(self) -> Variable | None:
        """The variable that is the time, if the model has one."""
        return next((each for each in self.variables if each.binding == TIME), None)
