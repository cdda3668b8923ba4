r"""Documents of models of parts: where each part comes from, what was restated, and symbols that tell copies apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from iondsl import pipeline, reading
from iondsl.source import Source
from iondsl.targets.latex.naming import symbols_of
from tests.targets.test_latex import NEEDS_TEX, check_log, typeset

VALID = Path(__file__).parent.parent / "valid"
CELL = """\
model cell:
    cite "doi:10.1000/model"
membrane:
    state V = -60 [mV]
    C = 1 [uF/cm^2]
"""
LEAKS = """\
cite "doi:10.1000/library"
input V [mV]
param slowness = 2
function fall(x) = exp(-x / 5 [mV])
function slow(x) = slowness * x
ion X:
    z = +1
    input E [mV]
current I_leak carries X:
    "A leak. It has a gate."
    cite "doi:10.1000/part"
    param g = 0.1 [mS/cm^2]
    gate m:
        inf = slow(1 / (2 + fall(V + 40)))
        tau = 2
    I = g * m * (V - X.E)
use I_leak as I_small:
    g = 0.01
part store:
    "Keeps things."
    state x = 1
    x' = -x / 5 [ms]
    part inner:
        param k = 3
    y = inner.k * x
"""
K = "ion K:\n    z = +1\n    E = -90 [mV]\n"


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("leaks.ion").write_text(LEAKS, encoding="utf-8")


def document(lines: str) -> str:
    return pipeline.document(Source("cell.ion", f"{CELL}{K}{lines}"))


def symbols(lines: str) -> dict[str, str]:
    system = pipeline.resolve(Source("cell.ion", f"{CELL}{K}{lines}"))
    return {name: symbol.tex for name, symbol in symbols_of(system).items()}


def rows(text: str) -> list[str]:
    """Those of the table of what was restated."""
    table = text.partition(r"\section*{What was restated}")[2].partition(r"\end{longtable}")[0]
    return [line.strip().removesuffix(r" \\") for line in table.partition(r"\endfoot")[2].strip().splitlines()]


def use() -> str:
    return pipeline.document(reading.read("use.ion"))


def test_use(golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(VALID)
    golden("latex/use.tex", use())


@pytest.mark.tex
@NEEDS_TEX
def test_is_typeset_within_its_margins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(VALID)
    check_log(typeset(use(), tmp_path))


def test_a_part_names_its_source_and_its_citations() -> None:
    text = document("use I_small as I_K from leaks:\n    X = K\n")
    assert "\n\\subsection*{\\boldmath $I_{\\mathrm{K}}$, A leak}\nIt has a gate.\n" in text
    source = r"From \texttt{I\_small} in \texttt{leaks.ion}, line 17~\cite{source2,source3}"
    assert rf"{source}; there it is a copy of \texttt{{I\_leak}}, line 9. Carries $\mathrm{{K}}^{{+}}$." in text
    entries = re.findall(r"\\bibitem{(\w+)} .*{doi:(10.1000/\w+)}", text)
    assert entries == [("source1", "10.1000/model"), ("source2", "10.1000/library"), ("source3", "10.1000/part")]
    assert text.index("doi:10.1000/model") < text.index(r"\section*")


def test_a_model_without_parts_has_no_list_of_sources() -> None:
    text = document("part p:\n    x = 1\npart r:\n    y = 2\n")
    assert "thebibliography" not in text
    assert "restated" not in text


def test_what_was_restated_stands_beside_what_stood_there() -> None:
    text = document(
        "param slope = 3 [mV]\nuse I_leak as I_K from leaks:\n    g = 0.5\n    X = K\n"
        "    m.inf = 1 / (1 + exp(-V / slope))\n    V = V + slope\n"
    )
    unit = r"\milli\siemens\per\centi\metre\squared"
    inf = r"$1/\bigl(1 + \mathrm{e}^{-(V + \mathrm{slope})/\mathrm{slope}}\bigr)$"
    assert rows(text) == [
        rf"$I_{{\mathrm{{K}}}}$ & $g_{{\mathrm{{K}}}}$ & $\SI{{0.1}}{{{unit}}}$ & 12 & $\SI{{0.5}}{{{unit}}}$ & 11",
        r"& \texttt{X} & from outside &  & $\mathrm{K}^{+}$ & 12",
        rf"& $m_{{\infty}}$ & Eq.~\eqref{{eq:source:I_K:I_K.m.inf}} & 14 & {inf} & 13",
        r"& \texttt{V} & from outside &  & $V + \mathrm{slope}$ & 14",
    ]
    assert r"\label{eq:source:I_K:I_K.m.inf}" in text
    assert "Restated: $m_{\\infty}$. Derived:" in text


def test_a_used_part_has_a_section_with_all_that_is_in_it() -> None:
    text = document("use store as pool from leaks:\n    x = 4\n")
    section = text.partition(r"\section*{Part \texttt{pool}, Keeps things.}")[2].partition(r"\section")[0]
    assert r"From \texttt{store} in \texttt{leaks.ion}, line 19~\cite{source2}." in section
    assert re.findall(r"\\label{eq:([^}]*)}", section) == ["pool.x", "pool.y"]
    assert r"$x_{\mathrm{pool}}$ & $4$ & 1 & restated" in text


def test_symbols_tell_copies_of_a_part_apart() -> None:
    found = symbols("".join(f"use store as {name} from leaks\n" for name in ("one", "other", "third_one")))
    looks = [re.sub(r"[{} ]", "", symbol) for symbol in found.values()]
    assert len(set(looks)) == len(looks)
    assert not any(r"\mathtt" in symbol for symbol in found.values())
    assert found["third_one.x"] == r"x_{\mathrm{third},\mathrm{one}}"
    assert found["other.inner.k"] == r"k_{\mathrm{other}}"


def test_a_function_that_means_the_same_in_all_parts_is_printed_once() -> None:
    lines = "use I_leak as I_a from leaks:\n    X = K\nuse I_leak as I_b from leaks:\n    X = K\n"
    text, found = document(lines), symbols(lines)
    assert found["I_a.fall()"] == found["I_b.fall()"] == r"\mathrm{fall}"
    assert found["I_a.slow()"] != found["I_b.slow()"]
    section = text.partition(r"\section*{Functions}")[2].partition(r"\section")[0]
    assert re.findall(r"\\label{eq:([^}]*)\(\)}", section) == ["I_a.fall", "I_a.slow", "I_b.slow"]


REACTING = """\
space i:
    volume = 20 [um^3]
space ss:
    volume = 1 [um^3]
ion Ca:
    z = +2
    state i = 1 [mM]
    state ss = 1 [mM]
part buffer:
    state B = 1 [mM]
    state CaB = 0 [mM]
    reaction binding:
        Ca.i + B <-> CaB : 3 [1/(mM ms)], 2 [1/ms]
use buffer as near:
    i = ss
"""


def test_reactions_of_a_copy_stand_with_it_and_have_their_own_species() -> None:
    text = document(REACTING)
    section = text.partition(r"\section*{Part \texttt{near}}")[2].partition(r"\section*")[0]
    assert r"A copy of \texttt{buffer}, line 17." in section
    assert r"\mathrm{Ca}^{2+}_{\mathrm{ss}} + B_{\mathrm{near}} &\underset{k_{-,\mathrm{near}}}" in section
    assert r"\mathtt" not in text


def test_used_ions_spaces_compartments_and_parts_without_equations_name_their_source() -> None:
    Path("pieces.ion").write_text(
        'cite "pieces"\nion Na:\n    z = +1\n    E = 50 [mV]\nspace ss:\n    volume = 2 [um^3]\n'
        "part sizes:\n    param r = 3 [um]\n"
        "compartment dend:\n    membrane:\n        state V = -60 [mV]\n        C = 1 [uF/cm^2]\n",
        encoding="utf-8",
    )
    text = document("".join(f"use {name} from pieces\n" for name in ("Na", "ss", "sizes", "dend")))
    assert r"$\mathrm{Na}^{+}$ from \texttt{pieces.ion}, line 2~\cite{source2}." in text
    assert r"$\mathrm{ss}$ from \texttt{pieces.ion}, line 5~\cite{source2}." in text
    assert "\\section*{Part \\texttt{sizes}}\nFrom \\texttt{pieces.ion}, line 7~\\cite{source2}." in text
    assert "\\section*{Compartment \\texttt{dend}}\nFrom \\texttt{pieces.ion}, line 9~\\cite{source2}." in text
