"""docs/models.md from the bundled models: a table of all, and a section for each.

Both stand between `<!-- NAME -->` and `<!-- end -->`; `pytest tests/docs/test_models_page.py --update-golden` writes
them anew, and draws the plots that are missing.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from iondsl import pipeline, reading, resources
from iondsl.conservation import Proof, proofs
from iondsl.formatter import text
from iondsl.show.listing import size, species
from iondsl.show.tables import current_row, flux_row, ion_row
from iondsl.show.words import plain
from iondsl.system import Ion, Protocol, System
from tests.docs.held import held
from tests.docs.parts import coded, lines_of, sources
from tests.docs.plots import command, picture, shown

GENERATED = re.compile(r"(?<=^<!-- )(?P<name>table|sections)( -->\n).*?(?=^<!-- end -->)", re.MULTILINE | re.DOTALL)
MATHS = re.compile(r"\$([^$]*)\$")


def refreshed(page: str) -> str:
    """The page with what is generated as it should be."""
    return GENERATED.sub(lambda found: f"{found['name']}{found[2]}{''.join(GENERATORS[found['name']]())}", page)


@cache
def known() -> tuple[System, ...]:
    return tuple(pipeline.outlined(reading.read(name)) for name in resources.bundled_models())


def table() -> Iterator[str]:
    rows = ((f"[{each.name}](#{each.name})", each.doc, size(each), ", ".join(species(each))) for each in known())
    return lines_of(("model", "what it is", "states", "species"), rows)


def sections() -> Iterator[str]:
    for system in known():
        yield from (f"{line}\n" for line in section(system))


def section(system: System) -> Iterator[str]:
    yield from ("", f"### {system.name}", "", *wrapped(system.doc), "")
    yield from wrapped(f"{sources(system.cites)}. The file: [{system.source.name}](../models/{system.source.name})")
    if remark(system):
        yield from ("", *wrapped(remark(system)))
    yield from ("", f"![{shown(system)}](models/{picture(system.name)})", "", "```", command(system), "```", "")
    states = tuple(each.name for each in system.states if not each.is_start)
    yield from wrapped(f"- {size(system)}: {coded(states)}", further="  ")
    for heading, items in lists(system).items():
        if items:
            yield f"- {heading}"
            for item in items:
                yield from wrapped(f"  - {item}", further="    ")


def lists(system: System) -> dict[str, tuple[str, ...]]:
    """What a section lists, below its headings."""
    return {
        "species": tuple(map(ion, system.ions)),
        "currents": tuple(flow(current_row(each)) for each in system.currents),
        "fluxes": tuple(flow(flux_row(each)) for each in system.fluxes),
        "protocols": tuple(f"`{each.name}`: {driven(each)}" for each in system.protocols),
        "variants": tuple(f"`{each.name}`: {plain(each.doc)}" for each in system.variants),
        "balances": tuple(map(balance, proofs(system))),
        "held to what is from outside": held(system.name),
    }


def wrapped(line: str, further: str = "") -> list[str]:
    return textwrap.wrap(line, 120, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)


def remark(system: System) -> str:
    """What the file says above its model: where its numbers are from, and in what it departs from them."""
    lines = takewhile(lambda line: line.startswith("#"), system.source.text.splitlines())
    return " ".join(line.removeprefix("#").strip() for line in lines)


def ion(each: Ion) -> str:
    name, valence, quantities, _, doc = ion_row(each)
    named = (coded(tuple(quantities.split(", "))),) if quantities else ()
    return f"`{name}`, {', '.join((valence, *named))}{said(doc)}"


def flow(row: tuple[str, ...]) -> str:
    name, moved, _, doc = row
    return f"`{name}` {moved}{said(doc)}"


def said(doc: str) -> str:
    return f": {doc}" if doc else ""


def driven(protocol: Protocol) -> str:
    return protocol.doc or coded(tuple(each.target for each in protocol.drives))


def balance(proof: Proof) -> str:
    """What is conserved or changes by a stated flux, and how it is proven."""
    law = proof.law
    stated = "does not change" if law.rate is None else f"changes by `{text(law.rate.written)}`"
    return f"`{law.name}`{said(plain(law.doc))}; {stated}, {proof.verdict.value} ({proof.how})"


GENERATORS = {"table": table, "sections": sections}
