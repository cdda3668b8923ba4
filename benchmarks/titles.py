"""How models, kernels and rates are called in the tables."""

from __future__ import annotations

from benchmarks.contest import Outcome
from benchmarks.players import Player
from benchmarks.table import number

TITLES = {
    "hodgkin_huxley_1952": "Hodgkin-Huxley",
    "luo_rudy_1991": "Luo-Rudy 1991",
    "ten_tusscher_2006": "ten Tusscher 2006",
    "ohara_rudy_2011": "O'Hara-Rudy 2011",
}


def titles(player: Player) -> str:
    """The model, and how it is compiled where that is not the default."""
    name = player.name.removeprefix("`c`").removeprefix(", ")
    return f"{TITLES[player.model]}, {name}" if name else TITLES[player.model]


def cells_of(count: int) -> str:
    return "one cell" if count == 1 else f"{count:,} cells"


def rates(outcome: Outcome) -> str:
    first, second = outcome.rates
    return f"{number(first)} to {number(second)}"
