"""The exact evaluator: its values, the bound of what doubles lose, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import myokit
import myokit.formats
import pytest
from mpmath import mp, mpf

from tests.parity import exact, points
from tests.parity.rounding import DIGITS, Rounded, UndefinedError

FORMULAS = (
    "0.32 * (x + 47.13) / (1 - exp(-0.1 * (x + 47.13)))",
    "1 / (1 + exp(-(x + 40) / 0.24)) - 1",
    "log(140.3 / (10.1 + x^2)) * 26.7",
    "(1 + x)^3 - x^3 - 3 * x^2 - 3 * x - 1",
    "sqrt(abs(x)) * sin(x) - cos(x) * atan(x / 3) + log10(x^2 + 0.1)",
    "asin(x / 100) + acos(x / 91) * log(x^2 + 1.1, 3.3)",
    "ceil(x) - floor(x * 0.7) + 7.3 // 2.1 + x % 3.7",
    "piecewise(x > 3 or x == 2, x / 7, (not (x <= 1)) and x != 2, x * 0.1, if(x >= -40, tan(0.1 * x), -x))",
)


def model(formula: str, x: str) -> Any:
    return myokit.parse_model(f"[[model]]\n[a]\ny = {formula}\nx = {x}\nt = 0 bind time\n")


def computed(model: Any) -> Rounded:
    with mp.workdps(DIGITS):
        return exact.evaluation(model, {}).variable(model.get("a.y"))


@pytest.mark.parametrize("formula", FORMULAS)
def test_doubles_end_within_the_bound_and_not_far_from_it(formula: str) -> None:
    """Python's own arithmetic, as Myokit does it, at 60 places."""
    random, used = Random(formula), []
    for _ in range(60):
        there = model(formula, f"{random.uniform(-90, 40):.7g}")
        number, found = computed(there), mpf(there.get("a.y").eval())
        used.append(abs(found - number.value) / number.error if number.error else mpf(0))
    assert 0.05 < max(used) <= 1


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("0.1 + 0.2", "0.3"),  # decimals, not doubles
        ("-7.5 // 2", "-4"),  # the quotient of Python: rounded down
        ("-7.5 % 2", "0.5"),
        ("log(8, 2)", "3"),
        ("0^0 + 0^1.5", "1"),
        ("exp(1) / exp(1 + x)", "1"),
        ("1 / (1 + 9.1 / x) + 1 / x^(-2) + exp(log(x))", "0"),  # what doubles make of infinity
        ("if(x == 0 and (not (x < 0)), 1, 0 / 0)", "1"),  # what is not chosen is not computed
    ],
)
def test_values(formula: str, value: str) -> None:
    with mp.workdps(DIGITS):
        assert abs(computed(model(formula, "0")).value - mpf(value)) < mpf(10) ** (2 - DIGITS)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("1 + x / (x * 2)", "0/0 in a.y"),
        ("1 / x - 1 / x", "not a number in a.y"),
        ("log(x - 1)", "not a real number in a.y"),
        ("sqrt(x - 1)", "not a real number in a.y"),
        ("if(3 * (0.1 + x) - 0.3 + 1e-20 > 0, 1, 2)", "rounding decides a condition in a.y"),
        ("floor(10 * (0.1 + x) - 1e-20)", "rounding decides on a whole number in a.y"),
    ],
)
def test_what_has_no_value_is_named(formula: str, message: str) -> None:
    with pytest.raises(UndefinedError) as raised:
        computed(model(formula, "0"))
    assert str(raised.value) == message


@pytest.mark.parametrize("version", ["1.0", "1.1", "2.0"])
def test_formats_agree(version: str, tmp_path: Path) -> None:
    """Myokit's export of a model to CellML is that model, to the last digit; what it binds to pacing stays as it is."""
    model = exact.read("myokit:tests/data/lr-1991.mmt")
    myokit.formats.exporter("cellml").model(tmp_path / "model.cellml", model, version=version)
    assert flow(exact.read(tmp_path / "model.cellml")) == flow(model, pace="1")


def flow(model: Any, pace: str = "0") -> dict[str, str]:
    """By names without components, which the export changes."""
    found = exact.derivatives(model, exact.initial_state(model), pace=pace)
    return {state.rpartition(".")[2]: exact.digits(rate.value) for state, rate in found.items()}


def test_points_are_the_same_every_time() -> None:
    beeler = exact.read("myokit:tests/data/beeler-1977-model.mmt")
    first, *others = points.states(beeler)
    assert first == exact.initial_state(beeler)
    assert others == points.states(beeler)[1:]
    assert len({each["membrane.V"] for each in others}) == 5
    assert all(0 <= float(each["ina.h"]) <= 1 for each in others)
