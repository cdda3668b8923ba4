"""What is printed of moving volumes: definitions of amounts, what is booked, derived sizes."""

from __future__ import annotations

from iondsl.show import show
from iondsl.targets import latex
from tests.moving import breathing, osmotic


def test_the_listing() -> None:
    lines = [" ".join(line.split()) for line in show(osmotic())]
    for expected in (
        "cell.volume [um^3] = (fixed + cell.Na.amount + cell.K.amount) / bath line 6",
        "cell.Na.amount [amol] = cell.Na * cell.volume derived: amount",
        "cell.Na.amount' [amol/ms] = J_Na derived: booked on cell.Na",
    ):
        assert lines.count(expected) == 1
    assert "cell.Na 10 [mM] line 8" in lines


def test_the_document() -> None:
    text = latex.generate(breathing())
    for label in ("a.volume", "b.volume", "a.Na", "a.Na.amount'", "b.Na"):
        assert text.count(rf"\label{{eq:{label}}}") == 1
    assert r"\mathrm{Na}_{a} &= \frac{\mathrm{amount}_{a}}{\mathrm{volume}_{a}}" in text
