"""A foreign model → a program of the language: gates as gates, the membrane as currents, components as parts.

Names in its expressions are full paths from the root; `writing` shortens them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iondsl.importers.arrange.blocks import Blocks
from iondsl.importers.arrange.facts import facts
from iondsl.importers.arrange.guards import unguarded
from iondsl.importers.arrange.places import model_name, places, unused
from iondsl.importers.arrange.protocols import protocol
from iondsl.importers.arrange.unitless import without_units
from iondsl.importers.foreign import Foreign
from iondsl.importers.foreign import Function as ForeignFunction
from iondsl.importers.naming import safe
from iondsl.syntax import (
    Block,
    Cite,
    Definition,
    Doc,
    Expression,
    Function,
    Name,
    Order,
    Program,
    Statement,
    Time,
    UnitLiteral,
)
from iondsl.traversal import rewrite

__all__ = ["arrange"]


def arrange(foreign: Foreign) -> Program:
    """The program; its states stand in the order of the source."""
    foreign = unguarded(without_units(foreign))
    known = facts(foreign)
    where = places(known)
    blocks = Blocks(known, where)
    span = foreign.components[0].span if foreign.components else foreign.variables[0].span
    texts: list[Statement] = [Doc(foreign.doc, span)] if foreign.doc else []
    texts += [Cite(each, span) for each in foreign.citations]
    body: list[Statement] = [Block("model", model_name(foreign.name), span, tuple(texts))]
    if foreign.time is not None:
        unit = UnitLiteral(known.time, foreign.time.span)
        body.append(Time(where[foreign.time.path].name, unit, foreign.time.span))
    body += [replace_names(each, blocks) for each in foreign.functions]
    filled = blocks.filled()
    wanted = [where[each].path for each in foreign.states]
    if wanted != list(states(filled)):
        body.append(Order(tuple(Name(path, span) for path in wanted), span))
    body += filled
    pacing = protocol(foreign, where)
    return Program(foreign.source, tuple(body if pacing is None else [*body, pacing]))


def replace_names(function: ForeignFunction, blocks: Blocks) -> Function:
    """A function of the source, which may read variables, too; its arguments get names that the language can have."""
    names: dict[str, str] = {}
    for parameter in function.parameters:
        name = safe(parameter)
        taken = (*function.parameters, *names.values())
        names[parameter] = parameter if name == parameter else unused(name, taken)

    def change(node: Expression) -> Expression:
        if isinstance(node, Name) and node.text in names:
            return replace(node, path=(names[node.text],))
        return node

    value = rewrite(blocks.renamed(function.value), change)
    return Function(function.name, tuple(names.values()), value, function.span, function.doc)


def states(body: tuple[Statement, ...], around: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The states in the order in which they are declared."""
    for each in body:
        match each:
            case Block(keyword="gate"):
                yield (*around, each.name)
            case Block():
                yield from states(each.body, (*around, each.name))
            case Definition(keyword="state"):
                yield each.name.path if around == ("membrane",) and each.name.text == "V" else (*around, each.name.text)
