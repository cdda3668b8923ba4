"""`NAME=VALUE[unit]`, as typed, to the parameters and inputs of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from iondsl.errors import UsageError
from iondsl.immutable import frozen
from iondsl.manifest import Column, Manifest
from iondsl.quantity import has_unit, value_in
from iondsl.simulate.names import unknown
from iondsl.simulate.prepare import protocol_of, to_hold

FORM = "write NAME=VALUE[unit], as in `I_Na.g=100[mS/cm^2]`"
ALLOWED = "only parameters and inputs can be set"
# A bare 20 would be 20 K; whoever writes this name thinks of degrees Celsius.
TEMPERATURE = "temperature"


@frozen
class Settings:
    """Values by the model's own names, in its own units."""

    parameters: dict[str, float] = field(default_factory=dict)
    inputs: dict[str, float] = field(default_factory=dict)


def settings(manifest: Manifest, texts: Iterable[str], protocol: str | None) -> Settings:
    """What `texts` set. What the protocol clamps or drives becomes an input that no longer follows it.

    Raises UsageError with everything that is wrong: an unknown or repeated name, a value that does not fit its
    unit, an input that has no value at all.
    """
    driving = protocol_of(manifest, protocol)
    held = to_hold(manifest, driving)
    inputs = {column.name for column in manifest.inputs}
    found, problems = Settings(), []
    for text in texts:
        try:
            column, value = setting(manifest, text, held)
            chosen = found.inputs if column.name in inputs or column.name in held else found.parameters
            if column.name in chosen:
                raise UsageError(f"`{column.name}` is set twice")
            chosen[column.name] = value
        except UsageError as error:
            problems.append(str(error))
    driven = {drive.target for drive in driving.drives}
    problems += missing(manifest.inputs, found.inputs.keys() | driven) if not problems else []
    if problems:
        raise UsageError("\n".join(problems))
    return found


def setting(manifest: Manifest, text: str, held: tuple[str, ...]) -> tuple[Column, float]:
    """One of them. Raises UsageError."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (name and equals):
        raise UsageError(f"`{text}` sets nothing: {FORM}")
    column = settable(manifest, name, held)
    if name == TEMPERATURE and not has_unit(value):
        raise UsageError(f"`{name}` needs its unit: `{name}={value or 20}[degC]`, or [K]")
    try:
        number = value_in(value, column.unit)
    except UsageError as error:
        raise UsageError(f"`{name}`: {error}") from None
    return column, number


def settable(manifest: Manifest, name: str, held: tuple[str, ...]) -> Column:
    """The parameter, input or clamped state that a name means. Raises UsageError."""
    clamped = (column for column in manifest.states if column.name in held)
    columns = {column.name: column for column in (*manifest.parameters, *manifest.inputs, *clamped)}
    own = manifest.aliases.get(name, name)
    if own in columns:
        return columns[own]
    if own in (column.name for column in manifest.states):
        raise UsageError(f"`{name}` is a state, whose initial value stands in the model: {ALLOWED}")
    if own in (column.name for column in manifest.observables):
        raise UsageError(f"`{name}` is computed by the model: {ALLOWED}")
    if ends := [f"`{known}`" for known in columns if known.endswith(f".{name}")]:
        raise UsageError(f"unknown parameter or input `{name}`: did you mean {' or '.join(ends)}?")
    others = [alias for alias, meant in manifest.aliases.items() if meant in columns]
    raise UsageError(unknown("parameter or input", name, columns, others))


def missing(inputs: Iterable[Column], given: Iterable[str]) -> list[str]:
    known = set(given)
    return [
        f"the input `{column.name}` has no default: {ways(column)}"
        for column in inputs
        if column.default is None and column.name not in known
    ]


def ways(column: Column) -> str:
    """How an input gets its values; one of a used part may be bound instead."""
    if column.place is None:
        return "set it, or choose a protocol that drives it"
    line = f"{column.name.rpartition('.')[2]} = ..."
    return f"set it, choose a protocol that drives it, or bind it below its `use`: `{line}`"
