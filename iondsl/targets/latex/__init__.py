"""System -> a LaTeX document with every equation and table, as one puts it into a supplement.

The document needs only packages of texlive-latex-base, -latex-recommended and -science, with a Markov scheme TikZ of
texlive-pictures, too, and is ASCII throughout.
Equations are those of the author: names resolved, numbers and calls as written, derived ones with their origin.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from iondsl.render import render
from iondsl.system import Kind, System
from iondsl.targets.latex import restated
from iondsl.targets.latex.balances import in_one
from iondsl.targets.latex.kinetics import in_short
from iondsl.targets.latex.naming import symbols_of
from iondsl.targets.latex.notation import EXPLAINED, called
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.provenance import references
from iondsl.targets.latex.sections import Section, sections
from iondsl.targets.latex.tables import unit_of
from iondsl.targets.latex.text import citation, escape, title
from iondsl.targets.latex.variants import sentence

READS = "system"
EXTENSION = ".tex"
TEMPLATE = "latex.tex.j2"


@dataclass(frozen=True, slots=True)
class Document:
    """The template's context; texts are LaTeX."""

    title: str
    doc: str
    citations: tuple[str, ...]
    conventions: str
    references: tuple[str, ...]
    sections: tuple[Section, ...]
    pictures: bool


def generate(system: System) -> str:
    """The text of the document."""
    system = in_short(in_one(without_starts(system)))
    printer = Printer(system, symbols_of(system))
    found = sections(printer)
    document = Document(
        title=title(system.name) + (f", variant {escape(system.variant)}" if system.variant else ""),
        doc=escape(system.doc),
        citations=tuple(citation(text) for text in system.cites),
        references=references(system),
        conventions=" ".join(conventions(printer, any(part.factors for section in found for part in section.parts))),
        sections=found,
        pictures=any(group.diagram for section in found for part in section.parts for group in part.groups),
    )
    return render(TEMPLATE, document)


def without_starts(system: System) -> System:
    """The states of `initial(...)` are printed where they are used."""
    return replace(system, quantities=tuple(each for each in system.quantities if not each.is_start))


def conventions(printer: Printer, converts: bool) -> list[str]:
    """What a reader must know to use the equations, in sentences; `converts`: some need a conversion factor."""
    system = printer.system
    time = f"Time ${printer.symbol(system.time.name).tex}$ is measured in {unit_of(system.time.unit).tex}."
    numbers = "Where an equation holds numbers without a unit, its quantities are in the units of the tables."
    signs = "Membrane currents are positive outward" if system.currents else ""
    if system.of_kind(Kind.STIMULUS):
        signs += ", stimuli inward" if signs else "Stimuli are positive inward"
    operators = [text for name, text in EXPLAINED.items() if name in called(system)]
    factors = ["Conversion factors between these stand below the equations, not in them."] if converts else []
    variants = [told] if (told := sentence(system)) else []
    parts = [restated.SENTENCE] if restated.table(printer) else []
    return [time, numbers, *factors, *([f"{signs}."] if signs else []), *operators, *variants, *parts]
