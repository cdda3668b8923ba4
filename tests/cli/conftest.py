"""Commands run in this process, and models to run them on."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl.cli import main
from tests.cli.outcome import Command, Outcome

PASSIVE = """\
model passive:
    "A membrane with a leak."

membrane:
    state V = -60 [mV]     "membrane potential"
    C = 1 [uF/cm^2]

current I_leak:
    param g = 0.1 [mS/cm^2]  "conductance"
    param E = -70 [mV]
    I = g * (V - E)

stimulus I_app = 0 [uA/cm^2]

protocol step:
    "a step"
    I_app = pulse(start = 1 [ms], width = 2 [ms], height = 1 [uA/cm^2])

protocol clamp:
    clamp V = steps(-60 [mV], 1 [ms], 0 [mV])
"""

WRONG = """\
model wrong:
    "Two slips."

param half = 1 [mV]
param third = haf / 3
param fourth = 1 [mVV]
"""


@pytest.fixture
def iondsl(capsys: pytest.CaptureFixture[str]) -> Command:
    """`iondsl("run", path, "--until", "5")` runs a command as the terminal would."""

    def run(*words: str | Path) -> Outcome:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Outcome(code, *capsys.readouterr())

    return run


@pytest.fixture
def passive(tmp_path: Path) -> Path:
    """The path of a model that is quickly generated."""
    return write(tmp_path / "passive.ion", PASSIVE)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return write(tmp_path / "wrong.ion", WRONG)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
