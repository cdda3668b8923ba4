"""The blocks that are open while a file is read, and what is known of lines that were lost in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from iondsl.parser.keywords import DECLARATIONS, HEADERS
from iondsl.source import Span
from iondsl.syntax import ANY, Block, Statement

WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")

# A line that begins so declares what it seems to: a name, perhaps behind a keyword, and then no other sign.
CLEAR = re.compile(rf"(({'|'.join((*HEADERS, *DECLARATIONS))}) +)?[A-Za-z_][\w.]*([ ':=[(]|$)")


@dataclass(slots=True)
class Level:
    """An open block. Its indentation is known once its first line is read; `lines` counts those that fit it.

    A line that could not be read may have been a header: it opens a level without one, and what stands below is lost.
    `stray` is set while lines stand too deep.
    """

    header: Block | None
    indent: int | None = None
    lost: bool = False
    body: list[Statement] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    lines: int = 0
    stray: bool = False

    def block(self) -> Block | None:
        """The finished block; None below a header that could not be read."""
        if self.header is None:
            return None
        return replace(self.header, body=tuple(self.body), unread=frozenset(self.unread))

    def damage(self, near: int) -> None:
        """Let the last block among the `near` last statements be incomplete: lost lines may have been its own."""
        for place in range(len(self.body) - 1, max(len(self.body) - near, 0) - 1, -1):
            statement = self.body[place]
            if isinstance(statement, Block):
                self.body[place] = damaged(statement)
                return


def damaged(block: Block) -> Block:
    """The block, and all inside it, with the mark that anything may be missing."""
    body = tuple(damaged(each) if isinstance(each, Block) else each for each in block.body)
    return replace(block, body=body, unread=block.unread | {ANY})


def declared(line: Span) -> set[str]:
    """The names that a line which cannot be read may declare: all words up to its first `=`.

    With `ANY` where it is not clear what the line declares, or where it has swallowed others.
    """
    before = line.text if line.text.startswith("states ") else line.text.partition("=")[0]
    names = set(WORD.findall(before))
    return names if CLEAR.match(line.text) and "\n" not in before.rstrip() else names | {ANY}


def is_header(line: Span) -> bool:
    """Whether the first word of a line opens a block."""
    first = WORD.match(line.text)
    return first is not None and first[0] in HEADERS
