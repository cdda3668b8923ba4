"""`file("x.csv")`: units, columns, what is refused, and that a changed file is read anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import iondsl
from iondsl.errors import ModelError
from iondsl.simulate.result import Result

MODEL = """model driven:
input I [nA] = 0
input other = 0
state x = 0 [nA]
x' = 0
protocol p:
    I = 0.5 + 2 * file({call})
protocol held:
    clamp x = file({call})
"""


def written(folder: Path, rows: str, call: str = '"current.csv"') -> Path:
    (folder / "current.csv").write_text(rows)
    model = folder / "driven.ion"
    model.write_text(MODEL.replace("{call}", call))
    return model


def run(model: Path, protocol: str = "p", name: str = "I") -> Result:
    return iondsl.load(model).compile(target="numpy", scheme="rk4").run(
        until=6, dt=0.25, every=0.25, protocol=protocol, record=name
    )


@pytest.mark.parametrize(
    "rows",
    ["1,0\n3,4\n5,2\n", "time [ms],I [nA]\n1,0\n3,4\n5,2\n", "t [s],I [pA]\n1e-3,0\n3e-3,4000\n\n5e-3, 2000 \n",
     "\ufefftime,current\r\n1,0\r\n3,4\r\n5,2\r\n"],
    ids=["bare", "stated", "converted", "windows"],
)
def test_straight_lines_between_rows(rows: str, tmp_path: Path) -> None:
    result = run(written(tmp_path, rows))
    inside = (result.time >= 1 - 1e-9) & (result.time < 5 - 1e-9)
    expected = np.where(inside, np.interp(result.time, [1, 3, 5], [0, 4, 2]), 0)
    assert result["I"][:, 0] == pytest.approx(0.5 + 2 * expected, abs=1e-12)


def test_a_clamp_holds_the_ends(tmp_path: Path) -> None:
    result = run(written(tmp_path, "1,3\n3,4\n5,2\n"), "held", "x")
    assert result["x"][:, 0] == pytest.approx(np.interp(result.time, [1, 3, 5], [3, 4, 2]))


def test_a_column_may_be_chosen(tmp_path: Path) -> None:
    result = run(written(tmp_path, "t [ms],a [mV],b [nA]\n0,7,1\n9,7,10\n", '"current.csv", column = 3'))
    assert result["I"][:, 0] == pytest.approx(0.5 + 2 * (1 + result.time))


def test_degrees(tmp_path: Path) -> None:
    (tmp_path / "warm.csv").write_text("t [s],T [degC]\n0,20\n10,30\n")
    model = tmp_path / "warm.ion"
    text = 'model warm:\ntemperature = 20 [degC]\ny = 2 * T\nprotocol p:\n    temperature = file("warm.csv")\n'
    model.write_text(text)
    result = run(model, name="y")
    assert result["y"][[0, -1], 0] == pytest.approx([2 * 293.15, 2 * (293.15 + 0.006)])


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    model = written(tmp_path, "0,1\n9,1\n")
    assert run(model)["I"][0, 0] == 2.5
    (tmp_path / "current.csv").write_text("0,2\n9,2\n")
    assert run(model)["I"][0, 0] == 4.5


REFUSED = {
    "1,0\n": "E505]: `current.csv` has fewer than two lines of numbers",
    "": "E505]: `current.csv` has fewer than two lines of numbers",
    "1,0\n2,secret\n": "E505]: column 2 in line 2 of `current.csv` is not a number",
    "1,0\n2,nan\n": "E505]: column 2 in line 2 of `current.csv` is not a number",
    "1,0\n2,1e999\n": "E505]: column 2 in line 2 of `current.csv` is not a number",
    "t,secret\n1,0\n\n1,1\n": "E505]: in line 4 of `current.csv` the time does not rise",
    "1\n2\n": "E505]: line 1 of `current.csv` has no column 2",
    "1,2,3\n2,3,4\n": "E505]: line 1 of `current.csv` has 3 columns",
    "t [mV],I [nA]\n1,0\n2,0\n": "E505]: the unit of the times in `current.csv` does not fit",
    "t [ms],I [secret]\n1,0\n2,0\n": "E505]: the unit of the values in `current.csv` does not fit",
}


def message(model: Path) -> str:
    with pytest.raises(ModelError) as caught:
        iondsl.load(model)
    assert caught.value.exit_code == 1
    return str(caught.value)


@pytest.mark.parametrize("rows", REFUSED)
def test_what_is_in_it_is_located_and_never_repeated(rows: str, tmp_path: Path) -> None:
    said = message(written(tmp_path, rows))
    assert f"driven.ion:7:24: error[{REFUSED[rows]}" in said
    assert "secret" not in said


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    model = written(tmp_path, "")
    (tmp_path / "current.csv").write_bytes(b"1,2\n\xff\xfe,3\n")
    assert "E505]: `current.csv` is not text in UTF-8" in message(model)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing.csv", "there is no file `missing.csv` beside the model"),
        ("../current.csv", "this path leads away from the model"),
        ("/etc/passwd.csv", "this path leads away from the model"),
        ("a/../../b.csv", "this path leads away from the model"),
        ("C:\\\\x.csv", "this path leads away from the model"),
        ("link.csv", "this path leads away from the model"),
        ("current.txt", "the name of a recording ends in .csv"),
        ("folder.csv", "there is no file `folder.csv` beside the model"),
    ],
)
def test_where_it_may_lie(path: str, said: str, tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.csv", tmp_path / "inside"
    outside.write_text("1,2\n2,3\n")
    (inside / "folder.csv").mkdir(parents=True)
    (inside / "link.csv").symlink_to(outside)
    assert f"error[E504]: {said}" in message(written(inside, "1,2\n2,3\n", f'"{path}"'))


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iondsl.recording.MAX_BYTES", 10)
    assert "error[E504]: `current.csv` has more than 10 bytes" in message(written(tmp_path, "1,2\n2,3\n3,4\n"))
