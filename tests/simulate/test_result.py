"""Results as files."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from iondsl.errors import UsageError
from iondsl.simulate.result import Result
from tests.simulate.kernels import Handmade, Numbers, cell, membrane_cell


def read(path: Path) -> tuple[list[str], np.ndarray]:
    with path.open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    return head, np.array(rows, dtype=float)


def noisy(cells: int) -> Result:
    """Numbers with all their digits."""
    return membrane_cell().run(until=3, cells=cells, inputs={"I": 1 / 3}, record=("V", "n"))


def test_csv_gives_the_same_numbers_back(tmp_path: Path) -> None:
    result = noisy(1)
    result.to_csv(tmp_path / "out.csv")
    head, table = read(tmp_path / "out.csv")
    assert head == ["time [ms]", "V [mV]", "n"]
    assert np.array_equal(table, np.column_stack([result.time, result["V"], result["n"]]))


def test_csv_of_several_cells(tmp_path: Path) -> None:
    result = noisy(2)
    result.to_csv(str(tmp_path / "out.csv"))
    head, table = read(tmp_path / "out.csv")
    assert head == ["time [ms]", "V[0] [mV]", "V[1] [mV]", "n[0]", "n[1]"]
    assert np.array_equal(table[:, 1:3], result["V"])


def test_csv_of_many_rows(tmp_path: Path) -> None:
    result = membrane_cell().run(until=50, every=0.01)
    result.to_csv(tmp_path / "out.csv")
    assert np.array_equal(read(tmp_path / "out.csv")[1][:, 0], result.time)


def test_npz_gives_the_same_numbers_back(tmp_path: Path) -> None:
    result = noisy(3)
    result.to_npz(tmp_path / "out.npz")
    with np.load(tmp_path / "out.npz") as stored:
        assert np.array_equal(stored["time"], result.time)
        assert np.array_equal(stored["V"], result["V"])
        assert np.array_equal(stored["state"], result.state)
        assert stored["states"].tolist() == ["V", "n"]
        assert stored["units"].tolist() == [["time", "ms"], ["V", "mV"], ["n", ""]]


def test_npz_takes_any_name(tmp_path: Path) -> None:
    """`file` would be an argument of numpy.savez, and `time` is taken."""

    def rates(y: Numbers, p: Numbers, u: Numbers, t: float) -> Numbers:
        return {"file": y["time"], "time": -y["file"]}

    result = cell(Handmade(("file", "time"), (), (), rates, (1.0, 0.0))).run(until=1)
    result.to_npz(tmp_path / "out.npz")
    with np.load(tmp_path / "out.npz") as stored:
        assert np.array_equal(stored["file"], result["file"])
        assert np.array_equal(stored["time_"], result["time"])
        assert np.array_equal(stored["time"], result.time)


def test_the_same_result_makes_the_same_bytes(tmp_path: Path) -> None:
    result = noisy(2)
    for name in ("a", "b"):
        result.to_npz(tmp_path / f"{name}.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_nothing_recorded_is_a_file_of_the_end(tmp_path: Path) -> None:
    result = membrane_cell().run(until=1, record=())
    result.to_csv(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "time [ms]\n1.0\n"


@pytest.mark.parametrize("write", ["to_csv", "to_npz"])
def test_a_path_that_cannot_be_written(tmp_path: Path, write: str) -> None:
    path = tmp_path / "missing" / "out"
    with pytest.raises(UsageError) as caught:
        getattr(noisy(1), write)(path)
    assert str(caught.value) == f"cannot write {path}: No such file or directory"
