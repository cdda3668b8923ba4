"""Guards are dropped only where numerator and denominator vanish together and the guard's value is the limit."""

from __future__ import annotations

import pytest

from tests.importers.arrange.texts import arranged


def kept(expression: str) -> bool:
    text = f"[p]\ndot(V) = -V\n    in [mV]\n    label membrane_potential\nx = {expression}\nA = 3\n"
    line = next(line for line in arranged("p.V = -80", text) if line.startswith("x"))
    return " if " in line


@pytest.mark.parametrize(
    "expression",
    [
        "if(V == -40, 1, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)))",
        "if(V != -40, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)), 1)",
        "if(abs(V + 40) < 1e-6, 1, 0.1 * (V + 40) / (1 - exp(-0.1 * V - 4)))",
        "if(abs(V - 3.3328) < 1e-6, 5.1237, (V - 3.3328) / (exp((V - 3.3328) / 5.1237) - 1))",
        "2 + if(V + 10 == 0, 1 / (6.24 * 2 * 0.035), (1 - exp((V + 10) / -6.24)) / (0.035 * (V + 10) "
        "* (1 + exp((V + 10) / -6.24))))",
        "if(-1e-7 <= V and V <= 1e-7, A * (1 - 0.5 * V), A * V / (exp(V) - 1))",
        "if(V >= -1e-7 and V <= 1e-7, A, A * V / (exp(V) - 1))",
    ],
)
def test_dropped(expression: str) -> None:
    assert not kept(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "if(V == -47.13, -3.2, 0.32 * (V + 47.13) / (1 - exp(-0.1 * (V + 47.13))))",
        "if(V == -40, 1.01, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)))",
        "if(V == -41, 1, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)))",
        "if(V == -40, 0, (V + 40) / (V + 41))",
        "if(V == -40, 1, (V + 40)^2 / (1 - exp(-(V + 40) / 10)))",
        "if(V < -40, 1, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)))",
        "if(-1e-7 <= V and V <= 1e-7, 2, A * V / (exp(V) - 1))",
        "if(abs(V + 40) < 10, 1, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)))",
        "if(abs(V + 40) < 1e-3, 1, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)))",
        "if(V > -50 and V < -30, 1, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)))",
        "if(V != -39.9999999 and V > -40.0000001, 1, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)))",
        "if(V == -39.9999999 and V > -40.0000001, 1, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)))",
        "if(A == 1, 2, 3)",
    ],
)
def test_kept(expression: str) -> None:
    assert kept(expression)
