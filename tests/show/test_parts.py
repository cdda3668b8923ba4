"""Models of parts, printed for readers: as a tree, and block by block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iondsl import pipeline, reading
from iondsl.library import PATH
from iondsl.resources import bundled_models
from iondsl.show import show
from iondsl.show.inferred import inferred
from iondsl.show.tree import tree
from iondsl.source import Source

TESTS = Path(__file__).parent.parent
CELL = """\
model cell:
membrane:
    state V = -60 [mV]
    C = 1 [uF/cm^2]
"""
LEAKS = """\
input V [mV]
current I_leak:
    param g = 0.1 [mS/cm^2]    # a comment
    gate m:
        inf = 1 / (1 + exp((
            V  # of the user
            + 40) / 5))
        tau = 2
    I = g * m * (V + 70)
use I_leak as I_small:
    g = 0.01
"""


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a library, in which the model stands, too."""
    monkeypatch.chdir(tmp_path)
    Path("leaks.ion").write_text(LEAKS, encoding="utf-8")
    return tmp_path


def branches(text: str, variant: str = "") -> list[str]:
    """The lines of a tree, each with single spaces."""
    return single(tree(pipeline.program_of(Source("cell.ion", text))[0], variant))


def shown(text: str) -> list[str]:
    return single(show(pipeline.resolve(Source("cell.ion", text))))


def single(lines: Iterator[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines]


def test_use(golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TESTS / "valid")
    source = reading.read("use.ion")
    golden("show/use_tree.txt", "\n".join(tree(pipeline.program_of(source)[0])) + "\n")
    golden("show/use.txt", "\n".join(show(pipeline.resolve(source))) + "\n")


def test_a_tree_names_the_file_and_line_of_every_part_and_line(beside: Path) -> None:
    assert branches(f"{CELL}use I_leak as I_l from leaks:\n    m.inf = 0.5  # half\n    V = V - 1\n") == [
        "model cell cell.ion",
        "├── membrane line 2",
        "└── current I_leak as I_l leaks.ion:2, used in line 5",
        "├── restated: m.inf = 0.5 line 6",
        "│ └── for: inf = 1 / (1 + exp(( V + 40) / 5)) leaks.ion:5",
        "├── bound: V = V - 1 line 7",
        "└── gate m leaks.ion:4",
    ]


def test_a_part_that_is_a_copy_in_its_library(beside: Path) -> None:
    assert branches(f"{CELL}use I_small from leaks\n")[2:] == [
        "└── current I_small leaks.ion:10, used in line 5",
        "├── I_small is I_leak leaks.ion:2, used in leaks.ion:10",
        "│ └── restated: g = 0.01 leaks.ion:11",
        "│ └── for: param g = 0.1 [mS/cm^2] leaks.ion:3",
        "└── gate m leaks.ion:4",
    ]


def test_variants_restate_lines_of_parts(beside: Path) -> None:
    used = "use I_leak from leaks:\n    g = 2\n"
    text = f"{CELL}{used}variant large:\n    I_leak.g = 4\nvariant none:\n    I_leak.g = 0\n"
    ends = [
        "variant large line 7",
        "│ └── restated: I_leak.g = 4 line 8",
        "│ └── for: g = 2 line 6",
    ]
    assert branches(text)[-6:-3] == [f"├── {ends[0]}", *ends[1:]]
    assert branches(text, "large")[-3:] == [f"└── {ends[0]}", *(line.removeprefix("│ ") for line in ends[1:])]


@pytest.mark.parametrize("name", bundled_models())
def test_every_bundled_model_has_a_tree_of_its_blocks(name: str) -> None:
    source = reading.read(name)
    system = pipeline.resolve(source)
    lines = single(tree(pipeline.program_of(source)[0]))
    assert lines[0] == f"model {name} {name}.ion"
    found = [(each.name, each.span) for each in system.currents]
    found += [(each.name, each.span) for each in system.gates]
    found += [(each.name, each.span) for each in system.ions]
    for name, span in found:
        last = name.rpartition(".")[2]
        there = re.compile(rf"(line |:){span.line}\b")
        assert any(last in line.split() and there.search(line) for line in lines), name


def test_blocks_of_a_part_stand_together_below_its_source(beside: Path) -> None:
    text = f"{CELL}use I_leak as a from leaks:\n    g = 2\nx = 3\nuse I_small as b from leaks:\n    V = V - 1 [mV]\n"
    lines = shown(text)
    a, b = lines.index("current a"), lines.index("current b")
    assert lines[a + 1 : a + 5] == [
        "from I_leak in leaks.ion, line 2, used in line 5",
        "restated in line 6: g = 2",
        "for param g = 0.1 [mS/cm^2] of leaks.ion:3",
        "a [uA/cm^2] = a.g * a.m * (V + 70) leaks.ion:9",
    ]
    assert lines[b + 1 : b + 3] == [
        "from I_small in leaks.ion, line 10, used in line 8",
        "bound in line 9: V = V - 1 [mV]",
    ]
    assert lines.index("gate a.m") < b
    assert "a.g 2 [mS/cm^2] line 6, restated" in lines
    assert "b.g 0.01 [mS/cm^2] leaks.ion:11, restated" in lines
    assert "x [1] = 3 line 7" in lines


def test_a_library_of_the_search_path_has_a_short_name(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "channels").mkdir()
    (folder / "channels" / "leaks.ion").write_text(LEAKS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(PATH, str(folder))
    text = f"{CELL}use I_leak from channels.leaks\n"
    assert "└── current I_leak channels/leaks.ion:2, used in line 5" in branches(text)
    assert "from channels/leaks.ion, line 2, used in line 5" in shown(text)


def test_units_are_told_with_the_file(beside: Path) -> None:
    system = pipeline.resolve(Source("cell.ion", f"{CELL}use I_leak from leaks:\n    m.tau = 4\n"))
    lines = single(inferred(system))
    assert "I_leak [uA/cm^2] leaks.ion:9" in lines
    assert "I_leak.m.tau [ms] line 6, restated" in lines


REACTING = """\
model cell:
space i:
    volume = 20 [um^3]
space ss:
    volume = 1 [um^3]
ion Ca:
    z = +2
    state i = 1 [mM]
    state ss = 1 [mM]
part buffer:
    state B = 1 [mM]
    state CaB = 0 [mM]
    param k = 2 [1/ms]
    reaction binding:
        2 Ca.i + B <-> CaB : 3 [1/(mM^2 ms)], k / 2
        CaB -> B : k
use buffer as near:
    i = ss
"""


def test_reactions_are_told_with_what_reacts_here() -> None:
    lines = shown(REACTING)
    row = lines.index("buffer.binding in i 2 Ca.i + B <-> CaB : 3 [1/(mM^2 ms)], k / 2 line 15")
    assert lines[row + 1 : row + 4] == [
        "CaB -> B : k line 16",
        "near.binding in ss 2 Ca.ss + B <-> CaB : 3 [1/(mM^2 ms)], k / 2 line 15",
        "CaB -> B : k line 16",
    ]


def test_where_a_gate_begins_is_restated(beside: Path) -> None:
    text = f"{CELL}use I_leak.m as n from leaks:\n    n = 0.25\n"
    assert branches(text)[2:] == [
        "└── gate I_leak.m as n leaks.ion:4, used in line 5",
        "└── restated: n = 0.25 line 6",
        "└── for: gate m leaks.ion:4",
    ]
    assert "n 0.25 [1] line 6, restated" in shown(text)
