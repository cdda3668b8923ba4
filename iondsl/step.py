"""What is computed: straight-line code for one time step, for the initial state and for what can be observed.

This is what passes rewrite and what numerical targets print. Expressions are SymPy, never evaluated or reordered.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Symbol

from iondsl.algebra import symbols_of
from iondsl.assumed import Assumed, Range


@dataclass(frozen=True, slots=True)
class Assignment:
    """`target = value`."""

    target: Symbol
    value: Expr


@dataclass(frozen=True, slots=True)
class Routine:
    """Straight-line code: every assignment uses only what stands before it, in the order of `parts`.

    - `hoisted` depends on parameters that all cells share and on `dt`: computed once per call
    - `own` also on parameters that vary between cells: once per call and cell
    - `uniform` on what is hoisted, on time and on inputs that all cells share: once per step
    - `body` on everything: once per step and cell

    `outputs` are the results, in the order of the layout (states) or of the observables.
    """

    hoisted: tuple[Assignment, ...]
    body: tuple[Assignment, ...]
    outputs: tuple[Expr, ...]
    own: tuple[Assignment, ...] = ()
    uniform: tuple[Assignment, ...] = ()

    @property
    def parts(self) -> tuple[tuple[Assignment, ...], ...]:
        return self.hoisted, self.own, self.uniform, self.body

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        return self.hoisted + self.own + self.uniform + self.body


@dataclass(frozen=True, slots=True)
class Sample:
    """The value of an input at the fraction `offset` of the step."""

    symbol: Symbol
    input: int
    offset: Fraction


@dataclass(frozen=True, slots=True)
class Computed:
    """A parameter that follows others unless a value is given for it; generated code sees NaN where none is."""

    index: int
    value: Expr


@dataclass(frozen=True, slots=True)
class Layout:
    """The order of everything that crosses the border of generated code: names as users know them."""

    states: tuple[str, ...]
    parameters: tuple[str, ...]
    inputs: tuple[str, ...]
    observables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A model under one scheme, ready to be printed.

    `states`, `parameters` and `inputs` are the symbols of the layout's names; `defaults` the value of every parameter,
    NaN where it is one of `computed`, which stand in the order in which they must be evaluated. `offsets` are the
    fractions of a step at which the scheme reads its inputs; `samples` the symbols that stand for those readings.
    `varied` are the parameters and inputs of which every cell has its own, all others are shared.

    - `initial`: parameters, inputs, `time` -> states
    - `advance`: states, parameters, samples, `time` (at the step's start), `dt` -> states after the step
    - `observe`: states, parameters, inputs, `time` -> observables
    - `watch`: states, parameters, inputs, `time` -> for every event its distance, for every event 1 where its condition
      holds and 0 elsewhere, and the new value of every one of `settings`: pairs of an event and a state, by number

    `assumed` is what a kernel may take for granted, and after its passes what it does; None where that is nothing.
    `used` are the ranges that are asked for, and those that proofs have used so far.
    """

    name: str
    layout: Layout
    time: Symbol
    dt: Symbol
    states: tuple[Symbol, ...]
    parameters: tuple[Symbol, ...]
    inputs: tuple[Symbol, ...]
    defaults: tuple[float, ...]
    computed: tuple[Computed, ...]
    input_defaults: tuple[float, ...]
    offsets: tuple[Fraction, ...]
    samples: tuple[Sample, ...]
    initial: Routine
    advance: Routine
    observe: Routine
    watch: Routine = Routine((), (), ())
    events: tuple[str, ...] = ()
    settings: tuple[tuple[int, int], ...] = ()
    assumed: Assumed | None = None
    used: tuple[Range, ...] = ()
    varied: frozenset[Symbol] = frozenset()

    @property
    def own_parameters(self) -> frozenset[Symbol]:
        """The parameters of which every cell has its own: those that vary, and those that follow them."""
        found = self.varied.intersection(self.parameters)
        for computed in self.computed:
            if not found.isdisjoint(symbols_of(computed.value)):
                found |= {self.parameters[computed.index]}
        return found
