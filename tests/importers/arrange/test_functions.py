"""Functions of the user, with names that the language cannot have."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import iondsl
from iondsl.importers import mmt
from iondsl.importers.arrange import arrange
from iondsl.importers.writing import text
from iondsl.source import Source

FILE = """[[model]]
c.x = 3
else(else, else_) = else - 2 * else_
else(y) = y / 2

[c]
time = 0 bind time
dot(x) = else(x, 4) + else(10)
"""


def test_reserved_words_as_names_of_functions_and_of_their_arguments(tmp_path: Path) -> None:
    file = tmp_path / "small.mmt"
    file.write_text(FILE, encoding="utf-8")
    written = text(arrange(mmt.read(Source("small.mmt", FILE))))
    assert "function else_(else__, else_) =" in written
    cell = iondsl.load(file).compile(target="numpy")
    assert cell.evaluate(["c.x'"], np.array([[3.0]]))[0, 0] == 3 - 2 * 4 + 5
