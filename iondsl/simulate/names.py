"""Names that a caller gives, looked up among those that the model has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from iondsl.errors import UsageError, suggestion

Value = TypeVar("Value")

SHOWN = 12
MANY = 3


def unknown(kind: str, name: str, candidates: Iterable[str], aliases: Iterable[str] = ()) -> str:
    """`unknown parameter `x`: did you mean `y`?`, a member of that name first; or with the names that there are."""
    known = tuple(candidates)
    inside = [f"`{each}`" for each in known if each.endswith(f".{name}")]
    near = f"did you mean {' or '.join(inside)}?" if 0 < len(inside) <= MANY else suggestion(name, (*known, *aliases))
    if near:
        return f"unknown {kind} `{name}`: {near}"
    if not known:
        return f"unknown {kind} `{name}`: the model has none"
    listed = ", ".join(f"`{candidate}`" for candidate in known[:SHOWN])
    return f"unknown {kind} `{name}`: the model has {listed}" + (", ..." if len(known) > SHOWN else "")


def resolve(
    given: Mapping[str, Value],
    kind: str,
    names: Iterable[str],
    aliases: Mapping[str, str],
    elsewhere: Callable[[], Mapping[str, str]],
) -> dict[str, Value]:
    """The given values under the model's own names.

    `elsewhere` says of names of another kind where they belong, if one is asked for. Raises UsageError with every name
    that is wrong.
    """
    known = tuple(names)
    found: dict[str, Value] = {}
    problems = []
    for name, value in given.items():
        own = aliases.get(name, name)
        if own in known and own not in found:
            found[own] = value
        elif own in known:
            problems.append(f"{kind} `{own}` is given twice, once as `{name}`")
        elif reason := elsewhere().get(own):
            problems.append(f"`{name}` {reason}")
        else:
            other = [alias for alias, meant in aliases.items() if meant in known]
            problems.append(unknown(kind, name, known, other))
    if problems:
        raise UsageError("\n".join(problems))
    return found
