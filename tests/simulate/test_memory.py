"""What a run of many cells takes of memory, and arrays that are read where the caller has them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import iondsl
from iondsl.simulate.kernel import rows_of
from iondsl.simulate.parameters import numbers, pack
from tests.simulate.kernels import drive, membrane_cell, wave
from tests.targets.kernels import needs_compiler

MODEL = """model leaky:
state V = -65 [mV]
state n = 0.3
input u = 0 [mV/ms]
param E = -60 [mV]
param k = 0.1 [1/ms]
V' = u - k * (V - E) * n
n' = k * (1 / (1 + exp(-(V + 40 [mV]) / 10 [mV])) - n)
"""
CELLS, SAMPLES = 200_000, 11

# The most that a process ever had over what it has once the kernel is loaded and one cell has run.
PROGRAM = f"""
import sys
import numpy as np
import iondsl

def status(field):
    return 1024 * int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith(field)))

def run(cells):
    values = {{name: np.linspace(*ends, cells) for name, ends in (("E", (-62, -58)), ("k", (0.1, 0.2)), ("u", (0, 2)))}}
    inputs, parameters = {{"u": values.pop("u")}}, values
    cell.run({SAMPLES - 1} * 0.1, 0.01, None, parameters, inputs, record=("V",), every=0.1, threads=2)

cell = iondsl.load(sys.argv[1]).compile(varied=("E", "k", "u"))
run(2)
before = status("VmRSS")
run({CELLS})
print(status("VmHWM") - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_a_large_population_takes_what_it_holds(tmp_path: Path) -> None:
    """States, samples, and the arrays of the caller, of which a kernel reads each where it lies."""
    needs_compiler()
    path = tmp_path / "leaky.ion"
    path.write_text(MODEL, encoding="utf-8")
    iondsl.load(path).compile(varied=("E", "k", "u"))  # the compiler needs more than the run
    command = [sys.executable, "-c", PROGRAM, str(path)]
    used = int(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    assert used <= 1.05 * (2 + 3 + SAMPLES) * 8 * CELLS


@pytest.mark.parametrize(
    ("change", "is_copied"),
    [
        (lambda x: x, False),
        (lambda x: x[2:7], False),
        (lambda x: x[::2], True),
        (lambda x: x[::-1], True),
        (lambda x: x.astype("f4"), True),
        (lambda x: x.astype(">f8"), True),
        (lambda x: np.frombuffer(b"\0" + x.tobytes(), "u1")[1:].view("f8"), True),
    ],
)
def test_what_a_kernel_can_read_is_not_copied(change: Any, is_copied: bool) -> None:
    given = change(np.linspace(5.0, 15.0, 10))
    values = numbers("parameter", {"R": given})
    (row,) = rows_of(pack("parameter", ("R",), ("R",), np.array([10.0]), values, len(given)))
    np.testing.assert_array_equal(row, given)
    assert np.shares_memory(row, given) != is_copied
    assert row.dtype == np.float64
    assert row.flags.c_contiguous
    assert row.flags.aligned


def test_a_kernel_of_another_type_has_copies() -> None:
    given = np.linspace(5.0, 15.0, 10)
    (row,) = rows_of(pack("parameter", ("R",), ("R",), np.array([10.0], "f4"), {"R": given}, 10))
    np.testing.assert_array_equal(row, given.astype("f4"))


def test_a_protocol_leaves_the_arrays_of_the_caller_alone() -> None:
    """It drives one input beside another that varies between cells."""
    taus, drives = np.linspace(5.0, 15.0, 4), np.linspace(-1.0, 1.0, 4)
    kept = taus.copy(), drives.copy()
    cell = membrane_cell(p=(drive("I", wave("noise", sd=1.0, tau=1.0, seed=1)),))
    cell.run(until=1, parameters={"R": taus}, protocol="p")
    cell.run(until=1, parameters={"R": taus}, inputs={"I": drives}, protocol="p")
    np.testing.assert_array_equal((taus, drives), kept)


def test_a_row_of_the_state_may_be_a_parameter() -> None:
    """It is advanced in place, but the parameter is what it was before."""
    cell, ends = membrane_cell(), []
    for copied in (True, False):
        state = np.array([[5.0, 7.0, 9.0], [0.1, 0.2, 0.3]])
        for _ in range(2):
            cell.step(state, 0.0, 0.5, 3, parameters={"R": state[0].copy() if copied else state[0]})
        ends.append(state)
    np.testing.assert_array_equal(ends[0], ends[1])
