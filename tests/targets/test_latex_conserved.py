"""Laws of conservation in a document: d/dt of the sum, and what it changes by."""

from __future__ import annotations

from iondsl import pipeline
from iondsl.source import Source
from iondsl.targets import latex

LINES = """
param k = 2 [1/s]
state a = 1 [mM]
state b = 0 [mM]
a' = -k * a in [mM/ms]
b' = k * a in [mM/ms]
conserved total = a + b                         "$N$ both together"
conserved left [uM] = a in [uM]                 "what is left"
left' [mM/s] = -k * a
conserved kept = 2 * a + 2 * b
twice = 2 * kept
"""


def section() -> str:
    text = latex.generate(pipeline.resolve(Source("laws.ion", f"model laws:\n{LINES}")))
    return text.partition(r"\section*{Conservation laws}")[2].partition(r"\section*")[0]


def test_a_law_is_a_derivative_that_is_0() -> None:
    assert r"\frac{\mathrm{d}}{\mathrm{d}t}\,(a + b) &= 0 \label{eq:total}" in section()


def test_a_sum_that_is_converted_has_a_line_of_its_own() -> None:
    assert r"\mathrm{left} &= a \label{eq:left}" in section()
    assert r"\frac{\mathrm{d}\mathrm{left}}{\mathrm{d}t} &= -k\,a \label{eq:left'}" in section()
    assert r"(\si{\milli\molar} to \si{\micro\molar}) before the right side of Eq.~\eqref{eq:left}" in section()


def test_so_has_one_that_is_read() -> None:
    assert r"\mathrm{kept} &= 2\,a + 2\,b \label{eq:kept}" in section()
    assert r"\frac{\mathrm{d}\mathrm{kept}}{\mathrm{d}t} &= 0 \label{eq:kept'}" in section()


def test_laws_are_explained() -> None:
    assert "$N$: both together; $\\mathrm{left}$: what is left" in section()
