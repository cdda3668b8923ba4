"""E360, E361, E362, E363, W360: laws of conservation that do not hold, or that cannot be proven."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.conservation import Proof, Verdict, proofs
from iondsl.conservation.facts import defining, facts
from iondsl.conservation.jumps import Jump, jumps
from iondsl.conservation.missing import explained
from iondsl.conservation.residual import text_of
from iondsl.elaborate.names import names_in
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Call, Name
from iondsl.system import Kind, Quantity, System
from iondsl.traversal import walk


def check(system: System) -> Iterator[Diagnostic]:
    """Of a System without errors: a law of a broken one is not judged."""
    for proof in proofs(system):
        if proof.verdict is Verdict.VIOLATED:
            yield violated(proof, system)
        elif proof.verdict is Verdict.UNDECIDED:
            yield undecided(proof, system)
        elif proof.verdict is Verdict.CONSTANT:
            yield constant(proof.law)
        elif proof.verdict is Verdict.WITHOUT_RATE:
            yield without_rate(proof, system)
    yield from map(not_kept, jumps(system))


def not_kept(jump: Jump) -> Diagnostic:
    """W360, at the first line that sets something."""
    message = f"the event `{jump.event.name}` does not keep `{jump.law.name}`, which is conserved between events"
    cure = "set what makes up for it, if that is not meant"
    return Diagnostic("W360", message, jump.event.settings[0].span, cure)


def stated_in(law: Quantity) -> Span:
    """Where the right side stands that is wrong: of the flux, if there is one."""
    side = law.rate or law.value
    assert side is not None
    return side.span


def violated(proof: Proof, system: System) -> Diagnostic:
    law, known = proof.law, facts(system)
    residual = text_of(proof.residual, law, known)
    if law.rate is not None:
        message = f"this is not what `{law.name}` changes by; residual: {residual}"
        return Diagnostic("E360", message, law.rate.span, "the residual is the derivative less this flux")
    reason = explained(proof.residual, law, known)
    cure = f"or state this flux: `{law.name.rpartition('.')[2]}' = ...`"
    message = f"`{law.name}` is not conserved; residual: {residual}"
    return Diagnostic("E360", message, stated_in(law), "; ".join(filter(None, (reason, cure))))


def undecided(proof: Proof, system: System) -> Diagnostic:
    law = proof.law
    message = f"whether `{law.name}` is conserved could not be decided"
    if proof.residual:
        message += f"; residual: {text_of(proof.residual, law, facts(system))}"
    cure = "neither a proof nor a counterexample was found: write the law in quantities that are booked"
    return Diagnostic("E362", message, stated_in(law), cure)


def constant(law: Quantity) -> Diagnostic:
    assert law.value is not None
    cure = "a law is about states: sum up what is to stay the same, or leave out `conserved`"
    return Diagnostic("E363", f"`{law.name}` depends on no state", law.value.span, cure)


def without_rate(proof: Proof, system: System) -> Diagnostic:
    """E361, at the operand that has no derivative, or that follows from what has none."""
    law, culprit = proof.law, proof.culprit
    assert law.value is not None
    quantities = {quantity.name: quantity for quantity in system.quantities}
    found = quantities.get(culprit)
    if found is None:
        what, cure = f"`{culprit}` has no derivative everywhere", "write the law without it"
    elif found.kind in (Kind.INPUT, Kind.STIMULUS):
        what = f"the {found.kind.value} `{culprit}` has no derivative: it may jump"
        cure = "a law holds for all inputs: leave it out, or make it a `param`"
    else:
        what, cure = f"`{culprit}` has no derivative: a protocol drives it", "leave it out of the law"
    for node in walk(law.value.expanded):
        if isinstance(node, Call) and node.function.text == culprit:
            return Diagnostic("E361", what, node.span, cure)
        if isinstance(node, Name) and node.text == culprit:
            return Diagnostic("E361", what, node.span, cure)
        if isinstance(node, Name) and culprit in reached(node.text, quantities):
            return Diagnostic("E361", f"`{node.text}` has no derivative that is known: {what}", node.span, cure)
    return Diagnostic("E361", what, law.value.span, cure)


def reached(text: str, quantities: dict[str, Quantity]) -> set[str]:
    """All names and functions that a definition uses, through others."""
    found: set[str] = set()
    waiting = [text]
    while waiting:
        side = defining(waiting.pop(), quantities)
        nodes = [] if side is None else list(walk(side))
        new = set() if side is None else names_in(side) - found
        found |= new | {node.function.text for node in nodes if isinstance(node, Call)}
        waiting += new
    return found
