"""Noise and recordings in the table of protocols."""

from __future__ import annotations

from pathlib import Path

from iondsl.pipeline import resolve
from iondsl.source import Source
from iondsl.targets import latex

MODEL = """model waves:
input u = 0
protocol p:
    u = 3 * noise(sd = 0.5, tau = 5, seed = 7) - file("a_b.csv", column = 3)
"""


def test_in_words(tmp_path: Path) -> None:
    (tmp_path / "a_b.csv").write_text("t,a,b\n0,1,2\n1,2,3\n")
    text = latex.generate(resolve(Source(str(tmp_path / "waves.ion"), MODEL)))
    noise = r"$3$ times noise of standard deviation $0.5$ and correlation time $\SI{5}{\milli\second}$, seed $7$"
    assert noise + r"; minus as recorded in \texttt{a\_b.csv}, column 3" in text
