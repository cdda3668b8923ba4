"""`influx(Ca.i)`: everything that is booked on a pool, in any expression."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate import spaces
from iondsl.elaborate.draft import in_unit, name
from iondsl.elaborate.ions import unknown_ion
from iondsl.elaborate.pools import Pool, pool_of
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Call, Expression, Name, wrong
from iondsl.traversal import walk

HOW_TO_INFLUX = "write `influx(Ca.i)`, with an ion and a space"


def called(root: Scope) -> Iterator[Pool]:
    """The pools of all calls of `influx`."""
    for scope in root.below():
        if any("influx" in outer.functions for outer in scope.outward()):
            continue
        for expression in scope.expressions():
            for node in walk(expression):
                if isinstance(node, Call) and node.function.text == "influx" and len(node.arguments) == 1:
                    pool = meant(node.arguments[0], scope)
                    if pool is not None and pool.size is not None:
                        yield pool


def meant(argument: Expression, scope: Scope) -> Pool | None:
    """The pool of `Ca.i`, or of `i` inside an ion."""
    if not isinstance(argument, Name):
        return None
    *block, space = argument.path
    found = scope.ion(tuple(block)) if block else next(ions_around(scope), None)
    return None if found is None or space not in spaces.known(found) else pool_of(found, space)


def ions_around(scope: Scope) -> Iterator[Scope]:
    return (outer for outer in scope.outward() if outer.keyword == "ion")


def read(argument: Expression, call: Span, scope: Scope, report: Report) -> Expression:
    """The call as the quantity that holds it; in a part of a library per its unit of time."""
    pool = meant(argument, scope)
    if pool is None:
        refuse(argument, scope, report)
        return wrong(call)
    if not spaces.has_size(pool.ion, pool.space, f"`influx({pool.quantity})`", argument.span, report):
        return wrong(call)
    found = name(pool.influx, call)
    return found if scope.clock is None else in_unit(found, pool.stated_unit / scope.clock, call)


def refuse(argument: Expression, scope: Scope, report: Report) -> None:
    """E307, E310, E316 for what is no pool."""
    span = argument.span
    if isinstance(argument, Name) and not any(outer.excuses(*argument.path) for outer in scope.outward()):
        *block, space = argument.path
        ion = scope.ion(tuple(block)) if block else None
        if ion is not None:
            spaces.check_name(Name((space,), span), ion, report)
        elif block and scope.cell_at(tuple(block[:-1])) is not None and scope.block_at(tuple(block)) is None:
            report(unknown_ion(block[-1], span, scope))
        else:
            report(Diagnostic("E316", f"`{argument.text}` is no pool of an ion", span, HOW_TO_INFLUX))
    elif not isinstance(argument, Name):
        report(Diagnostic("E316", "this is no pool of an ion", span, HOW_TO_INFLUX))
