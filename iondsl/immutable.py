"""Values of which many are made, by classes that every command loads.

`@dataclass(frozen=True, slots=True)` compiles six methods for each class whenever it is imported, which for the
classes of a check was a third of the time of loading them, and sets each field past a `__setattr__` that refuses.
With `@frozen` only `__init__` is compiled; comparing, hashing and printing are shared, and mypy refuses assignments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

Class = TypeVar("Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(written: type[Class], /) -> type[Class]:
    """A dataclass with slots, which equals others and is hashed by its fields, and which nobody may change."""
    made: Any = dataclass(slots=True, eq=False, repr=False)(written)
    made._compared = by_fields([each.name for each in fields(made) if each.compare])
    made.__eq__, made.__hash__, made.__repr__ = equal, hashed, printed
    whole: type[Class] = made
    return whole


def by_fields(names: list[str]) -> Callable[[Any], Any]:
    """What counts when values are compared. As an attribute of their class it is not bound: it takes the value."""
    return attrgetter(*names) if names else staticmethod(lambda value: ())


def equal(value: Any, other: Any) -> bool:
    if value is other:
        return True
    return bool(value._compared(value) == other._compared(other)) if type(value) is type(other) else NotImplemented


def hashed(value: Any) -> int:
    return hash(value._compared(value))


def printed(value: Any) -> str:
    shown = (f"{each.name}={getattr(value, each.name)!r}" for each in fields(value) if each.repr)
    return f"{type(value).__qualname__}({', '.join(shown)})"
