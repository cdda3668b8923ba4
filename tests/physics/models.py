"""Models from a text, and what they compute in a target."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import iondsl
from tests.targets.kernels import needs_compiler


def loaded(text: str, folder: Path) -> iondsl.Model:
    path = folder / "model.ion"
    path.write_text(text, encoding="utf-8")
    return iondsl.load(path)


def computed(model: iondsl.Model, names: Sequence[str], target: str, **parameters: Any) -> dict[str, NDArray[Any]]:
    """Quantities at the start, by name: one number per cell. Parameters may be arrays over cells."""
    if target == "c":
        needs_compiler()
    cells = max((np.size(each) for each in parameters.values()), default=1)
    cell = model.compile(target=target)
    state = cell.initial_state(cells, parameters)
    return dict(zip(names, cell.evaluate(names, state, parameters=parameters), strict=True))
