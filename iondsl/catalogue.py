"""The bundled library: its files, and what a `use` may bring of each.

A block at the top of a library is a part, unless it only says what parts need from outside: an ion with inputs, say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iondsl import resources
from iondsl.library import file_of, find
from iondsl.parser import parse
from iondsl.source import Source
from iondsl.syntax import Block, Cite, Definition, Doc, Program, Statement

USED = "use"
KEYWORDS = ("ion", "space", "current", "flux", "gate", "reaction", "markov", "part", "compartment")
PORTS = ("ion", "space")


@dataclass(frozen=True, slots=True)
class Part:
    """`keyword` and `moves` are from its header, `moves` being what stands behind its name, such as `carries 2 Ca`.

    `citations` are its own, then those of its library.
    """

    name: str
    library: str
    keyword: str
    moves: str
    doc: str
    citations: tuple[str, ...]
    line: int

    @property
    def full_name(self) -> str:
        return f"{self.library}.{self.name}"

    @property
    def names(self) -> tuple[str, ...]:
        """What it is asked for by: its name, alone and with that of its library, and where it is one of several."""
        return self.name, self.full_name, self.library, self.library.partition(".")[0]

    @property
    def file(self) -> str:
        return file_of(self.library)

    @property
    def head(self) -> str:
        return " ".join(filter(None, (self.keyword, self.name, self.moves)))

    @property
    def use(self) -> str:
        """The line that brings it."""
        return f"use {self.name} from {self.library}"


@dataclass(frozen=True, slots=True)
class Library:
    """A file: `name` is `channels.bazhenov_2002`."""

    name: str
    source: Source
    doc: str
    citations: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def folder(self) -> str:
        return self.name.partition(".")[0]


def libraries() -> tuple[Library, ...]:
    """All of them, by folder and name."""
    return tuple(map(library, resources.bundled_libraries()))


def library(name: str) -> Library:
    """Raises FileNotFoundError where there is none of this name."""
    file = file_of(name)
    program, _ = parse(Source(file, resources.text(resources.MODELS, file), bundled=True))
    docs = " ".join(statement.text for statement in program.body if isinstance(statement, Doc))
    return Library(name, program.source, docs, citations(program.body), tuple(parts(program, name)))


def parts(program: Program, library: str) -> Iterator[Part]:
    for block in program.body:
        if isinstance(block, Block) and block.keyword in (*KEYWORDS, USED) and not is_port(block):
            original, cited = origin(block, program)
            known = tuple(dict.fromkeys((*cited, *citations(program.body))))
            yield Part(block.name, library, original.keyword, moves(original), block.docs, known, block.span.line)


def moves(block: Block) -> str:
    carried = ", ".join(carrier.span.text for carrier in block.carries)
    ends = "" if block.ends is None else f"from {block.ends[0].text} to {block.ends[1].text}"
    per = "" if block.per is None else f"per {block.per.text}"
    return " ".join(filter(None, (f"carries {carried}" if carried else "", ends, per)))


def is_port(block: Block) -> bool:
    """Whether an ion or a space is only what parts read: a name, a valence and inputs."""
    members = (each for each in block.body if not isinstance(each, Doc))
    return block.keyword in PORTS and all(is_outside(each) for each in members)


def is_outside(member: Statement) -> bool:
    return isinstance(member, Definition) and (member.keyword == "input" or member.name.text == "z")


def origin(block: Block, program: Program) -> tuple[Block, tuple[str, ...]]:
    """What a block is a copy of, through every `use`, and what is cited on the way."""
    cited = citations(block.body)
    if block.keyword != USED or block.origin is None:
        return block, cited
    other = program if block.library is None else parse(find(block.library.text, program.source))[0]
    named = next(each for each in other.body if isinstance(each, Block) and each.name == block.origin.text)
    original, further = origin(named, other)
    return original, (*cited, *further)


def citations(body: tuple[Statement, ...]) -> tuple[str, ...]:
    return tuple(statement.text for statement in body if isinstance(statement, Cite))
