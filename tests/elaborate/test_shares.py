"""What one current, stimulus or flux moves of each ion: exact shares, and the spaces between which it flows."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl.formatter import text
from iondsl.system import Current, Share, System
from tests.elaborate.exact import exact
from tests.elaborate.systems import formula, meaning

IONS = """
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
space ss:
    depth = 1 [um]
ion Na:
    z = +1
ion K:
    z = +1
ion Ca:
    z = +2
    ss = 1 [mM]
ion Cl:
    z = -1
ion Glc:
    z = 0
"""


def current(lines: str, system: System | None = None) -> Current:
    (found,) = (system or meaning(f"{IONS}{lines}")).currents
    return found


def moved(shares: tuple[Share, ...]) -> dict[str, tuple[Fraction | None, Fraction | None]]:
    return {share.ion: (share.part, share.particles) for share in shares}


@pytest.mark.parametrize(
    ("carries", "expected"),
    [
        ("Na", {"Na": (1, 1)}),
        ("Ca", {"Ca": (1, Fraction(1, 2))}),
        ("Cl", {"Cl": (1, -1)}),
        ("3 Na, -2 K", {"Na": (3, 3), "K": (-2, -2)}),
        ("3 Na, -1 Ca", {"Na": (3, 3), "Ca": (-2, -1)}),
        ("-3 Na, +1 Ca", {"Na": (3, 3), "Ca": (-2, -1)}),
        ("2 Na, 1 Glc", {"Na": (1, 1), "Glc": (0, Fraction(1, 2))}),
        ("2 Na, 1 K", {"Na": (Fraction(2, 3), Fraction(2, 3)), "K": (Fraction(1, 3), Fraction(1, 3))}),
        (
            "1 Na, 1 K, 2 Cl, -3 Ca",
            {
                "Na": (Fraction(-1, 6), Fraction(-1, 6)),
                "K": (Fraction(-1, 6), Fraction(-1, 6)),
                "Cl": (Fraction(1, 3), Fraction(-1, 3)),
                "Ca": (1, Fraction(1, 2)),
            },
        ),
    ],
)
def test_numbers_per_cycle(carries: str, expected: dict[str, tuple[Fraction, Fraction]]) -> None:
    """The part of the net current, and particles per elementary charge of it."""
    assert moved(current(f"current I_x carries {carries}:\n    I = 1 [uA/cm^2]\n").carries) == expected


def test_shares_by_their_own_lines() -> None:
    lines = "current I_h carries Na, K:\n    I.Na = 1 [uA/cm^2]\n    I.K = 2 [uA/cm^2]\n    twice = 2 * I.K + I\n"
    system = meaning(f"{IONS}{lines}x = I_h.I.Na\n")
    shares = current("", system).carries
    assert [(each.flow, each.part, each.particles) for each in shares] == [
        ("I_h.I.Na", None, Fraction(1)),
        ("I_h.I.K", None, Fraction(1)),
    ]
    assert text(formula(system, "I_h").written) == "I_h.I.Na + I_h.I.K"
    assert formula(system, "I_h").origin == "sum of its shares"
    assert [float(exact(system, each)) for each in ("I_h", "I_h.twice", "x")] == [3, 7, 1]
    assert ("I_h.I", "I_h") in system.aliases


def test_a_rest_that_is_charge_only() -> None:
    lines = "current I_h carries Na:\n    I.Na = 0.25 * I\n    I = 4 [uA/cm^2]\n"
    system = meaning(IONS + lines)
    assert [float(exact(system, each)) for each in ("I_h", "I_h.I.Na")] == [4, 1]
    assert text(formula(system, "V'").written) == "-I_h / membrane.C"


@pytest.mark.parametrize(
    ("header", "ends"),
    [
        ("carries Ca", ("i", "o")),
        ("carries Ca.ss", ("ss", "o")),
        ("carries Ca from ss to o", ("ss", "o")),
        ("carries Ca from o to ss", ("o", "ss")),
        ("carries Ca.ss from ss to i", ("ss", "i")),
    ],
)
def test_ends(header: str, ends: tuple[str, str]) -> None:
    (share,) = current(f"current I_x {header}:\n    I = 1 [uA/cm^2]\n").carries
    assert (share.start, share.end) == ends


def test_every_current_enters_the_membrane_and_no_flux_does() -> None:
    lines = (
        "current I_x carries Ca from ss to o:\n    I = 1 [uA/cm^2]\n"
        "current I_y carries Na, K:\n    I.Na = 1 [uA/cm^2]\n    I.K = 1 [uA/cm^2]\n"
        "flux J_x carries Ca from ss to i per ss:\n    J = 1 [mM/ms]\n"
    )
    assert text(formula(meaning(IONS + lines), "V'").written) == "-(I_x + I_y) / membrane.C"


def test_pools_know_what_is_booked_on_them() -> None:
    lines = (
        "current I_x carries 3 Na, -1 Ca from ss to o:\n    I = 1 [uA/cm^2]\n"
        "stimulus I_s = 0 [uA/cm^2] carries Ca.ss\n"
        "flux J_x carries 2 Ca from ss to i per ss:\n    J = 1 [mM/ms]\n"
    )
    pools = {(each.ion, each.space): each.booked for each in meaning(IONS + lines).pools}
    assert [(each.flow, each.particles) for each in pools["Ca", "ss"]] == [
        ("I_x", Fraction(1)),
        ("I_s", Fraction(1, 2)),
        ("J_x", Fraction(-2)),
    ]
    assert [(each.flow, each.particles) for each in pools["Ca", "i"]] == [("J_x", Fraction(2))]
    assert [(each.flow, each.particles) for each in pools["Na", "o"]] == [("I_x", Fraction(3))]
    assert ("K", "i") not in pools
