"""Where used parts come from, and what the lines below a `use` say."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from iondsl.show.words import INDENT, WIDTH, line_of
from iondsl.source import Source
from iondsl.system import Part, Replaced
from iondsl.wrapping import wrap


def provenance(part: Part, model: Source) -> Iterator[str]:
    """What stands below the heading of a part: its source and what that cites, what is restated, what is bound."""
    yield from wrap(f"from {place(part, model)}, used in {line_of(part.span)}", WIDTH, INDENT, INDENT)
    if part.citations:
        yield from textwrap.wrap(
            f"after {'; '.join(part.citations)}", WIDTH, initial_indent=INDENT, subsequent_indent=INDENT * 2
        )
    for line in part.replaced:
        yield from replaced(line)
    if part.of is not None:
        yield from provenance(part.of, model)


def place(part: Part, model: Source) -> str:
    """`channels/yamada_1989.ion, line 12`, with its name there, where that is another one."""
    named = "" if part.origin == part.name.rpartition(".")[2] else f"{part.origin} in "
    if part.header.source is model:
        return f"{part.origin}, line {part.header.line}"
    return f"{named}{part.library.seen_from(model)}, line {part.header.line}"


def replaced(line: Replaced) -> Iterator[str]:
    """A line as it is written, and the one in whose place it stands."""
    if line.original is None:
        yield from wrap(f"bound in {line_of(line.span)}: {line.span.as_written}", WIDTH, INDENT, INDENT)
        return
    yield from wrap(f"restated in {line_of(line.span)}: {line.span.as_written}", WIDTH, INDENT, INDENT)
    was = f"for {line.original.as_written} of {line_of(line.original)}"
    yield from wrap(was, WIDTH, INDENT * 2, INDENT)
