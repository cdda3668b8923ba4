"""From what a caller asks of a cell to a run that is ready to go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

from iondsl.errors import UsageError
from iondsl.immutable import frozen
from iondsl.limits import LIMITS
from iondsl.manifest import Column, Manifest, ProtocolTable, WaveTable
from iondsl.simulate.kernel import Array, Kernel
from iondsl.simulate.names import resolve, unknown
from iondsl.simulate.parameters import count_cells, lengths, numbers

if TYPE_CHECKING:
    import numpy.typing as npt

Numbers: TypeAlias = "Mapping[str, npt.ArrayLike]"
Value = TypeVar("Value")

TEMPERATURE = "temperature"
ZERO_CELSIUS, BOILING = 273.15, 100.0


@frozen
class Given:
    """What a caller sets, under the model's own names: each a number () or one per cell (cells,)."""

    parameters: dict[str, Array]
    inputs: dict[str, Array]
    cells: int


def given(
    manifest: Manifest,
    cells: int | None,
    parameters: Numbers | None,
    inputs: Numbers | None,
    state: Array | None,
) -> Given:
    """Check names and sizes. What lies in `state`, which may be advanced in place, is copied. Raises UsageError."""
    chosen = numbers("parameter", own_names(manifest, "parameter", of(manifest.parameters), parameters))
    driven = numbers("input", own_names(manifest, "input", of(manifest.inputs), inputs))
    refuse_degrees(manifest, chosen | driven)
    refuse_impossible(manifest, chosen | driven)
    said = [("`state`", state.shape[1])] if state is not None else []
    count = count_cells(cells, [*said, *lengths("parameter", chosen), *lengths("input", driven)])
    if count == 1:
        chosen, driven = ({name: value.reshape(()) for name, value in each.items()} for each in (chosen, driven))
    return Given(apart(chosen, state), apart(driven, state), count)


def own_names(
    manifest: Manifest, kind: str, names: tuple[str, ...], values: Numbers | None
) -> dict[str, npt.ArrayLike]:
    """The values under the model's own names. Raises UsageError."""
    given = named(f"{kind}s", values)
    return resolve(given, kind, names, manifest.aliases, lambda: misplaced(manifest)[kind])


def refuse_degrees(manifest: Manifest, chosen: Mapping[str, Array]) -> None:
    """Raises UsageError for a temperature in kelvin that no cell has, and that someone has on a thermometer."""
    name = manifest.aliases.get(TEMPERATURE, "")
    if name not in chosen:
        return
    kelvins = chosen[name]
    slips = kelvins[(kelvins > 0) & (kelvins < BOILING)]
    if slips.size:
        warm = f"{slips.flat[0]:.10g}"
        raise UsageError(f"`{name}` = {warm} is in kelvin: {warm} degC are {slips.flat[0] + ZERO_CELSIUS:.10g} K")


def refuse_impossible(manifest: Manifest, chosen: Mapping[str, Array]) -> None:
    """Raises UsageError for numbers that no cell has: a capacitance of 0, a negative concentration."""
    problems = []
    for column in (*manifest.parameters, *manifest.inputs) if chosen else ():
        if column.limit and column.name in chosen:
            limit, values = LIMITS[column.limit], chosen[column.name]
            beyond = np.atleast_1d(values < 0 if limit.zero else values <= 0)
            if beyond.any():
                cell = int(beyond.argmax())
                place = f" in cell {cell}" if values.ndim else ""
                number = f"{values.flat[cell]:.10g} {column.unit}".removesuffix(" 1").rstrip()
                bound = "must not be below 0" if limit.zero else "must be above 0"
                problems.append(f"`{column.name}` = {number}{place} {bound}: {limit.reason}")
    if problems:
        raise UsageError("\n".join(problems))


def named(argument: str, values: Mapping[str, Value] | None) -> Mapping[str, Value]:
    """Raises UsageError for what is no mapping."""
    if not isinstance(values, Mapping | None):
        raise UsageError(f"`{argument}` gives values by name: it must be a dict, not {type(values).__name__}")
    return values or {}


def apart(values: dict[str, Array], state: Array | None) -> dict[str, Array]:
    if state is None:
        return values
    return {name: value.copy() if np.may_share_memory(value, state) else value for name, value in values.items()}


def misplaced(manifest: Manifest) -> dict[str, dict[str, str]]:
    """For each kind of value, what to say of a name that is one of another kind."""
    states, parameters = of(manifest.states), of(manifest.parameters)
    inputs = dict.fromkeys(of(manifest.inputs), "is an input: give it in `inputs`")
    driven = "is driven by the protocol: to override that, give it in `inputs`"
    inputs |= dict.fromkeys(manifest.options.held, driven)
    return {
        "parameter": dict.fromkeys(states, "is a state: set it in the initial `state`") | inputs,
        "input": dict.fromkeys(states, "is a state: a protocol clamps it, and then it can be set here")
        | dict.fromkeys(parameters, "is a parameter: give it in `parameters`"),
        "record": dict.fromkeys(parameters, "is a parameter: it does not change in a run") | underived(manifest),
    }


def underived(manifest: Manifest) -> dict[str, str]:
    """What to say of the derivatives that are not computed."""
    observed = frozenset(of(manifest.observables))
    missing = (prime for name in of(manifest.states) if (prime := f"{name}'") not in observed)
    return dict.fromkeys(missing, "is not computed: where a size is a derived quantity, only amounts have derivatives")


def of(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)


def recorded(manifest: Manifest, record: Iterable[str] | None) -> tuple[str, ...]:
    """What to record, under the model's own names; by default every V, or all states where there is none."""
    states = of(manifest.states)
    if record is None:
        return manifest.potentials or states
    asked = (record,) if isinstance(record, str) else tuple(record)
    aliases = manifest.aliases
    own = dict.fromkeys(aliases.get(name, name) for name in asked)
    known = (*states, *(name for name in of(manifest.observables) if name not in states))
    return tuple(resolve(own, "quantity to record", known, aliases, lambda: misplaced(manifest)["record"]))


def readable(manifest: Manifest, names: Iterable[str]) -> list[str]:
    """What can be evaluated, under the model's own names: what can be recorded, and parameters."""
    asked = (names,) if isinstance(names, str) else tuple(names)
    known = dict.fromkeys((*of(manifest.states), *of(manifest.observables), *of(manifest.parameters)))
    own = [manifest.aliases.get(name, name) for name in asked]
    resolve(dict.fromkeys(own), "quantity", known, manifest.aliases, lambda: underived(manifest))
    return own


def start(kernel: Kernel, states: int, state: npt.ArrayLike) -> Array:
    """A copy of a caller's state, (states, cells). Raises UsageError for another shape."""
    try:
        copy: Array = np.array(state, dtype=kernel.DTYPE, order="C")
    except (TypeError, ValueError):
        raise UsageError("`state` must be an array of numbers, (states, cells)") from None
    check_shape(copy, states)
    return copy


def check_array(state: object, states: int) -> None:
    """Raises UsageError for what is no array (states, cells), and so cannot be advanced in place."""
    if not isinstance(state, np.ndarray):
        raise UsageError(f"`state` must be an array, which is advanced in place, not {type(state).__name__}")
    check_shape(state, states)


def check_shape(state: Array, states: int) -> None:
    """Raises UsageError for what is not (states, cells)."""
    if state.ndim != 2 or state.shape[0] != states or not state.shape[1]:
        wanted = f"(states, cells) = ({states}, cells)"
        raise UsageError(f"`state` must have the shape {wanted}, not {state.shape}")


def protocol_of(manifest: Manifest, name: str | None) -> ProtocolTable:
    """Without a name, one that drives nothing. Raises UsageError for one that the model does not have."""
    if name is None:
        return ProtocolTable("", "", ())
    found = {protocol.name: protocol for protocol in manifest.protocols}
    if name not in found:
        raise UsageError(unknown("protocol", name, found))
    return found[name]


def to_hold(manifest: Manifest, protocol: ProtocolTable) -> tuple[str, ...]:
    """The states and parameters that must be inputs of a kernel to follow the protocol, in a fixed order."""
    if not protocol.drives:
        return manifest.options.held
    missing = {drive.target for drive in protocol.drives}.difference(of(manifest.inputs))
    return tuple(sorted(missing | set(manifest.options.held))) if missing else manifest.options.held


def drives_of(
    manifest: Manifest, protocol: ProtocolTable, overridden: Iterable[str]
) -> tuple[WaveTable, ...]:
    """What the protocol drives beside explicit inputs. A driven parameter is held, as a clamped state is."""
    return tuple(
        replace(drive, clamp=drive.clamp or drive.target in manifest.options.held)
        for drive in protocol.drives
        if drive.target not in overridden
    )


def to_vary(manifest: Manifest, chosen: Given, protocol: ProtocolTable) -> tuple[str, ...]:
    """What every cell must have its own of, in a fixed order: what is given by cell, and inputs with noise."""
    if chosen.cells == 1:
        return manifest.options.varied
    given = {**chosen.parameters, **chosen.inputs}
    noisy = {each.target for each in protocol.drives if any(wave.shape == "noise" for wave in each.waves)}
    wanted = {name for name, value in given.items() if value.ndim} | noisy.difference(given)
    missing = wanted.difference(manifest.options.varied)
    return tuple(sorted(wanted.union(manifest.options.varied))) if missing else manifest.options.varied


def held_rows(manifest: Manifest) -> tuple[tuple[int, int, str], ...]:
    """Rows, in the state and among the inputs, of every clamped state, with its name."""
    if not manifest.options.held:
        return ()
    states, inputs = of(manifest.states), of(manifest.inputs)
    return tuple((states.index(name), inputs.index(name), name) for name in manifest.options.held if name in states)
