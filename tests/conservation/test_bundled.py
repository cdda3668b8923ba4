"""The laws of the bundled models: they are there, they are proven, and any other law in their place is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from iondsl import pipeline, reading, resources
from iondsl.checks import conserved
from iondsl.conservation import Verdict, proofs
from iondsl.formatter import text
from iondsl.syntax import Binary, Expression, Name, Number, Unary
from iondsl.system import Formula, Quantity, System
from iondsl.traversal import rewrite, walk

# Every bundled model whose concentrations follow what is booked on them, and what it accounts for.
LAWS = {
    "beeler_reuter_1977": {"calcium"},
    "calcium_pump": {"pumps", "calcium"},
    "courtemanche_1998": {"sodium", "potassium", "calcium", "Q"},
    "cressman_2009": {"Na_total", "K_total"},
    "difrancesco_noble_1985": {"sodium", "potassium", "calcium", "Q"},
    "fabbri_2017": {"calcium"},
    "hubel_dahlem_2014": {"K_total", "B_total", "Na_total", "Cl_total", "Q"},
    "kay_2017": {"X_total", "Na_total", "K_total", "Cl_total", "Q"},
    "ohara_rudy_2011": {"sodium", "potassium", "calcium", "Q"},
    "ohara_rudy_land_2017": {"sodium", "potassium", "calcium", "Q"},
    "ten_tusscher_2006": {"sodium", "potassium", "calcium", "Q"},
    "tor_ord_2019": {"sodium", "potassium", "chloride", "calcium", "Q"},
}

# Concentrations whose equation its author writes: nothing is booked on them.
WRITTEN = ("beeler_reuter_1977",)

# The anions of this cell are conserved by themselves, so any share of their charge may be counted.
STILL_TRUE = {"kay_2017": [f"Q: {what} X.i.amount" for what in ("without", "sign of", "three times")]}


@cache
def system(name: str) -> System:
    return pipeline.resolve(reading.read(name))


@pytest.mark.parametrize("name", resources.bundled_models())
def test_models_with_moving_concentrations_state_their_laws(name: str) -> None:
    moving = any(quantity.is_booked for quantity in system(name).quantities)
    assert set(system(name).conserved) == LAWS.get(name, set())
    assert moving == (name in LAWS and name not in WRITTEN)


@pytest.mark.parametrize("name", LAWS)
def test_they_are_proven_and_take_no_time(name: str) -> None:
    known = system(name)
    start = time.process_time()
    found = list(proofs(known))
    assert {proof.verdict for proof in found} == {Verdict.PROVEN}
    assert time.process_time() - start < 1


def mutants(side: Expression) -> Iterator[tuple[str, Expression]]:
    """The expression with a term left out, a sign changed, a factor left out, a quantity or number multiplied."""
    for node in walk(side):
        if isinstance(node, Binary) and node.operator in "+-":
            yield f"without {text(node.right)}", put(side, node, node.left)
            yield f"without {text(node.left)}", put(side, node, node.right)
            turned = replace(node, operator="-" if node.operator == "+" else "+")
            yield f"sign of {text(node.right)}", put(side, node, turned)
        elif isinstance(node, Binary):
            yield f"{text(node)} without its last factor", put(side, node, node.left)
        elif isinstance(node, Name | Number):
            yield f"three times {text(node)}", put(side, node, times_three(node))
        elif isinstance(node, Unary):
            yield f"sign of {text(node)}", put(side, node, node.operand)


def times_three(node: Expression) -> Expression:
    return Binary("*", Number("3", None, node.span), node, node.span)


def put(side: Expression, old: Expression, new: Expression) -> Expression:
    return rewrite(side, lambda each: new if each is old else each)


def mutated(name: str) -> Iterator[tuple[str, System]]:
    for law in system(name).laws:
        assert law.value is not None
        operators = {node.operator for node in walk(law.value.expanded) if isinstance(node, Binary)}
        is_scaled = law.rate is None and operators.isdisjoint("+-")
        for what, value in mutants(law.value.expanded):
            if not (is_scaled and what.startswith("three")):
                yield f"{law.name}: {what}", in_place(name, replace(law, value=formula(law.value, value)))
        for what, rate in mutants(law.rate.expanded) if law.rate is not None else ():
            yield f"{law.name}': {what}", in_place(name, replace(law, rate=formula(law.rate, rate)))


def formula(old: Formula | None, expanded: Expression) -> Formula:
    assert old is not None
    return replace(old, expanded=expanded)


def in_place(name: str, law: Quantity) -> System:
    others = system(name).quantities
    quantities = tuple(law if each.name == law.name else each for each in others)
    return replace(system(name), quantities=quantities, conserved=(law.name,))


LARGE = ("courtemanche_1998", "ohara_rudy_2011", "ohara_rudy_land_2017", "ten_tusscher_2006", "tor_ord_2019")
LONG = dict.fromkeys(LARGE, pytest.mark.slow)


@pytest.mark.parametrize("name", [pytest.param(each, marks=LONG.get(each, ())) for each in LAWS])
def test_no_mutant_of_a_law_is_proven(name: str) -> None:
    found = [(what, next(proofs(mutant)).verdict) for what, mutant in mutated(name)]
    assert len(found) > 8
    assert not [what for what, verdict in found if verdict is Verdict.UNDECIDED]
    assert [what for what, verdict in found if verdict is Verdict.PROVEN] == STILL_TRUE.get(name, [])


def test_a_flux_without_one_of_its_currents_names_this_current_at_once() -> None:
    """With calcium in four spaces, three of them with rapid buffers."""
    mutant = dict(mutated("tor_ord_2019"))["calcium': without I_pCa"]
    start = time.process_time()
    (found,) = conserved.check(mutant)
    assert time.process_time() - start < 2
    assert found.code == "E360"
    assert found.message.endswith("residual: -1/2 * I_pCa * membrane.C * membrane.area / F")


@pytest.mark.parametrize("law", ["without Ca.i", "without buffers.subspace.bound"])
def test_a_long_residual_is_told_in_a_few_terms(law: str) -> None:
    (found,) = conserved.check(dict(mutated("tor_ord_2019"))[f"calcium: {law}"])
    assert len(found.message) < 300
    assert "more)" in found.message
