"""A run starts quickly because it loads nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("click", "lark", "matplotlib", "rich", "scipy", "sympy", "iondsl.system", "iondsl.syntax")
LATE = ("csv", "numpy.typing", "shutil", "tempfile", "iondsl.simulate.run", "iondsl.simulate.waves")


def loaded(modules: str, asked: tuple[str, ...]) -> str:
    """Which of the modules that are asked about are loaded with others, beside what NumPy loads."""
    program = (
        f"import sys, numpy; before = set(sys.modules); import {modules}; "
        f"print(*(name for name in {asked} if name in sys.modules and name not in before))"
    )
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return run.stdout.strip()


def test_simulating_loads_neither_the_compiler_nor_matplotlib() -> None:
    assert loaded("iondsl.simulate.cell, iondsl.simulate.run", HEAVY) == ""


def test_a_cell_is_found_again_without_what_only_a_run_needs() -> None:
    assert loaded("iondsl.simulate.cell, iondsl.build.loading, iondsl.build.library", LATE) == ""
