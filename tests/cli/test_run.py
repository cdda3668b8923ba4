"""`iondsl run`: what it sets, records, writes and says; and what it refuses before it begins."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from iondsl import resources
from iondsl.simulate.cell import Cell
from iondsl.simulate.run import RunInterrupted
from tests.cli.outcome import Command, Outcome

BLOWS_UP = """\
model explosion:
state x = 1
x' = x^2 / 1 [ms]
"""


@pytest.fixture
def run(iondsl: Command, passive: Path) -> Command:
    """`iondsl run passive --target numpy ...`, which needs no compiler."""

    def simulate(*words: str | Path) -> Outcome:
        return iondsl("run", passive, "--target", "numpy", *words)

    return simulate


def columns(path: Path) -> dict[str, list[float]]:
    with path.open(newline="") as file:
        heading, *rows = csv.reader(file)
    return {name: [float(row[place]) for row in rows] for place, name in enumerate(heading)}


def test_the_summary(run: Command) -> None:
    done = run("--protocol", "step", "--until", "5")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:5] == [
        "passive: 5 ms in steps of 0.01 ms, rush_larsen, numpy",
        "protocol step: a step",
        "spikes  0",
        "rate    0 Hz (by the last interval)",
        "peak    -60 mV (V)",
    ]
    assert lines[5].startswith("speed   ")
    assert lines[5].endswith(" million cell-steps per second")
    assert len(lines) == 6


@pytest.mark.parametrize(("words", "steps"), [
    ((), "0.1 s in steps of 1e-05 s"),
    (("--dt", "4e-5", "--until", "0.01"), "0.01 s in steps of 4e-05 s"),
])
def test_a_model_in_seconds_runs_for_milliseconds(
    iondsl: Command, tmp_path: Path, words: tuple[str, ...], steps: str
) -> None:
    cell = "membrane:\n    state V = -60 [mV]\n    C = 1 [nF]\ncurrent leak:\n    I = 2 [nS] * V\n"
    (tmp_path / "decay.ion").write_text(f"model decay:\ntime t [s]\n{cell}")
    out = tmp_path / "out.csv"
    done = iondsl("run", tmp_path / "decay.ion", "--target", "numpy", *words, "-o", out)
    assert done.out.startswith(f"decay: {steps}, rush_larsen, numpy\n")
    times = columns(out)["time [s]"]
    assert times[1] == pytest.approx(1.2e-4 if words else 1e-4)


def test_events(iondsl: Command, tmp_path: Path) -> None:
    text = "model saw:\nstate x = 0\nx' = 1 [1/ms]\nevent full = x > 1\non full:\n    x = 0\n"
    (tmp_path / "saw.ion").write_text(text)
    out = tmp_path / "events.csv"
    done = iondsl("run", tmp_path / "saw.ion", "--target", "numpy", "--until", "3.5", "--events", out)
    assert "full    3 times, 1000 Hz (by the last interval)" in done.out.splitlines()
    assert done.out.splitlines()[-1] == f"wrote   {out}"
    head, *rows = out.read_text().splitlines()
    assert head == "time [ms],event,cell"
    assert [(round(float(row.split(",")[0]), 9), *row.split(",")[1:]) for row in rows] == [
        (1.0, "full", "0"), (2.0, "full", "0"), (3.0, "full", "0")
    ]
    refused = iondsl("run", tmp_path / "saw.ion", "--events", "events.txt")
    assert refused.code == 2
    assert "--events events.txt: the name must end in .csv" in refused.err


def test_what_was_recorded_beside_v_is_told_behind_its_spikes(run: Command) -> None:
    done = run("--protocol", "step", "--until", "1", "--record", "I_leak,V")
    assert done.out.splitlines()[4:6] == ["peak    -60 mV (V)", "I_leak  0.90479 to 1 uA/cm^2"]


def test_a_list_of_events_of_a_model_that_has_none(run: Command, tmp_path: Path) -> None:
    """Spikes are counted without one, so that an empty list would say that none happened."""
    done = run("--until", "1", "--events", tmp_path / "events.csv")
    wrong = "the model declares none; one is `event spike = V > 0 [mV]`, at the top of its file"
    assert (done.code, done.out, done.err) == (2, "", f"error: --events: {wrong}\n")


def test_without_a_protocol_inputs_keep_their_defaults(run: Command) -> None:
    done = run("--until", "1")
    assert "no protocol: I_app = 0 uA/cm^2 throughout; the model has step, clamp" in done.out.splitlines()
    done = run("--until", "1", "--set", "I_app=2")
    assert "no protocol: I_app = 2 uA/cm^2 throughout; the model has step, clamp" in done.out.splitlines()


def test_a_clamped_potential_does_not_spike(run: Command) -> None:
    done = run("--protocol", "clamp", "--until", "2", "--record", "I_leak")
    assert "spikes" not in done.out
    assert "I_leak  1 to 7 uA/cm^2" in done.out.splitlines()


def test_another_level_of_a_clamp(run: Command) -> None:
    done = run("--protocol", "clamp", "--until", "2", "--record", "I_leak", "--set", "V=-0.02[V]")
    said = ("protocol clamp", "set     V = -20 mV throughout, whatever the protocol says")
    assert done.out.splitlines()[1:5] == [*said, "I_leak  5 to 5 uA/cm^2", "V       -20 to -20 mV"]
    assert run("--protocol", "step", "--set", "V=-20").code == 2


def test_csv(run: Command, tmp_path: Path) -> None:
    done = run("--until", "1", "--every", "0.5", "--record", "I_leak.I, V", "-o", tmp_path / "out.csv")
    assert done.out.splitlines()[-1] == f"wrote   {tmp_path / 'out.csv'}"
    found = columns(tmp_path / "out.csv")
    assert list(found) == ["time [ms]", "I_leak [uA/cm^2]", "V [mV]"]
    assert found["time [ms]"] == [0.0, 0.5, 1.0]
    np.testing.assert_allclose(found["I_leak [uA/cm^2]"], 0.1 * (np.array(found["V [mV]"]) + 70), rtol=1e-12)


def test_only_what_is_asked_for_is_written(run: Command, tmp_path: Path) -> None:
    run("--until", "1", "--record", "I_leak", "-o", tmp_path / "out.csv")
    assert list(columns(tmp_path / "out.csv")) == ["time [ms]", "I_leak [uA/cm^2]"]


def test_npz_with_cells(run: Command, tmp_path: Path) -> None:
    done = run("--until", "1", "--cells", "3", "--threads", "2", "-o", tmp_path / "out.npz")
    assert "3 cells" in done.out
    with np.load(tmp_path / "out.npz") as archive:
        assert archive["V"].shape == (11, 3)


def test_plot(run: Command, tmp_path: Path) -> None:
    done = run("--until", "1", "--plot", tmp_path / "out.png")
    assert done.out.splitlines()[-1] == f"wrote   {tmp_path / 'out.png'}"
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")


def test_settings_and_times_with_units(run: Command, tmp_path: Path) -> None:
    table = tmp_path / "out.csv"
    run("--until", "1e-2[s]", "--dt", "10[us]", "--set", "I_leak.g=1000[uS/cm^2]", "--set", "I_leak.E=-50", "-o", table)
    found = columns(table)
    assert found["time [ms]"][-1] == 10.0
    # C/g is 1 ms: V is at E after 10 ms, but for exp(-10) of the way.
    assert found["V [mV]"][-1] == pytest.approx(-50 - 10 * np.exp(-10), abs=1e-4)


def test_a_number_that_no_cell_has_is_refused(run: Command) -> None:
    done = run("--until", "1", "--set", "membrane.C=0")
    wrong = "`membrane.C` = 0 uF/cm^2 must be above 0: it is the size of something"
    assert (done.code, done.err) == (2, f"error: {wrong}\n")


def test_an_input_that_is_set_overrides_its_protocol_and_is_named(run: Command) -> None:
    done = run("--until", "1", "--protocol", "step", "--set", "I_app=3")
    assert "set     I_app = 3 uA/cm^2 throughout, whatever the protocol says" in done.out.splitlines()


def test_a_coarse_recording_counts_no_spikes(run: Command) -> None:
    done = run("--until", "10", "--every", "2")
    assert "spikes  not counted: V was recorded too seldom; see --every" in done.out.splitlines()


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        (["--protocol", "stp"], ["unknown protocol `stp`: did you mean `step`?"]),
        (["--set", "I_lek.g=1", "--set", "V=0"], ["did you mean `I_leak.g`?", "`V` is a state"]),
        (["--set", "I_leak.g=1[mV]"], ["`I_leak.g`: it is measured in [mS/cm^2]"]),
        (["--record", "I_lek"], ["unknown quantity to record `I_lek`: did you mean `I_leak`?"]),
        (["--record", " , "], ["--record names nothing"]),
        (["--until", "100ms"], ["--until: `100ms` is not a number: a unit stands in brackets, `100[ms]`"]),
        (["--until", "-1"], ["before the start"]),
        (["--dt", "0"], ["dt must be a positive number"]),
        (["--every", "0.015"], ["not a multiple of dt"]),
        (["--cells", "0"], ["--cells"]),
        (["--cells", "1e3"], ["--cells"]),
        (["--scheme", "euler"], ["forward_euler"]),
        (["--untl", "5"], ["--until"]),
        (["-o", "out.txt"], ["-o out.txt: the name must end in .csv or .npz"]),
        (["--plot", "out.csv"], ["--plot out.csv: the name must end in .png, .pdf or .svg"]),
        (["-o", "no/out.csv", "--plot", "out"], ["there is no folder no", "--plot out: the name"]),
        (["step"], ["`step` has no option before it; a protocol is named by --protocol"]),
        (["--set", "I_leak.g", "=", "3"], ["quote what holds spaces: --set 'I_Na.g = 100 [mS/cm^2]'"]),
        (["--set", "I_leak.g=3", "[mS/cm^2]"], ["quote what holds spaces"]),
    ],
)
def test_slips(run: Command, words: list[str], messages: list[str]) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    for message in messages:
        assert message in done.err


def test_outputs_are_refused_before_anything_is_read(iondsl: Command, tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    done = iondsl("run", "nowhere.ion", "-o", tmp_path / "out.csv")
    assert (done.code, done.err) == (2, f"error: -o {tmp_path / 'out.csv'} is a folder\n")


def test_a_wrong_model(iondsl: Command, wrong: Path) -> None:
    done = iondsl("run", wrong)
    assert (done.code, done.out) == (1, "")
    assert "error[E201]: unknown name `haf`" in done.err


def test_numerics_that_fail_keep_what_was_recorded(iondsl: Command, tmp_path: Path) -> None:
    model, table = tmp_path / "explosion.ion", tmp_path / "out.csv"
    model.write_text(BLOWS_UP)
    done = iondsl("run", model, "--target", "numpy", "--scheme", "forward_euler", "-o", table, "--until", "2")
    assert (done.code, done.out) == (4, "")
    first, *_, last = done.err.splitlines()
    assert first.startswith(f"{model}:3:")
    assert "`x` is not finite" in first
    assert last.startswith("      = what was recorded until 1.")
    assert last.endswith(f"ms is in {table}")
    assert columns(table)["x [1]"][0] == 1.0
    assert np.isfinite(columns(table)["x [1]"]).all()


def test_numerics_that_fail_without_a_file(iondsl: Command, tmp_path: Path) -> None:
    (tmp_path / "explosion.ion").write_text(BLOWS_UP)
    done = iondsl("run", tmp_path / "explosion.ion", "--target", "numpy", "--scheme", "forward_euler", "--until", "2")
    assert done.code == 4
    assert "nothing was saved; -o FILE keeps what is recorded until then" in done.err


def test_an_interrupted_run_keeps_what_was_recorded(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulate = Cell.run

    def interrupted(self: Cell, **arguments: object) -> None:
        raise RunInterrupted(simulate(self, until=0.5))

    monkeypatch.setattr(Cell, "run", interrupted)
    done = run("-o", tmp_path / "out.csv")
    assert (done.code, done.out) == (130, "")
    assert done.err == f"interrupted; what was recorded until 0.5 ms is in {tmp_path / 'out.csv'}\n"
    assert columns(tmp_path / "out.csv")["time [ms]"][-1] == 0.5


def test_without_compiler(iondsl: Command, passive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONDSL_CC", str(tmp_path / "none"))
    done = iondsl("run", passive)
    assert (done.code, done.out) == (3, "")
    assert "--target numpy" in done.err


def test_without_matplotlib(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iondsl.cli._outputs.find_spec", lambda name: None)
    done = run("--plot", tmp_path / "out.png")
    assert (done.code, done.err) == (2, 'error: --plot needs matplotlib: pip install "iondsl[plot]"\n')


def test_fast_kernels(iondsl: Command) -> None:
    """Proven for the step of the run; a range that a cell leaves ends it with 4, and says where."""
    words = ("run", "hodgkin_huxley_1952", "--target", "numpy", "--protocol", "step", "--until", "10", "--fast")
    assert iondsl(*words).code == 0
    assert iondsl(*words, "--dt", "0.02").code == 0
    left = iondsl(*words, "--range", "V=-80[mV]:30[mV]")
    assert left.code == 4
    assert "`V` has left its range, -80 to 30 mV: it is 3" in left.err
    assert "in cell 0" in left.err
    assert iondsl(*words, "--set", "temperature=20[degC]").code == 2
    assert iondsl(*words, "--set", "temperature=7[degC]", "--range", "temperature=6[degC]:8[degC]").code == 0


def test_ranges_of_exact_kernels(iondsl: Command, tmp_path: Path) -> None:
    """What a kernel is held to is what it was proven for, so that it may be widened."""
    text = resources.text(resources.MODELS, "hodgkin_huxley_1952.ion")
    high = tmp_path / "high.ion"
    high.write_text(text.replace("state V = -65 [mV]", "state V = 600 [mV]"), encoding="utf-8")
    words = ("run", str(high), "--target", "numpy", "--until", "0.1")
    left = iondsl(*words)
    assert left.code == 4
    assert "if it belongs there, give `V` a range that holds it" in left.err
    assert iondsl(*words, "--range", "V=-1[V]:1[V]").code == 0
    refused = iondsl(*words, "--range", "I_Na.g=1:2", "--range", "V=2:1")
    assert (refused.code, refused.err) == (
        2,
        "error: `I_Na.g` is a parameter: without `fast` a kernel assumes nothing of it\n"
        "error: `V=2:1` holds nothing: the lower end comes first\n",
    )
