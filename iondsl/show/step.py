"""What `iondsl show --step` prints: the step as it will be computed, and what each pass made of its operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields

from iondsl.analysis.operations import Operations, counted
from iondsl.assumed import Assumed
from iondsl.errors import visible
from iondsl.options import Options
from iondsl.passes._proofs import Proof, proofs
from iondsl.show.words import INDENT, WIDTH
from iondsl.step import Assignment, Routine, Step
from iondsl.targets._c import DIALECT
from iondsl.targets._code import Dialect
from iondsl.targets._printer import Printer
from iondsl.wrapping import wrap

READABLE = Dialect(
    number=lambda value: repr(value).removesuffix(".0"),
    typed=str,
    select="({1} if {0} else {2})".format,
    negation="not ({})".format,
    undefined="nan",
    functions={name: text.removeprefix("ion_") for name, text in DIALECT.functions.items()},
)


PARTS = ("once per call", "once per call and cell", "once per step", "for each cell and step")


def stepped(stages: Sequence[tuple[str, Step]], options: Options) -> Iterator[str]:
    """The lines: `stages` are the names of the passes with what each leaves, the step as it was scheduled first."""
    _, step = stages[-1]
    yield from map(visible, (f"step of {step.name}: {options.scheme}, {options.dtype}", *computed(step)))
    yield from gates(dict(stages), step.assumed, options.scheme)
    yield from ranges(step.assumed)
    yield from operations(stages)


def gates(stages: Mapping[str, Step], used: Assumed | None, scheme: str) -> Iterator[str]:
    """What became of the gates of a fast kernel: nothing of an exact one."""
    before = stages.get("plain")
    if before is None or before.assumed is None or used is None or not used.fast:
        return
    found = list(proofs(before, before.assumed))
    heading = f"gates, for steps up to {used.dt:g}" if found else f"gates: {scheme} steps none by an exponential here"
    yield from ("", heading)
    for each in found:
        yield from wrap(f"{each.decay.gate}: {outcome(each)}", WIDTH, INDENT, INDENT)


def ranges(used: Assumed | None) -> Iterator[str]:
    """What the step is proven for."""
    if used is not None and used.ranges:
        yield from ("", "proven for")
    for one in used.ranges if used is not None else ():
        yield f"{INDENT}{one.name} = {f'{one.low:g}' if one.low == one.high else f'{one.low:g} to {one.high:g}'}"


def outcome(proof: Proof) -> str:
    found = proof.relaxation
    if found is None:
        return f"exact, since {proof.reason}"
    return f"polynomial of degree {found.degree} for dt/tau up to {found.width:.3g}, error below {found.error:.1e}"


def computed(step: Step) -> Iterator[str]:
    """Everything that one step computes, in order."""
    routine, printer = step.advance, Printer(READABLE, Names())
    for heading, part in zip(PARTS, routine.parts, strict=True):
        yield from section(heading, part, printer)
    yield from ("", "states after the step")
    for name, value in zip(step.layout.states, routine.outputs, strict=True):
        yield from assigned(name, printer.text(value))


class Names(dict):  # type: ignore[type-arg]
    """Every symbol by its own name."""

    def __missing__(self, symbol: object) -> str:
        return str(symbol)


def section(heading: str, assignments: tuple[Assignment, ...], printer: Printer) -> Iterator[str]:
    if assignments:
        yield from ("", heading)
    for each in assignments:
        yield from assigned(str(each.target), printer.text(each.value))


def assigned(name: str, value: str) -> Iterable[str]:
    return wrap(f"{name} = {value}", WIDTH, INDENT, INDENT)


def operations(stages: Sequence[tuple[str, Step]]) -> Iterator[str]:
    """A row for each pass: what it leaves to be done for each cell and step."""
    rows = [(name, per_cell(step.advance)) for name, step in stages]
    parts = zip(PARTS[:-1], stages[-1][1].advance.parts, strict=False)
    rows += [(heading, counted(each.value for each in part)) for heading, part in parts if part]
    width = max(len(name) for name, _ in rows)
    columns = [each.name for each in fields(Operations)]
    yield from ("", "operations for each cell and step, after each pass")
    yield INDENT + " ".join((" " * width, *columns))
    for name, found in rows:
        numbers = (f"{number:{len(column)}}" for number, column in zip(astuple(found), columns, strict=True))
        yield INDENT + " ".join((f"{name:{width}}", *numbers))


def per_cell(routine: Routine) -> Operations:
    return counted((*(each.value for each in routine.body), *routine.outputs))
