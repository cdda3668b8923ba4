"""Pictures of results, without a display."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from iondsl.errors import UsageError
from iondsl.simulate.plot import figure, save_plot, typeset
from iondsl.simulate.result import Result
from tests.simulate.kernels import drive, membrane_cell, wave

BEGINNINGS = {"png": b"\x89PNG", "pdf": b"%PDF", "svg": b"<?xml"}
PULSE = (drive("I", wave("pulse", start=5.02, width=0.05, height=2)),)


@pytest.fixture
def result() -> Result:
    pytest.importorskip("matplotlib")
    return membrane_cell(step=PULSE).run(until=20, protocol="step", record=("V", "n", "n'"))


@pytest.mark.parametrize("kind", ["png", "pdf", "svg"])
def test_a_picture_of_each_format(tmp_path: Path, result: Result, kind: str) -> None:
    for name in ("a", "b"):
        save_plot(result, tmp_path / f"{name}.{kind}")
    data = (tmp_path / f"a.{kind}").read_bytes()
    assert data.startswith(BEGINNINGS[kind])
    assert data == (tmp_path / f"b.{kind}").read_bytes()


def test_a_panel_for_each_unit_and_the_driven_input_below(result: Result) -> None:
    panels = figure(result).axes
    assert [panel.get_ylabel() for panel in panels] == ["V [mV]", "n", "n' [1/ms]", "I [µA/cm²]"]
    assert panels[-1].get_xlabel() == "time [ms]"


def test_quantities_of_one_unit_share_a_panel() -> None:
    pytest.importorskip("matplotlib")
    result = membrane_cell().run(until=1, record=("V", "n", "rate_n"))
    (together, alone) = figure(replace(result, units={"V": "mV", "n": "", "n'": "mV"})).axes
    assert (together.get_ylabel(), alone.get_ylabel()) == ("[mV]", "n")
    assert together.get_legend_handles_labels()[1] == ["V", "n'"]


def test_a_pulse_between_two_samples_is_drawn(result: Result) -> None:
    (line,) = figure(result).axes[-1].lines
    assert np.asarray(line.get_ydata()).max() == 2


def test_an_input_that_is_recorded_is_drawn_once() -> None:
    pytest.importorskip("matplotlib")
    result = membrane_cell(step=PULSE).run(until=20, protocol="step", record=("V", "I"))
    assert [panel.get_ylabel() for panel in figure(result).axes] == ["V [mV]", "I [µA/cm²]"]


def test_many_cells_are_a_band_a_median_and_a_few_traces() -> None:
    pytest.importorskip("matplotlib")
    result = membrane_cell().run(until=20, inputs={"I": range(50)})
    (panel,) = figure(result).axes
    assert panel.get_legend_handles_labels()[1] == ["5–95 % of 50 cells", "V, median"]
    assert len(panel.lines) == 4


def test_a_run_of_no_steps_can_be_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    save_plot(membrane_cell(step=PULSE).run(until=0, protocol="step"), tmp_path / "a.png")


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("uA/cm^2", "µA/cm²"), ("mV", "mV"), ("m^-3", "m⁻³"), ("u", "u"), ("mol/um^3", "mol/µm³")],
)
def test_units_are_typeset(unit: str, shown: str) -> None:
    assert typeset(unit) == shown


def test_what_cannot_be_drawn(tmp_path: Path) -> None:
    result = membrane_cell().run(until=1)
    message = r"cannot plot to out\.gif: the name must end in \.png, \.pdf or \.svg"
    with pytest.raises(UsageError, match=message):
        save_plot(result, "out.gif")
    with pytest.raises(UsageError, match="nothing was recorded that could be plotted"):
        save_plot(membrane_cell().run(until=1, record=()), tmp_path / "a.png")


def test_without_matplotlib_the_cure_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found: Callable[..., Any] = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return found(name, *rest, **more)

    result = membrane_cell().run(until=1)
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError) as caught:
        save_plot(result, tmp_path / "a.png")
    assert str(caught.value) == "plots need matplotlib: pip install iondsl[plot]"
    assert caught.value.exit_code == 2
