"""Models of lines that `use` parts, and states of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

import iondsl
from iondsl.source import Source
from tests.reference.models import Array


def model(lines: str) -> iondsl.Model:
    return iondsl.Model(Source("cell.ion", f"model cell:\n{lines}"))


def states(cell: iondsl.Model, rows: Mapping[str, Array | float], count: int = 20) -> Array:
    """(states, count): the initial state, with other values in some rows."""
    start = np.array([each.value for each in cell.states])
    many = np.repeat(start[:, np.newaxis], count, axis=1)
    for name, values in rows.items():
        many[cell.states.names.index(name)] = values
    return many
