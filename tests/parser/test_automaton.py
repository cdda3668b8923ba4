"""Lines are read by Lark's tables as Lark reads them: the same syntax, the same places, the same lines refused."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from lark import TextSlice, Tree, UnexpectedInput

from iondsl.parser import automaton, tables
from iondsl.parser.grammar import grammar
from iondsl.parser.lines import WORD, logical_lines
from iondsl.parser.tree import ToSyntax
from iondsl.resources import bundled_model
from iondsl.source import Source, Span

WHOLE = Path(__file__).parent / "whole_language.ion"
OTHERS = ("=", "^", "(", "[mV]", "else", "carries", "'", '"text"')


def by_lark(span: Span) -> Any:
    """What Lark's tree of a line comes to; None where it is refused."""
    try:
        tree = grammar().parse(TextSlice(span.source.text, span.start, span.end))
    except UnexpectedInput:
        return None
    reader = ToSyntax(span.source)
    return tree.data, written_out(made(tree, reader)), reader.findings


def made(node: Any, reader: ToSyntax) -> Any:
    if not isinstance(node, Tree):
        return node
    return getattr(reader, node.data)(node.meta, [made(child, reader) for child in node.children])


def by_tables(span: Span) -> Any:
    reader = ToSyntax(span.source)
    read = automaton.read(span, reader)
    return None if read is None else (read.rule, written_out(read.statement), reader.findings)


def written_out(node: Any) -> Any:
    """Every field of every node, spans too, which do not count all when nodes are compared."""
    if isinstance(node, tuple):
        return tuple(map(written_out, node))
    if isinstance(node, Source) or not is_dataclass(node):
        return node
    return type(node), tuple(written_out(getattr(node, each.name)) for each in fields(node))


def lines(path: Path) -> list[Span]:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    return [line.span for line in logical_lines(source) if line.problem is None]


def alone(text: str) -> Span:
    return Span(Source("line.ion", text), 0, len(text))


def changed(text: str) -> Iterator[str]:
    """A line without one of its tokens, with one twice, and with another in its place."""
    places = [(match.start(), match.end()) for match in WORD.finditer(text)]
    for number, (start, end) in enumerate(places):
        yield text[:start] + text[end:]
        yield f"{text[:start]}{text[start:end]} {text[start:]}"
        yield f"{text[:start]} {OTHERS[number % len(OTHERS)]} {text[end:]}"


def test_every_construct() -> None:
    for span in lines(WHOLE):
        assert by_tables(span) == by_lark(span) is not None, span.text


@pytest.mark.parametrize("model", ["ohara_rudy_land_2017", "calcium_pump", "golomb_2007", "kay_2017"])
def test_bundled_models(model: str) -> None:
    source = Source(f"{model}.ion", bundled_model(model))
    spans = [line.span for line in logical_lines(source)]
    assert [by_tables(span) for span in spans] == [by_lark(span) for span in spans]


def test_damaged_lines() -> None:
    """Several hundred; more than half of them fit no rule."""
    texts = sorted({text for span in lines(WHOLE) for text in changed(span.text)})[::4]
    refused = 0
    for span in map(alone, texts):
        expected = by_lark(span)
        assert by_tables(span) == expected, span.text
        refused += expected is None
    assert len(texts) / 2 < refused < len(texts)


def test_levels_are_those_of_the_tree() -> None:
    for text in ("x = 1", "x = a + b + c * (d - 2 ^ e)", "C <-> O : f(a, k = -b), -(-(a + 1))", "gate m = 0.5 + 1:"):
        span = alone(text)
        read = automaton.read(span, ToSyntax(span.source))
        assert read is not None
        assert read.levels == levels(grammar().parse(text))


def levels(node: Any) -> int:
    return 1 + max(map(levels, node.children)) if isinstance(node, Tree) else 0


def test_no_rule_is_empty() -> None:
    """One would take no value off the stack, which is not provided for."""
    assert min(len(rule.expansion) for rule in grammar().rules) > 0


def test_lark_is_loaded_for_what_is_wrong_alone() -> None:
    code = (
        "import sys; from iondsl.cli import main\n"
        "main(['check', 'ohara_rudy_land_2017']); print([m for m in ('lark', 'sympy', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


@pytest.fixture
def afresh() -> Iterator[None]:
    tables.tables.cache_clear()
    yield
    tables.tables.cache_clear()


@pytest.mark.usefixtures("afresh")
def test_tables_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(tmp_path))
    expected = tables.tables()
    tables.tables.cache_clear()
    monkeypatch.setattr(tables, "made", lambda: pytest.fail("made again"))
    assert tables.tables() == expected


@pytest.mark.usefixtures("afresh")
@pytest.mark.parametrize("damage", [b"", b"no pickle", b"\x80\x05."])
def test_damaged_tables(damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(tmp_path))
    expected = tables.tables()
    (kept,) = tmp_path.glob(f"grammars/*/{tables.FILE}")
    kept.write_bytes(damage.ljust(kept.stat().st_size, b"\0"))
    tables.tables.cache_clear()
    assert tables.tables() == expected


@pytest.mark.usefixtures("afresh")
def test_every_process_makes_the_same() -> None:
    """Whatever the order of its sets is."""
    program = "import pickle, sys; from iondsl.parser.tables import made; sys.stdout.buffer.write(pickle.dumps(made()))"
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        assert pickle.loads(done.stdout) == tables.made()


def test_without_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the cache should be: nothing can be written."""
    expected = tables.tables()
    tables.tables.cache_clear()
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(blocked))
    assert tables.tables() == expected
