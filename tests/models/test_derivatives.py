"""Bundled models compute what the files of their sources do: every derivative, at six states, to rounding.

The records in `tests/reference/derivatives/` are 50-digit evaluations of foreign files by Myokit and mpmath, made by
`python -m tests.parity.exact`. What is accepted is ten times a bound of what double precision loses in the formulas of
the source; the last tests are there to see that this is not loose.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import myokit
import pytest
from mpmath import mpf

import iondsl
from tests.parity import exact, mapping, ours, points

FOLDER = Path(__file__).parent.parent / "reference" / "derivatives"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
EXAMPLE = "luo_rudy_1991"
# Constants of its source that the six states do not depend on: the stimulus, the branches for V = -47.13 and V < -100,
# and a term of I_K1 that is exp(-40) of the one beside it.
UNSEEN = {
    *("engine.pace: 1", "membrane.i_stim.stim_amplitude: 80 [uA/cm^2]", "ina.m.alpha: 3.2", "ik.xi: 100"),
    *("ik1.gK1.beta: 594.31", "ik1.gK1.beta: 0.06175"),
}
# A file of Myokit's own package is there wherever the tests run; of others, the record has to be believed.
RENEWABLE = [name for name in NAMES if '"file": "myokit:' in (FOLDER / f"{name}.json").read_text(encoding="utf-8")]


def record(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def refused(found: list[ours.Difference]) -> list[str]:
    return [str(each) for each in found if not each.accepted]


@pytest.mark.parametrize("target", ["numpy", pytest.param("c", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", NAMES)
def test_derivatives(name: str, target: str) -> None:
    found = ours.differences(record(name), target)
    assert found
    assert not refused(found), "\n".join(refused(found))


@pytest.mark.parametrize("name", RENEWABLE)
def test_records_are_what_their_files_give(name: str) -> None:
    written = record(name)
    assert mapping.filled(written, written["file"], {}) == written


@pytest.mark.parametrize("parameter", iondsl.load(EXAMPLE).parameters.names)
def test_a_wrong_seventh_digit_of_a_parameter_is_refused(parameter: str) -> None:
    value = iondsl.load(EXAMPLE).parameters[parameter].value
    assert refused(ours.differences(record(EXAMPLE), parameters={parameter: value * (1 + 1e-7)}))


def test_a_wrong_seventh_digit_of_a_constant_is_refused() -> None:
    model = exact.read(record(EXAMPLE)["file"])
    where = points.states(model)
    before = [exact.derivatives(model, each) for each in where]
    unseen = set()
    for variable, number in constants(model):
        written = variable.rhs()
        wrong = myokit.Number(number.value() * (1 + 1e-7), number.unit())
        variable.set_rhs(written.clone(subst={number: wrong}))
        if not any(map(distinguished, before, (exact.derivatives(model, each) for each in where))):
            unseen.add(f"{variable.qname()}: {number.code()}")
        variable.set_rhs(written)
    assert unseen == UNSEEN


def constants(model: myokit.Model) -> list[tuple[Any, Any]]:
    """Every number other than 0 on a right side, once a variable."""
    return [
        (variable, number)
        for variable in model.variables(deep=True)
        for number in set(variable.rhs().walk(myokit.Number))
        if number.value() != 0
    ]


def distinguished(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return any(
        abs(after[name].value - old.value) > ours.ACCEPTED * max(old.error, mpf("1e-300"))
        for name, old in before.items()
    )
