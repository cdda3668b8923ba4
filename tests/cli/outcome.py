"""What a command gave back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """Exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]
