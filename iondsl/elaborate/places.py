"""What may stand where, and what to say of a statement that stands elsewhere, or twice."""

from __future__ import annotations

from iondsl.errors import Diagnostic, line_of
from iondsl.source import Span
from iondsl.syntax import Block, Definition, Derivative, Function, StateNames, Transition, Used

# What may stand where; the top of a file is "".
WITHIN = {
    "gate": ("", "compartment", "current", "flux", "part"),
    "current": ("", "compartment"),
    "flux": ("", "compartment"),
    "space": ("", "compartment"),
    "ion": ("", "compartment"),
    "membrane": ("", "compartment"),
    "markov": ("", "compartment", "current", "flux", "part"),
    "part": ("", "compartment", "part", "current", "flux"),
    "reaction": ("", "compartment", "part"),
    "compartment": ("",),
    "protocol": ("",),
    "model": ("",),
    "variant": ("",),
    "on": ("", "compartment", "part", "membrane", "ion", "current", "flux", "gate"),
}

# Where a law of conservation may stand.
LAWS_WITHIN = ("", "part", "compartment")


def declared_in(block: Block) -> set[str]:
    """The names that a block which is left out would have declared."""
    names = {each.name.text for each in block.body if isinstance(each, Definition | Derivative)}
    names |= {each.name for line in block.body if isinstance(line, StateNames) for each in line.occupancies}
    return names | {each.name for each in block.body if isinstance(each, Block | Function)} | block.unread


def names_of(block: Block) -> set[str]:
    """The names that stand in the reactions of a block: it would have given them their equations."""
    transitions = [statement for statement in block.body if isinstance(statement, Transition)]
    return {term.species.text for transition in transitions for term in (*transition.left, *transition.right)}


def misplaced(block: Block) -> Diagnostic:
    first, *others = [f"in a `{place}`" if place else "at the top of the file" for place in WITHIN[block.keyword]]
    places = " or ".join([", ".join([first, *others[:-1]]), *others[-1:]])
    article = "an" if block.keyword[0] in "aeiou" else "a"
    message = f"{article} `{block.keyword}` stands only {places}"
    return Diagnostic("E204", message, block.place, "move it there")


def twice(name: str, span: Span, first: Span, used: Used | None = None) -> Diagnostic:
    """E202. `used` tells where one of the two comes from, if by a `use`: then its name is free to choose."""
    cure = f"it is declared first in {line_of(first, span)}"
    if used is not None:
        library = "" if used.library.name == used.line.source.name else " from ..."
        cure = f"{cure}; give one another name: `use {used.part} as NAME{library}`"
    return Diagnostic("E202", f"`{name}` is declared twice", span, cure)
