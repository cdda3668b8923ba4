"""What is written is read back as the same program, in names that mean the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from iondsl.elaborate.scope import Scope
from iondsl.importers.lines import announced, changed
from iondsl.importers.writing import shortened, text, written
from iondsl.importers.writing.names import Shortening
from iondsl.importers.writing.texts import divided, string
from iondsl.parser import parse
from iondsl.source import Source, Span
from iondsl.syntax import Block, Definition, Doc, Name, Number, Program
from tests.fuzz.programs import programs
from tests.layout.scrambled import bare
from tests.layout.test_properties import readable

ROOT = Path(__file__).parent.parent.parent
FILES = sorted([*(ROOT / "models").rglob("*.ion"), *(ROOT / "tests" / "valid").glob("*.ion")])
WITHOUT_USE = [each for each in FILES if not re.search(r"^ *use ", each.read_text(encoding="utf-8"), re.MULTILINE)]
NOWHERE = Span(Source("", ""), 0, 0)


def read(written: str) -> Program:
    program, findings = parse(Source("", written))
    assert not findings, findings
    return program


class Lengthening(Shortening):
    """Every name as a full path."""

    def short(self, name: Name, scope: Scope, bound: tuple[str, ...]) -> Name:
        meaning = self.names.find(name.path, scope)
        return name if meaning is None else Name(tuple(meaning.split(".")), name.span)


def in_full(program: Program) -> Program:
    names = announced(program)
    return changed(program, names.root, Lengthening(names).line)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files(path: Path) -> None:
    program = read(path.read_text(encoding="utf-8"))
    again = written(program)
    assert bare(read(again)) == bare(program)


@pytest.mark.parametrize("path", WITHOUT_USE[::3], ids=lambda path: path.stem)
def test_names_are_short_and_mean_the_same(path: Path) -> None:
    program = read(path.read_text(encoding="utf-8"))
    full = in_full(program)
    again = read(text(full))
    assert bare(in_full(again)) == bare(full)
    assert lengths(again) <= lengths(program)


def lengths(program: Program) -> int:
    return sum(map(len, re.findall(r"[\w.]+", written(program))))


@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(programs())
def test_programs_of_the_grammar(given: str) -> None:
    program = read(readable(given))
    assert bare(read(written(program))) == bare(program)


def test_hidden_names_are_written_longer() -> None:
    full = read("""model m:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
param k = 2
ion K:
    z = 1
    E = -80 [mV]
part a:
    param x = 1
    gate K:
        alpha = 1 [1/ms]
        beta = a.x * 1 [1/ms]
        y = a.K.alpha
    z = a.K.beta
part b:
    param x = 2
    function f(x) = x + a.x + b.x
    y = a.x + b.x + k + K.E * (1 / 1 [mV]) + membrane.V * (1 / 1 [mV])
""")
    done = written(shortened(full))
    assert "beta = x * 1 [1/ms]" in done
    assert "y = alpha" in done
    assert "z = K.beta" in done
    assert "y = a.x + x + k + K.E * (1 / 1 [mV]) + V * (1 / 1 [mV])" in done
    assert "f(x) = x + a.x + b.x" in done


def test_what_cannot_be_named_is_no_other_thing() -> None:
    full = read("model m:\nparam k = 2\npart a:\n    param k = 3\n    x = k\n")
    with pytest.raises(LookupError, match="`k` cannot be named inside `a`"):
        shortened(full)


LONG = "The first sentence. " + "Others follow, each as long as the first one and with more words. " * 8


@pytest.mark.parametrize(
    ("given", "doc", "comments"),
    [
        ("a text", "a text", 0),
        ('the "fast" gate', "the 'fast' gate", 0),
        ("two\n   lines\x1b[31m", "two lines[31m", 0),
        ("  kept  as it is ", "  kept  as it is ", 0),
        (LONG, "The first sentence", 5),
        ("word " * 60, "", 3),
        (f"First\nsentence. {LONG}\n\n{LONG}", "First sentence", 10),
    ],
)
def test_texts(given: str, doc: str, comments: int) -> None:
    found, rest = divided(given, 90)
    assert found == doc
    assert len(rest) == comments
    assert all(line.startswith("# ") and len(line) <= 112 for line in rest)
    assert not parse(Source("", f"model m: {string(given)}"))[1]


def test_comments_hold_the_rest() -> None:
    program = Program(NOWHERE.source, (
        Block("model", "m", NOWHERE, (Doc(LONG, NOWHERE),)),
        Definition("param", Name(("k",), NOWHERE), None, Number("2", None, NOWHERE), NOWHERE, doc=f'"k". {LONG}'),
    ))
    done = text(program)
    assert done.startswith('model m:\n    "The first sentence"\n    # Others follow, each')
    assert "\n# The first sentence. Others follow" in done
    assert [each.doc for each in read(done).body if isinstance(each, Definition)] == ["'k'"]
