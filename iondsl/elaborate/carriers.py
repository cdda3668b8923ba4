"""What may be wrong behind `carries`, `from ... to ...` and `per`, and with the shares of a current."""

from __future__ import annotations

from iondsl.elaborate import spaces
from iondsl.elaborate.ions import unknown_ion
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.shares import net_charge, valence_of
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Carrier, Name

NUMBERS = "write how many of each move in a cycle, as in `carries 3 Na, -2 K`"
USE_A_FLUX = "for particles without net charge write a `flux`"


def check(scope: Scope, carriers: tuple[Carrier, ...], report: Report) -> None:
    """E307, E310 for what is not known, E313 where only some have numbers."""
    seen: dict[str, Carrier] = {}
    for carrier in carriers:
        ion, *space = carrier.ion.path
        if scope.ion((ion,)) is None:
            if not any(outer.excuses(ion) for outer in scope.home.outward()):
                report(unknown_ion(ion, carrier.ion.span, scope))
        elif space:
            spaces.check_name(Name(tuple(space), carrier.ion.span), scope, report)
        first = seen.setdefault(ion, carrier)
        if first is not carrier:
            report(carried_twice(first, carrier))
    without = [carrier for carrier in carriers if carrier.coefficient is None]
    if 0 < len(without) < len(carriers):
        report(Diagnostic("E313", f"`{without[0].ion.text}` has no number, but others have", without[0].span, NUMBERS))


def check_charge(scope: Scope, carriers: tuple[Carrier, ...], report: Report) -> None:
    """E308 where no charge moves."""
    if carriers and not is_twice(carriers) and net_charge(scope, carriers) == 0:
        message = "no net charge is carried, so this is no current"
        report(Diagnostic("E308", message, together(carriers), USE_A_FLUX))


def check_stimulus(scope: Scope, carriers: tuple[Carrier, ...], report: Report) -> None:
    """E311 for `K.o`; E313 for several ions without numbers: a stimulus has no lines for the share of each."""
    check(scope, carriers, report)
    check_charge(scope, carriers, report)
    check_starts(carriers, report)
    if len(carriers) > 1 and all(carrier.coefficient is None for carrier in carriers):
        report(Diagnostic("E313", "a stimulus of several ions needs their numbers", together(carriers), NUMBERS))


def check_shares(scope: Scope, carriers: tuple[Carrier, ...], report: Report) -> None:
    """E313, E314: `I.Na =` for each ion of `carries Na, K`, and for no other; E308 for a neutral one."""
    numbered = any(carrier.coefficient is not None for carrier in carriers)
    written = scope.blocks.get("I")
    for ion, line in () if written is None else written.members.items():
        check_share(scope, ion, line.name.span, carriers, report)
    if not numbered and not is_twice(carriers) and (written is not None or len(carriers) > 1):
        check_missing(scope, carriers, report)


def check_share(scope: Scope, ion: str, span: Span, carriers: tuple[Carrier, ...], report: Report) -> None:
    """E313 beside numbers, E314 for an ion that is not carried, E308 for a neutral one."""
    mine = [carrier for carrier in carriers if carrier.ion.path[0] == ion]
    if not mine:
        cure = f"add it: `carries {', '.join([*(each.ion.text for each in carriers), ion])}`"
        report(Diagnostic("E314", f"`{scope.path[-1]}` does not carry `{ion}`", span, cure))
    elif any(carrier.coefficient is not None for carrier in carriers):
        cure = "leave this line out, or the numbers behind `carries`"
        report(Diagnostic("E313", f"`I.{ion}` follows from the numbers behind `carries`", span, cure))
    if any(valence_of(scope, carrier) == 0 for carrier in mine):
        report(Diagnostic("E308", f"`{ion}` is neutral, so its share is no current", span, USE_A_FLUX))


def check_missing(scope: Scope, carriers: tuple[Carrier, ...], report: Report) -> None:
    """E314 for a share that has no line."""
    written = scope.blocks.get("I")
    for carrier in carriers:
        ion = carrier.ion.path[0]
        if (written is None or ion not in written.members) and not scope.excuses("I"):
            cure = f"write `I.{ion} = ...`, or numbers as in `carries 3 Na, -2 K`"
            report(Diagnostic("E314", f"the share of `{ion}` is missing", carrier.span, cure))


def is_twice(carriers: tuple[Carrier, ...]) -> bool:
    """Whether an ion is named more than once."""
    return len({carrier.ion.path[0] for carrier in carriers}) < len(carriers)


def carried_twice(first: Carrier, second: Carrier) -> Diagnostic:
    """E307: one number for both, or one current for each of two spaces."""
    ion, cure = second.ion.path[0], "write one number for both"
    if first.ion.text != second.ion.text:
        cure = f"write a current for each: one carries `{first.ion.text}`, the other `{second.ion.text}`"
    return Diagnostic("E307", f"`{ion}` is carried twice", second.span, cure)


def check_ends(scope: Scope, report: Report) -> None:
    """E310 for unknown spaces, E311 for two ends that are one, or are named twice."""
    block = scope.block
    if block is None:
        return
    named = [each for each in block.carries if len(each.ion.path) > 1]
    if block.ends is not None:
        sound = [spaces.check_name(end, scope, report) for end in block.ends]
        if all(sound) and block.ends[0].text == block.ends[1].text:
            report(same_end(block.ends[0].text, block.ends[0].span.to(block.ends[1].span)))
        for each in named:
            if each.ion.path[1:] != block.ends[0].path:
                message = f"`{each.ion.text}` does not leave from `{block.ends[0].text}`, which `from` names"
                report(Diagnostic("E311", message, each.span, f"write `{each.ion.path[0]}` alone"))
    elif scope.keyword == "current":
        check_starts(block.carries, report)
    if block.per is not None:
        spaces.check_name(block.per, scope, report)


def check_starts(carriers: tuple[Carrier, ...], report: Report) -> None:
    """E311 for `Ca.o`: without `from ... to ...` the other end is `o`."""
    for each in carriers:
        if each.ion.path[1:] == ("o",):
            report(same_end("o", each.span))


def same_end(space: str, span: Span) -> Diagnostic:
    cure = "name the space that it leaves, and another one that it enters"
    return Diagnostic("E311", f"this leads from `{space}` to `{space}`", span, cure)


def together(carriers: tuple[Carrier, ...]) -> Span:
    return carriers[0].span.to(carriers[-1].span)
