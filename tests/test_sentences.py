"""Where the first sentence of a text ends."""

from __future__ import annotations

import pytest

from iondsl.sentences import headline


@pytest.mark.parametrize(
    ("doc", "first", "others"),
    [
        ("Leak.", "Leak.", ""),
        ("sodium current", "sodium current", ""),
        (
            "T-current, g (V - E). 59 and 83 are shifted. So is tau.",
            "T-current, g (V - E)",
            "59 and 83 are shifted. So is tau.",
        ),
        ("Pump of Li et al. 2017, at 36.5 degC. A guess.", "Pump of Li et al. 2017, at 36.5 degC", "A guess."),
        ("", "", ""),
    ],
)
def test_headline(doc: str, first: str, others: str) -> None:
    assert headline(doc) == (first, others)
