"""The Python API: a model as its users meet it. `import iondsl` gives all of it, loaded when it is first used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, final

import numpy as np

from iondsl import pipeline, reading, resources
from iondsl.errors import UsageError
from iondsl.manifest import Column
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.simulate.kernel import Array
from iondsl.simulate.prepare import Numbers, given, named
from iondsl.source import Source
from iondsl.table import Table

if TYPE_CHECKING:
    import numpy.typing as npt
    from sympy import Expr

    from iondsl import model as symbolic
    from iondsl.system import System
    from iondsl.system import Transition as Line


@dataclass(frozen=True, slots=True)
class Variable:
    """A number of a model. `unit` is empty where it is not known.

    `value` is a parameter's value, an input's default, a state's initial value, or an equation's value then; `expr`
    its SymPy expression: an equation's right side, a state's derivative, a parameter's value.
    """

    name: str
    unit: str
    value: float
    doc: str
    expr: Expr | None = None


@dataclass(frozen=True, slots=True)
class Ion:
    """`valence` in elementary charges; `reversal` and `concentrations` are names of quantities."""

    name: str
    valence: int | None
    reversal: str | None
    concentrations: tuple[str, ...]
    doc: str


@dataclass(frozen=True, slots=True)
class Compartment:
    """`potential`, `capacitance` and `area` are names of quantities of its membrane, None for what it has not."""

    name: str
    potential: str | None
    capacitance: str | None
    area: str | None
    doc: str


@dataclass(frozen=True, slots=True)
class Current:
    """A membrane current, outward positive. `carries` pairs an ion with its number per cycle, if one is written."""

    name: str
    unit: str
    carries: tuple[tuple[str, int | None], ...]
    doc: str
    expr: Expr | None = None


@dataclass(frozen=True, slots=True)
class Conserved:
    """A conserved quantity: its value at the start, `expr`, and the `flux` by which it changes, None where that is 0.

    `proof` says how that was proven.
    """

    name: str
    unit: str
    value: float
    doc: str
    proof: str
    expr: Expr
    flux: Expr | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of a model: `iondsl.load(..., variant=name)`."""

    name: str
    doc: str


@dataclass(frozen=True, slots=True)
class Transition:
    """From one side to the other; each side pairs quantities with how many of them meet.

    `forward` and `backward` are the names of the rates, which are quantities, `backward` None for one way. `balanced`:
    the rate back was chosen so that loops balance. `rate` names the net rate of a line of a reaction.
    """

    left: tuple[tuple[str, int], ...]
    right: tuple[tuple[str, int], ...]
    forward: str
    backward: str | None
    balanced: bool
    rate: str | None


@dataclass(frozen=True, slots=True)
class Network:
    """A Markov scheme or a reaction; `keyword` says what it is. `species` are what it moves, in declaration order.

    `space` is that of a reaction, None for a Markov scheme.
    """

    name: str
    keyword: str
    species: tuple[str, ...]
    transitions: tuple[Transition, ...]
    doc: str
    space: str | None


def models() -> tuple[str, ...]:
    """The names of the bundled models."""
    return resources.bundled_models()


def load(model: str | Path, variant: str = "") -> Model:
    """A model by the path of its file or its bundled name, as it stands or in one of its variants.

    A file of another tool, Myokit's `.mmt` or `.cellml`, is imported as `iondsl import` does.

    Raises UsageError for a file that cannot be read and for a variant that it does not have, ModelError with every
    error in it.
    """
    return Model(pipeline.source_of(str(model)), variant)


def format_text(text: str) -> str:
    """The text of a file in its canonical layout, as `iondsl fmt` writes it, with line feeds as line ends.

    Raises ModelError with every error of form; what the text means is not looked at.
    """
    return pipeline.formatted(Source("text", reading.with_line_feeds(text.removeprefix("\ufeff"))))


def dtype_name(dtype: npt.DTypeLike) -> str:
    """NumPy's name of it; what it does not know is left as it is."""
    try:
        return np.dtype(dtype).name
    except TypeError:
        return str(dtype)


def transition(line: Line) -> Transition:
    left, right = (tuple((each.quantity, each.count) for each in side) for side in (line.left, line.right))
    return Transition(left, right, line.forward, line.backward, line.balanced, line.rate)


@final
class Model:
    """A model that was read and found right. Its tables are in declaration order and take names or positions."""

    def __init__(self, source: Source, variant: str = "") -> None:
        self._source = source
        self._system: System = pipeline.resolve(source, variant)

    def __repr__(self) -> str:
        chosen = f", variant {self.variant}" if self.variant else ""
        return f"<Model {self.name}{chosen}: {len(self._system.states)} states>"

    @property
    def name(self) -> str:
        return self._system.name

    @property
    def doc(self) -> str:
        return self._system.doc

    @property
    def citations(self) -> tuple[str, ...]:
        return self._system.citations

    @property
    def variant(self) -> str:
        """The name of the variant that was loaded, empty for the model as it stands."""
        return self._system.variant

    @property
    def variants(self) -> Table[Variant]:
        """The variants that may be loaded."""
        return Table(Variant(each.name, each.doc) for each in self._system.variants)

    @property
    def time_unit(self) -> str:
        return str(self._system.time.unit)

    @cached_property
    def states(self) -> Table[Variable]:
        """The states: initial value, and the derivative as `expr`, None where a size is a derived quantity."""
        rates = {each.symbol: each.expr for each in self._model.equations}
        expressions = [rates.get(state.rate) for state in self._model.states]
        start = self._reference.initial_state()[:, 0]
        return self._variables(self._reference.states, start, expressions)

    @cached_property
    def parameters(self) -> Table[Variable]:
        """The parameters; one that is computed from others has the value that their defaults give it."""
        expressions = [each.value for each in self._model.parameters]
        from iondsl.values import parameter_values

        return self._variables(self._reference.parameters, parameter_values(self._model).values(), expressions)

    @cached_property
    def inputs(self) -> Table[Variable]:
        """Inputs and stimuli; the value of one without a default is NaN."""
        columns = self._reference.inputs
        return self._variables(columns, self._reference.module.default_inputs(), [None] * len(columns))

    @cached_property
    def equations(self) -> Table[Variable]:
        """Derived quantities and derivatives (`V'`), with their values at the initial state.

        The value of one that needs an input without a default is NaN.
        """
        columns = self._reference.manifest.observables[: len(self._model.equations)]
        by_name = {str(each.symbol.name): each.expr for each in self._model.equations}
        kernel, start = self._reference.module, self._reference.initial_state()
        values = kernel.observe(start, kernel.default_parameters(), kernel.default_inputs(), 0.0)[: len(columns), 0]
        return self._variables(columns, values, [by_name[column.name] for column in columns])

    @cached_property
    def compartments(self) -> Table[Compartment]:
        """The compartments; none in a model of one membrane."""
        return Table(
            Compartment(each.name, each.potential, each.capacitance, each.area, each.doc)
            for each in self._system.compartments
        )

    @cached_property
    def ions(self) -> Table[Ion]:
        """The ions, with their valence."""
        return Table(
            Ion(ion.name, ion.valence, ion.reversal, tuple(each.quantity for each in ion.concentrations), ion.doc)
            for ion in self._system.ions
        )

    @cached_property
    def currents(self) -> Table[Current]:
        """The membrane currents, and which ions carry them."""
        found = []
        for current in self._system.currents:
            equation = self.equations[current.name]
            carries = tuple((share.ion, share.coefficient) for share in current.carries)
            found.append(Current(current.name, equation.unit, carries, current.doc, equation.expr))
        return Table(found, dict(self._system.aliases))

    @cached_property
    def conserved(self) -> Table[Conserved]:
        """The laws of conservation, each with its proof."""
        from iondsl.conservation import proofs
        from iondsl.symbolic import fluxes

        stated, found = fluxes(self._system), []
        for proof in proofs(self._system):
            sum_ = self.equations[proof.law.name]
            assert sum_.expr is not None
            flux = stated.get(sum_.name)
            found.append(Conserved(sum_.name, sum_.unit, sum_.value, sum_.doc, proof.how, sum_.expr, flux))
        return Table(found)

    @cached_property
    def networks(self) -> Table[Network]:
        """The Markov schemes and reactions, with their states and transitions."""
        found = []
        for each in self._system.networks:
            transitions = tuple(map(transition, each.transitions))
            found.append(Network(each.name, each.keyword, each.species, transitions, each.doc, each.space))
        return Table(found)

    def derivatives(
        self,
        state: npt.ArrayLike | None = None,
        t: float = 0.0,
        parameters: Numbers | None = None,
        inputs: Numbers | None = None,
    ) -> Array:
        """dx/dt of every state in declaration order, float64: (states,), or (states, cells) for a state of that shape.

        `state` is (states,) or (states, cells), by default the initial state; `parameters` and `inputs` go by name,
        numbers or arrays over cells. Units: those of the states, per unit of the model's time. Raises UsageError where
        a state has none: a size that is a derived quantity, and a concentration in it.
        """
        names = [f"{column.name}'" for column in self._reference.states]
        return self.evaluate(names, state, t, parameters, inputs)

    def evaluate(
        self,
        names: str | Iterable[str],
        state: npt.ArrayLike | None = None,
        t: float = 0.0,
        parameters: Numbers | None = None,
        inputs: Numbers | None = None,
    ) -> Array:
        """The values of quantities at a state, float64: one row per name, as `derivatives`; no row axis for one name.

        Parameters are quantities, too, with the value that is given, the default, or what follows from others.

        Raises UsageError for an unknown name.
        """
        wanted = [names] if isinstance(names, str) else list(names)
        at = None if state is None else np.asarray(state, dtype=float)
        one_cell = at is None or at.ndim == 1
        if at is not None and at.ndim == 1:
            arrays = (*named("parameters", parameters).values(), *named("inputs", inputs).values())
            at = np.repeat(at[:, None], max(map(np.size, arrays), default=1), axis=1)
        values = self._reference.evaluate(wanted, at, t, self._completed(wanted, parameters), inputs)
        values = values[:, 0] if one_cell and values.shape[1] == 1 else values
        result: Array = values[0] if isinstance(names, str) else values
        return result

    def latex(self) -> str:
        """The model as a LaTeX document; one that was loaded without a variant, with all that it has as columns."""
        return pipeline.document(self._source, variant=self.variant)

    def compile(
        self,
        scheme: str = "rush_larsen",
        target: str = "c",
        dtype: npt.DTypeLike = "float64",
        portable: bool = False,
        fast: bool = False,
        ranges: Mapping[str, tuple[float, float]] | None = None,
        dt: float | None = None,
        varied: Iterable[str] = (),
    ) -> Cell:
        """A compiled model that can be run. Built once; found again in the cache after that.

        `scheme` and `target` are names of modules in `iondsl.schemes` and `iondsl.targets`; `dtype` is `float64` or
        `float32`, in any form that NumPy takes; `portable` builds for the platform's baseline instead of this CPU.
        `fast` steps gates by polynomials where an error below 1e-9 is proven: for steps up to `dt`, which it needs,
        states in their `ranges` (every V by default in that from -120 to 80 mV) and parameters in theirs (by default at
        their defaults), by name, in the units of `states` and `parameters`. Without `fast` the `ranges` are those of
        states and of reversal potentials that follow from parameters, by default -500 to 500 mV (float32: 200) for
        every V and such a potential where a proof needs it. `varied` names parameters and inputs that will be given
        cell by cell; a run compiles another kernel for those that are not named here. Raises UsageError for an unknown
        name, CompilerError where there is no C compiler or it fails.
        """
        if fast and dt is None:
            raise UsageError("a fast kernel is proven for steps up to a length: give it as `dt`, such as 0.01")
        texts = tuple(self._range(name, ends) for name, ends in named("ranges", ranges).items())
        longest = "" if dt is None else repr(float(dt))
        own = (varied,) if isinstance(varied, str) else tuple(sorted(varied))
        options = Options(scheme, target, dtype_name(dtype), portable, (), own, self.variant, fast, texts, longest)
        return pipeline.cell_of(self._source, options)

    def _range(self, name: str, ends: Iterable[float]) -> str:
        """A range as it would be typed. Raises UsageError for what is no pair of numbers."""
        try:
            low, high = map(float, ends)
        except (TypeError, ValueError):
            raise UsageError(f"the range of `{name}` is a pair of numbers, (low, high), not {ends!r}") from None
        own = dict(self._system.aliases).get(name, name)
        units = (str(each.unit) for each in self._system.quantities if each.name == own and each.unit is not None)
        unit = next(units, "1")
        return f"{name}={float(low)!r}[{unit}]:{float(high)!r}[{unit}]"

    @cached_property
    def _model(self) -> symbolic.Model:
        return pipeline.model_of(self._system)

    @cached_property
    def _reference(self) -> Cell:
        """The NumPy kernel, which needs no compiler: initial values, derivatives, quantities."""
        options = Options(scheme="forward_euler", target="numpy", variant=self.variant)
        return pipeline.cell_of(self._source, options)

    def _completed(self, wanted: Iterable[str], parameters: Numbers | None) -> Numbers | None:
        """The given parameters, and the values of those wanted that are computed from others."""
        manifest = self._reference.manifest
        computed = {column.name for column in manifest.parameters if column.default is None}
        asked = computed.intersection(manifest.aliases.get(name, name) for name in wanted)
        if not asked:
            return parameters
        from iondsl.values import parameter_values

        chosen = given(manifest, None, parameters, None, None).parameters
        one_per_cell = np.broadcast_arrays(*chosen.values())
        shape = one_per_cell[0].shape if chosen else ()
        columns = [
            parameter_values(self._model, dict(zip(chosen, (float(each[cell]) for each in one_per_cell), strict=True)))
            for cell in np.ndindex(shape)
        ]
        return {name: np.array([column[name] for column in columns]).reshape(shape) for name in asked} | chosen

    def _variables(
        self, columns: Iterable[Column], values: Iterable[float], expressions: Iterable[Expr | None]
    ) -> Table[Variable]:
        rows = zip(columns, values, expressions, strict=True)
        return Table(
            (Variable(c.name, c.unit, float(value), c.doc, expression) for c, value, expression in rows),
            dict(self._system.aliases),
        )
