"""Where used parts come from, in sentences with their sources."""

from __future__ import annotations

from collections.abc import Iterable

from iondsl.system import Part, System
from iondsl.targets.latex.text import citation, typewriter


def references(system: System) -> tuple[str, ...]:
    """The entries of the bibliography: all sources, where parts have some."""
    cited = any(part.citations for part in system.parts)
    return tuple(citation(text) for text in system.citations) if cited else ()


def comes_from(block: str, system: System) -> str:
    """What is said of a block that is a used part; nothing of others."""
    return next((source(part, system) for part in system.parts if part.name == block), "")


def listed_sources(blocks: Iterable[tuple[str, str]], system: System) -> str:
    """The same of several, each behind its symbol."""
    found = [(symbol, comes_from(name, system)) for name, symbol in blocks]
    return " ".join(f"{symbol} {said[0].lower()}{said[1:]}" for symbol, said in found if said)


def source(part: Part, system: System) -> str:
    """`From I_Na in channels/yamada_1989.ion, line 12 [3].`"""
    keys = ",".join(f"source{system.citations.index(text) + 1}" for text in part.citations)
    cited = rf"~\cite{{{keys}}}" if keys else ""
    before = "" if part.of is None else f"; there it is {of(part.of, part, system)}"
    return f"{place(part, system)}{cited}{before}."


def of(part: Part, copy: Part, system: System) -> str:
    """What a part is a copy of, itself; its file is named where that is another one."""
    file = "" if part.library is copy.library else f" of {typewriter(part.library.seen_from(system.source))}"
    further = "" if part.of is None else f", which is {of(part.of, part, system)}"
    return f"a copy of {typewriter(part.origin)}{file}, line {part.header.line}{further}"


def place(part: Part, system: System) -> str:
    line = f"line {part.header.line}"
    if part.library is system.source:
        return f"A copy of {typewriter(part.origin)}, {line}"
    named = "" if part.origin == part.name.rpartition(".")[2] else f"{typewriter(part.origin)} in "
    return f"From {named}{typewriter(part.library.seen_from(system.source))}, {line}"
