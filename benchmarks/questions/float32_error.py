"""What is lost with numbers of half the size? The potential over one action potential, against float64."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.contest import Effort
from benchmarks.players import DT, compiled
from benchmarks.table import Row, number
from benchmarks.titles import TITLES
from iondsl.simulate.kernel import Array

# The first action potential under the model's own protocol, and when it is over.
PROTOCOLS = {
    "hodgkin_huxley_1952": ("step", 15.0),
    "luo_rudy_1991": ("pace", 500.0),
    "ten_tusscher_2006": ("pace", 500.0),
    "ohara_rudy_2011": ("pace", 500.0),
}


def rows(effort: Effort) -> Iterator[Row]:
    for model, (protocol, until) in PROTOCOLS.items():
        exact, short = (trace(model, dtype, protocol, until) for dtype in ("float64", "float32"))
        error = short - exact
        rms = float(np.sqrt(np.mean(error**2)))
        subject = f"{TITLES[model]}, float32: V over an action potential, {until:g} ms"
        text = f"rms {number(rms)} mV"
        yield Row(subject, "float64", float(np.max(np.abs(error))), unit=" mV at most", rates=text)


def trace(model: str, dtype: str, protocol: str, until: float) -> Array:
    result = compiled(model, "c", dtype).run(until, DT, protocol=protocol, record=["V"], every=10 * DT)
    values: Array = result["V"].astype(np.float64)
    return values
