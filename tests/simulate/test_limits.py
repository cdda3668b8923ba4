"""What `check` refuses where it is written is refused where it is given, too: with a C below 0, V would run away."""

from __future__ import annotations

from pathlib import Path

import pytest

import iondsl
from iondsl import pipeline, reading
from iondsl.checks.impossible import limits
from iondsl.errors import ModelError, UsageError
from iondsl.limits import LIMITS

MODEL = """model cell:
temperature = 20 [degC]
space i:
    volume = 5 [pL]
space o:
ion Ca:
    z = 2
    i = 1e-4 [mM]
    o = 2 [mM]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
    area = 1000 [um^2]
current leak:
    param g = 0.3 [mS/cm^2]
    gate n:
        inf = 1 / (1 + exp(-(V + 30 [mV]) / 5 [mV]))
        param tau = 5 [ms]
    I = g * n * (V + 54 [mV])
"""
SIZE = "it is the size of something"
REFUSED = (
    ("membrane.C", 0.0, f"`membrane.C` = 0 uF/cm^2 must be above 0: {SIZE}"),
    ("membrane.C", -1.0, f"`membrane.C` = -1 uF/cm^2 must be above 0: {SIZE}"),
    ("membrane.area", [500.0, 0.0], f"`membrane.area` = 0 um^2 in cell 1 must be above 0: {SIZE}"),
    ("i.volume", -5.0, f"`i.volume` = -5 pL must be above 0: {SIZE}"),
    ("leak.n.tau", -1.0, "`leak.n.tau` = -1 ms must not be below 0: it is how long something takes"),
    ("temperature", 0.0, "`T` = 0 K must be above 0: it counts from absolute zero"),
    ("Ca.o", [2.0, -2.0], f"`Ca.o` = -2 mM in cell 1 must not be below 0: {LIMITS['concentration'].reason}"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cell.ion"
    path.write_text(MODEL)
    return path


@pytest.mark.parametrize(("name", "value", "message"), REFUSED)
def test_refused(name: str, value: float | list[float], message: str, file: Path) -> None:
    cell = iondsl.load(file).compile(target="numpy")
    with pytest.raises(UsageError) as refused:
        cell.run(until=1, parameters={name: value})
    assert str(refused.value) == message
    with pytest.raises(UsageError):
        cell.step(cell.initial_state(2), 0.0, 0.01, parameters={name: value})
    with pytest.raises(UsageError):
        cell.initial_state(parameters={name: value})


def test_all_at_once_and_what_has_no_limit(file: Path) -> None:
    cell = iondsl.load(file).compile(target="numpy")
    with pytest.raises(UsageError) as refused:
        cell.run(until=1, parameters={"membrane.C": 0, "temperature": -5, "leak.g": -1})
    assert len(str(refused.value).splitlines()) == 2
    cell.run(until=1, parameters={"leak.g": -0.1, "Ca.o": 0.0})


def test_a_driven_temperature_is_limited_as_an_input(file: Path) -> None:
    warm = "protocol warm:\n    temperature = 300 [K]\n"
    file.write_text(MODEL.replace("    I = g *", "    I = T / 293 [K] * g *") + warm)
    cell = iondsl.load(file).compile(target="numpy")
    with pytest.raises(UsageError, match="must be above 0"):
        cell.run(until=1, protocol="warm", inputs={"temperature": 0.0})


def test_written_it_is_an_error(file: Path) -> None:
    file.write_text(MODEL.replace("tau = 5", "tau = -5").replace("C = 1", "C = 0"))
    with pytest.raises(ModelError) as refused:
        iondsl.load(file)
    assert "`membrane.C` must be above 0" in str(refused.value)
    assert "the time constant `leak.n.tau` is negative" in str(refused.value)


def test_each_kind_of_limit_is_known() -> None:
    for name in ("hodgkin_huxley_1952", "cressman_2009"):
        assert set(limits(pipeline.resolve(reading.read(name))).values()) <= LIMITS.keys()
