"""What used parts need, once it is known what there is: ions of the right charge, spaces, a temperature."""

from __future__ import annotations

from iondsl.elaborate import ions, spaces
from iondsl.elaborate.scope import TEMPERATURE, Report, Scope
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Need, Used


def check(root: Scope, report: Report) -> None:
    for scope in root.below():
        used = None if scope.block is None else scope.block.used
        if used is not None and scope.parent is not None:
            for need in used.needs:
                CHECK[need.keyword](need, scope.parent, used, report)


def check_ion(need: Need, around: Scope, used: Used, report: Report) -> None:
    """E374 for one that is missing, E377 for one of another charge."""
    ion = around.ion(tuple(need.there.split(".")))
    if ion is None:
        if not any(outer.excuses(need.there) for outer in around.outward()):
            lacks(need, f"the ion `{need.name}`", f"declare it, or bind `{need.name}` to another ion", used, report)
            around.home.absent.add(need.there)
        return
    found = ions.valence(ion)
    expected = None if need.valence is None else ions.whole(need.valence.value)
    if None not in (found, expected) and found != expected and need.valence is not None:
        there = f"line {need.valence.span.line} of `{used.library.name}`"
        message = f"`{need.there}` has z = {found:+d} here, and the part counts on z = {expected:+d} ({there})"
        report(Diagnostic("E377", message, place(need, used), f"bind `{need.name}` to another ion in a line below"))


def check_space(need: Need, around: Scope, used: Used, report: Report) -> None:
    """E374 for one that is missing; `i` and `o` exist by themselves."""
    is_there = spaces.is_known(around, need.there)
    if not is_there and not any(outer.excuses(need.there) for outer in around.outward()):
        lacks(need, f"the space `{need.name}`", f"declare it, or bind it below: `{need.name} = ...`", used, report)
        around.home.absent.add(need.there)


def check_function(need: Need, around: Scope, used: Used, report: Report) -> None:
    """E375 where the user's file calls another function by the name of a built-in one."""
    if any(need.name in outer.functions for outer in around.outward()):
        there = f"line {need.span.line} of `{used.library.name}`"
        message = f"`{need.name}` is built in for the part ({there}), and a function of its own here"
        report(Diagnostic("E375", message, used.line, "give the function another name"))


def check_temperature(need: Need, around: Scope, used: Used, report: Report) -> None:
    """E374 where the model has none."""
    root = around.root
    if TEMPERATURE not in root.members and not root.excuses("T", TEMPERATURE):
        lacks(need, "a temperature", "write `temperature = 36 [degC]` at the top of the file", used, report)
        root.absent |= {"T", TEMPERATURE}


def lacks(need: Need, what: str, cure: str, used: Used, report: Report) -> None:
    """E374, at the line that binds it if there is one: there stands the name that is missing."""
    message = f"the part needs {what} (line {need.span.line} of `{used.library.name}`), and there is none here"
    if need.bound is not None:
        message = f"there is no {need.keyword} `{need.there}` that could stand for {what} of the part"
        cure = f"declare it, or bind `{need.name}` to another {need.keyword}"
    report(Diagnostic("E374", message, place(need, used), cure))


def place(need: Need, used: Used) -> Span:
    return used.line if need.bound is None else need.bound.span


CHECK = {"ion": check_ion, "space": check_space, "function": check_function, TEMPERATURE: check_temperature}
