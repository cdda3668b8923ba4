"""Names at the top of the file that the language itself gives a meaning there: `V`, `T`, `t`, `pi`, `F`, `R`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from iondsl.constants import CONSTANTS
from iondsl.elaborate import pools
from iondsl.elaborate.draft import is_literal, stated_unit
from iondsl.elaborate.names import PI
from iondsl.elaborate.scope import TEMPERATURE, Report, Scope
from iondsl.elaborate.shares import moves
from iondsl.errors import Diagnostic
from iondsl.laws import LAWS
from iondsl.syntax import Call, Definition, wrong
from iondsl.traversal import walk
from iondsl.units import ONE, Unit, same_dimension


def check(root: Scope, time: str, report: Report) -> None:
    """E202 for a name that is taken."""
    meanings = {time: "the time", PI: "the number pi"}
    if TEMPERATURE in root.members:
        meanings["T"] = f"the `{TEMPERATURE}` in kelvin"
    for cell in root.cells():
        if cell.membrane is not None and cell.membrane.declares("V"):
            meanings["V"] = "the membrane potential"
        refuse(meanings, cell, report)
        meanings = {}


def refuse(meanings: Mapping[str, str], cell: Scope, report: Report) -> None:
    for name, meaning in meanings.items():
        if name in cell.members:
            span = cell.members[name].name.span
        else:
            block = cell.blocks[name].block if name in cell.blocks else None
            if block is None:
                continue
            span = block.span
        report(Diagnostic("E202", f"`{name}` already is {meaning}", span, "give it another name"))


def check_constants(root: Scope, report: Report) -> None:
    """E202 for a block, E402 for a parameter of another dimension, where derived equations would read them."""
    for symbol, constant in CONSTANTS.items():
        block, written = root.blocks.get(symbol), root.members.get(symbol)
        if block is not None and block.block is not None and block.has_value:
            message = f"`{symbol}` already is the {constant.doc}"
            report(Diagnostic("E202", message, block.block.span, "give it another name"))
            del root.blocks[symbol]
            root.absent.add(symbol)
        elif written is not None and is_read(root, symbol) and is_misfit(written, constant.unit):
            what = f"takes the place of the {constant.doc}, and must be in [{constant.unit}]"
            message, cure = f"`{symbol}` at the top of the file {what}", "leave it out, or give it another name"
            report(Diagnostic("E402", message, written.span, cure))
            root.members[symbol] = replace(written, value=wrong(written.span), unit=None)


def is_misfit(written: Definition, unit: Unit) -> bool:
    """Whether a number has another dimension; the unit of anything else is not known yet."""
    stated = stated_unit(written) or ONE
    return is_literal(written.value) and not same_dimension(stated, unit)


def is_read(root: Scope, symbol: str) -> bool:
    """Whether a Nernst potential, another law of physics, or the balance of a pool reads the constant."""
    if symbol in "RF" and any(scope.keyword == "ion" and "E" in scope.derived for scope in root.below()):
        return True
    if symbol == "F" and next(pools.booked(root), None) is not None:
        return any(move.is_current for move in moves(root))
    nodes = (node for scope in root.below() for each in scope.expressions() for node in walk(each))
    called = {node.function.text for node in nodes if isinstance(node, Call)} & LAWS.keys()
    return any(re.search(rf"\b{symbol}\b", LAWS[each].computed) for each in called)
