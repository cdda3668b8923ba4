"""A run starts quickly because it loads nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("click", "lark", "matplotlib", "rich", "scipy", "sympy", "iondsl.system", "iondsl.syntax")


def test_simulating_loads_neither_the_compiler_nor_matplotlib() -> None:
    program = f"import sys, iondsl.simulate; print(*(name for name in {HEAVY} if name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == ""
