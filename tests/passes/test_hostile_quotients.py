"""Quotients that would take a computer algebra system for ever: they are left as they are."""

from __future__ import annotations

import time

import pytest

from iondsl import pipeline
from iondsl.options import Options
from iondsl.source import Source

NESTED = "((((x + a)^4 + b)^4 + a)^4 + b)^4"


@pytest.mark.parametrize(
    "quotient",
    [
        f"{NESTED} / ({NESTED} + x)",
        "(exp(x^30 * (a + b + 1)^30) - 1) / (exp((x + a + b)^30) - exp((x + b)^30))",
    ],
)
def test_they_end(quotient: str) -> None:
    text = f"model m:\nparam a = 1\nparam b = 2\nstate x = 1\nx' = 1 / 1 [ms]\ny = {quotient}\n"
    began = time.process_time()
    assert "m.py" in pipeline.generate(Source("m.ion", text), Options(target="numpy"))
    assert time.process_time() - began < 10
