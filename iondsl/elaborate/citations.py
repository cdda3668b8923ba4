"""Sources that are cited: by the model itself, and by its parts with the libraries that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iondsl.syntax import Block, Cite, Program, Statement


def of_model(program: Program) -> tuple[str, ...]:
    """Each once; what stands below `model` comes first."""
    header = () if program.header is None else program.header.body
    return tuple(dict.fromkeys(in_body((*header, *program.body))))


def of_part(part: Block, library: Program | None) -> tuple[str, ...]:
    """Those of its library, then its own; those of a part that it is a copy of belong to it, too."""
    around = () if library is None else (each.text for each in library.body if isinstance(each, Cite))
    before = () if part.used is None else part.used.citations
    return tuple(dict.fromkeys((*around, *in_body(part.body), *before)))


def in_body(body: Iterable[Statement]) -> Iterator[str]:
    """Those of used parts inside are theirs."""
    for each in body:
        if isinstance(each, Cite):
            yield each.text
        elif isinstance(each, Block) and each.used is None:
            yield from in_body(each.body)
