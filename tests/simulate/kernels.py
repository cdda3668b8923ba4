"""Small kernels by hand, with the interface of generated ones, and cells made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from iondsl.manifest import Column, Manifest, Place, ProtocolTable, WaveTable
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.simulate.kernel import Array, Packed, own, packed, rows_of, shared
from iondsl.wave import Wave

Numbers = dict[str, Array]
# state, parameters, inputs, t -> rates
Rates = Callable[[Numbers, Numbers, Numbers, float], Numbers]

EULER = (0.0,)
RK4 = (0.0, 0.5, 1.0)


@dataclass
class Handmade:
    """Forward Euler or, with three offsets, the classical Runge-Kutta method.

    Notes its calls: how many steps, and whether inputs varied in them.
    """

    STATES: tuple[str, ...]
    PARAMETERS: tuple[str, ...]
    INPUTS: tuple[str, ...]
    rates: Rates
    initial: tuple[float, ...]
    parameters: tuple[float, ...] = ()
    inputs: tuple[float, ...] = ()
    OFFSETS: tuple[float, ...] = EULER
    DTYPE: str = "float64"
    held: tuple[str, ...] = ()
    calls: list[tuple[int, bool]] = field(default_factory=list)

    varied: tuple[str, ...] = ()

    @property
    def OBSERVABLES(self) -> tuple[str, ...]:  # noqa: N802
        return (*(f"{name}'" for name in self.STATES), *self.INPUTS)

    @property
    def VARIED_PARAMETERS(self) -> tuple[str, ...]:  # noqa: N802
        return tuple(name for name in self.PARAMETERS if name in self.varied)

    @property
    def VARIED_INPUTS(self) -> tuple[str, ...]:  # noqa: N802
        return tuple(name for name in self.INPUTS if name in self.varied)

    def default_parameters(self) -> Array:
        return np.array(self.parameters, self.DTYPE)

    def default_inputs(self) -> Array:
        return np.array(self.inputs, self.DTYPE)

    def initial_state(self, cells: int = 1, parameters: Packed | None = None, inputs: Packed | None = None) -> Array:
        return np.repeat(np.array(self.initial, self.DTYPE)[:, None], cells, axis=1)

    def step(
        self, state: Array, parameters: Packed, inputs: Packed, t: float, dt: float, steps: int, threads: int = 1
    ) -> None:
        p = self.unpacked(self.PARAMETERS, parameters, state)
        width = len(self.OFFSETS)
        common, rows = shared(inputs), own(inputs)
        varying = common.ndim == 2
        assert common.shape == ((steps * width, len(self.INPUTS)) if varying else (len(self.INPUTS),))
        self.calls.append((steps, varying))
        for n in range(steps):
            samples = range(n * width, (n + 1) * width)
            read = []
            for k in samples:
                each = None if rows is None else rows[k] if np.ndim(rows) == 3 else rows
                read.append(self.unpacked(self.INPUTS, packed(common[k] if varying else common, each), state))
            now = t + n * dt
            if self.OFFSETS == EULER:
                state += dt * self.derivative(state, p, read[0], now)
            else:
                k1 = self.derivative(state, p, read[0], now)
                k2 = self.derivative(state + dt / 2 * k1, p, read[1], now + dt / 2)
                k3 = self.derivative(state + dt / 2 * k2, p, read[1], now + dt / 2)
                k4 = self.derivative(state + dt * k3, p, read[2], now + dt)
                state += dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)

    def observe(self, state: Array, parameters: Packed, inputs: Packed, t: float) -> Array:
        p, u = self.unpacked(self.PARAMETERS, parameters, state), self.unpacked(self.INPUTS, inputs, state)
        driven = [np.broadcast_to(u[name], state.shape[1]) for name in self.INPUTS]
        return np.concatenate([self.derivative(state, p, u, t), np.array(driven).reshape(len(driven), state.shape[1])])

    def derivative(self, state: Array, parameters: Numbers, inputs: Numbers, t: float) -> Array:
        values = dict(zip(self.STATES, state, strict=True)) | inputs
        rates = self.rates(values, parameters, values, t)
        rows = [np.zeros(1) if name in self.held else rates[name] for name in self.STATES]
        return np.array(np.broadcast_arrays(*rows, state[0])[:-1])

    def unpacked(self, names: tuple[str, ...], values: Packed, state: Array) -> Numbers:
        """By name a number or (cells,), of arrays that are as a kernel takes them."""
        varied = tuple(name for name in names if name in self.varied)
        for array in (state, shared(values), *rows_of(values)):
            assert array.dtype == self.DTYPE
            assert array.flags.c_contiguous
        assert state.shape[0] == len(self.STATES)
        found = dict(zip(names, shared(values), strict=True))
        if varied:
            rows = rows_of(values)
            assert all(row.shape == (state.shape[1],) for row in rows)
            found |= zip(varied, rows, strict=True)
        assert isinstance(values, tuple) == bool(varied)
        return found


def wave(shape: str, scale: float = 1.0, **arguments: float) -> Wave:
    return Wave(shape, tuple(arguments.items()), scale)


def steps(*numbers: float) -> Wave:
    kinds = ("value", "time")
    return Wave("steps", tuple((kinds[k % 2], number) for k, number in enumerate(numbers)))


def drive(target: str, *waves: Wave, clamp: bool = False) -> WaveTable:
    return WaveTable(target, waves, clamp)


def cell(
    kernel: Handmade,
    units: dict[str, str] | None = None,
    variant: Callable[[tuple[str, ...], tuple[str, ...]], Cell] | None = None,
    **protocols: tuple[WaveTable, ...],
) -> Cell:
    """A compiled model; state number n stands in line n of its file, and `rate_X` is an alias of `X'`."""
    units = units or {}

    def columns(names: tuple[str, ...], defaults: tuple[float, ...] = ()) -> tuple[Column, ...]:
        found = dict(zip(names, defaults, strict=False))
        return tuple(Column(name, units.get(name, ""), default=found.get(name)) for name in names)

    def place(line: int, name: str) -> Place:
        return Place(f"handmade.ion:{line}:1", (f"{line:5d} | state {name}", "      | ^"))

    states = tuple(
        replace(column, place=place(line, column.name))
        for line, column in enumerate(columns(kernel.STATES, kernel.initial), start=1)
    )
    tables = tuple(ProtocolTable(name, "", drives) for name, drives in protocols.items())
    manifest = Manifest(
        name="handmade",
        doc="",
        time_unit="ms",
        options=Options(scheme="forward_euler", target="numpy", held=kernel.held, varied=kernel.varied),
        states=states,
        parameters=columns(kernel.PARAMETERS, kernel.parameters),
        inputs=columns(kernel.INPUTS, kernel.inputs),
        observables=columns(kernel.OBSERVABLES),
        protocols=tables,
        aliases={f"rate_{name}": f"{name}'" for name in kernel.STATES},
        potentials=tuple(name for name in kernel.STATES if name == "V"),
    )
    return Cell(manifest, kernel, variant)


UNITS = {"V": "mV", "V'": "mV/ms", "n'": "1/ms", "I": "uA/cm^2", "R": "kOhm cm^2", "tau": "ms"}


def membrane_rates(y: Numbers, p: Numbers, u: Numbers, t: float) -> Numbers:
    """An RC membrane with a gate that follows V, 1 at 0 mV; `tau` is the gate's."""
    tau = p["tau"] if "tau" in p else u["tau"]
    half = 1 / (1 + np.exp(-(y["V"] + 50) / 10))
    return {"V": (u["I"] - y["V"] / p["R"]) / p["C"], "n": (half - y["n"]) / tau}


def membrane(
    *held: str, varied: tuple[str, ...] = (), offsets: tuple[float, ...] = EULER, dtype: str = "float64"
) -> Handmade:
    settable = {"R": 10.0, "C": 1.0, "tau": 5.0}
    driven = {"I": 0.0} | {name: settable.pop(name, -65.0) for name in held}
    return Handmade(
        STATES=("V", "n"),
        PARAMETERS=tuple(settable),
        INPUTS=tuple(driven),
        rates=membrane_rates,
        initial=(0.0, 0.25),
        parameters=tuple(settable.values()),
        inputs=tuple(driven.values()),
        OFFSETS=offsets,
        DTYPE=dtype,
        held=tuple(held),
        varied=varied,
    )


def membrane_cell(
    offsets: tuple[float, ...] = EULER, dtype: str = "float64", **protocols: tuple[WaveTable, ...]
) -> Cell:
    def variant(held: tuple[str, ...], varied: tuple[str, ...]) -> Cell:
        return cell(membrane(*held, varied=varied, offsets=offsets, dtype=dtype), UNITS, variant, **protocols)

    return variant((), ())


def oscillator(offsets: tuple[float, ...] = RK4, **protocols: tuple[WaveTable, ...]) -> Cell:
    """x'' = -x + f, and c' = cos(t), which depends on the time itself."""

    def rates(y: Numbers, p: Numbers, u: Numbers, t: float) -> Numbers:
        return {"x": y["v"], "v": u["f"] - y["x"], "c": np.asarray(np.cos(t))}

    kernel = Handmade(("x", "v", "c"), (), ("f",), rates, (1.0, 0.0, 0.0), (), (0.0,), offsets)
    return cell(kernel, None, None, **protocols)
