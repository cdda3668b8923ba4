"""The numbers of a protocol in the unit of time, and in that of what is driven."""

from __future__ import annotations

from dataclasses import replace

from iondsl.importers.units.known import Known
from iondsl.importers.units.numbering import measured
from iondsl.syntax import Block, Call, Definition, Expression, Keyword, Program, Statement
from iondsl.traversal import rewrite
from iondsl.units import ONE, Unit

TIMES = ("start", "width", "every")
LEVELS = ("height", "first", "last", "amplitude")


def timed(program: Program, known: Known) -> Program:
    """The program with units behind the bare numbers of its protocols."""
    return replace(program, body=tuple(protocol(each, known) for each in program.body))


def protocol(statement: Statement, known: Known) -> Statement:
    if not isinstance(statement, Block) or statement.keyword != "protocol":
        return statement
    return replace(statement, body=tuple(drive(each, known) for each in statement.body))


def drive(line: Statement, known: Known) -> Statement:
    if not isinstance(line, Definition) or line.value is None:
        return line
    level = known.lookup(line.name.text) or ONE
    return replace(line, value=rewrite(line.value, lambda node: wave(node, level, known.time)))


def wave(node: Expression, level: Unit, time: Unit) -> Expression:
    if not isinstance(node, Call):
        return node
    units = {**dict.fromkeys(TIMES, time), **({} if level == ONE else dict.fromkeys(LEVELS, level))}

    def word(keyword: Keyword) -> Keyword:
        unit = units.get(keyword.name)
        return keyword if unit is None else replace(keyword, value=measured(keyword.value, unit))

    return replace(node, keywords=tuple(map(word, node.keywords)))
