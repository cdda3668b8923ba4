"""Reactions: mass action in exact numbers, between spaces, units and signs; what is booked, and the records."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl import pipeline
from iondsl.formatter import text
from iondsl.source import Source
from iondsl.system import Booked, Kind
from tests.elaborate.exact import exact
from tests.elaborate.systems import formula, meaning, named, valid

STATES = {"A": 3, "B": 5, "C": 7}


def plain(lines: str, *others: str) -> str:
    """A reaction of those of A, B and C that it names."""
    named = [f"state {name} = {start} [mM]\n" for name, start in STATES.items() if name in lines or name in others]
    return f"{''.join(named)}reaction r:\n    {lines}\n"


# At A = 3, B = 5, C = 7.
@pytest.mark.parametrize(
    ("line", "rate", "gained"),
    [
        ("A + B <-> C : 2, 11", 2 * 3 * 5 - 11 * 7, (-1, -1, 1)),
        ("A + B -> C : 2", 2 * 3 * 5, (-1, -1, 1)),
        ("2 A + 3 B <-> C : 2, 11", 2 * 9 * 125 - 77, (-2, -3, 1)),
        ("A + A -> B : 2", 2 * 9, (-2, 1, 0)),
        ("A + B -> 2 B : 2", 2 * 3 * 5, (-1, 1, 0)),  # B makes more of itself
        ("A + C -> B + C : 2", 2 * 3 * 7, (-1, 1, 0)),  # C is not used up
        ("-> A : 2", 2, (1, 0, 0)),
        ("A -> : 2", 6, (-1, 0, 0)),
        ("A + B -> C : 2 [1/uM/s]", 2 * 3 * 5, (-1, -1, 1)),
        ("A -> C : 3 [1/s]", Fraction(9, 1000), (-1, 0, 1)),
    ],
)
def test_mass_action(line: str, rate: int, gained: tuple[int, int, int]) -> None:
    system = meaning(plain(line))
    assert exact(system, "r.rate") == rate
    changes = dict(zip(STATES, gained, strict=True))
    assert {each.name: exact(system, f"{each.name}'") for each in system.states} == {
        each.name: changes[each.name] * rate for each in system.states
    }


def test_states_that_no_reaction_names_still_need_an_equation() -> None:
    system = meaning(plain("A + B -> : 2", "C") + "C' = 1 [mM/ms]\n")
    assert exact(system, "C'") == 1


def test_lines_add_up() -> None:
    system = meaning(plain("A -> B : 2\n    B -> C : 3\n    2 B -> A : 1"))
    assert [exact(system, name) for name in ("r.rate", "r.rate_2", "r.rate_3")] == [6, 15, 25]
    assert [exact(system, f"{name}'") for name in "ABC"] == [-6 + 25, 6 - 15 - 50, 15]


SPACES = """
membrane:
    area = 100 [um^2]
space i:
    {i}
space o:
    {o}
ion Ca:
    z = +2
    state i = 2 [uM]
    state o = 3 [mM]
state E = 5 [mM]
state EC = 0 [mM]
reaction r in {space}:
    Ca.i + E -> EC : 7 [1/mM/ms]
    EC + Ca.o -> E + 2 Ca.i : 0.5 [1/mM/ms]
    Ca.o -> : 1
"""
VOLUMES = ("volume = 2000 [um^3]", "volume = 500 [um^3]")
DEPTHS = ("depth = 20 [um]", "depth = 5 [um]")


# In i the first line makes 7 * 2e-3 * 5 = 0.07 mM/ms, the second nothing, the third 3 mM/ms.
@pytest.mark.parametrize("sizes", [VOLUMES, DEPTHS, (VOLUMES[0], DEPTHS[1]), (DEPTHS[0], VOLUMES[1])])
@pytest.mark.parametrize(("space", "to_i", "to_o"), [("i", 1, 4), ("o", Fraction(1, 4), 1)])
def test_between_spaces(sizes: tuple[str, str], space: str, to_i: Fraction, to_o: Fraction) -> None:
    system = meaning(SPACES.format(i=sizes[0], o=sizes[1], space=space))
    assert exact(system, "Ca.i'") == Fraction(-70) * to_i  # in uM/ms
    assert exact(system, "Ca.o'") == -3 * to_o
    assert exact(system, "EC'") == Fraction(7, 100)


def test_what_is_booked() -> None:
    system = meaning(SPACES.format(i=VOLUMES[0], o=VOLUMES[1], space="i"))
    booked = {(pool.ion, pool.space): pool.booked for pool in system.pools}
    first, second, third = "r.rate", "r.rate_2", "r.rate_3"
    assert booked["Ca", "i"] == (Booked(first, Fraction(-1)), Booked(second, Fraction(2)))
    assert booked["Ca", "o"] == (Booked(second, Fraction(-1)), Booked(third, Fraction(-1)))


def test_record() -> None:
    (network,) = meaning(SPACES.format(i=VOLUMES[0], o=VOLUMES[1], space="o")).networks
    assert (network.name, network.keyword, network.space) == ("r", "reaction", "o")
    assert network.species == ("Ca.i", "Ca.o", "E", "EC")
    first, second, third = network.transitions
    assert (first.forward, first.backward, first.rate) == ("r.forward", None, "r.rate")
    assert [(each.quantity, each.count) for each in second.right] == [("E", 1), ("Ca.i", 2)]
    assert third.right == ()
    scales = {each.quantity: each.scale for each in (*second.left, *second.right)}
    millimolar = "1e-3 * 1 [mM/s]"  # the rate is in uM/ms, as `Ca.i` comes first
    assert {name: scale and text(scale) for name, scale in scales.items()} == {
        **dict.fromkeys(("EC", "Ca.o", "E"), millimolar),
        "Ca.i": "1 [mM/s] * o.volume / i.volume",
    }


def test_a_bath_is_read_and_not_moved() -> None:
    lines = "ion Ca:\n    z = +2\n    o = 2 [mM]\nstate C = 1 [mM]\nreaction r:\n    Ca.o <-> C : 3, 4\n"
    system = meaning(lines)
    assert exact(system, "C'") == 2
    assert named(system, "Ca.o").kind is Kind.PARAMETER
    assert system.networks[0].species == ("C",)
    assert system.pools == ()


def test_a_written_balance_reads_it() -> None:
    lines = SPACES.format(i=VOLUMES[0], o=VOLUMES[1], space="i").replace(
        "    state o = 3 [mM]\n", "    state o = 3 [mM]\n    o' = influx(Ca.o) / 2\n"
    )
    assert exact(meaning(lines), "Ca.o'") == -6


def test_reactions_and_currents_add_up() -> None:
    current = "    state V = 0 [mV]\n    C = 1 [uF/cm^2]\ncurrent I_Ca carries Ca:\n    I = 1 [uA/cm^2]\n"
    area = "    area = 100 [um^2]\n"
    system = meaning(SPACES.format(i=VOLUMES[0], o=VOLUMES[1], space="i").replace(area, area + current))
    assert "r.rate" in text(formula(system, "Ca.i.influx").expanded)
    assert "I_Ca" in text(formula(system, "Ca.i.influx").expanded)


def test_names_in_rates_are_looked_up_from_the_reaction() -> None:
    lines = "part p:\n    param k = 2 [1/ms]\n    state A = 3 [mM]\n"
    reaction = "    reaction r:\n        param q = 5\n        A -> : k * q\n"
    assert exact(meaning(lines + reaction), "p.A'") == -30


def test_a_catalyst_alone_does_not_change() -> None:
    assert exact(meaning("state E = 1 [mM]\nstate A = 1 [mM]\nreaction r:\n    E + A -> E : 2\n"), "E'") == 0


def test_units_of_constants() -> None:
    system = valid("reactions")
    assert str(named(system, "binding.forward").unit) == "1/(mM ms)"
    assert str(named(system, "binding.forward_3").unit) == "mM/ms"
    assert str(named(system, "enzyme.catalysis.rate").unit) == "mM/ms"


def test_pure_numbers_react_as_well() -> None:
    system = meaning("state X = 2\nstate Y = 3\nreaction r:\n    2 X + Y -> 3 X : 5 [1/ms]\n")
    assert exact(system, "X'") == 60


def test_a_model_has_at_most_200_lines_of_reactions() -> None:
    lines = "".join("    A <-> B : 1, 2\n" for _ in range(250))
    source = Source("many.ion", f"model many:\nstate A = 1 [mM]\nstate B = 1 [mM]\nreaction r:\n{lines}")
    _, findings = pipeline.examine(source)
    assert [(each.code, each.message, each.span.line) for each in findings if each.span is not None] == [
        ("E112", "more than 200 lines of reactions", 205),
    ]


NAMESAKE = """
space o:
    volume = 2 [pL]
ion K:
    z = +1
    E = -80 [mV]
    state o = 4 [mM]
compartment c:
    membrane:
        state V = 0 [mV]
        C = 1 [uF/cm^2]
        area = 100 [um^2]
    space i:
        volume = 1 [pL]
    state K = 1 [mM]
    reaction r:
        K -> : 1
    current I_K carries K:
        I = 1 [uA/cm^2]
    double = 2 * K.E
"""


def test_a_state_hides_no_ion_of_its_name() -> None:
    system, findings = pipeline.examine(Source("cell.ion", f"model cell:\n{NAMESAKE}"))
    assert [finding.code for finding in findings] == ["W306", "W201"]
    assert {pool.quantity: pool.booked for pool in system.pools}["K.o"] == (Booked("c.I_K", Fraction(1)),)
    assert exact(system, "c.double") == -160
