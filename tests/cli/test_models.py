"""`iondsl models`."""

from __future__ import annotations

from iondsl.resources import bundled_models
from tests.cli.outcome import Command


def test_every_bundled_model_with_a_line(iondsl: Command) -> None:
    done = iondsl("models")
    assert done.code == 0
    lines = done.out.splitlines()
    assert [line.split()[0] for line in lines] == list(bundled_models())
    assert "hodgkin_huxley_1952  Giant axon of the squid." in lines
