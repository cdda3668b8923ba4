"""Files that are cut off or damaged: a located error or a model, whatever they hold."""

from __future__ import annotations

from random import Random

import pytest

from iondsl.errors import ModelError
from iondsl.importers.foreign import Foreign
from iondsl.importers.mmt import read
from iondsl.source import Source

CELL = '''[[model]]
name: cell
desc: """
    A cell. # of two
    """
f(x, y) = x^2 + y
# Initial values
membrane.V = -80 [mV]
ina.m = ina.start / 2

[engine]
time = 0 [ms] in [ms] bind time
pace = 0 bind pace

[membrane]
use ina.I as i, engine.pace
dot(V) = -(i + pace * 5 [uA/cm^2 (1e-3)]) / C : Its potential
    in [mV]
    label membrane_potential
    C = 1 [uF/cm^2]
        in [uF/cm^2]

[ina]
use membrane.V
start = 0.1
I = if(V > 0 [mV] and not (m < 0.5), 2 * f(m, 1),
    piecewise(V < -100, 1, 7 % 3)) \\
    + log(2, 10) // 1
"""
dot(m) = 3
"""
dot(m) = (1 - m) / tau
    tau = 1e-3 * (2 + exp(V / 5 [mV])
        + dot(membrane.V))

[[protocol]]
# level start length period count
1 10 0.5 1000 0

[[script]]
print(1)
'''
NOISE = (*"()\\\n\t:=.[]#^-é\0x", '"""', "  ", "9" * 400, "not ")


def examine(text: str) -> None:
    found = outcome(text)
    if isinstance(found, ModelError):
        assert found.diagnostics
        assert all(each.span is not None and each.severity == "error" for each in found.diagnostics)
        assert str(found)


def outcome(text: str) -> Foreign | ModelError:
    try:
        return read(Source("cell.mmt", text))
    except ModelError as error:
        return error


def test_as_it_is() -> None:
    cell = read(Source("cell.mmt", CELL))
    assert cell.states == (("membrane", "V"), ("ina", "m"))


def test_cut_off_anywhere() -> None:
    for size in range(0, len(CELL), 3):
        examine(CELL[:size])


@pytest.mark.parametrize("seed", range(4))
def test_damaged(seed: int) -> None:
    random = Random(seed)
    for _ in range(50):
        text = CELL
        for _ in range(random.randint(1, 3)):
            start = random.randrange(len(text))
            text = text[:start] + random.choice(NOISE) + text[start + random.choice((0, 1, 5, 40)) :]
        examine(text)


@pytest.mark.slow
@pytest.mark.parametrize("noise", NOISE, ids=lambda noise: repr(noise[:3]))
def test_noise_anywhere(noise: str) -> None:
    for place in range(0, len(CELL), 3):
        examine(CELL[:place] + noise + CELL[place:])
        examine(CELL[:place] + noise + CELL[place + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "[[model]]\n" + "[c]\n" * 3000,
        "[[model]]\nc.x = " + "(" * 20000,
        "[[model]]\n[c]\n" + "".join(f"{' ' * depth}x{depth} = 1\n" for depth in range(400)),
        "[[model]]\n[c]\nx = " + "a + " * 20000 + "1\n",
        "[[model]]\n[c]\n" + "".join(f"x{index} = x{index + 1}\n" for index in range(5000)) + "x5000 = x0\n",
        "[[model]]\n[c]\n" + "".join(f"x{index} = y{index}\n" for index in range(2000)),
        "[[model]]\n[c]\nx = 1 [" + "m^99*" * 500 + "m]\n",
        "[[model]]\n[[protocol]]\n" + "".join(f"1 {index} 0.5 0 0\n" for index in range(2000)),
        "[[model]]\n[[protocol]]\n1 0 0.1 1.0001 900000\n2 0.5 0.1 1.0003 0\n",
    ],
    ids=["components", "parentheses", "depth", "sum", "chain", "names", "unit", "pulses", "trains"],
)
def test_hostile(text: str) -> None:
    examine(text)
