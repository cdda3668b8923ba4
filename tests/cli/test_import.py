"""`iondsl import`, and files of other tools where other commands read a model."""

from __future__ import annotations

from pathlib import Path

import pytest

import iondsl as package
from iondsl.errors import ModelError
from tests.cli.outcome import Command

SMALL = """[[model]]
name: small
membrane.V = -80
ina.m = 0.1

[engine]
time = 0 [ms] bind time
    in [ms]
pace = 0 bind pace

[membrane]
dot(V) = -(ina.INa + i_stim)
    in [mV]
    label membrane_potential
i_stim = engine.pace * -80 [A/F]
    in [A/F]

[ina]
use membrane.V
INa = 2 [mS/uF] * m * (V - 50 [mV])
    in [A/F]
dot(m) = (inf - m) / tau
    inf = 1 / (1 + exp(-(V + 40) / 5))
    tau = 2 [ms]
        in [ms]

[[protocol]]
1 10 0.5 1000 0
"""
INCONSISTENT = SMALL.replace("-80 [A/F]", "-80 [uA/cm^2]")
WRONG = SMALL.replace("use membrane.V", "use membrane.Vm")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.mmt"
    path.write_text(SMALL)
    return path


def test_what_is_printed_is_a_model(iondsl: Command, small: Path, tmp_path: Path) -> None:
    done = iondsl("import", small)
    assert (done.code, done.err) == (0, f"{small} (imported): 2 states, 1 gate, 2 currents\n")
    written = tmp_path / "small.ion"
    written.write_text(done.out)
    assert iondsl("check", "--strict", written).out == "no errors in 1 file\n"
    assert iondsl("fmt", "--check", written).code == 0
    assert "gate m = 0.1:" in done.out


def test_a_file_is_written_once(iondsl: Command, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "small.ion"
    done = iondsl("import", small, "-o", out)
    assert (done.code, done.out, done.err) == (0, "", f"{out}: 2 states, 1 gate, 2 currents\n")
    text = out.read_text()
    again = iondsl("import", small, "-o", out)
    assert again.code == 2
    assert again.err.endswith("is there already\n  choose another name, or replace it: --force\n")
    out.write_text("")
    assert iondsl("import", small, "-o", out, "--force").code == 0
    assert out.read_text() == text


def test_what_is_inconsistent_is_told(iondsl: Command, tmp_path: Path) -> None:
    path = tmp_path / "small.mmt"
    path.write_text(INCONSISTENT)
    done = iondsl("import", path)
    assert done.code == 0
    assert "warning[W660]" in done.err
    assert f"{path}:15:" in done.err
    assert " as [A/F]" in done.out


def test_what_is_inconsistent_in_one_way_is_told_once(iondsl: Command, tmp_path: Path) -> None:
    path = tmp_path / "small.mmt"
    wrong = "".join(f"x{number} = 1 [ms] + {number} [mV]\n    in [ms]\n" for number in range(2, 10))
    head = "[[model]]\nc.y = 0\n[c]\nt = 0 [ms] in [ms] bind time\ndot(y) = -y / x2\n"
    path.write_text(f"{head}{wrong}x = 1 [ms] / 2 in [mV]\n")
    done = iondsl("import", path)
    assert done.err.count("W660") == 2
    others = "in line 8, line 10, line 12, line 14, line 16, ...\n"
    assert f"7 more of this kind, each with an `as` in the text, {others}" in done.err
    assert done.out.count(" as [ms]") == 8


def test_what_is_wrong_is_told_at_its_place(iondsl: Command, tmp_path: Path) -> None:
    path = tmp_path / "small.mmt"
    path.write_text(WRONG)
    done = iondsl("import", path, "-o", tmp_path / "small.ion")
    assert (done.code, done.out) == (1, "")
    assert f"{path}:19:" in done.err
    assert not (tmp_path / "small.ion").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.mmt", "there is no file and no bundled model `{path}`"),
        ("model.ion", "`{path}` is no file of another tool: its name must end in .mmt (Myokit) or .cellml (CellML)"),
    ],
)
def test_what_is_no_file(iondsl: Command, tmp_path: Path, name: str, message: str) -> None:
    path = tmp_path / name
    done = iondsl("import", path)
    assert done.code == 2
    assert message.format(path=path) in done.err


def test_an_output_that_cannot_be(iondsl: Command, small: Path, tmp_path: Path) -> None:
    assert iondsl("import", small, "-o", tmp_path / "small.txt").code == 2
    assert iondsl("import", small, "-o", tmp_path / "nowhere" / "small.ion").code == 2


def test_other_commands_read_it(iondsl: Command, small: Path) -> None:
    assert iondsl("check", small).out == "no errors in 1 file\n"
    done = iondsl("run", small, "--target", "numpy", "--protocol", "pacing", "--until", "20")
    assert done.code == 0
    assert "V" in done.out


def test_loading() -> None:
    with pytest.raises(package.errors.UsageError):
        package.load("nowhere.cellml")


def test_a_loaded_file_runs(small: Path) -> None:
    model = package.load(small)
    assert model.states.names == ("V", "ina.m")
    cell = model.compile(target="numpy")
    result = cell.run(until=12, dt=0.005, protocol="pacing")
    assert result["V"].max() > 0


def test_a_loaded_file_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "small.mmt"
    path.write_text(WRONG)
    with pytest.raises(ModelError) as raised:
        package.load(path)
    assert all(each.span is not None and each.span.source.name == str(path) for each in raised.value.diagnostics)


def test_what_only_the_other_tool_has_is_told(iondsl: Command, small: Path) -> None:
    small.write_text(SMALL.replace("bind pace", "bind evaluations"))
    done = iondsl("import", small)
    assert done.code == 0
    assert [line.split()[1] for line in done.err.splitlines() if ": warning" in line] == [
        "warning[W611]:", "warning[W610]:",
    ]
