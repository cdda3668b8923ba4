"""Symbols -> identifiers that no keyword, macro or function of a target language can capture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count

from sympy import Symbol

from iondsl.step import Step

PREFIX = "v_"

# What the compiler's own symbols may hold beside letters, digits and dots.
_WORDS = {"'": "_rate", "~": "_tmp_"}


def identifiers(step: Step) -> Mapping[Symbol, str]:
    """A distinct, readable identifier for every symbol of the step; no other name may begin with `v_`."""
    names: dict[Symbol, str] = {}
    taken: set[str] = set()
    for symbol in _symbols(step):
        if symbol not in names:
            names[symbol] = next(name for name in _candidates(symbol.name) if name not in taken)
            taken.add(names[symbol])
    return names


def _symbols(step: Step) -> Iterable[Symbol]:
    routines = (step.initial, step.advance, step.observe, step.watch)
    return chain(
        (step.time, step.dt, *step.states, *step.parameters, *step.inputs),
        (sample.symbol for sample in step.samples),
        (assignment.target for routine in routines for assignment in routine.assignments),
    )


def _candidates(name: str) -> Iterator[str]:
    for character, word in _WORDS.items():
        name = name.replace(character, word)
    plain = PREFIX + re.sub(r"[^0-9A-Za-z]+", "_", name).strip("_")
    yield plain
    yield from (f"{plain}_{number}" for number in count(2))
