"""What Lark works out of the grammar, as plain values: they load without Lark, which takes 0.1 s to import.

Terminals are known by their names, states by numbers. Lark makes them once for a machine; the cache keeps them.
"""

from __future__ import annotations

import pickle
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iondsl import resources
from iondsl.cache.fingerprint import digest, installed
from iondsl.cache.store import locate, obtain
from iondsl.errors import UsageError
from iondsl.immutable import frozen

if TYPE_CHECKING:
    from lark.grammar import Rule

FILE = "tables.pickle"
FORM = "4"  # of what is kept


@frozen
class Reduction:
    """A rule, read backwards: `size` values become one `symbol`. `name` is the method that makes it, empty for a list,
    which a rule that `takes_in` lists has the parts of. `kept` are the places of the values that the method gets, None
    where an optional part is missing; one that stands alone is handed on as it is where the rule `expands`. A rule that
    `hands_on` has but one.
    """

    symbol: str
    size: int
    name: str
    kept: tuple[int | None, ...]
    takes_in: bool
    expands: bool
    hands_on: bool


@frozen
class Tables:
    """`actions` lead from a state and the next terminal to another state or to a reduction, `gotos` from a state and a
    symbol to another state. `scanners` are patterns, each with the terminals that may come next as groups, `scanner_of`
    is that of a state. `ignored` stand between all others."""

    actions: tuple[dict[str, int | Reduction], ...]
    gotos: tuple[dict[str, int], ...]
    scanners: tuple[str, ...]
    scanner_of: tuple[int, ...]
    ignored: frozenset[str]
    start: int
    end: int


@cache
def tables() -> Tables:
    """By way of the cache; where that cannot be written, they are made each time."""
    text = resources.text(resources.GRAMMARS, "ion.lark")
    key = digest(FORM, text, *installed("lark"), sys.version)
    try:
        kept = (obtain(locate(), "grammars", key, save) / FILE).read_bytes()
        found: Tables = pickle.loads(kept)
    except (UsageError, OSError, pickle.UnpicklingError):
        return made()
    return found


def save(folder: Path) -> None:
    (folder / FILE).write_bytes(pickle.dumps(made()))


def made() -> Tables:
    from iondsl.parser.grammar import grammar  # late: with this comes Lark

    lark: Any = grammar()
    table, contextual = lark.parser.parser._parse_table, lark.parser.lexer
    start, states = table.start_states["start"], in_order(table)
    patterns = [pattern(contextual.lexers[state]) for state in states]
    scanners = tuple(dict.fromkeys(patterns))
    reductions: dict[Any, Any] = {rule: reduction(rule) for rule in lark.rules}
    meant = reductions | {state: number for number, state in enumerate(states)}
    actions, gotos = zip(*(split(table.states[state], meant) for state in states), strict=True)
    return Tables(
        actions,
        gotos,
        scanners,
        tuple(map(scanners.index, patterns)),
        frozenset(contextual.root_lexer.ignore_types),
        meant[start],
        meant[table.end_states["start"]],
    )


def in_order(table: Any) -> list[int]:
    """Lark's states as they are reached from the first one: its own numbers differ from process to process."""
    found = [table.start_states["start"]]
    for state in found:  # which grows
        row = table.states[state]
        reached = dict.fromkeys(row[name][1] for name in sorted(row))
        found += [each for each in reached if each in table.states and each not in found]
    return found


def split(row: Any, meant: dict[Any, Any]) -> tuple[dict[str, int | Reduction], dict[str, int]]:
    """A row of Lark's table: what terminals do, and where symbols lead. Terminals are written in capital letters."""
    found = {name: meant[row[name][1]] for name in sorted(row)}
    actions = {name: to for name, to in found.items() if not name.islower()}
    return actions, {name: to for name, to in found.items() if name not in actions}


def reduction(rule: Rule) -> Reduction:
    """As Lark would build a node: no punctuation, None for every optional part that is not there."""
    symbols: list[Any] = list(rule.expansion)
    missing = "".join("1" if each else "0" for each in rule.options.empty_indices or [False] * len(symbols))
    before = [len(ones) for ones in missing.split("0")]
    kept: list[int | None] = []
    for place, symbol in enumerate(symbols):
        kept += [None] * before[place]
        kept += [] if symbol.is_term and symbol.filter_out else [place]
    kept += [None] * before[-1]
    name = rule.origin.name
    made = "" if is_list(rule.origin) else rule.alias or name
    takes_in, expands = any(map(is_list, symbols)), rule.options.expand1 and not rule.alias
    return Reduction(name, len(symbols), made, tuple(kept), takes_in, expands, hands_on(rule))


def hands_on(rule: Rule) -> bool:
    """Whether it is `?sum: product`, of which nothing is left in the tree."""
    return rule.options.expand1 and rule.alias is None and len(rule.expansion) == 1 and not rule.expansion[0].is_term


def is_list(symbol: Any) -> bool:
    """Whether Lark made it of a repetition."""
    return not symbol.is_term and symbol.name.startswith("_")


def pattern(lexer: Any) -> str:
    (only,) = lexer.scanner._mres
    assert not lexer.callback, "two terminals fit one text"
    return str(only.pattern)
