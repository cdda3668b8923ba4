"""What the text means, still in the author's own expressions: a flat list of named quantities.

Every name is looked up, every function call inlined, every derived equation (membrane, gates, Nernst) added, with
its origin. No SymPy yet: checks, `iondsl check`, `show` and LaTeX work on this; `symbolic` turns it into a Model.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from iondsl.immutable import frozen
from iondsl.inference import Conversion, Reading
from iondsl.source import Source, Span
from iondsl.syntax import Expression, Name
from iondsl.units import Unit
from iondsl.wave import Wave


class Kind(Enum):
    """What a quantity is."""

    TIME = "time"
    PARAMETER = "parameter"
    INPUT = "input"
    STIMULUS = "stimulus"
    STATE = "state"
    AMOUNT = "amount"
    EQUATION = "equation"

    @property
    def phrase(self) -> str:
        """What to call one in a sentence."""
        named = {Kind.TIME: "the time", Kind.EQUATION: "a derived quantity"}
        named |= {Kind.INPUT: "an input", Kind.AMOUNT: "an amount"}
        return named.get(self, f"a {self.value}")


@frozen
class Formula:
    """One right-hand side.

    `written` is for readers: names resolved, calls kept. `expanded` is what is computed: functions inlined, `q10`
    and `nernst` replaced by their definitions, conversions written out. `origin` says how a derived one came about,
    and is empty for one that the author wrote; `variant` is the variant that restates it, `restated` says
    that a line below a `use` does. `readings` and `conversions` are what the check of units made of it.
    """

    written: Expression
    expanded: Expression
    origin: str = ""
    readings: tuple[Reading, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    variant: str = ""
    restated: bool = False

    @property
    def span(self) -> Span:
        return self.written.span


@frozen
class Store:
    """Where the content of a moving volume is kept: a concentration is `amount` / `size`, the names of quantities."""

    amount: str
    size: str


@frozen
class Quantity:
    """A named number of the model.

    `value` is a parameter's value, an input's default, a state's initial value or an equation's right side; `rate`
    is a state's time derivative. `unit` is None where it is not known (units are inferred per equation only in part).
    `block` is the name of the block that it stands in, empty at the top of the file.

    A state without a `rate` is a concentration with a `store`, or a size that `follows` from the other states at
    every moment. An amount has both: its `value` defines it, its `rate` is what is booked. The `rate` of a conserved
    quantity is the flux that is stated for it, None where it is to be 0. `reacts` marks a state that gets its
    `rate` from reactions.
    """

    name: str
    kind: Kind
    unit: Unit | None
    value: Formula | None
    span: Span
    rate: Formula | None = None
    doc: str = ""
    block: str = ""
    store: Store | None = None
    follows: Formula | None = None
    reacts: bool = False

    @property
    def is_potential(self) -> bool:
        """Whether it is the V of the model or of a compartment."""
        return self.name == "V" or (self.block.endswith(".membrane") and self.name.endswith(".V"))

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """All right-hand sides that it has."""
        return tuple(each for each in (self.value, self.rate, self.follows) if each is not None)

    @property
    def is_start(self) -> bool:
        """Whether it is the constant state of an `initial(...)`, whose name no author could give."""
        return self.name.startswith("initial(")

    @property
    def is_booked(self) -> bool:
        """Whether it is an amount, or a concentration, that changes by what is booked on it and nothing else."""
        rate = None if self.rate is None else self.rate.expanded
        influx = isinstance(rate, Name) and rate.text == f"{self.name}.influx"
        return self.kind is Kind.AMOUNT or influx or self.reacts


@frozen
class Compartment:
    """A cell, or part of one, with a membrane of its own. Its members go by the names of their quantities."""

    name: str
    potential: str | None
    capacitance: str | None
    area: str | None
    span: Span
    doc: str = ""


@frozen
class Concentration:
    """The concentration of an ion in a space: the name of its quantity, such as `Ca.i`."""

    space: str
    quantity: str


@frozen
class Ion:
    """An ion as its compartment sees it: `Ca`, or `dend.Ca` with what it takes from `Ca`.

    `valence` is None where no `z` was given; `reversal` names the quantity `E`, where there is one.
    """

    name: str
    valence: int | None
    reversal: str | None
    concentrations: tuple[Concentration, ...]
    span: Span
    doc: str = ""


@frozen
class Space:
    """`kind` is `volume` or `depth` (per membrane area) and `size` names that quantity; None for an infinite one."""

    name: str
    kind: str | None
    size: str | None
    span: Span
    doc: str = ""


@frozen
class Share:
    """What one cycle of a current or flux moves of an ion: `3 Na` in `carries 3 Na, -2 K`.

    `coefficient` is None without a number. `flow` is the quantity that moves it, from `start` to `end`: the current
    `I_NaK`, or `I_h.I.Na` where each share has a line of its own. The spaces have the names that its block gives them.
    `part` of a current is the ion's, 3 and -2 of a pump; None where it has its own line. `particles` move per
    elementary charge of the flow, or per unit of a flux.
    """

    ion: str
    coefficient: int | None
    flow: str
    start: str
    end: str
    part: Fraction | None
    particles: Fraction | None


@frozen
class Current:
    """A membrane current, outward positive; its quantity has the current's own name."""

    name: str
    carries: tuple[Share, ...]
    ends: tuple[str, str]
    members: tuple[str, ...]
    span: Span
    doc: str = ""


@frozen
class Flux:
    """Particles from one space to another; its quantity `J` has the flux's own name. `per` is the space of its unit."""

    name: str
    carries: tuple[Share, ...]
    ends: tuple[str, str] | None
    per: str | None
    members: tuple[str, ...]
    span: Span
    doc: str = ""


@frozen
class Booked:
    """What enters a pool of a flow: so many particles per elementary charge of a current, or per unit of a flux."""

    flow: str
    particles: Fraction


@frozen
class Pool:
    """Everything that moves an ion into a space or out of it. `quantity`, its concentration, need not be there."""

    ion: str
    space: str
    quantity: str
    booked: tuple[Booked, ...]


@frozen
class Gate:
    """A gating variable; an instantaneous one is an equation, not a state."""

    name: str
    instantaneous: bool
    span: Span
    doc: str = ""


@frozen
class Participant:
    """`2 Ca.i` on one side of a transition: how many of which quantity, a state or a fixed concentration.

    `scale` is what one unit of a reaction's rate is in the quantity's own unit over time, where that is not 1: in
    another space, by the sizes of both. `measure` turns the quantity into the unit in which the reaction measures it.
    """

    quantity: str
    count: int
    scale: Expression | None = None
    measure: Expression | None = None


@frozen
class Transition:
    """`C <-> O : forward, backward`. `forward` and `backward` name the quantities of its rates; an irreversible one
    has no `backward`. `balanced` marks one whose backward rate the compiler chose, so that its loops close. `rate`
    names the net rate of a line of a reaction."""

    left: tuple[Participant, ...]
    right: tuple[Participant, ...]
    forward: str
    backward: str | None
    span: Span
    balanced: bool = False
    rate: str | None = None
    doc: str = ""


@frozen
class Network:
    """A Markov scheme or a reaction; `keyword` is `markov` or `reaction`.

    `species` are the quantities that it moves, in declaration order; one whose `x' =` is written is none of them.
    `space` is that of a reaction, whose rates are concentrations there per time. `eliminated` is the state of a Markov
    scheme that is 1 minus the others.
    """

    name: str
    keyword: str
    species: tuple[str, ...]
    transitions: tuple[Transition, ...]
    span: Span
    space: str | None = None
    eliminated: str | None = None
    doc: str = ""


@frozen
class Function:
    """A user's function, kept for printing."""

    name: str
    parameters: tuple[str, ...]
    value: Expression
    span: Span
    doc: str = ""


@frozen
class Drive:
    """What a protocol does with one quantity: the sum of waves that it follows; `clamp` marks a held state."""

    target: str
    waves: tuple[Wave, ...]
    clamp: bool
    written: Expression
    span: Span


@frozen
class Protocol:
    """A named set of drives."""

    name: str
    drives: tuple[Drive, ...]
    span: Span
    doc: str = ""


@frozen
class Setting:
    """`V = V_reset` behind `on`: the state `target` gets the value of `formula` at the moment of the event."""

    target: str
    formula: Formula
    span: Span


@frozen
class Event:
    """The moment at which `condition` becomes true, and all that is set then, at once."""

    name: str
    condition: Formula
    settings: tuple[Setting, ...]
    span: Span
    doc: str = ""

    @property
    def formulas(self) -> tuple[Formula, ...]:
        return (self.condition, *(setting.formula for setting in self.settings))


@frozen
class Variant:
    """A variant that may be chosen; `span` is its whole block.

    `restated` are the quantities that it restates, or alone has, where the model as it stands was looked at, too;
    `events` those of the model in which it restates something.
    """

    name: str
    doc: str
    span: Span
    restated: tuple[Quantity, ...] = ()
    events: tuple[Event, ...] = ()


@frozen
class Replaced:
    """A line below a `use`: `name` as it is written there, and the place in the part of what it restates.

    `original` is None for a line that binds a name which the part takes from outside. Otherwise `quantity` is what the
    line restates, `x'` for a derivative. `value` is the right side that stood there, or what the name is bound to; None
    where that is no number here.
    """

    name: str
    span: Span
    original: Span | None
    quantity: str = ""
    value: Expression | None = None


@frozen
class Part:
    """A block that stands in the place of a `use`, which `span` is. `name` is its path in the model.

    `origin` is the part's name in `library`, and `header` its first line there; `library` may be the model's own file.
    `citations` are the sources that the part and its library name. What is a `use` there itself is a copy `of` a part.
    """

    name: str
    keyword: str
    origin: str
    library: Source
    header: Span
    span: Span
    doc: str = ""
    replaced: tuple[Replaced, ...] = ()
    citations: tuple[str, ...] = ()
    of: Part | None = None


@frozen
class System:
    """A whole model. States, parameters and inputs are in declaration order, in every output.

    `order` are the names of states that stand before the others, in this order.
    `cites` are the sources that the model itself names, `conserved` the names of the quantities with a law of
    conservation. `variant` is the name of the one that was chosen, of those among `variants`; empty for the model as
    it stands.
    """

    source: Source
    name: str
    doc: str
    cites: tuple[str, ...]
    time: Quantity
    quantities: tuple[Quantity, ...]
    compartments: tuple[Compartment, ...] = ()
    spaces: tuple[Space, ...] = ()
    ions: tuple[Ion, ...] = ()
    currents: tuple[Current, ...] = ()
    fluxes: tuple[Flux, ...] = ()
    pools: tuple[Pool, ...] = ()
    gates: tuple[Gate, ...] = ()
    networks: tuple[Network, ...] = ()
    functions: tuple[Function, ...] = ()
    protocols: tuple[Protocol, ...] = ()
    events: tuple[Event, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    conserved: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    variant: str = ""
    parts: tuple[Part, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[str, ...]:
        """All sources: those of the model, then those of its parts, each once."""
        return tuple(dict.fromkeys((*self.cites, *(each for part in self.parts for each in part.citations))))

    @property
    def is_library(self) -> bool:
        """Whether it is no model, but a file of parts."""
        return not self.name

    @property
    def printed(self) -> tuple[Quantity, ...]:
        """The quantities, then what variants restate."""
        return (*self.quantities, *(quantity for variant in self.variants for quantity in variant.restated))

    def of_kind(self, *kinds: Kind) -> tuple[Quantity, ...]:
        return tuple(quantity for quantity in self.quantities if quantity.kind in kinds)

    @property
    def states(self) -> tuple[Quantity, ...]:
        places = {name: place for place, name in enumerate(self.order)}
        return tuple(sorted(self.of_kind(Kind.STATE), key=lambda state: places.get(state.name, len(places))))

    @property
    def parameters(self) -> tuple[Quantity, ...]:
        return self.of_kind(Kind.PARAMETER)

    @property
    def inputs(self) -> tuple[Quantity, ...]:
        return self.of_kind(Kind.INPUT, Kind.STIMULUS)

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """Every right-hand side, those of events included."""
        of_quantities = (formula for quantity in self.quantities for formula in quantity.formulas)
        return (*of_quantities, *(formula for event in self.events for formula in event.formulas))

    @property
    def equations(self) -> tuple[Quantity, ...]:
        return self.of_kind(Kind.EQUATION)

    @property
    def laws(self) -> tuple[Quantity, ...]:
        """The derived quantities that are conserved, or change by their stated flux."""
        return tuple(quantity for quantity in self.quantities if quantity.name in self.conserved)
