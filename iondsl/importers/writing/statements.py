"""Statements → lines, as they stand: names are not looked up, and blanks within a line are left to the layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iondsl.formatter import bracketed, text
from iondsl.importers.writing.texts import ALONE, BEHIND, divided, string
from iondsl.syntax import (
    Block,
    Carrier,
    Cite,
    Definition,
    Derivative,
    Doc,
    Eliminate,
    Expression,
    Function,
    InitialVolume,
    Order,
    Program,
    Statement,
    StateNames,
    Term,
    Time,
    Transition,
    UnitLiteral,
)

INDENT = "    "


def written(program: Program) -> str:
    """The text of a program, every statement with its docs; parsed again, it is the same program."""
    return "".join(f"{line}\n" for line in body(program.body, ""))


def body(statements: Iterable[Statement], indent: str) -> Iterator[str]:
    """The lines of a block, with blank lines around the blocks at the top of the file."""
    before: Statement | None = None
    for each in statements:
        if before is not None and not indent and Block in (type(before), type(each)):
            yield ""
        yield from lines(each, indent)
        before = each


def lines(statement: Statement, indent: str) -> Iterator[str]:
    match statement:
        case Block():
            yield from block(statement, indent)
        case Doc():
            doc, comments = divided(statement.text, ALONE)
            yield from [f"{indent}{string(doc)}"] if doc or not comments else []
            yield from (f"{indent}{line}" for line in comments)
        case Cite():
            yield f"{indent}cite {string(statement.text)}"
        case Time():
            yield f"{indent}time {statement.name} {bracketed(statement.unit)}"
        case Order():
            yield f"{indent}order({', '.join(each.text for each in statement.names)})"
        case _:
            doc, comments = divided(statement.doc, BEHIND)
            tags = statement.tags if isinstance(statement, Definition) else ()
            yield from (f"{indent}{line}" for line in comments)
            yield f"{indent}{simple(statement)}{trailer(tags, doc)}"


def block(node: Block, indent: str) -> Iterator[str]:
    doc, comments = divided(node.doc, BEHIND)
    colon = ":" if node.body or node.keyword != "use" else ""
    yield from (f"{indent}{line}" for line in comments)
    yield f"{indent}{header(node)}{trailer(node.tags, '')}{colon}{trailer((), doc)}"
    yield from body(node.body, indent + INDENT)


def trailer(tags: Iterable[str], doc: str) -> str:
    """The tags and the string at the end of a line."""
    return "".join(f" {each}" for each in (*(f"@{tag}" for tag in tags), *([string(doc)] if doc else [])))


def header(node: Block) -> str:
    """The line of a block, without its colon."""
    words = [node.keyword, *([] if node.keyword == "membrane" else [node.name])]
    if node.origin is not None:
        words = used(node)
    if node.value is not None:
        words += ["=", text(node.value)]
    words += carried(node.carries)
    if node.ends is not None:
        words += ["from", node.ends[0].text, "to", node.ends[1].text]
    if node.per is not None:
        words += ["per", node.per.text]
    if node.space is not None:
        words += ["in", node.space.text]
    return " ".join(words)


def used(node: Block) -> list[str]:
    """`use CHANNEL as NAME from LIBRARY`."""
    assert node.origin is not None
    words = [node.keyword, node.origin.text]
    if node.name != node.origin.path[-1]:
        words += ["as", node.name]
    return words if node.library is None else [*words, "from", node.library.text]


def carried(carriers: tuple[Carrier, ...]) -> list[str]:
    return ["carries", ", ".join(map(carrier, carriers))] if carriers else []


def carrier(node: Carrier) -> str:
    return node.ion.text if node.coefficient is None else f"{node.coefficient} {node.ion.text}"


def simple(statement: Statement) -> str:
    """A line that stands alone, without its tags and its doc."""
    match statement:
        case Definition():
            words = [*([statement.keyword] if statement.keyword else []), statement.name.text]
            return " ".join([*words, *side(statement.unit, statement.value), *carried(statement.carries)])
        case Derivative():
            return " ".join([f"{statement.name.text}'", *side(statement.unit, statement.value)])
        case InitialVolume():
            return f"initial {statement.name} = {text(statement.value)}"
        case Function():
            return f"function {statement.name}({', '.join(statement.parameters)}) = {text(statement.value)}"
        case StateNames():
            given = (" = ".join([each.name, *optional(each.value)]) for each in statement.occupancies)
            return f"states {', '.join(given)}"
        case Eliminate():
            return f"eliminate {statement.name}"
        case Transition():
            arrow = "<->" if statement.reversible else "->"
            sides = " ".join(filter(None, [terms(statement.left), arrow, terms(statement.right)]))
            return f"{sides} : {', '.join(map(text, statement.rates))}"
    raise TypeError(f"no line of its own: {statement}")


def side(unit: UnitLiteral | None, value: Expression | None) -> list[str]:
    """What stands right of a name."""
    stated = [] if unit is None else [bracketed(unit)]
    return stated if value is None else [*stated, "=", text(value)]


def optional(value: Expression | None) -> list[str]:
    return [] if value is None else [text(value)]


def terms(side: tuple[Term, ...]) -> str:
    return " + ".join(f"{'' if each.coefficient == 1 else f'{each.coefficient} '}{each.species.text}" for each in side)
