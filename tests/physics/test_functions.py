"""The physical functions against their equations in 50 digits, in both targets, also where accuracy is hard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest

from iondsl.formatter import text
from iondsl.laws import LAWS
from iondsl.units import read_unit
from tests.elaborate.systems import formula, meaning, named
from tests.physics.models import computed, loaded
from tests.targets.kernels import TARGETS

mpmath.mp.dps = 50
R, F, K_B, H = (
    mpmath.mpf(digits) for digits in ("8.31446261815324", "96485.3321233100184", "1.380649e-23", "6.62607015e-34")
)
T = mpmath.mpf("310.15")
HEAD = "model functions:\ntemperature = 37 [degC]\n"


def ghk(P: Any, z: int, i: Any, o: Any, V: Any) -> Any:
    """In P times C/mol times mM, with V in mV."""
    u = z * F * mpmath.mpf(V) / (1000 * R * T)
    if u == 0:
        return P * z * F * (mpmath.mpf(i) - mpmath.mpf(o))
    return P * z * F * u * (i - o * mpmath.exp(-u)) / -mpmath.expm1(-u)


NEAR_ZERO = [0.0, *(sign * 10.0**-k for k in (0, 2, 4, 6, 8, 10, 12, 15, 100, 300) for sign in (1, -1))]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("z", "i", "o"), [(1, 140, 5), (2, 1e-4, 2), (-1, 10, 110)])
def test_ghk_current_is_accurate_around_zero(z: int, i: float, o: float, target: str, tmp_path: Path) -> None:
    line = f"param V = 0 [mV]\nI = ghk_current(1 [cm/s], {z}, {i} [mM], {o} [mM], V)\n"
    voltages = np.array([*NEAR_ZERO, *np.linspace(-150, 150, 61)])
    found = computed(loaded(HEAD + line, tmp_path), ["I"], target, V=voltages)["I"]
    for V, each in zip(voltages, found, strict=True):
        expected = ghk(1, z, i, o, V)
        scale = abs(F * max(i, o))  # near the reversal potential, what leaves is taken from what enters
        assert abs(each - expected) <= 4e-15 * max(abs(expected), scale)


def evaluated(lines: str, folder: Path) -> dict[str, float]:
    """The derived quantities of lines at 37 degC."""
    return {each.name: each.value for each in loaded(HEAD + lines, folder).equations}


def ions(**concentrations: tuple[int, float, float]) -> str:
    """Blocks of ions, each with its z, i and o."""
    return "".join(
        f"ion {name}:\n    z = {z:+d}\n    i = {i} [mM]\n    o = {o} [mM]\n"
        for name, (z, i, o) in concentrations.items()
    )


def test_ghk_current_in_any_scale(tmp_path: Path) -> None:
    lines = (
        "a = ghk_current(1e-6 [cm/s], 2, 100 [nM], 2 [mM], -70 [mV])\n"
        "b = ghk_current(1e-6 [cm/s], 2, 1e-7 [M], 2000 [uM], -0.07 [V])\n"
        "per_farad = ghk_current(1e-6 [cm^3/uF/s], 2, 100 [nM], 2 [mM], -70 [mV])\n"
        "absolute = ghk_current(1e-12 [L/s], 2, 100 [nM], 2 [mM], -70 [mV]) in [pA]\n"
    )
    found = evaluated(lines, tmp_path)
    expected = float(ghk(1, 2, 1e-4, 2, -70))
    assert found["a"] == pytest.approx(1e-6 * expected, rel=1e-14)
    assert found["b"] == pytest.approx(1e-6 * expected, rel=1e-14)
    assert found["per_farad"] == pytest.approx(1e-6 * expected, rel=1e-14)
    assert found["absolute"] == pytest.approx(1e-3 * expected, rel=1e-14)
    system = meaning("temperature = 37 [degC]\n" + lines)
    assert str(named(system, "a").unit) == "uA/cm^2"
    assert named(system, "per_farad").unit == read_unit("A/F")


def test_ghk_current_vanishes_at_the_nernst_potential(tmp_path: Path) -> None:
    membrane = "membrane:\n    state V = nernst(K)\n    V' = 0\n"
    found = evaluated(ions(K=(1, 140, 5)) + membrane + "I = ghk_current(1 [cm/s], K)\n", tmp_path)
    assert abs(found["I"]) < 1e-15 * float(F) * 140


def test_ghk_voltage(tmp_path: Path) -> None:
    """Where the currents of all ions add up to 0, whatever the unit of the permeabilities."""
    lines = ions(K=(1, 140, 5), Na=(1, 12, 145), Cl=(-1, 10, 110)) + (
        "V_relative = ghk_voltage(1, K, 0.04, Na, 0.45, Cl)\n"
        "V_absolute = ghk_voltage(2e-6 [cm/s], K, 8e-8 [cm/s], Na, 9e-7 [cm/s], Cl)\n"
        "alone = ghk_voltage(1, Cl) - nernst(Cl)\n"
    )
    found = evaluated(lines, tmp_path)
    V = found["V_relative"]
    currents = ghk(1, 1, 140, 5, V), ghk(0.04, 1, 12, 145, V), ghk(0.45, -1, 10, 110, V)
    assert abs(sum(currents)) < 1e-12 * max(map(abs, currents))
    assert found["V_absolute"] == pytest.approx(V, rel=1e-15)
    assert abs(found["alone"]) < 1e-13


def test_activity(tmp_path: Path) -> None:
    """log10 of the coefficient is -0.1192 for a valence of 1 in 0.15 M, four times that for 2; 1 without charge."""
    lines = "".join(f"a_{z} = activity(100 [uM], {z}, 150 [mM])\n" for z in (0, 1, 2))
    found = evaluated(lines, tmp_path)
    exponent = 0.509 * (mpmath.sqrt(mpmath.mpf("0.15")) / (1 + mpmath.sqrt(mpmath.mpf("0.15"))) - 0.045)
    for z in (0, 1, 2):
        assert found[f"a_{z}"] == pytest.approx(float(100 * 10 ** (-exponent * z**2)), rel=1e-14)
    assert named(meaning(lines), "a_1").unit == read_unit("uM")


def test_ionic_strength(tmp_path: Path) -> None:
    lines = ions(Na=(1, 150, 140), Cl=(-1, 150, 146), Ca=(2, 0, 3), glucose=(0, 5, 5))
    found = evaluated(f"{lines}inside = ionic_strength(i)\noutside = ionic_strength(space = o)\n", tmp_path)
    assert (found["inside"], found["outside"]) == (150, 149)


def test_ionic_strength_of_neutral_species_is_zero(tmp_path: Path) -> None:
    found = evaluated(ions(glucose=(0, 5, 5)) + "inside = ionic_strength(i)\n", tmp_path)
    assert found["inside"] == 0


DISSOLVED = ions(Na=(1, 10, 140), Ca=(2, 0.5, 3), Cl=(-1, 5, 146), glucose=(0, 4, 5))


def test_charge_and_osmoles_of_a_volume(tmp_path: Path) -> None:
    """In amol, where concentrations are in mM and the volume in µm^3."""
    lines = f"{DISSOLVED}space i:\n    volume = 2 [pL]\nspace o:\n    volume = 30 [um^3]\n"
    found = evaluated(f"{lines}q = charge(i)\nn = osmoles(i)\nn_o = osmoles(o)\n", tmp_path)
    assert found["q"] == pytest.approx(2000 * (10 + 1 - 5), rel=1e-15)
    assert found["n"] == pytest.approx(2000 * (10 + 0.5 + 5 + 4), rel=1e-15)
    assert found["n_o"] == pytest.approx(30 * (140 + 3 + 146 + 5), rel=1e-15)
    assert str(named(meaning(f"{lines}q = charge(i)\n"), "q").unit) == "amol"


def test_charge_and_osmoles_of_a_depth(tmp_path: Path) -> None:
    lines = f"{DISSOLVED}space i:\n    depth = 50 [nm]\n"
    found = evaluated(f"{lines}q = charge(i) in [pmol/cm^2]\nn = osmoles(i)\n", tmp_path)
    assert found["q"] == pytest.approx(6 * 0.05 * 100, rel=1e-15)
    assert found["n"] == pytest.approx(19.5 * 0.05, rel=1e-15)
    assert named(meaning(f"{lines}n = osmoles(i)\n"), "n").unit == read_unit("umol/m^2")


def test_neutral_species_carry_no_charge(tmp_path: Path) -> None:
    lines = f"{ions(glucose=(0, 4, 5))}space i:\n    volume = 2 [pL]\n"
    assert evaluated(f"{lines}q = charge(i)\n", tmp_path)["q"] == 0


def test_in_a_moving_volume_osmoles_are_the_amounts() -> None:
    """So that a volume may depend on what it holds."""
    system = meaning(
        "space i:\n    volume = osmoles(i) / 300 [mM]\n    initial volume = 1 [um^3]\n"
        "ion K:\n    z = +1\n    state i = 140 [mM]\nion Cl:\n    z = -1\n    state i = 140 [mM]\n"
        "balance = charge(i)\n"
    )
    assert text(formula(system, "balance").expanded) == "K.i.amount - Cl.i.amount"
    (volume,) = [each for each in system.quantities if each.name == "i.volume"]
    assert volume.follows is not None
    assert text(volume.follows.expanded) == "(K.i.amount + Cl.i.amount) / 300 [mM]"


@pytest.mark.parametrize("target", TARGETS)
def test_donnan_is_accurate_for_little_and_much_charge(target: str, tmp_path: Path) -> None:
    line = "param x = 1 [mM]\nV = donnan(x, 150 [mM])\n"
    charges = np.array([sign * 10.0**k for k in range(-12, 9) for sign in (1, -1)])
    found = computed(loaded(HEAD + line, tmp_path), ["V"], target, x=charges)["V"]
    expected = [float(1000 * R * T / F * mpmath.asinh(mpmath.mpf(x) / 300)) for x in charges]
    np.testing.assert_allclose(found, expected, rtol=2e-15)


def test_donnan_without_charge(tmp_path: Path) -> None:
    assert evaluated("V = donnan(0 [mM], 150 [mM])\n", tmp_path)["V"] == 0


def test_eyring(tmp_path: Path) -> None:
    found = evaluated("a = eyring(50 [kJ/mol], T)\nb = eyring(50000 [J/mol], 37 [degC])\n", tmp_path)
    expected = float(K_B * T / H * mpmath.exp(-50000 / (R * T)))
    assert found["a"] == pytest.approx(expected, rel=1e-14)
    assert found["b"] == pytest.approx(expected, rel=1e-14)
    assert str(named(meaning("a = eyring(50 [kJ/mol], 310 [K])\n"), "a").unit) == "1/s"


def test_nernst_planck(tmp_path: Path) -> None:
    """Diffusion and drift, each alone and together; units of length are converted."""
    found = evaluated(
        "diffusion = nernst_planck(2e-9 [m^2/s], 1, 100 [mM], -10 [mM/nm], 0 [mV/nm])\n"
        "drift = nernst_planck(2e-5 [cm^2/s], -2, 100 [mM], 0 [mM/nm], 5 [mV/nm])\n"
        "both = nernst_planck(2 [um^2/ms], -2, 0.1 [M], -10 [mol/L/um], 5e6 [V/m])\n",
        tmp_path,
    )
    assert found["diffusion"] == pytest.approx(20, rel=1e-14)
    drift = float(mpmath.mpf("2e-9") * 2 * 100 * 5e6 * F / (R * T))
    assert found["drift"] == pytest.approx(drift, rel=1e-14)
    assert found["both"] == pytest.approx(20 + drift, rel=1e-14)


def test_constants_of_the_file_replace_the_built_in_ones(tmp_path: Path) -> None:
    found = evaluated(
        "param R = 8.314 [J/K/mol]\nparam F = 96.5 [C/mmol]\nV = donnan(-150 [mM], 150 [mM])\n", tmp_path
    )
    assert found["V"] == pytest.approx(8314 * 310.15 / 96500 * np.arcsinh(-0.5), rel=1e-14)


def test_whole_numbers_are_worked_in() -> None:
    """The valence of an ion leaves no `1 *` and no two signs behind."""
    lines = f"temperature = 37 [degC]\n{ions(Cl=(-1, 10, 110))}membrane:\n    state V = 0 [mV]\n    V' = 0\n"
    system = meaning(f"{lines}param P = 1 [cm/s]\nI = ghk_current(P, Cl)\n")
    thermal = "(1000 * (R * T / F))"
    assert text(formula(system, "I").expanded) == (
        f"-P * F * (Cl.i - Cl.o * exp(V / {thermal})) / exprel(V / {thermal})"
    )


def test_a_function_of_the_author_wins(tmp_path: Path) -> None:
    lines = "function donnan(a, b) = a + b\nfunction exp(x) = 7\nx = donnan(1, 2)\ny = eyring(0 [kJ/mol], T)\n"
    found = evaluated(lines, tmp_path)
    assert found["x"] == 3
    assert found["y"] == pytest.approx(float(K_B * T / H), rel=1e-14)  # its own `exp`, not the author's


@pytest.mark.parametrize("name", LAWS)
def test_every_law_states_what_it_is(name: str) -> None:
    law = LAWS[name]
    assert law.doc
    assert law.equation
    assert law.unit
    assert law.source
