"""Events in the LaTeX document."""

from __future__ import annotations

from iondsl.targets import latex
from tests.targets.latex import system_of

MODEL = """
param V_reset = -65 [mV]
state V = -65 [mV]
V' = -V / 10 [ms]
part adaptation:
    state w = 0
    w' = 0
    event spike_1 = V >= 0 [mV] and not w > 3 "$s$ a spike, 50 %"
    on spike_1:
        V = V_reset
        w = w + 0.5
event silent = t > 3 [ms]
"""


def test_events_are_a_table() -> None:
    text = latex.generate(system_of(MODEL))
    rows = text[text.index(r"\section*{Events}") :]
    w = r"w_{\mathrm{adaptation}}"
    condition = rf"V \ge \SI{{0}}{{\milli\volt}} \;\text{{and}}\; \text{{not }}{w} > 3"
    settings = rf"$V \leftarrow V_{{\mathrm{{reset}}}}$; ${w} \leftarrow {w} + 0.5$"
    assert rf"\texttt{{adaptation.spike\_1}} & ${condition}$ & {settings} & a spike, 50 \% \\" in rows
    assert r"\texttt{silent} & $t > \SI{3}{\milli\second}$ &  & \\" in rows


def test_no_table_without_events() -> None:
    assert r"\section*{Events}" not in latex.generate(system_of("x = 3"))
