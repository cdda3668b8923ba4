"""Lark's parser of one line. Building its tables takes 0.2 s, so they are made once and kept in the cache."""

from __future__ import annotations

import pickle
import sys
from functools import cache
from pathlib import Path

import lark
from lark import Lark

from iondsl import resources
from iondsl.cache.fingerprint import digest
from iondsl.cache.store import locate, obtain
from iondsl.errors import UsageError

TABLES = "ion.pickle"


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
    return Lark(text, parser="lalr", propagate_positions=True, maybe_placeholders=True, strict=strict)


def save(parser: Lark, folder: Path) -> None:
    with (folder / TABLES).open("wb") as file:
        parser.save(file)


def restore(folder: Path) -> Lark:
    with (folder / TABLES).open("rb") as file:
        parser: Lark = Lark.load(file)
        return parser
