"""The physical functions as LaTeX prints them: the equation of the paper, over the ions that are named."""

from __future__ import annotations

import pytest

from iondsl.targets.latex.naming import symbols_of
from iondsl.targets.latex.printer import Printer
from tests.targets.latex import system_of

LINES = """temperature = 310 [K]
membrane:
    state V = -70 [mV]
    V' = 0
ion K:
    z = +1
    i = 140 [mM]
    o = 5 [mM]
ion Cl:
    z = -1
    i = 10 [mM]
    o = 110 [mM]
space i:
    volume = 1000 [um^3]
param P = 1e-6 [cm/s]
param X = -150 [mM]
"""
K_I, K_O = r"[\mathrm{K}^{+}]_{i}", r"[\mathrm{K}^{+}]_{o}"
CL_I, CL_O = r"[\mathrm{Cl}^{-}]_{i}", r"[\mathrm{Cl}^{-}]_{o}"
THERMAL = r"\frac{R\,T}{F}\,"


def printed(right: str) -> str:
    system = system_of(f"{LINES}y = {right}\n")
    quantity = next(each for each in system.quantities if each.name == "y")
    assert quantity.value is not None
    return Printer(system, symbols_of(system)).box(quantity.value.written).tex


def ghk(inside: str, outside: str, u: str) -> str:
    above = rf"{inside} - {outside}\,\mathrm{{e}}^{{{u}}}"
    return rf"\frac{{P\,V\,F^{{2}}}}{{R\,T}}\,\frac{{{above}}}{{1 - \mathrm{{e}}^{{{u}}}}}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ghk_current(P, K)", ghk(K_I, K_O, r"-V\,F/(R\,T)")),
        ("ghk_current(P, z = -1, i = Cl.i, o = Cl.o, V = V)", ghk(CL_I, CL_O, r"V\,F/(R\,T)")),
        (
            "ghk_voltage(1, K, 0.45, Cl)",
            THERMAL + rf"\ln\biggl(\frac{{{K_O} + 0.45\,{CL_I}}}{{{K_I} + 0.45\,{CL_O}}}\biggr)",
        ),
        ("charge(i)", rf"({K_I} - {CL_I})\,\mathrm{{vol}}_{{i}}"),
        ("osmoles(i)", rf"({K_I} + {CL_I})\,\mathrm{{vol}}_{{i}}"),
        ("nernst(Cl)", "-" + THERMAL + rf"\ln\biggl(\frac{{{CL_O}}}{{{CL_I}}}\biggr)"),
        ("ionic_strength(o)", rf"\frac{{{K_O} + {CL_O}}}{{2}}"),
        (
            "donnan(X, K.o)",
            "-" + THERMAL + rf"\ln\biggl(\frac{{\sqrt{{X^{{2}} + 4\,{K_O}^{{2}}}} - X}}{{2\,{K_O}}}\biggr)",
        ),
    ],
)
def test_equations(written: str, expected: str) -> None:
    assert printed(written) == expected


@pytest.mark.parametrize(
    ("written", "constants"),
    [("eyring(50 [kJ/mol], T)", {"R", "k_B"}), ("donnan(X, K.o)", {"R", "F"}), ("activity(K.i, 1, K.o)", set())],
)
def test_only_the_constants_that_are_printed_have_symbols(written: str, constants: set[str]) -> None:
    ion = "ion K:\n    z = +1\n    i = 140 [mM]\n    E = -90 [mV]\n    o = 4 [mM]\n"
    system = system_of(f"temperature = 310 [K]\nparam X = 2 [mM]\n{ion}y = {written}\n")
    assert symbols_of(system).keys() & {"R", "F", "k_B", "q_e", "N_A"} == constants
