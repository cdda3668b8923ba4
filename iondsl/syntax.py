"""What was written: one frozen class per grammar rule, each with its span.

Nothing here means anything yet: names are not looked up, units not compared. `elaborate` does that.
"""

from __future__ import annotations

from dataclasses import field

from iondsl.immutable import frozen
from iondsl.source import Source, Span
from iondsl.units import Unit

# --- expressions ------------------------------------------------------------------------------------------


@frozen
class UnitLiteral:
    """`[mS/cm^2]`; `offset` marks `[degC]`, whose zero is not the zero of kelvin, `refused` what is no unit.

    `implied`: nobody wrote it. The pure numbers of a physical law have it, so that they take no other unit, and
    conversions of what a part reads from outside.
    """

    unit: Unit
    span: Span
    offset: bool = False
    refused: bool = False
    implied: bool = False


@frozen
class Number:
    """`0.07` or `120 [mS/cm^2]`, digits as the author wrote them."""

    text: str
    unit: UnitLiteral | None
    span: Span


@frozen
class String:
    """`"current.csv"` where an expression may stand."""

    text: str
    span: Span


@frozen
class Name:
    """`V`, `I_Na.m.alpha`. After `elaborate`, `path` is the full path from the model's root.

    `outward` counts the used parts around it whose names it does not mean: it was put there by a `use` line.
    """

    path: tuple[str, ...]
    span: Span
    outward: int = 0

    @property
    def text(self) -> str:
        return ".".join(self.path)


@frozen
class Prime:
    """`x'`, the time derivative of a state."""

    name: Name
    span: Span


@frozen
class Unary:
    """`-x` or `+x`."""

    operator: str
    operand: Expression
    span: Span


@frozen
class Binary:
    """`a + b`, with one of `+ - * / ^`."""

    operator: str
    left: Expression
    right: Expression
    span: Span


@frozen
class Compare:
    """`a < b`, with one of `< <= > >= == !=`."""

    operator: str
    left: Expression
    right: Expression
    span: Span


@frozen
class Logic:
    """`a and b`, `a or b`."""

    operator: str
    left: Expression
    right: Expression
    span: Span


@frozen
class Not:
    """`not a`."""

    operand: Expression
    span: Span


@frozen
class Conditional:
    """`value if condition else otherwise`."""

    value: Expression
    condition: Expression
    otherwise: Expression
    span: Span


@frozen
class Keyword:
    """`start = 5 [ms]` inside a call."""

    name: str
    value: Expression
    span: Span


@frozen
class Call:
    """`f(x, k = 2)`."""

    function: Name
    arguments: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]
    span: Span


@frozen
class Convert:
    """`x in [mV]` (converts) or `x as [mV]` (relabels)."""

    operator: str
    operand: Expression
    unit: UnitLiteral
    span: Span


Expression = (
    Number | String | Name | Prime | Unary | Binary | Compare | Logic | Not | Conditional | Call | Convert
)

# --- statements -------------------------------------------------------------------------------------------


@frozen
class Doc:
    """A string first in a block."""

    text: str
    span: Span


@frozen
class Cite:
    """`cite "doi:10.1113/jphysiol.1952.sp004764"`."""

    text: str
    span: Span


@frozen
class Time:
    """`time t [ms]`."""

    name: str
    unit: UnitLiteral
    span: Span


@frozen
class Order:
    """`order(V, I_Na.m, Ca.i)`: the states in this order, in every output."""

    names: tuple[Name, ...]
    span: Span


@frozen
class Carrier:
    """`3 Na`, `-2 K`, `Ca.ss` behind `carries`."""

    coefficient: int | None
    ion: Name
    span: Span


@frozen
class Definition:
    """A named number: `keyword name [unit] = value`.

    `keyword` is `param`, `state`, `input`, `stimulus`, `conserved`, `event`, `clamp`, or empty for a derived
    quantity; `value` is missing only in `input x [unit]` and in
    `state x [unit]`, which begins where its reactions are at rest. A state of a Markov scheme becomes one, too: its
    keyword is `OCCUPANCY`. `place` is where a restated line stood, see `order`.
    """

    keyword: str
    name: Name
    unit: UnitLiteral | None
    value: Expression | None
    span: Span
    carries: tuple[Carrier, ...] = ()
    tags: tuple[str, ...] = ()
    doc: str = ""
    place: Span | None = None

    @property
    def order(self) -> tuple[int, ...]:
        """What puts declarations in order: a restated line has the position of the one that it replaces."""
        return self.span.order if self.place is None else self.place.order


@frozen
class Derivative:
    """`x' = ...`."""

    name: Name
    unit: UnitLiteral | None
    value: Expression
    span: Span
    doc: str = ""


@frozen
class InitialVolume:
    """`initial volume = ...` of a space, or `initial depth`."""

    name: str
    value: Expression
    span: Span
    doc: str = ""


@frozen
class Function:
    """`function f(x, k) = ...`."""

    name: str
    parameters: tuple[str, ...]
    value: Expression
    span: Span
    doc: str = ""


@frozen
class Occupancy:
    """`O = 0.1` among the states of a Markov scheme; `value` is what it begins with."""

    name: str
    value: Expression | None
    span: Span


@frozen
class StateNames:
    """`states C3, C2, O = 0.1, I` of a Markov scheme."""

    occupancies: tuple[Occupancy, ...]
    span: Span
    doc: str = ""


@frozen
class Eliminate:
    """`eliminate C3`: this state of a Markov scheme is 1 minus the others."""

    name: str
    span: Span
    doc: str = ""


@frozen
class Term:
    """`2 Ca.i` on one side of a reaction."""

    coefficient: int
    species: Name
    span: Span


@frozen
class Transition:
    """`C <-> O : forward, backward` or `Ca.i + B -> CaB : k`; one side of a source or decay is empty: `-> A : k`."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    reversible: bool
    rates: tuple[Expression, ...]
    span: Span
    doc: str = ""


@frozen
class Block:
    """A header with the statements indented below it.

    `keyword` is the block's first word. `value` is the initial value of `gate m = 0.05:`; `carries`, `ends` and
    `per` are those of currents and fluxes; `space` is that of `reaction buffer in o:`; `origin` and `library` are
    those of `use ORIGIN as NAME from LIBRARY`. `unread` are the names that lines of the block which could not be
    read may declare, `ANY` if that cannot be told: none of them is called missing. `used` is where a block comes from
    that stands in the place of a `use`.
    """

    keyword: str
    name: str
    span: Span
    body: tuple[Statement, ...] = ()
    value: Expression | None = None
    carries: tuple[Carrier, ...] = ()
    ends: tuple[Name, Name] | None = None
    per: Name | None = None
    space: Name | None = None
    origin: Name | None = None
    library: Name | None = None
    tags: tuple[str, ...] = ()
    doc: str = ""
    unread: frozenset[str] = frozenset()
    used: Used | None = None

    @property
    def place(self) -> Span:
        """Where it is declared in the file in which it stands: its header, or the `use` that brought it."""
        return self.span if self.used is None else self.used.line

    @property
    def docs(self) -> str:
        """Everything that documents the block: the string behind its header and those in its body."""
        inside = [statement.text for statement in self.body if isinstance(statement, Doc)]
        return " ".join([self.doc, *inside] if self.doc else inside)


@frozen
class Restated:
    """A line of a `use`: `name` as it stands there, and the place of the line of the part that it restates.

    `original` is None where a line binds a name that the part takes from outside; otherwise `path` is that of the
    restated line in the part, empty for the start of a used gate. `value` is the right side that stood there, or what
    the name is bound to.
    """

    name: str
    span: Span
    original: Span | None
    path: str = ""
    value: Expression | None = None


@frozen
class Need:
    """What a library says that one of its parts takes from outside: an ion, a space, the temperature, or a function
    of the language, which must mean the same outside.

    `keyword` is `ion`, `space`, `temperature` or `function`; `valence` is that of an ion, where the library states one.
    `bound` is what a line of the `use` says to take in its place.
    """

    keyword: str
    name: str
    span: Span
    valence: Definition | None = None
    bound: Name | None = None

    @property
    def there(self) -> str:
        """What it is called where the `use` stands."""
        return self.name if self.bound is None else self.bound.text


@frozen
class Used:
    """Where a used part comes from: `line` is the `use` as it stands in the file, `part` what the part is called there.

    `library` is the file that it comes from, `header` the part's first line there. `time` is the unit in which that
    file counts time; None for the same file. `citations` are the sources that the library and the part name, `of` is
    where the part itself comes from, if it was a `use` there.
    """

    line: Span
    part: str
    library: Source
    header: Span
    restated: tuple[Restated, ...] = ()
    needs: tuple[Need, ...] = ()
    time: Unit | None = None
    citations: tuple[str, ...] = ()
    of: Used | None = None


# Among the names that are not to be called missing: all of them.
ANY = "*"

# The keyword of a state of a Markov scheme, which no user writes.
OCCUPANCY = "occupancy"

Statement = (
    Doc
    | Cite
    | Time
    | Order
    | Definition
    | Derivative
    | InitialVolume
    | Function
    | StateNames
    | Eliminate
    | Transition
    | Block
)


@frozen
class Program:
    """A whole file. `unread` is that of its top level, see `Block`."""

    source: Source
    body: tuple[Statement, ...] = field(repr=False)
    unread: frozenset[str] = frozenset()

    @property
    def header(self) -> Block | None:
        """The `model NAME:` block; without one the file is a library of parts."""
        for statement in self.body:
            if isinstance(statement, Block) and statement.keyword == "model":
                return statement
        return None


def wrong(span: Span) -> Name:
    """Stands for an operand in which an error was reported: what it is part of is not judged any more."""
    return Name(("",), span)
