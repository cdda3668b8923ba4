"""Names that a caller gives, looked up on every call of `cell.step`: what is only said of slips costs nothing."""

from __future__ import annotations

import pytest

from iondsl.errors import UsageError
from iondsl.simulate.names import resolve

NAMES, ALIASES = ("T", "I_Na.g"), {"temperature": "T"}


def unasked() -> dict[str, str]:
    pytest.fail("nothing is wrong with these names")


def test_own_names_and_aliases() -> None:
    given = {"temperature": 300, "I_Na.g": 100}
    assert resolve(given, "parameter", NAMES, ALIASES, unasked) == {"T": 300, "I_Na.g": 100}
    assert resolve({}, "parameter", NAMES, ALIASES, unasked) == {}


def test_every_slip_is_told() -> None:
    given = {"T": 300, "temperature": 301, "V": 0, "I_Na.G": 100, "temperatur": 302}
    with pytest.raises(UsageError) as caught:
        resolve(given, "parameter", NAMES, ALIASES, lambda: {"V": "is a state"})
    assert str(caught.value).splitlines() == [
        "parameter `T` is given twice, once as `temperature`",
        "`V` is a state",
        "unknown parameter `I_Na.G`: did you mean `I_Na.g`?",
        "unknown parameter `temperatur`: did you mean `temperature`?",
    ]
