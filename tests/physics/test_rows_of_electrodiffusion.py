"""Rows 10 to 12 of docs/physics.md: fluxes and currents in a field, in numbers and as theorems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Symbol, exp, log, simplify

import iondsl
from iondsl.algebra import exprel
from tests.physics.page import example
from tests.targets.kernels import TARGETS, needs_compiler

# The constants as symbols, and the potential of Nernst for the ion of row 10.
SYMBOLS = "param R = 8.314 [J/(mol K)]\nparam F = 96485 [C/mol]\n"
NERNST = "param c_i = 140 [mM]\nparam c_o = 5 [mM]\nE = nernst(z, c_i, c_o)\n"

R, T, F, D, z, c_i, c_o, V, x, L = sympy.symbols("R T F D z c_i c_o V x L", positive=True)


def symbolic(model: iondsl.Model, name: str, **names: Any) -> Any:
    """An equation of the model with exact numbers; its symbols replaced by those above, or as `names` says."""
    found = sympy.nsimplify(model.equations[name].expr, rational=True)
    found = found.replace(exprel, lambda u: (exp(u) - 1) / u)
    known = {each.name: each for each in (R, T, F, D, z, c_i, c_o, V)} | names
    return found.subs({each: known[each.name.replace(".", "_")] for each in found.free_symbols})


def flux(model: iondsl.Model, c: Any, dc_dx: Any, dphi_dx: Any) -> Any:
    """Row 10's J in mol/(m^2 s), with lengths in nm, concentrations in mM, potentials in mV."""
    return symbolic(model, "J", c=c, dc_dx=dc_dx, dphi_dx=dphi_dx)


def constant_field_flux(model: iondsl.Model) -> Any:
    """J through a membrane of thickness L with c_i at x = 0 and c_o at L, where the potential falls by V."""
    c, J = sympy.Function("c"), Symbol("J", real=True)
    law = sympy.Eq(flux(model, c(x), c(x).diff(x), -V / L), J)
    profile = sympy.dsolve(law, c(x), ics={c(0): c_i}).rhs
    (found,) = sympy.solve(sympy.Eq(profile.subs(x, L), c_o), J)
    return found


def test_row_10_diffusion(tmp_path: Path) -> None:
    assert float(example(10, tmp_path).evaluate("J")) == pytest.approx(66.15, rel=1e-12)


def test_row_10_no_flux_is_the_potential_of_nernst(tmp_path: Path) -> None:
    """J = 0 means that log c falls with the potential everywhere, so that its ends are those of Nernst; and back."""
    model = example(10, tmp_path, behind=SYMBOLS + NERNST)
    c, dc_dx, dphi_dx = sympy.symbols("c dc_dx dphi_dx", real=True)
    (slope,) = sympy.solve(flux(model, c, dc_dx, dphi_dx), dc_dx)
    per_potential = simplify(slope / c / dphi_dx)  # d log c / d phi
    assert per_potential.free_symbols <= {R, T, F, z}
    E = symbolic(model, "E")
    assert simplify(per_potential * -E - log(c_o / c_i)) == 0
    assert simplify(constant_field_flux(model).subs(V, E)) == 0


def test_row_10_constant_field_gives_row_11(tmp_path: Path) -> None:
    """The current z F J is GHK's with P = D/L."""
    J = constant_field_flux(example(10, tmp_path, behind=SYMBOLS))
    ghk = example(11, tmp_path, behind=SYMBOLS)
    for current, valence in (("I_K", 1), ("I_Ca", 2)):
        ion = current.removeprefix("I_")
        names = {f"{ion}_i": c_i, f"{ion}_o": c_o, f"{current}_P": 10**11 * D / L}  # m^2/s / nm in cm/s
        I = symbolic(ghk, current, **names)
        assert simplify(100 * valence * F * J.subs(z, valence) - I) == 0  # A/m^2 in uA/cm^2


@pytest.mark.parametrize("target", TARGETS)
def test_row_11_constant_field_current(target: str, tmp_path: Path) -> None:
    if target == "c":
        needs_compiler()
    cell = example(11, tmp_path).compile(target=target)
    potassium, calcium = cell.evaluate(["I_K", "I_Ca"], np.array([[-70.0, 0.0, 40.0]]))
    np.testing.assert_allclose(potassium, [1.41776, 13.02552, 25.83990], atol=6e-6)
    np.testing.assert_allclose(calcium[:2], [-2.03243, -0.385922], atol=6e-6)
    E = cell.evaluate(["K.E"])[0, 0]
    assert abs(cell.evaluate(["I_K"], np.array([[E]]))[0, 0]) < 1e-13


def test_row_12_constant_field_voltage(tmp_path: Path) -> None:
    squid, mammal = example(12, tmp_path), example(12, tmp_path, 1)
    assert float(squid.evaluate("V_rest")) == pytest.approx(-59.927, abs=5e-4)
    assert float(mammal.evaluate("V_rest")) == pytest.approx(-65.224, abs=5e-4)
    assert float(mammal.evaluate("V_rest", parameters={"P_Na": 0.0})) == pytest.approx(
        float(mammal.evaluate("K.E")), abs=1e-12
    )
