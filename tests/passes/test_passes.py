"""Every pass keeps what a step computes, and does what it is there for."""

from __future__ import annotations

from types import ModuleType

import pytest
import sympy
from sympy import Expr

from iondsl import pipeline, reading
from iondsl.options import Options
from iondsl.passes import fold, hoist, live, powers, repeated, singularities
from iondsl.schedule import schedule
from iondsl.step import Routine, Step

PASSES = (live, singularities, fold, hoist, powers, repeated)
MODELS = ("hodgkin_huxley_1952", "luo_rudy_1991", "morris_lecar_1981")


def unoptimised(name: str, scheme: str = "rush_larsen") -> Step:
    return schedule(pipeline.model_of(pipeline.resolve(reading.read(name))), Options(scheme=scheme))


def values(step: Step, routine: Routine) -> list[Expr]:
    """The outputs in 30 digits, at a state where nothing is singular."""
    known = {symbol: sympy.Float(f"-3{index}.25", 30) for index, symbol in enumerate(step.states[:1])}
    known |= {symbol: sympy.Float(f"0.{index + 2}", 30) for index, symbol in enumerate(step.states[1:])}
    known |= {symbol: sympy.Float(value, 30) for symbol, value in zip(step.parameters, step.defaults, strict=True)}
    known |= {sample.symbol: sympy.Float("1.5", 30) for sample in step.samples}
    known |= {step.time: sympy.Float("0.25", 30), step.dt: sympy.Float("0.01", 30)}
    for assignment in routine.assignments:
        known[assignment.target] = number(assignment.value, known)
    return [number(output, known) for output in routine.outputs]


def number(expression: Expr, known: dict[Expr, Expr]) -> Expr:
    own = {"exprel": lambda x: (sympy.exp(x) - 1) / x}
    plain = expression.replace(lambda node: type(node).__name__ in own, lambda node: own["exprel"](*node.args))
    return sympy.sympify(plain.xreplace(known)).evalf(30)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("rewrite", PASSES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_pass_changes_no_value(name: str, rewrite: ModuleType) -> None:
    before = unoptimised(name)
    for earlier in PASSES[: PASSES.index(rewrite)]:
        before = earlier.rewrite(before)
    after = rewrite.rewrite(before)
    for routine in ("initial", "advance", "observe"):
        expected = values(before, getattr(before, routine))
        found = values(after, getattr(after, routine))
        for left, right in zip(expected, found, strict=True):
            assert abs(left - right) <= 1e-13 * max(1, abs(left))


def optimised(name: str, scheme: str = "rush_larsen") -> Step:
    step = unoptimised(name, scheme)
    for each in PASSES:
        step = each.rewrite(step)
    return step


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
    assert names.count("exprel") >= {"hodgkin_huxley_1952": 2, "wang_buzsaki_1996": 2, "luo_rudy_1991": 2}[name]
