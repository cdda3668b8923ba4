"""Markov schemes in the document: where states stand, what stands at arrows, and that it is typeset."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from iondsl import pdf
from iondsl.targets import latex
from iondsl.targets.latex.layout import Place, places
from tests.targets.latex import symbols, system_of
from tests.targets.test_latex import check_log, document, typeset

TRIANGLE = """
param a = 2 [1/ms]
markov k: "a cycle"
    states C, O, I_s
    C <-> O : 3 * a, 0.5
    O <-> I_s : 30 [1/s], 1 + a^2 * 1 [ms]
    I_s <-> C : 1, balance
"""
MANY = """
markov full:
    states A, B, C, D
    A <-> B : 1, 2
    B <-> C : 1, 2
    C <-> D : 1, 2
    A <-> C : 1, balance
    B <-> D : 3, balance
    A <-> D : 4, balance
    D -> A : 5
markov chain:
    states S0, S1, S2, S3, S4, S5, S6, S7, S8, S9, S10, S11
""" + "\n".join(f"    S{n} <-> S{n + 1} : 1.25e-3, 1000.5" for n in range(11))


def laid_out(lines: str) -> dict[str, Place]:
    pairs = [(line[0], line[1]) for line in lines.split()]
    return places(dict.fromkeys("".join(lines.split())), pairs)


def test_a_chain_is_a_line() -> None:
    assert list(laid_out("AB BC CD").values()) == [(0, 0), (1, 0), (2, 0), (3, 0)]


def test_a_ring_of_four_is_a_square() -> None:
    assert laid_out("AB BC CD DA") == {"A": (0, 0), "B": (1, 0), "C": (1, 1), "D": (0, 1)}


def test_two_chains_side_by_side_are_a_ladder() -> None:
    """As Clancy and Rudy draw theirs, whatever comes first."""
    rows = {"A": (0, 0), "B": (1, 0), "C": (2, 0), "D": (0, 1), "E": (1, 1), "F": (2, 1)}
    assert laid_out("AB BC DE EF AD BE CF") == rows
    assert laid_out("AB AD BC BE DE EF CF") == rows


def test_a_star_and_pieces() -> None:
    found = laid_out("AB AC AD AE XY")
    assert len(set(found.values())) == len(found)
    middle = found["A"]
    assert all(abs(found[each][0] - middle[0]) + abs(found[each][1] - middle[1]) == 1 for each in "BCDE")
    assert min(min(place) for place in found.values()) == 0


def test_a_crowd_has_places_for_all() -> None:
    found = places([f"s{n}" for n in range(40)], [("s0", f"s{n}") for n in range(1, 40)])
    assert len(set(found.values())) == 40


def test_symbols() -> None:
    found = symbols(TRIANGLE)
    assert found["k.C"] == r"\mathrm{C}"
    assert found["k.I_s"] == r"\mathrm{I}_{s}"
    assert found["k.O->I_s"] == r"k_{\mathrm{O} \to \mathrm{I}_{s}}"


def test_short_rates_stand_at_arrows_and_others_have_symbols() -> None:
    text = latex.generate(system_of(TRIANGLE))
    labels = re.findall(r"\\scriptstyle (.*?)\$\}", text)
    rate = r"k_{{\mathrm{{{}}} \to \mathrm{{{}}}}}"
    slow, back = r"k_{\mathrm{O} \to \mathrm{I}_{s}}", r"k_{\mathrm{I}_{s} \to \mathrm{O}}"
    assert labels == [r"3\,a", "0.5", slow, back, "1", r"k_{\mathrm{C} \to \mathrm{I}_{s}}"]
    assert r"\label{eq:k.O->I_s}" in text  # 30 per s need a factor
    assert r"\label{eq:k.C->O}" not in text
    assert rate.format("C", "O") not in text


def test_equations_are_collected_by_states() -> None:
    text = latex.generate(system_of(TRIANGLE))
    inward = r"0.5\,\mathrm{O} + \mathrm{I}_{s} - (3\,a + k_{\mathrm{C} \to \mathrm{I}_{s}})\,\mathrm{C}"
    assert inward in text
    assert "Markov scheme k, a cycle" in text


def test_tikz_only_where_it_is_needed() -> None:
    assert r"\usepackage{tikz}" in document("clancy_rudy_2002")
    assert "tikz" not in document("hodgkin_huxley_1952")


@pytest.mark.tex
@pytest.mark.skipif(shutil.which(pdf.TYPESETTER) is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("text", [TRIANGLE, MANY], ids=["triangle", "many"])
def test_is_typeset(text: str, tmp_path: Path) -> None:
    check_log(typeset(latex.generate(system_of(text)), tmp_path))
