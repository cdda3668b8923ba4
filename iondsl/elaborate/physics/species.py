"""Ions as arguments: `nernst(K)`, `ghk_current(P, K)`, `ghk_voltage(P_K, K, P_Na, Na)`."""

from __future__ import annotations

from iondsl.elaborate import ions
from iondsl.elaborate.draft import name
from iondsl.elaborate.excused import is_excused
from iondsl.elaborate.ions import unknown_ion
from iondsl.elaborate.physics.arguments import is_wrong
from iondsl.elaborate.physics.whole_numbers import literal
from iondsl.elaborate.pools import pool_of
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Expression, Name

NEUTRAL = {"nernst": "it has no Nernst potential"}
CARRIES_NOTHING = "it carries no current"


@frozen
class Species:
    """An ion between `i` and `o`."""

    valence: int
    inside: Expression
    outside: Expression


def between(argument: Expression, function: str, span: Span, scope: Scope, report: Report) -> Species | None:
    """The ion that an argument names; E307, E304 where it is none, is neutral, or lacks a concentration."""
    if is_wrong(argument):
        return None
    if not isinstance(argument, Name):
        report(Diagnostic("E206", f"`{function}` needs the name of an ion here", argument.span))
        return None
    block = scope.ion(argument.path)
    ion = scope.ion(argument.path[:-1]) if block is None and len(argument.path) > 1 else None
    if ion is not None and ion.holder(argument.path[-1]) is not None:
        report(a_concentration(argument, ion, function))
        return None
    if block is None:
        if not is_excused(argument.path, scope.home):
            report(unknown_ion(argument.text, argument.span, scope))
        return None
    valence = ions.valence(block)
    if not is_complete(block, argument, function, report) or valence is None:
        return None
    inside, outside = (name(pool_of(block, space).quantity, span) for space in ions.SPACES)
    return Species(valence, inside, outside)


def a_concentration(argument: Name, ion: Scope, function: str) -> Diagnostic:
    """E206 for `Ca.ss` in the place of `Ca`, with the form that takes concentrations."""
    block, space = ".".join(argument.path[:-1]), argument.path[-1]
    other = "i" if function == "nernst" and space != "i" and ion.holder("i") is not None else "o"
    forms = {
        "nernst": f"nernst({block}.z, {argument.text}, {block}.{other})",
        "ghk_current": f"ghk_current(P, {block}.z, {argument.text}, {block}.{other}, V)",
    }
    message = f"`{function}` takes an ion here, and reads its `i` and `o`"
    cure = f"write `{forms.get(function, block)}`"
    return Diagnostic("E206", message, argument.span, cure)


def is_complete(block: Scope, ion: Name, function: str, report: Report) -> bool:
    """Whether the ion has a charge and both concentrations; the first that it lacks is reported."""
    if ions.valence(block) == 0:
        why = NEUTRAL.get(function, CARRIES_NOTHING)
        report(Diagnostic("E304", f"`{ion.text}` is neutral: {why}", ion.span))
        return False
    for member in ("z", "i", "o"):
        if block.holder(member) is None:
            if block.lacks(member):
                report(Diagnostic("E304", f"`{function}` needs `{ion.text}.{member}`", ion.span))
            return False
    return True


def has_charge(function: str, z: Expression, report: Report) -> bool:
    """E206 for a valence of 0 where a function divides by it, or comes to nothing."""
    if ions.whole(z) == 0:
        why = NEUTRAL.get(function, CARRIES_NOTHING)
        report(Diagnostic("E206", f"a species with `z = 0` is neutral: {why}", z.span))
        return False
    return True


def members(ion: Species, span: Span) -> tuple[Expression, ...]:
    """z, i and o, as functions take them."""
    return literal(ion.valence, span), ion.inside, ion.outside
