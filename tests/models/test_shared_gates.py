"""No gate is written twice under models/: who needs one of another file uses it from a library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from iondsl.formatter import text
from iondsl.parser import parse
from iondsl.reading import read
from iondsl.source import Source
from iondsl.syntax import Block, Definition, Expression, Number, Statement
from iondsl.traversal import rewrite

MODELS = Path(__file__).parent.parent.parent / "models"


def gates(body: tuple[Statement, ...], path: str) -> Iterator[tuple[str, Block]]:
    for each in body:
        if isinstance(each, Block):
            if each.keyword == "gate":
                yield f"{path}{each.name}", each
            yield from gates(each.body, f"{path}{each.name}.")


def normal(side: Expression | None) -> str:
    """A right side with every number in its shortest form, and as few parentheses as it takes."""

    def change(node: Expression) -> Expression:
        return Number(repr(float(node.text)), node.unit, node.span) if isinstance(node, Number) else node

    return "" if side is None else text(rewrite(side, change))


def right_sides(gate: Block) -> tuple[tuple[str, str], ...]:
    lines = (each for each in gate.body if isinstance(each, Definition))
    return tuple(sorted((line.name.text, normal(line.value)) for line in lines))


def repeated(sources: list[Source]) -> list[list[str]]:
    found = defaultdict(list)
    for source in sources:
        for name, gate in gates(parse(source)[0].body, f"{source.name}: "):
            found[right_sides(gate)].append(name)
    return [names for names in found.values() if len(names) > 1]


def test_no_two_gates_are_the_same() -> None:
    files = sorted(MODELS.rglob("*.ion"))
    assert files
    assert repeated([read(str(path)) for path in files]) == []


def test_the_same_gate_is_seen_however_it_is_written() -> None:
    one = "part a:\n    gate m:\n        inf = 1 / (1 + exp(-(V + 40.0) / 5))\n        tau = 5\n"
    other = "gate n = 0.1:\n    tau = 5.0\n    inf = (1 / (1 + exp((-(V + 40)) / 5e0)))\n"
    assert repeated([Source("one", one), Source("other", other)]) == [["one: a.m", "other: n"]]
