"""A part and the lines below its `use` → the block that stands there."""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate import citations
from iondsl.elaborate.draft import is_literal
from iondsl.elaborate.restating import Line, Original, Originals, restated, shown
from iondsl.elaborate.scope import Report
from iondsl.elaborate.use import free, ports, scales
from iondsl.elaborate.use.binding import Bindings, blocks_of
from iondsl.elaborate.use.contract import Contract, time_in
from iondsl.elaborate.use.free import FAR, NEAR, Taken
from iondsl.elaborate.use.unknown import unknown
from iondsl.elaborate.use.via import brought
from iondsl.elaborate.use.walking import Walk, frame_of
from iondsl.elaborate.variants import is_line
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.syntax import (
    Block,
    Definition,
    Derivative,
    Doc,
    Expression,
    Name,
    Program,
    Restated,
    Statement,
    StateNames,
    Used,
)
from iondsl.traversal import walk


@frozen
class Whole:
    """A part with what comes along, and what it takes from outside then; all of it brought by one `use`."""

    part: Block
    taken: Taken


def completed(part: Block, line: Block, around: Contract) -> Whole:
    """`around` is what the part sees where it stands."""
    whole, taken = (part, free.of_part(part)) if line.library is None else around.complete(part)
    return Whole(brought(whole, line.span), taken.brought(line.span))


def adapted(
    brings: Whole, name: str, line: Block, user: Program, around: Contract, report: Report
) -> Block | None:
    """The part under its alias, with what comes along, restated and bound as the lines of its `use` say. `around` is
    what it sees where it stands. None where its library leaves open in which units it counts."""
    library, contract = around.program.source, None if line.library is None else around
    whole, taken = brings.part, brings.taken
    if contract is not None and not ports.check(contract, taken):
        return None
    originals = Originals.of(Program(library, whole.body, whole.unread))
    said = read_lines(line, report)
    began, (whole, lines) = whole.value, started(whole, line, said)
    restating = tuple(scales.kept(each, originals) for each in lines if originals.key(each) is not None)
    binding = tuple(each for each in lines if originals.key(each) is None)
    ions, spaces = blocks_of(around.program, "ion"), blocks_of(around.program, "space") | {NEAR, FAR}
    bindings = Bindings(line.span, name, line.name, time_in(user), around, contract is not None, ions, spaces, report)
    for each in binding:
        bind(each, bindings, taken, originals, line, report)
    for each in restating:
        check_bound_before(each, whole, report)
    made = restated(Program(library, whole.body, whole.unread), restating, report)
    body = tuple(without_keyword(each, restating) for each in made.body)
    told = (each for each in said if each not in binding or bindings.bound.get(shown(each)) is each)
    records = (record(each, originals) if each in lines else of_start(each, whole, began) for each in told)
    origin = name if line.origin is None else line.origin.text
    needs = () if contract is None else tuple(map(bindings.need, contract.needs(taken)))
    time = None if contract is None else contract.clock
    cited = citations.of_part(whole, None if contract is None else contract.program)
    used = Used(line.span, origin, library, whole.place, tuple(records), needs, time, cited, whole.used)
    named = replace(whole, name=line.name, body=body, used=used, tags=line.tags or whole.tags)
    block = Walk(bindings, records=True).block(named)
    return documented(block, line)


def read_lines(line: Block, report: Report) -> tuple[Line, ...]:
    """The lines that restate or bind; E378 for what declares something."""
    for each in line.body:
        if not isinstance(each, Doc) and not is_line(each):
            cure = "write `name = ...`, without a keyword, for a line of the part or a name that it takes from outside"
            if isinstance(each, Block):
                cure = f"name the lines in it, as in `{each.name}.x = ...`"
            report(Diagnostic("E378", "below `use` nothing is declared; it only restates", each.span, cure))
    return tuple(each for each in line.body if isinstance(each, Definition | Derivative) and is_line(each))


def started(part: Block, line: Block, lines: tuple[Line, ...]) -> tuple[Block, tuple[Line, ...]]:
    """A gate with the initial value that a line of its own name gives it, and the other lines."""
    own = [each for each in lines if isinstance(each, Definition) and each.name.text == line.name]
    if part.keyword != "gate" or len(own) != 1:
        return part, lines
    return replace(part, value=own[0].value), tuple(each for each in lines if each is not own[0])


def bind(each: Line, bindings: Bindings, taken: Taken, originals: Originals, line: Block, report: Report) -> None:
    """Enter a line that binds. E373 for a name that the part neither has nor takes from outside, E351 twice."""
    name = shown(each)
    if isinstance(each, Derivative) or name not in taken.all():
        if not originals.is_excused(name):
            report(unknown(each, taken, originals, line))
    elif not isinstance(each.value, Name) and not taken.is_number(name):
        cure = f"bind it to another one: `{name} = NAME`"
        report(Diagnostic("E377", f"`{name}` is no number for the part", each.name.span, cure))
    elif name in bindings.bound:
        first = f"it is bound first in line {bindings.bound[name].span.line}"
        report(Diagnostic("E351", f"`{name}` is bound twice", each.name.span, first))
    else:
        bindings.bound[name] = each


def check_bound_before(each: Line, part: Block, report: Report) -> None:
    """E376 for a name that a `use` inside the part, or the part itself, binds already: the line would not mean that."""
    assert each.value is not None
    around = [part]
    for name in each.name.path[:-1]:
        around += [block for block in around[-1].body if isinstance(block, Block) and block.name == name][:1]
    used = [block.used for block in around if block.used is not None]
    own = {name for block in around for name in frame_of(block, is_used=True).numbers}
    records = (record for one in used for record in one.restated if record.original is None)
    bound = {record.name: record for record in records if record.name not in own}
    for node in walk(each.value):
        if isinstance(node, Name) and node.text in bound:
            there = bound[node.text].span
            message = f"the part binds `{node.text}` (line {there.line} of `{there.source.name}`), but not in this line"
            cure = "write what it is bound to, or `use` the part from which this one was made"
            report(Diagnostic("E376", message, node.span, cure))


def without_keyword(statement: Statement, lines: tuple[Line, ...]) -> Statement:
    """An `input` of the part is bound by its line: to a number it stays one, with another default."""
    if isinstance(statement, Block):
        return replace(statement, body=tuple(without_keyword(each, lines) for each in statement.body))
    if not isinstance(statement, Definition) or statement.keyword != "input":
        return statement
    is_bound = any(each.span is statement.span for each in lines) and not is_literal(statement.value)
    return replace(statement, keyword="") if is_bound else statement


def record(each: Line, originals: Originals) -> Restated:
    """What the line does; of one that restates, with the right side that it replaces."""
    key = originals.key(each)
    if key is None:
        return Restated(shown(each), each.span, None, value=each.value)
    original = originals.named[key]
    return Restated(shown(each), each.span, original.span, key, value_of(original, key))


def of_start(each: Line, gate: Block, began: Expression | None) -> Restated:
    """The line that says where a used gate begins."""
    return Restated(shown(each), each.span, gate.place, value=began)


def value_of(original: Original, key: str) -> Expression | None:
    if not isinstance(original, StateNames):
        return original.value
    return next(each.value for each in original.occupancies if each.name == key.rpartition(".")[2])


def documented(block: Block, line: Block) -> Block:
    """With the text of the `use`, where it has one, in the place of the part's."""
    if not line.docs:
        return block
    body = tuple(each for each in block.body if not isinstance(each, Doc))
    return replace(block, doc=line.docs, body=body)
