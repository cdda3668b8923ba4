"""A file that was cut off: what is missing because of that is said once."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.errors import Diagnostic, suggestion
from iondsl.importers.foreign import TIME
from iondsl.importers.mmt.draft import Draft
from iondsl.importers.mmt.lines import Line
from iondsl.syntax import Name
from iondsl.traversal import walk

MOST_NAMED = 3
WHOLE = "is the file whole? Nothing is said of other things that it lacks"


def check_ending(draft: Draft, last: Line, findings: list[Diagnostic]) -> None:
    """For a file that ends in its model, with `last`: say so if there are components missing.

    What is missing then counts as lost, as in a line that cannot be read; so it does where `last` is half a line.
    """
    absent = missing(draft)
    half = last.code.end == len(last.code.source.text) and any(
        each.span is not None and each.span.end > last.code.start for each in findings
    )
    if absent and not half:
        named = ", ".join(f"`[{each}]`" for each in absent[:MOST_NAMED])
        more = f" and {len(absent) - MOST_NAMED} others" if len(absent) > MOST_NAMED else ""
        findings.append(Diagnostic("E610", f"the file ends here, without {named}{more}", last.code, WHOLE))
    draft.lost |= bool(absent) or half


def missing(draft: Draft) -> list[str]:
    """The components that are lacking, if they are several, or no model can be without; none is only misspelt."""
    spoken_of = [each for each in dict.fromkeys(mentioned(draft)) if each not in draft.components]
    absent = [each for each in spoken_of if not suggestion(each, draft.components)]
    timed = any(given.value == TIME for each in draft.variables() for given in each.properties.values())
    needed = not timed or any(path[0] in absent for path in draft.starts)
    return absent if needed or len(absent) > 1 else []


def mentioned(draft: Draft) -> Iterator[str]:
    """The components that it reads, or gives initial values."""
    yield from (path[0] for path in draft.starts)
    for component in draft.components.values():
        yield from (alias.target.path[0] for alias in component.aliases.values())
    for variable in draft.variables():
        for node in walk(variable.value) if variable.value is not None else ():
            if isinstance(node, Name) and len(node.path) > 1:
                yield node.path[0]
