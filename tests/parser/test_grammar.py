"""The grammar leaves nothing to chance, and its tables come from the cache where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from lark import Lark

from iondsl import resources
from iondsl.parser import grammar as module
from iondsl.parser.grammar import build, grammar


@pytest.fixture
def afresh() -> None:
    grammar.cache_clear()


def test_strict() -> None:
    """No shift/reduce conflict, no two terminals for one text."""
    build(resources.text(resources.GRAMMARS, "ion.lark"), strict=True)


@pytest.mark.usefixtures("afresh")
def test_tables_are_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(tmp_path))
    expected = grammar().parse("x = a + 2 [mV]")
    grammar.cache_clear()
    monkeypatch.setattr(module, "build", never)
    assert grammar().parse("x = a + 2 [mV]") == expected
    assert [path.name for path in tmp_path.glob("grammars/*/*.pickle")] == ["ion.pickle"]


@pytest.mark.usefixtures("afresh")
def test_without_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the cache should be: nothing can be written."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(blocked))
    assert isinstance(grammar(), Lark)


@pytest.mark.usefixtures("afresh")
@pytest.mark.parametrize("damage", [b"", b"no pickle", b"\x80\x05."])
def test_damaged_tables(damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(tmp_path))
    grammar()
    (tables,) = tmp_path.glob("grammars/*/*.pickle")
    size = tables.stat().st_size
    tables.write_bytes(damage.ljust(size, b"\0"))
    grammar.cache_clear()
    assert grammar().parse("x = 1").data == "statement"


def never(text: str) -> Lark:
    raise AssertionError("built again")
