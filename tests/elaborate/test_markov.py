"""Markov schemes as quantities: their names, units, equations, and where their names are known."""

from __future__ import annotations

import pytest

import iondsl
from iondsl import pipeline
from iondsl.formatter import text
from iondsl.source import Source
from iondsl.system import Kind
from tests.elaborate.systems import formula, meaning, named, of_kind, units, valid, value

CHAIN = "markov k:\n    states C, O = 0.25, I = 0.75\n    C <-> O : 2, 3\n    O -> I : 0.5"


def written(lines: str, name: str) -> str:
    return text(formula(meaning(lines), name).written)


def test_states_in_the_order_of_declaration_and_rates_as_quantities() -> None:
    system = meaning(CHAIN)
    assert [state.name for state in system.states] == ["k.C", "k.O", "k.I"]
    assert of_kind(system, Kind.EQUATION) == ["k.C->O", "k.O->C", "k.O->I"]
    assert set(units(system).values()) == {"1", "1/ms"}


def test_equations_are_what_comes_in_less_what_goes_out() -> None:
    assert written(CHAIN, "k.C'") == "k.O->C * k.O - k.C->O * k.C"
    assert written(CHAIN, "k.O'") == "k.C->O * k.C - k.O->C * k.O - k.O->I * k.O"
    assert written(CHAIN, "k.I'") == "k.O->I * k.O"
    assert formula(meaning(CHAIN), "k.I'").origin == "Markov scheme"


def test_initial_values() -> None:
    system = meaning(CHAIN)
    assert [text(formula(system, f"k.{state}").written) for state in "COI"] == ["0", "0.25", "0.75"]
    steady = meaning("markov k:\n    states C, O\n    C <-> O : 2, 3")
    assert named(steady, "k.C").value is None


def test_one_state_eliminated() -> None:
    system = meaning(f"{CHAIN}\n    eliminate C")
    assert [state.name for state in system.states] == ["k.O", "k.I"]
    assert text(formula(system, "k.C").written) == "1 - (k.O + k.I)"
    assert system.networks[0].eliminated == "k.C"
    assert system.networks[0].species == ("k.C", "k.O", "k.I")


@pytest.mark.parametrize(("rate", "expected"), [("200 [1/s]", 0.2), ("k1", 0.003), ("2 * k1", 0.006), ("7", 7.0)])
def test_rates_are_converted(rate: str, expected: float) -> None:
    system = meaning(f"param k1 = 3 [1/s]\nmarkov k:\n    states C, O = 1\n    C -> O : {rate}")
    assert value(system, "k.C->O") == pytest.approx(expected)
    assert units(system)["k.C->O"] == "1/ms"


def test_members_that_are_rates_are_per_time() -> None:
    found = units(
        meaning(
            "state V = 1\nV' = 0\nmarkov k:\n    states C, O = 1\n    C <-> O : 2 * a, b\n    C -> O : c * a / 2\n"
            "    a = 0.1 * exp(V)\n    b = 2\n    c = V + 1"
        )
    )
    assert (found["k.a"], found["k.b"], found["k.c"]) == ("1/ms", "1/ms", "1")


def test_the_second_line_between_two_states() -> None:
    system = meaning("markov k:\n    states C, O\n    C <-> O : 1, 2\n    O <-> C : 6, 3\n    C -> O : 5")
    expected = {"C->O": 1, "O->C": 2, "O->C:2": 6, "C->O:2": 3, "C->O:3": 5}
    assert {name: value(system, f"k.{name}") for name in expected} == expected


@pytest.mark.parametrize(
    ("lines", "name", "expected"),
    [
        ("C <-> O : 2, 3\n    O <-> I : 5, 7\n    I <-> C : 11, balance", "C->I", 11 * 2 * 5 / (3 * 7)),
        ("C <-> O : 2, 3\n    I <-> O : 5, 7\n    I <-> C : 11, balance", "C->I", 11 * 2 * 7 / (3 * 5)),
        ("C <-> O : 2, 3\n    O <-> C : 5, balance\n    I <-> C : 1, 1", "C->O:2", 5 * 2 / 3),
    ],
)
def test_balance(lines: str, name: str, expected: float) -> None:
    """Round the loop the products are equal."""
    system = meaning(f"markov k:\n    states C, O, I\n    {lines}")
    assert value(system, f"k.{name}") == pytest.approx(expected, rel=1e-15)


def test_balance_is_a_name_elsewhere() -> None:
    system = meaning("param balance = 2 [1/ms]\nmarkov k:\n    states C, O = 1\n    C -> O : 3 * balance")
    assert value(system, "k.C->O") == 6


def test_two_loops_that_share_a_line() -> None:
    """Each closes along written lines, whatever the other does."""
    lines = ("A <-> B : 2, 3", "B <-> C : 5, 7", "C <-> A : 1, balance", "C <-> D : 1, 13", "D <-> B : 1, balance")
    system = meaning("\n    ".join(["markov k:", "states A, B, C, D", *lines]))
    assert value(system, "k.A->C") == pytest.approx(1 * 2 * 5 / (3 * 7))
    assert value(system, "k.B->D") == pytest.approx(1 * 5 * 1 / (7 * 13))


def test_records() -> None:
    system = valid("markov")
    gating, blocked, nuclei, _ = system.networks
    assert (gating.name, gating.keyword, gating.doc) == ("I_Na.gating", "markov", "sodium channel")
    assert [each.balanced for each in gating.transitions] == [False, False, True, False]
    assert [each.backward for each in nuclei.transitions] == [None, None]
    assert blocked.transitions[-1].forward == "blocked.B->O:2"


def test_a_scheme_is_a_namespace_and_no_number() -> None:
    system = meaning("part p:\n    markov k:\n        states C, O\n        C <-> O : 1, 2\n    open = k.O\ny = p.k.C")
    assert text(formula(system, "p.open").written) == "p.k.O"
    assert text(formula(system, "y").written) == "p.k.C"


def test_in_a_compartment() -> None:
    """Its rates read the potential of its own cell."""
    cell = "compartment {}:\n    membrane:\n        state V = {} [mV]\n        C = 1 [uF/cm^2]\n"
    scheme = "    markov k:\n        states C, O\n        C <-> O : a, 1\n        a = 3 * exp(V / 20 [mV])\n"
    system = meaning(cell.format("soma", -20) + scheme + cell.format("dend", -40) + scheme)
    assert [network.name for network in system.networks] == ["soma.k", "dend.k"]
    assert text(formula(system, "dend.k.a").written) == "3 * exp(dend.V / 20 [mV])"


def test_what_initial_says_of_a_steady_state() -> None:
    model = iondsl.Model(
        Source("x.ion", "model x:\nmarkov k:\n    states C, O\n    C <-> O : 3, 1\ny = 2 * initial(k.O)")
    )
    assert model.equations["y"].value == pytest.approx(1.5, rel=1e-15)


@pytest.mark.parametrize(
    ("states", "lines", "message"),
    [
        (201, [f"S{n} <-> S{n + 1} : 1, 1" for n in range(200)], "more than 200 states in one Markov scheme"),
        (150, [f"S0 <-> S{n} : 1, 1" for n in range(1, 150)], "more than 100 lines lead to or from `S0`"),
    ],
)
def test_limits(states: int, lines: list[str], message: str) -> None:
    names = ", ".join(f"S{n}" for n in range(states))
    source = "\n    ".join(["model x:\nmarkov k:", f"states {names}", *lines, "eliminate S1"])
    (finding,) = pipeline.examine(Source("x.ion", source))[1]
    assert (finding.code, finding.message) == ("E112", message)
