"""A compiled model, ready to run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from iondsl.errors import UsageError
from iondsl.manifest import Column, Manifest, ProtocolTable
from iondsl.simulate.clock import Clock, check_duration, clock, stride
from iondsl.simulate.inputs import Feed, constants
from iondsl.simulate.kernel import Array, Kernel, Packed, rows_of, shared
from iondsl.simulate.memory import refuse_too_large
from iondsl.simulate.parameters import pack, positive
from iondsl.simulate.prepare import (
    Given,
    Numbers,
    check_array,
    drives_of,
    given,
    held_rows,
    of,
    protocol_of,
    readable,
    recorded,
    start,
    to_hold,
    to_vary,
)
from iondsl.simulate.proven import refuse_unproven

if TYPE_CHECKING:
    import numpy.typing as npt

    from iondsl.simulate.result import Result
    from iondsl.simulate.run import Progress


@final
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cell:
    """A model, compiled: `manifest` says what it is, `module` computes it.

    A protocol that clamps a state or drives a parameter needs a kernel to which that is an input, and values that
    vary between cells one that reads them for each cell. `variant` compiles it: given the names of both, it returns a
    cell of the same model whose `manifest.options.held` and `varied` they are.
    """

    manifest: Manifest
    module: Kernel
    variant: Callable[[tuple[str, ...], tuple[str, ...]], Cell] | None = None

    def __repr__(self) -> str:
        options = self.manifest.options
        return f"<Cell {self.manifest.name}: {options.scheme}, {options.target}, {options.dtype}>"

    @property
    def states(self) -> tuple[Column, ...]:
        """The states, in the order of the rows of every state array."""
        return self.manifest.states

    @property
    def parameters(self) -> tuple[Column, ...]:
        """The parameters; `default` is None for one that is computed from others unless it is set."""
        return self.manifest.parameters

    @property
    def inputs(self) -> tuple[Column, ...]:
        """What may vary in time: inputs and stimuli."""
        return self.manifest.inputs

    @property
    def protocols(self) -> tuple[ProtocolTable, ...]:
        """The protocols that `run` takes by name."""
        return self.manifest.protocols

    def initial_state(
        self, cells: int | None = None, parameters: Numbers | None = None, inputs: Numbers | None = None
    ) -> Array:
        """The state at the beginning, (states, cells), in the units of `states`.

        `parameters` and `inputs` as in `run`; `cells` may be left out where an array among them tells it. A state
        that begins with an input is NaN where that has no default and is not given. Raises UsageError.
        """
        chosen = given(self.manifest, cells, parameters, inputs, None)
        cell = self._suited(chosen, protocol_of(self.manifest, None))
        module, names = cell.module, of(cell.manifest.inputs)
        values = pack("input", names, module.VARIED_INPUTS, module.default_inputs(), chosen.inputs, chosen.cells)
        return module.initial_state(chosen.cells, cell._packed(chosen), values)

    def run(
        self,
        until: float = 100.0,
        dt: float = 0.01,
        cells: int | None = None,
        parameters: Numbers | None = None,
        inputs: Numbers | None = None,
        protocol: str | None = None,
        record: Iterable[str] | None = None,
        every: float | None = None,
        threads: int = 1,
        state: npt.ArrayLike | None = None,
        t: float = 0.0,
        progress: Progress | None = None,
    ) -> Result:
        """Simulate from time `t` to time `until` in steps of `dt`, all in the model's unit of time.

        - `cells`: how many; 1 unless an array says otherwise.
        - `parameters`, `inputs`: by name (`I_Na.g`), a number or an array (cells,), in the units of the
          model's `parameters` and `inputs`. An input that is given here does not follow the protocol. Arrays are
          read where they lie until the run ends.
        - `protocol`: the name of one of the model's; without it inputs keep their defaults.
        - `record`: names of states, currents, gates, derived quantities, derivatives (`V'`) or inputs; by
          default V, or all states of a model without one. `()` keeps nothing but the end.
        - `every`: the interval of recording, a multiple of `dt`; by default the smallest of at least 0.1.
        - `state`: (states, cells) to begin with instead of the initial state, which is that of the parameters, and
          of the inputs at the start; it is copied. With
          `state=result.state, t=result.time[-1]` a run goes on where another ended, bit for bit.
        - `progress`: called with the steps done and their total, at most about 20 times a second and at the
          end.

        A run ends at the last step that is not behind `until`, and records its end. Raises UsageError for
        what does not fit the model, NumericsError when a state is no longer finite, and RunInterrupted, a
        KeyboardInterrupt; the last two hold what was recorded as `result`.
        """
        from iondsl.simulate.events import watching
        from iondsl.simulate.recorder import Recorder, recordings
        from iondsl.simulate.run import Run
        from iondsl.simulate.waves import refuse_short_pulses, signal

        unit = self.manifest.time_unit
        grid = clock(t, until, dt, unit)
        wanted = protocol_of(self.manifest, protocol)
        holding = self._suited(None, wanted)
        begin = None if state is None else start(holding.module, len(holding.states), state)
        chosen = given(holding.manifest, cells, parameters, inputs, begin)
        cell = holding._suited(chosen, wanted)
        manifest, kernel = cell.manifest, cell.module
        refuse_unproven(manifest, dt, chosen.parameters)
        packed, base = cell._packed(chosen), cell._inputs(chosen, wanted)
        drives = drives_of(manifest, wanted, chosen.inputs)
        signals = tuple(signal(drive) for drive in drives)
        refuse_short_pulses(signals, dt, unit)
        names = recorded(manifest, record)
        interval = stride(every, dt, unit)
        samples = recordings(grid, interval)
        refuse_too_large(len(manifest.states), len(names), samples, chosen.cells, kernel.DTYPE)
        feed = Feed(grid, kernel.OFFSETS, of(manifest.inputs), kernel.VARIED_INPUTS, base, signals, chosen.cells)
        if begin is None:
            begin = kernel.initial_state(chosen.cells, packed, feed.at(grid.first))
        return Run(
            kernel,
            manifest,
            grid,
            feed,
            packed,
            begin,
            Recorder(kernel, names, interval, samples, chosen.cells),
            held_rows(manifest),
            protocol=wanted.name,
            drives=drives,
            threads=positive("threads", threads),
            progress=progress,
            watcher=watching(kernel, manifest, grid, feed, packed),
        ).go()

    def step(
        self,
        state: Array,
        t: float,
        dt: float,
        steps: int = 1,
        parameters: Numbers | None = None,
        inputs: Numbers | None = None,
        threads: int = 1,
    ) -> None:
        """Advance `state`, (states, cells), in place by `steps` steps of `dt` from time `t`.

        The array must be C-contiguous and of the kernel's dtype; `parameters` and `inputs` as in `run`,
        constant during the steps. Nothing is checked afterwards: a state may become non-finite. Raises
        UsageError for what does not fit the model, and what the kernel raises, TypeError or ValueError, for
        an unfit array.
        """
        from iondsl.simulate.events import watching
        from iondsl.simulate.moves import hold

        positive("steps", steps)
        check_array(state, len(self.states))
        check_duration("dt", dt)
        chosen = given(self.manifest, None, parameters, inputs, state)
        cell = self._suited(chosen, protocol_of(self.manifest, None))
        manifest, kernel = cell.manifest, cell.module
        refuse_unproven(manifest, dt, chosen.parameters)
        packed, values = cell._packed(chosen), cell._inputs(chosen, protocol_of(manifest, None))
        threads, held = positive("threads", threads), held_rows(manifest)
        if not (manifest.events or held):
            kernel.step(state, packed, values, t, dt, steps, threads)
            return
        grid = Clock(t, dt, 0, steps, manifest.time_unit)
        feed = Feed(grid, kernel.OFFSETS, of(manifest.inputs), kernel.VARIED_INPUTS, values, (), chosen.cells)
        watcher = watching(kernel, manifest, grid, feed, packed)
        if watcher is None:
            kernel.step(state, packed, values, t, dt, steps, threads)
        else:
            watcher.begin(state)
            watcher.advance(state, values, 0, steps, threads, varying=False)
        hold(state, feed, held)

    def evaluate(
        self,
        names: Iterable[str],
        state: npt.ArrayLike | None = None,
        t: float = 0.0,
        parameters: Numbers | None = None,
        inputs: Numbers | None = None,
    ) -> Array:
        """The values of quantities at a state, (names, cells), in their own units.

        `names` as `record` in `run`, and parameters; `state` is (states, cells), by default the initial state;
        `parameters` and `inputs` as in `run`. Raises UsageError, also for a parameter that the kernel computes from
        others.
        """
        begin = None if state is None else start(self.module, len(self.states), state)
        chosen = given(self.manifest, None, parameters, inputs, begin)
        cell = self._suited(chosen, protocol_of(self.manifest, None))
        module, manifest = cell.module, cell.manifest
        packed, values = cell._packed(chosen), cell._inputs(chosen, protocol_of(manifest, None))
        at = module.initial_state(chosen.cells, packed, values) if begin is None else begin
        rows = dict(zip(of(manifest.parameters), shared(packed), strict=True))
        rows |= zip(module.VARIED_PARAMETERS, rows_of(packed), strict=True)
        rows |= zip(of(manifest.states), at, strict=True)
        rows |= zip(of(manifest.observables), module.observe(at, packed, values, t), strict=True)
        wanted = readable(manifest, names)
        for name in of(manifest.parameters):
            if name in wanted and np.isnan(rows[name]).any():
                raise UsageError(f"`{name}` is computed from other parameters: ask the model, `model.evaluate`")
        found = np.array([np.broadcast_to(rows[name], chosen.cells) for name in wanted])
        return found.reshape(len(wanted), chosen.cells)

    def _suited(self, chosen: Given | None, protocol: ProtocolTable) -> Cell:
        """The cell whose kernel holds what the protocol needs, and, if that is `chosen`, has what varies for itself."""
        options = self.manifest.options
        held = to_hold(self.manifest, protocol)
        varied = options.varied if chosen is None else to_vary(self.manifest, chosen, protocol)
        if (held, varied) == (options.held, options.varied):
            return self
        if self.variant is None:
            wanted = sorted({*held, *varied}.difference(options.held, options.varied))
            names = ", ".join(f"`{name}`" for name in wanted)
            raise UsageError(f"this kernel was not compiled to {'hold' if held != options.held else 'vary'} {names}")
        return self.variant(held, varied)

    def _packed(self, chosen: Given) -> Packed:
        names, defaults = of(self.manifest.parameters), self.module.default_parameters()
        return pack("parameter", names, self.module.VARIED_PARAMETERS, defaults, chosen.parameters, chosen.cells)

    def _inputs(self, chosen: Given, protocol: ProtocolTable) -> Packed:
        driven, names = [drive.target for drive in protocol.drives], of(self.manifest.inputs)
        varied, defaults = self.module.VARIED_INPUTS, self.module.default_inputs()
        return constants(names, varied, defaults, chosen.inputs, driven, chosen.cells)
