"""The parser of one line. Building its tables takes 0.2 s, so they are made once and kept in the cache."""

from __future__ import annotations

import pickle
import sys
from functools import cache
from operator import itemgetter
from pathlib import Path

import lark
from lark import Lark
from lark.grammar import Rule

from iondsl import resources
from iondsl.cache.fingerprint import digest
from iondsl.cache.store import locate, obtain
from iondsl.errors import UsageError

TABLES = "ion.pickle"


class Parser(Lark):
    """Nine of ten reductions hand an expression on to the next level of precedence: these make no tree, nor a place."""

    def _prepare_callbacks(self) -> None:
        super()._prepare_callbacks()
        self._callbacks |= dict.fromkeys(filter(hands_on, self.rules), itemgetter(0))


def hands_on(rule: Rule) -> bool:
    """Whether it is `?sum: product`, of which nothing is left in the tree."""
    return rule.options.expand1 and rule.alias is None and len(rule.expansion) == 1 and not rule.expansion[0].is_term


@cache
def grammar() -> Lark:
    """The parser, by way of the cache; where that cannot be written, its tables are built each time."""
    text = resources.text(resources.GRAMMARS, "ion.lark")
    key = digest(text, lark.__version__, sys.version)
    try:
        return restore(obtain(locate(), "grammars", key, lambda folder: save(build(text), folder)))
    except (UsageError, OSError, pickle.UnpicklingError):
        return build(text)


def build(text: str, strict: bool = False) -> Lark:
    """With `strict` a grammar that leaves anything to chance is refused; it needs the package interegular."""
    return Parser(text, parser="lalr", propagate_positions=True, maybe_placeholders=True, strict=strict)


def save(parser: Lark, folder: Path) -> None:
    with (folder / TABLES).open("wb") as file:
        parser.save(file)


def restore(folder: Path) -> Lark:
    with (folder / TABLES).open("rb") as file:
        parser: Lark = Parser.load(file)
        return parser
