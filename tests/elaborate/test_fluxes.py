"""Fluxes: particles between two spaces, in every unit, exactly; the potential does not feel them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl.system import Kind
from tests.elaborate.exact import exact
from tests.elaborate.systems import meaning, named

MODEL = """
membrane:
    area = 100 [um^2]
space i:
    {i}
space sr:
    {sr}
ion Ca:
    z = +2
    state i = 1e-4 [mM]
    state sr = 1 [mM]
flux J_up carries {carries} from i to sr{per}:
    J = {J}
"""

VOLUMES = ("volume = 2000 [um^3]", "volume = 100 [um^3]")
DEPTHS = ("depth = 20 [um]", "depth = 1 [um]")


def model(flux: str, per: str = "", sizes: tuple[str, str] = VOLUMES, carries: str = "Ca") -> str:
    return MODEL.format(J=flux, per=per and f" per {per}", i=sizes[0], sr=sizes[1], carries=carries)


# 2 amol/ms over 2000 um^3, that is 2e-18 mol over 2e-12 L: 1e-6 M, 1e-3 mM each ms.
@pytest.mark.parametrize(
    ("flux", "per"),
    [
        ("2 [amol/ms]", ""),
        ("2e-15 [mol/s]", ""),
        ("0.02 [amol/(um^2 ms)]", ""),
        ("2e-9 [mol/(cm^2 s)]", ""),
        ("1e-3 [mM/ms]", "i"),
        ("1 [uM/ms]", "i"),
        ("0.02 [mM/ms]", "sr"),
        ("20 [mM/s]", "sr"),
    ],
)
@pytest.mark.parametrize("sizes", [VOLUMES, DEPTHS, (VOLUMES[0], DEPTHS[1]), (DEPTHS[0], VOLUMES[1])])
def test_units(flux: str, per: str, sizes: tuple[str, str]) -> None:
    system = meaning(model(flux, per, sizes))
    assert exact(system, "Ca.i'") == Fraction(-1, 1000)
    assert exact(system, "Ca.sr'") == Fraction(1, 50)


def test_particles_are_conserved() -> None:
    system = meaning(model("0.3 [1/ms] * (Ca.sr - Ca.i)", "sr"))
    assert exact(system, "Ca.i'") * 2000 + exact(system, "Ca.sr'") * 100 == 0


def test_numbers() -> None:
    assert exact(meaning(model("2 [amol/ms]", carries="3 Ca")), "Ca.i'") == Fraction(-3, 1000)
    assert exact(meaning(model("2 [amol/ms]", carries="-1 Ca")), "Ca.i'") == Fraction(1, 1000)


def test_one_of_each_without_numbers() -> None:
    lines = "ion Cl:\n    z = -1\n    state sr = 10 [mM]\n"
    system = meaning(lines + model("2 [amol/ms]", carries="Ca, Cl"))
    assert exact(system, "Cl.sr'") == exact(system, "Ca.sr'") == Fraction(1, 50)


def test_one_end_may_be_missing() -> None:
    lines = model("1e-3 [mM/ms]", "i").replace("    state sr = 1 [mM]\n", "")
    assert exact(meaning(lines), "Ca.i'") == Fraction(-1, 1000)


def test_per_its_own_space_needs_no_other_size() -> None:
    lines = model("1e-3 [mM/ms]", "i", ("volume = 2000 [um^3]", "")).replace("    state sr = 1 [mM]\n", "")
    assert exact(meaning(lines.replace("membrane:\n    area = 100 [um^2]\n", "")), "Ca.i'") == Fraction(-1, 1000)


def test_a_flux_is_a_number() -> None:
    system = meaning(f"{model('2 [amol/ms]')}x = 3 * J_up + J_up.J\n")
    assert exact(system, "x") == 8
    assert ("J_up.J", "J_up") in system.aliases
    assert named(system, "J_up").kind is Kind.EQUATION


def test_record() -> None:
    (flux,) = meaning(model("1 [mM/ms]", "sr")).fluxes
    assert (flux.name, flux.ends, flux.per, flux.members) == ("J_up", ("i", "sr"), "sr", ("J_up",))
    assert [(each.ion, each.flow, each.particles) for each in flux.carries] == [("Ca", "J_up", Fraction(1))]


def test_a_flux_that_carries_nothing_is_a_number() -> None:
    system = meaning("flux J_x:\n    param k = 2\n    gate m:\n        inf = 0.5\n    J = k * 3\n")
    (flux,) = system.fluxes
    assert (flux.carries, flux.ends, flux.per) == ((), None, None)
    assert exact(system, "J_x") == 6
