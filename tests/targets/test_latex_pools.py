"""What the LaTeX document says of pools, spaces, shares and conversion factors."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl.targets import latex
from tests.targets.latex import system_of
from tests.targets.test_latex import NEEDS_TEX, check_log, typeset

CELL = """
temperature = 37 [degC]
membrane:
    state V = -70 [mV]
    C = 1 [uF/cm^2]
    area = 922 [um^2]
space i:
    "the cytosol"
    depth = 1 [um]
space sr_1: "a store"
    volume = 2 * 3 [um^3]
space o: "the bath"
ion Na:
    z = +1
    state i = 10 [mM]
    o = 145 [mM]
ion Ca:
    z = +2
    state i = 100 [nM]
    i' = influx(i) - (i - 100 [nM]) / 80 [ms]
    o = 2 [mM]
    state sr_1 = 1 [mM]
current I_NCX carries 3 Na, -1 Ca: "exchanger"
    I = 0.2 [uA/cm^2] * Na.i / 10 [mM]
current I_h carries Na, Ca:
    param P = 1e-7 [cm/s]
    I.Na = 0.3 [mS/cm^2] * (V - Na.E)
    I.Ca = ghk_current(P, Ca)
current I_ryr carries Ca from sr_1 to i:
    I = 1 [nA]
flux J_up carries 2 Ca from i to sr_1 per i: "pump of the store"
    J = 0.1 [uM/ms]
flux J_leak carries Ca, Na from sr_1 to i:
    J = 1 [amol/s]
stimulus I_app = 0 [uA/cm^2] carries Na     "a stimulus"
"""

SWELLING = """
space i:
    state volume = 1000 [um^3]   "$w$"
    volume' = 0.1 [um^3/ms] * (osmoles(i) / volume - 300 [mM]) / 1 [mM]
ion K:
    z = +1
    state i = 100 [mM]
ion X:
    z = -1
    i = 50 [mM]
flux J_K carries K from o to i:
    J = 0.2 [amol/ms]
"""


def membrane(*lines: str) -> str:
    """A membrane of 50 pF with some more lines."""
    text = "membrane:\n    state V = -65 [mV]\n    C = 50 [pF]\n    area = 1000 [um^2]\n"
    return latex.generate(system_of(text + "\n".join(lines)))


def test_equations_stay_clean_and_factors_stand_below() -> None:
    text = latex.generate(system_of("temperature = 37 [degC]\nion K:\n    z = +1\n    i = 140 [mM]\n    o = 5 [mM]\n"))
    assert r"&= \frac{R\,T}{F}\,\ln\biggl(\frac{[\mathrm{K}^{+}]_{o}}{[\mathrm{K}^{+}]_{i}}\biggr) \label" in text
    factor = r"put $10^{3}$ (\si{\volt} to \si{\milli\volt}) before the right side of Eq.~\eqref{eq:K.E}. \par}"
    assert "For the numbers of the tables " + factor in text
    assert "Conversion factors between these stand below the equations, not in them." in text


def test_a_model_that_converts_nothing_has_no_word_on_it() -> None:
    assert "factor" not in latex.generate(system_of("x = 2 * 3\n")).split(r"\begin{document}")[1]


def test_factors_of_terms_and_operands() -> None:
    equations = "y = (L in [m]) + M + (L in [m])\nz [1] = exp((L in [m]) / M)\n"
    text = latex.generate(system_of(f"param L = 1 [um]\nparam M = 1 [m]\n{equations}"))
    assert r"before the first term of Eq.~\eqref{eq:y}" in text
    assert r"the third term of Eq.~\eqref{eq:y}" in text
    assert r"$L$ in Eq.~\eqref{eq:z}" in text


def test_a_parameter_that_converts_stands_among_the_equations() -> None:
    text = latex.generate(system_of("param E [mV] = R * 310 [K] / F\n"))
    assert r"& Eq.~\eqref{eq:E} &" in text
    assert r"before the right side of Eq.~\eqref{eq:E}" in text


@pytest.mark.parametrize(
    ("lines", "equation", "factor"),
    [
        (("current I_a:", "    I = 2 [pA]"), r"-I_{\mathrm{a}}", ""),
        (
            ("current I_a:", "    I = 2 [pA]", "current I_b:", "    I = 2 [nA]", "stimulus I_s = 3 [pA]"),
            r"-I_{\mathrm{a}} + I_{s} - I_{\mathrm{b}}",
            r"put $10^{3}$ (\si{\nano\ampere} to \si{\pico\ampere}) before the third term of Eq.",
        ),
        (
            ("current I_a:", "    I = 2 [uA/cm^2]"),
            r"-I_{\mathrm{a}}\,A_{m}",
            r"put $10^{-2}$ (to \si{\pico\ampere}) before the right side of Eq.",
        ),
    ],
)
def test_membrane_equation(lines: tuple[str, ...], equation: str, factor: str) -> None:
    text = membrane(*lines)
    assert rf"C_{{m}}\,\frac{{\mathrm{{d}}V}}{{\mathrm{{d}}t}} &= {equation} \label{{eq:V}}" in text
    assert factor in text
    assert bool(factor) == ("For the numbers" in text)


def test_a_current_per_farad_needs_no_capacitance() -> None:
    text = membrane("current I_a:", "    I = 2 [A/F]", "current I_b:", "    I = 2 [pA]")
    assert r"&= -I_{\mathrm{a}} - \frac{I_{\mathrm{b}}}{C_{m}} \label{eq:V}" in text


def test_shares() -> None:
    text = latex.generate(system_of(CELL))
    na, ca = r"$\mathrm{Na}^{+}$", r"$\mathrm{Ca}^{2+}$"
    store = r"$\mathrm{sr}_{1}$"
    ncx = rf"$3\,I_{{\mathrm{{NCX}}}}$ is {na} and $-2\,I_{{\mathrm{{NCX}}}}$ is {ca}."
    assert rf"Carries $3\,\mathrm{{Na}}^{{+}}$ and $-1\,\mathrm{{Ca}}^{{2+}}$ in each cycle: {ncx}" in text
    own = rf"$I_{{\mathrm{{h}},\mathrm{{Na}}}}$ is {na} and $I_{{\mathrm{{h}},\mathrm{{Ca}}}}$ is {ca}."
    assert f"Carries {na} and {ca}: {own}" in text
    assert f"Carries {ca} from {store} to $i$." in text
    up = r"$J_{\mathrm{up}}$"
    assert rf"from $i$ to {store} in each cycle: $2\,J_{{\mathrm{{up}}}}$ is {ca}. {up} is the change" in text
    assert rf"Carries {ca} and {na} from {store} to $i$, $J_{{\mathrm{{leak}}}}$ of each." in text
    assert f"a stimulus; carries {na} from $o$ to $i$" in text


def test_what_a_flux_is_stands_in_its_heading_alone() -> None:
    assert latex.generate(system_of(CELL)).count("pump of the store") == 1


def test_spaces_have_a_table() -> None:
    text = latex.generate(system_of(CELL))
    assert r"$i$ & volume/area $d_{i} = \SI{1}{\micro\metre}$ & the cytosol \\" in text
    store = r"volume $\mathrm{vol}_{\mathrm{sr}_{1}}$, Eq.~\eqref{eq:sr_1.volume}"
    assert rf"$\mathrm{{sr}}_{{1}}$ & {store} & a store \\" in text
    assert r"$o$ & infinite & the bath \\" in text
    assert r"Inside & Outside & $\mathrm{sr}_{1}$ & Reversal potential" in text
    assert r"\paragraph{\boldmath i.}" not in text


def test_a_balance_is_one_equation_unless_its_author_reads_it() -> None:
    text = latex.generate(system_of(CELL))
    assert r"\label{eq:Na.i}" in text
    assert "j_{" not in text.replace(r"j_{\mathrm{Ca},i}", "")
    said = r"$j_{\mathrm{Ca},i}$ is all that currents and fluxes carry to $\mathrm{Ca}^{2+}$ in $i$"
    assert said in text
    assert "(balance of currents and fluxes)" in text
    assert "Na.i)" not in text


def test_amounts_where_a_volume_moves() -> None:
    text = latex.generate(system_of(SWELLING))
    assert r"\frac{\mathrm{d}n_{\mathrm{K},i}}{\mathrm{d}t} &= J_{\mathrm{K}} \label{eq:K.i.amount'}" in text
    assert r"[\mathrm{K}^{+}]_{i} &= \frac{n_{\mathrm{K},i}}{w} \label{eq:K.i}" in text
    assert r"amounts are integrated: $n_{\mathrm{K},i}$ is that of $\mathrm{K}^{+}$ in $i$." in text
    assert r"n_{\mathrm{K},i} + [\mathrm{X}^{-}]_{i}\,w" in text


@pytest.mark.tex
@NEEDS_TEX
@pytest.mark.parametrize("text", [CELL, SWELLING], ids=["cell", "swelling"])
def test_is_typeset_within_its_margins(text: str, tmp_path: Path) -> None:
    check_log(typeset(latex.generate(system_of(text)), tmp_path))
