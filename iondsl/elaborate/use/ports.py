"""Ports of a library that state no unit.

A part counts in the units of its library, its bare numbers too: in `Ca.i / (Ca.i + 0.6)` the 0.6 is in the unit of
`Ca.i` there. What a user has in the place of the port is converted to that unit, which therefore has to be written.
"""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.scope import Report
from iondsl.elaborate.use import free
from iondsl.elaborate.use.contract import Contract
from iondsl.elaborate.use.free import Taken
from iondsl.elaborate.use.walking import Role
from iondsl.errors import Diagnostic
from iondsl.syntax import Block, Program

VALENCE = "z"


def check(contract: Contract, taken: Taken) -> bool:
    """Whether all ports that a part reads have a unit; E379 for each that has none."""
    found = tuple(without_unit(contract, taken))
    for each in found:
        contract.report(each)
    return not found


def without_unit(contract: Contract, taken: Taken) -> Iterator[Diagnostic]:
    for (text, role), name in taken.names.items():
        port = contract.port(name.path) if role in (Role.NUMBER, Role.STATE) else None
        if port is not None and port.name.text != VALENCE and not contract.counts(name.path):
            message = f"`{text}` states no unit, so that nothing can be converted to it where the part is used"
            yield Diagnostic("E379", message, port.span, f"state it: `{port.name.text} [...] = ...`")


def check_library(program: Program, report: Report) -> None:
    """The same for all parts of a file that is checked by itself."""
    contract = Contract(program, report)
    for block in program.body:
        if isinstance(block, Block):
            check(contract, free.of_part(block))
