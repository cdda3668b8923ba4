"""A warm run reads units, so importing them must load nothing that is slow to load."""

from __future__ import annotations

import subprocess
import sys

SLOW = ("sympy", "lark", "numpy", "difflib")
PROGRAM = f"import sys, iondsl.units; print(*(name for name in {SLOW} if name in sys.modules))"


def test_import_loads_nothing_slow() -> None:
    assert subprocess.check_output([sys.executable, "-c", PROGRAM], text=True).split() == []
