"""Every pass keeps what a step computes, and does what it is there for."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import sympy
from sympy import Expr

from iondsl import pipeline, reading
from iondsl.analysis.operations import counted
from iondsl.options import Options
from iondsl.passes import live, optimise, passes, stages
from iondsl.schedule import schedule
from iondsl.show.step import operations
from iondsl.step import Routine, Step
from tests.passes.numbers import around_the_start, at_defaults, outputs

PASSES = tuple(passes(Options()))
MODELS = ("hodgkin_huxley_1952", "luo_rudy_1991", "morris_lecar_1981", "ten_tusscher_2006")
CELLS = 100
PERFORMANCE = Path(__file__).parents[2] / "docs" / "performance.md"


@cache
def unoptimised(name: str, scheme: str = "rush_larsen") -> Step:
    return schedule(pipeline.model_of(pipeline.resolve(reading.read(name))), Options(scheme=scheme))


@cache
def after_each(name: str) -> dict[str, Step]:
    return dict(stages(unoptimised(name), Options()))


@cache
def expected(name: str, routine: str) -> list[np.ndarray]:
    return in_extended_precision(unoptimised(name), unoptimised(name), routine)


def in_extended_precision(step: Step, written: Step, routine: str) -> list[np.ndarray]:
    """The outputs at random states: with 64 bits of mantissa, so that what differs is not how sums were rounded."""
    real = np.longdouble
    known = at_defaults(written, real) | around_the_start(written, CELLS, real)
    return [np.broadcast_to(each, CELLS) for each in outputs(getattr(step, routine), known, real)]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("rewrite", PASSES)
@pytest.mark.parametrize("routine", ["initial", "advance", "observe"])
def test_a_pass_changes_no_value(name: str, rewrite: str, routine: str) -> None:
    found = in_extended_precision(after_each(name)[rewrite], unoptimised(name), routine)
    for before, after in zip(expected(name, routine), found, strict=True):
        assert np.isfinite(before).all()
        assert np.abs(after - before).max() <= 1e-13 * np.abs(before).max()


def test_values_that_vary_between_cells_are_the_same() -> None:
    """A parameter that varies takes what follows it to the part of once per cell."""
    options = Options(varied=("T", "I_Na.g", "I_app"))
    step = pipeline.step_of(pipeline.model_of(pipeline.resolve(reading.read("hodgkin_huxley_1952"))), options)
    assert step.advance.own
    found = in_extended_precision(step, unoptimised("hodgkin_huxley_1952"), "advance")
    for before, after in zip(expected("hodgkin_huxley_1952", "advance"), found, strict=True):
        assert np.abs(after - before).max() <= 1e-13 * np.abs(before).max()


@pytest.mark.parametrize("name", MODELS)
def test_what_was_finite_stays_finite(name: str) -> None:
    """One step from any potential between -1/2 and 1/2 V, in doubles."""
    step = unoptimised(name)
    known = at_defaults(step) | around_the_start(step, 2001)
    known[step.states[0]] = np.linspace(-500, 499.9, 2001) + 1 / 64
    before = outputs(step.advance, known)
    for each, after in after_each(name).items():
        for first, second in zip(before, outputs(after.advance, known), strict=True):
            assert np.isfinite(second)[np.isfinite(first)].all(), each


@pytest.mark.parametrize("name", MODELS)
def test_a_potential_beyond_all_proofs_becomes_nan(name: str) -> None:
    """Of a volt or more nothing was proven: no number is made up there, and what comes of it is NaN or right."""
    step = unoptimised(name)
    known = at_defaults(step) | around_the_start(step, 41)
    known[step.states[0]] = np.array([*np.linspace(-9000, -501, 20), *np.linspace(501, 9000, 21)])
    after = outputs(optimised(name).advance, known)
    if optimised(name).assumed is not None:
        assert np.isnan(after[0]).all()
    else:
        np.testing.assert_allclose(after[0], outputs(step.advance, known)[0], rtol=1e-12)


def optimised(name: str, scheme: str = "rush_larsen") -> Step:
    return optimise(unoptimised(name, scheme), Options(scheme=scheme))


def test_what_each_pass_saves() -> None:
    """Of ten Tusscher 2006, as docs/performance.md shows it; no pass leaves more divisions or exponentials, but for
    powers, whose parts are shared behind it."""
    chain = [("as written", unoptimised("ten_tusscher_2006")), *after_each("ten_tusscher_2006").items()]
    told = list(operations(chain))[1:]
    assert "\n".join(told) in PERFORMANCE.read_text(encoding="utf-8")
    weights = {name: weight(step) for name, step in chain}
    names = [name for name in weights if name != "powers"]
    saved = {name: weights[before] - weights[name] for before, name in pairwise(names)}
    # For accuracy; for gates as plain equations, see test_plain.py, and what else this model has none of; for `hoist`;
    # |V|.
    nothing = ("singularities", "mirrored", "plain", "series", "rates", "fractions", "products")
    others = dict.fromkeys(nothing, 0) | {"guards": -15}
    assert {name: saved[name] for name in others} == others
    assert all(number > 0 for name, number in saved.items() if name not in {*others, "exp2"}), saved


def weight(step: Step) -> int:
    """In multiplications, about."""
    found = counted((*(each.value for each in step.advance.body), *step.advance.outputs))
    expensive = 15 * (found.exponentials + found.functions) + 8 * found.divisions
    return expensive + 15 * found.powers + found.multiplications + found.additions


def nodes(routine: Routine) -> list[Expr]:
    roots = [each.value for each in routine.assignments] + list(routine.outputs)
    return [node for root in roots for node in sympy.preorder_traversal(root)]


def test_dead_code_goes() -> None:
    step = unoptimised("hodgkin_huxley_1952")
    kept = {str(each.target) for each in live.rewrite(step).advance.body}
    assert "I_Na.m.tau" in {str(each.target) for each in step.advance.body}
    assert "I_Na.m.tau" not in kept  # Rush-Larsen reads the rates
    assert "I_Na.m.alpha" in kept


def test_what_depends_on_parameters_alone_leaves_the_loop() -> None:
    step = optimised("hodgkin_huxley_1952")
    fixed = {*step.parameters, step.dt, *(each.target for each in step.advance.hoisted)}
    assert any("phi" in str(each.target) for each in step.advance.hoisted)
    for assignment in step.advance.body:
        assert not assignment.value.free_symbols <= fixed


def test_powers_become_products() -> None:
    exponents = [node.exp for node in nodes(optimised("hodgkin_huxley_1952").advance) if node.is_Pow]
    assert set(exponents) == {sympy.S.NegativeOne} | {each for each in exponents if not each.is_Integer}


def test_divisions_by_literals_go() -> None:
    for node in nodes(optimised("hodgkin_huxley_1952").advance):
        assert not (node.is_Pow and node.base.is_Number and node.exp.is_Integer)


def test_nothing_is_computed_twice() -> None:
    step = optimised("luo_rudy_1991", "rk4")
    seen: set[Expr] = set()
    for node in nodes(step.advance):
        if node.args and isinstance(node, Expr) and not (node.is_Mul and node.args[0] == -1):
            assert node not in seen, f"{node} stands twice"
            seen.add(node)


@pytest.mark.parametrize("name", ["hodgkin_huxley_1952", "wang_buzsaki_1996", "luo_rudy_1991"])
def test_singular_quotients_are_gone(name: str) -> None:
    """Every 0/0 of the bundled models is found: at the voltage where a denominator vanishes, all is finite."""
    names = [type(node).__name__ for node in nodes(optimised(name).advance)]
    assert sum(names.count(each) for each in ("exprel", "exprel_of", "bernoulli", "bernoulli_above")) >= 2
