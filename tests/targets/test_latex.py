"""The LaTeX document as a whole: the bundled models, hostile texts, and that it compiles."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from iondsl import pdf, pipeline, resources
from iondsl.render import undeclared
from iondsl.source import Source
from iondsl.targets import latex
from tests.targets.latex import system_of

MODELS = resources.bundled_models()
NEEDS_TEX = pytest.mark.skipif(shutil.which(pdf.TYPESETTER) is None, reason="pdflatex is not installed")
HARMLESS = 2.0  # points, which nobody sees

HOSTILE = r"""
    "\input{/etc/passwd} \end{document} 100% #1 a_b ^~`<>|{}& é ñ Ł λ µ ° ² − – 日 $x$"
    cite "doi:10.1002/(SICI)<12::AID>3.0.CO;2-K#a%}\input{x}"
    cite "https://example.org/a_b?x=1&y=2~%7E#z"
    cite "A. Müller & B. O'Neil, 50% of \LaTeX{} {nothing}, 1999"
param p_1 = 2       "$\input{x}$ \write18{rm -rf} %"
param p_2 = 2       "$\bar g_\mathrm{x}^2$ &&&"
param p_3 = 1e-4    "$a_b_c$ $$"
param p_4 = .5 [mM] "$}$"
part P:
    x = p_1 + p_2   "100% \end{align} _^"
"""
LONG = " + ".join(f"{place}.25 * exp(-(V + {place}) / 1{place})" for place in range(1, 10))
WIDE = f"""
param w = 3 "{"x" * 300}"
param V = -65
param long_value = {" + ".join(f"w / {place}" for place in range(1, 40))}
a [1] = {LONG}
b [1] = ({LONG}) / (1 + exp(V))
c [1] = 1 / ({LONG})
d [1] = 3 * ({LONG}) / ({LONG}) * V
e [1] = exp({LONG})^2 - sqrt({LONG})
f [1] = -(({LONG}) * ({LONG}))
g [1] = ({LONG}) if V > 3 else ({LONG}) / (1 + V) if V > 4 and V < 17 or V > 30 else 3
h [1] = 2 * (({LONG}) if {" and ".join(f"V / {place} > {place}" for place in range(4, 20))} else 4)
i [1] = min({LONG}, V, ({LONG})^(1/3))
j [1] = 3 * initial(({LONG}) * ({LONG}))
a_name_that_is_rather_long = {" * ".join(f"(V + {place}) * exp(V / {place})" for place in range(1, 14))}
"""


def document(model: str) -> str:
    return pipeline.document(Source(f"{model}.ion", resources.bundled_model(model)))


def typeset(text: str, folder: Path) -> str:
    tex = folder / "document.tex"
    tex.write_text(text, encoding="ascii")
    return pdf.typeset(tex).log


@pytest.mark.parametrize("model", MODELS)
def test_bundled_model(model: str, golden: Callable[[str, str], None]) -> None:
    golden(f"latex/{model}.tex", document(model))


@pytest.mark.tex
@NEEDS_TEX
@pytest.mark.parametrize("model", MODELS)
def test_bundled_model_is_typeset_within_its_margins(model: str, tmp_path: Path) -> None:
    check_log(typeset(document(model), tmp_path))


@pytest.mark.tex
@NEEDS_TEX
@pytest.mark.parametrize("text", [HOSTILE, WIDE], ids=["hostile", "wide"])
def test_is_typeset_within_its_margins(text: str, tmp_path: Path) -> None:
    check_log(typeset(latex.generate(system_of(text)), tmp_path))


def check_log(log: str) -> None:
    too_wide = [float(points) for points in re.findall(r"Overfull \\hbox \(([0-9.]+)pt too wide\)", log)]
    assert max(too_wide, default=0) < HARMLESS
    assert "undefined" not in log
    assert "LaTeX Warning" not in log


def test_texts_are_no_commands() -> None:
    text = latex.generate(system_of(HOSTILE))
    assert text.isascii()
    for command in (r"\input", r"\write18", r"\end{align} _", r"\LaTeX{}"):
        assert command not in text
    assert r"\textbackslash{}input\{/etc/passwd\}" in text
    assert r"100\% \#1 a\_b" in text
    assert text.count(r"\end{document}") == 1


def test_a_heading_is_one_sentence() -> None:
    """What else is said of a current stands below."""
    current = 'current I:\n    "Leak of Li et al. 2017."\n    "It moves charge. g is a guess."\n    I [uA/cm^2] = 3\n'
    text = latex.generate(system_of(f"membrane:\n    state V = -65 [mV]\n    C = 1 [uF/cm^2]\n{current}"))
    assert ", Leak of Li et al. 2017}\nIt moves charge. g is a guess.\n" in text


def test_citations_are_links() -> None:
    text = latex.generate(system_of(HOSTILE))
    doi = r"https://doi.org/10.1002/(SICI)\%3C12::AID\%3E3.0.CO;2-K\#a\%\%7D\%5Cinput\%7Bx\%7D"
    assert rf"\href{{{doi}}}{{doi:10.1002/" in text
    assert r"\href{https://example.org/a_b?x=1&y=2~\%7E\#z}{https://" in text
    assert r"A. M\"{u}ller \& B. O'Neil, 50\% of" in text


def test_derived_equations_have_their_origin() -> None:
    text = document("hodgkin_huxley_1952")
    assert r"Derived: $\mathrm{d}V/\mathrm{d}t$ (membrane equation)." in text
    assert r"$m_{\infty}$, $\tau_{m}$ (from $\alpha_{m}$ and $\beta_{m}$)." in text
    assert r"$m$ & $m_{\infty}$ & 1 & activation; steady state" in text


def test_membrane_comes_first_then_currents_and_gates() -> None:
    text = document("hodgkin_huxley_1952")
    labels = re.findall(r"\\label\{eq:([^}]*)\}", text)
    assert labels[:8] == ["V", "I_Na", "I_Na.m", *(f"I_Na.m.{each}" for each in ("alpha", "beta", "inf", "tau", "phi"))]


def test_protocols_in_words() -> None:
    text = latex.generate(
        system_of(
            "input x [mV] = 0\nstate y = 0\ny' = x / 1 [mV ms]\n"
            "protocol p:\n    \"a test\"\n"
            "    x = 2 * pulse(1, width = 2 [s], height = -3, every = 10, count = 4) - ramp(1, 2, 3, 4) + 5\n"
            "    clamp y = steps(-65, 5 [ms], 1)\n"
            "protocol q:\n    x = sine(start = 1, width = 3, amplitude = 5, frequency = 50 [Hz], phase = 1)\n"
        )
    )
    ms, mV = r"\milli\second", r"\milli\volt"
    pulse = rf"pulse of $-\SI{{3}}{{{mV}}}$ from $\SI{{1}}{{{ms}}}$ for $\SI{{2}}{{\second}}$"
    again = rf"every $\SI{{10}}{{{ms}}}$, $4$ in all"
    ramp = rf"ramp from $\SI{{3}}{{{mV}}}$ to $\SI{{4}}{{{mV}}}$, from $\SI{{1}}{{{ms}}}$ for $\SI{{2}}{{{ms}}}$"
    course = rf"$2$ times {pulse}, {again}; minus {ramp}; plus $\SI{{5}}{{{mV}}}$"
    assert rf"\texttt{{p}} & $x$ & {course} & a test \\" in text
    assert rf"$y$ & held at $-65$, then $1$ from $\SI{{5}}{{{ms}}}$" in text
    assert rf"sine wave of amplitude $\SI{{5}}{{{mV}}}$ and frequency $\SI{{50}}{{\hertz}}$, from" in text


def test_wide_values_stand_among_the_equations() -> None:
    text = latex.generate(system_of(WIDE))
    assert r"& Eq.~\eqref{eq:long_value} &" in text
    assert text.count(r"\label{eq:long_value}") == 1


def test_functions_are_printed() -> None:
    function = 'function boltzmann(V, k) = 1 / (1 + exp(-V / k)) "a curve"'
    text = latex.generate(system_of(f"{function}\ny = boltzmann(k = 3, V = 2)"))
    assert r"\mathrm{boltzmann}(V, k) &= \frac{1}{1 + \mathrm{e}^{-V/k}} \label{eq:boltzmann()}" in text
    assert r"$\mathrm{boltzmann}$: a curve." in text
    assert r"y &= \mathrm{boltzmann}(2,\, 3)" in text


def test_deep_nesting_is_printed() -> None:
    text = latex.generate(system_of(f"x = {'exp(1 + ' * 45}1{')' * 45}\ny = {'sigmoid(' * 90}1{')' * 90}"))
    assert text.count(r"\exp") == 44 + 89  # the innermost are powers of e


def test_a_model_of_nothing_is_a_document() -> None:
    text = latex.generate(system_of(""))
    assert r"{\LARGE Test\par}" in text
    assert r"\section" not in text


def test_template_and_context_agree() -> None:
    assert undeclared(latex.TEMPLATE) == set(latex.Document.__dataclass_fields__)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_same_bytes_in_every_process_and_no_sympy(seed: str) -> None:
    code = (
        "import sys; from iondsl import pipeline, resources; from iondsl.source import Source\n"
        "name = 'luo_rudy_1991'\n"
        "sys.stdout.write(pipeline.document(Source(name + '.ion', resources.bundled_model(name))))\n"
        "assert 'sympy' not in sys.modules"
    )
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == document("luo_rudy_1991")
