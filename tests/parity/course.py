"""Courses at a tolerance of 1e-10, of the source's right side and of ours, by one integrator that is neither's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_ivp

import iondsl
from iondsl.simulate.kernel import Array
from iondsl.simulate.prepare import drives_of, of, protocol_of
from iondsl.simulate.waves import Signal, signal
from tests.parity.source import Source
from tests.parity.spans import Span

TOLERANCE = 1e-10
SAMPLES = 400  # in each span

Right = Callable[[float, Array], Array]
RightSides = Callable[[Span], Right]


def course(right_sides: RightSides, start: Array, spans: tuple[Span, ...], jacobian: bool) -> Array:
    """States over time, (states, samples), at `times`."""
    pieces, state = [], start
    smallest = TOLERANCE * np.maximum(np.abs(start), 1e-4)
    for span in spans:
        right = right_sides(span)
        slopes = {"jac": lambda time, at, right=right: differences(right, time, at)} if jacobian else {}
        found = solve_ivp(
            right, (span.begin, span.end), state, "LSODA", times((span,)), rtol=TOLERANCE, atol=smallest, **slopes
        )
        if not found.success:
            raise ArithmeticError(f"no course beyond {found.t[-1] if len(found.t) else span.begin}: {found.message}")
        pieces.append(found.y)
        state = found.y[:, -1]
    return np.hstack(pieces)


def times(spans: tuple[Span, ...]) -> Array:
    """When the states of a course are."""
    return np.concatenate([np.linspace(span.begin, span.end, SAMPLES) for span in spans])


def differences(right: Right, time: float, state: Array) -> Array:
    """The Jacobian by differences, all columns in one call."""
    steps = 1.5e-8 * np.maximum(np.abs(state), 1e-5)
    moved = state[:, None] + np.diag(steps)
    both = right(time, np.hstack([state[:, None], moved]))
    result: Array = (both[:, 1:] - both[:, :1]) / steps
    return result


def of_source(source: Source) -> RightSides:
    def right_side(span: Span) -> Right:
        return lambda time, state: np.array(source.rates(span.inside(time), state.tolist(), span.pace))

    return right_side


def of_cell(cell: iondsl.Cell, inputs: Callable[[float], Array]) -> RightSides:
    """Derivatives as the kernel computes them, of one state or of many as columns."""
    kernel, manifest = cell.module, cell.manifest
    names = of(manifest.observables)
    rows = [names.index(f"{state.name}'") for state in manifest.states]
    parameters = kernel.default_parameters()

    def right_side(span: Span) -> Right:
        values = inputs(span.middle)

        def rates(time: float, state: Array) -> Array:
            columns = np.ascontiguousarray(state.reshape(len(rows), -1))
            found: Array = kernel.observe(columns, parameters, values, span.inside(time))[rows]
            return found.reshape(state.shape)

        return rates

    return right_side


def inputs_of(cell: iondsl.Cell, paced: dict[str, Callable[[float], float]]) -> Callable[[float], Array]:
    """The inputs at a time: as the model's one protocol drives them, as `paced` says, or their defaults."""
    manifest = cell.manifest
    names = of(manifest.inputs)
    protocol = protocol_of(manifest, manifest.protocols[0].name if manifest.protocols else None)
    signals: tuple[Signal, ...] = tuple(map(signal, drives_of(manifest, protocol, ())))

    def values(time: float) -> Array:
        found = np.array(cell.module.default_inputs(), dtype=float)
        for name, level in paced.items():
            found[names.index(name)] = level(time)
        for each in signals:
            found[names.index(each.target)] = each.value(np.array(time), np.array(time))
        return found

    return values
