"""Program → the tree of its blocks, with everything that stands where it may not."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from iondsl.elaborate.places import LAWS_WITHIN, WITHIN, declared_in, misplaced, names_of, twice
from iondsl.elaborate.scope import SHARES, TEMPERATURE, Report, Scope
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import (
    ANY,
    OCCUPANCY,
    Block,
    Cite,
    Definition,
    Derivative,
    Doc,
    Eliminate,
    Function,
    InitialVolume,
    Name,
    Order,
    Program,
    Statement,
    StateNames,
    Time,
    Transition,
    Used,
)

# The lines of a Markov scheme that are no declarations of other blocks.
KINETICS = {StateNames: "`states`", Eliminate: "`eliminate`", Transition: "a line with an arrow"}

APART = ("model", "protocol", "on", "variant")

Node = TypeVar("Node", Derivative, Function, Block)


def build(program: Program, report: Report) -> Scope:
    """The scopes of a program."""
    root = Scope("", (), None, absent=set(program.unread))
    for statement in program.body:
        place(root, statement, report)
    return root


def place(scope: Scope, statement: Statement, report: Report) -> None:
    """Enter one statement into the block that it stands in."""
    match statement:
        case Doc() | Cite():
            pass
        case Block():
            place_block(scope, statement, report)
        case Definition():
            declare(scope, statement, report)
        case Derivative():
            place_derivative(scope, statement, report)
        case Function():
            enter(scope.functions, statement.name, statement, f"{statement.name}(...)", report)
        case Time():
            place_time(scope, statement, report)
        case Order():
            place_order(scope, statement, report)
        case InitialVolume():
            place_initial(scope, statement, report)
        case StateNames() | Eliminate() | Transition():
            place_kinetics(scope, statement, report)


def place_block(scope: Scope, block: Block, report: Report) -> None:
    if scope.keyword not in WITHIN[block.keyword]:
        if ANY not in scope.absent:
            report(misplaced(block))
        scope.absent |= {block.name} if block.body else {block.name, ANY}
        scope.root.absent |= {block.name, *names_of(block)}
    elif block.keyword in APART:
        place_apart(scope, block, report)
    elif not free(scope, block.name, block.place, report, block.used):
        if block.name in scope.blocks:
            scope.blocks[block.name].absent |= declared_in(block)
    else:
        inner = Scope(block.keyword, (*scope.path, block.name), scope, block, absent=set(block.unread))
        scope.blocks[block.name] = inner
        for statement in block.body:
            place(inner, statement, report)


def place_apart(scope: Scope, block: Block, report: Report) -> None:
    """A block that is no namespace. `variants` has put the lines of the chosen one where they belong."""
    if block.keyword == "model":
        place_model(scope, block, report)
    elif block.keyword == "protocol":
        enter(scope.protocols, block.name, block, f"protocol {block.name}", report)
    elif block.keyword == "on":
        scope.handlers.append(block)


def place_model(root: Scope, block: Block, report: Report) -> None:
    """The text about the model. Whatever else is indented below its name is read as if it were not."""
    if root.block is not None:
        report(twice("model", block.span, root.block.span))
    root.block = root.block or block
    root.absent |= block.unread
    others = [statement for statement in block.body if not isinstance(statement, Doc | Cite)]
    if others:
        cure = "begin this line, and those that follow, at the margin"
        report(Diagnostic("E204", "only a string and `cite` are indented below `model`", others[0].span, cure))
    for statement in others:
        place(root, statement, report)


def place_time(scope: Scope, statement: Time, report: Report) -> None:
    if scope.parent is not None:
        report(Diagnostic("E204", "`time` stands only at the top of the file", statement.span, "move it there"))
    elif scope.time is not None:
        report(twice("time", statement.span, scope.time.span))
    else:
        scope.time = statement


def place_order(scope: Scope, statement: Order, report: Report) -> None:
    if scope.parent is not None:
        report(Diagnostic("E204", "`order` stands only at the top of the file", statement.span, "move it there"))
    elif scope.order is not None:
        report(twice("order", statement.span, scope.order.span))
    else:
        scope.order = statement


def place_initial(scope: Scope, statement: InitialVolume, report: Report) -> None:
    if scope.keyword != "space":
        message = f"`initial {statement.name}` stands only in a `space`"
        report(Diagnostic("E204", message, statement.span, "move it there"))
    elif scope.initial is not None:
        report(twice(f"initial {statement.name}", statement.span, scope.initial.span))
    else:
        scope.initial = statement


def place_kinetics(scope: Scope, line: StateNames | Eliminate | Transition, report: Report) -> None:
    """A line of a Markov scheme or a reaction."""
    if scope.keyword not in (("markov", "reaction") if isinstance(line, Transition) else ("markov",)):
        if ANY not in scope.absent:
            report(misplaced_kinetics(scope, line))
        scope.absent |= {each.name for each in line.occupancies} if isinstance(line, StateNames) else set()
        return
    match line:
        case Transition():
            scope.transitions.append(line)
        case Eliminate() if scope.eliminated is not None:
            report(twice("eliminate", line.span, scope.eliminated.span))
        case Eliminate():
            scope.eliminated = line
        case StateNames():
            for each in line.occupancies:
                if free(scope, each.name, each.span, report):
                    name = Name((each.name,), each.span)
                    scope.members[each.name] = Definition(OCCUPANCY, name, None, each.value, each.span, doc=line.doc)


def misplaced_kinetics(scope: Scope, line: StateNames | Eliminate | Transition) -> Diagnostic:
    cure, where = "move it there", "in a `markov` or a `reaction`" if isinstance(line, Transition) else "in a `markov`"
    if scope.keyword == "reaction":
        cure = "a reaction moves what is declared as a state: `state CaB = 0 [mM]`"
    return Diagnostic("E204", f"{KINETICS[type(line)]} stands only {where}", line.span, cure)


def declare(scope: Scope, definition: Definition, report: Report) -> None:
    name = definition.name
    if definition.keyword == "clamp":
        cure = "put it into a `protocol NAME:` block"
        report(Diagnostic("E204", "`clamp` stands only in a protocol", definition.span, cure))
    elif name.text == TEMPERATURE and scope.keyword == "compartment":
        report(Diagnostic("E204", "`temperature` stands only at the top of the file", definition.span, "move it there"))
        scope.root.absent.add(TEMPERATURE)
    elif len(name.path) > 1:
        place_dotted(scope, definition, report)
    elif definition.keyword == "conserved" and scope.keyword not in LAWS_WITHIN:
        message = "a `conserved` stands only at the top of the file, in a `part` or in a `compartment`"
        report(Diagnostic("E204", message, definition.span, "move it there, with the line of its flux, if it has one"))
        scope.absent.add(name.text)
    elif free(scope, name.text, name.span, report):
        (scope.events if definition.keyword == "event" else scope.members)[name.text] = definition


def place_dotted(scope: Scope, definition: Definition, report: Report) -> None:
    """`I_Na.g = 3`, away from its block; the parser refused it behind a keyword."""
    name = definition.name
    block, member = ".".join(name.path[:-1]), name.path[-1]
    if scope.keyword == "current" and block == "I":
        place_share(scope, definition, report)
    elif scope.keyword == "flux" and block == "J":
        cure = "write numbers, as in `carries 3 Na, -2 K`, or a flux for each ion"
        report(Diagnostic("E314", f"a flux has no shares such as `{name.text}`", name.span, cure))
    elif not definition.keyword:
        cure = f"write `{member} = ...` there"
        report(Diagnostic("E204", f"`{name.text}` stands in the block `{block}`", name.span, cure))


def place_share(current: Scope, definition: Definition, report: Report) -> None:
    """`I.Na = ...`, a member of the block `I` in its current; the name `I` is still free for the current's own."""
    shares = current.blocks.setdefault("I", Scope(SHARES, (*current.path, "I"), current))
    ion = definition.name.path[-1]
    if free(shares, ion, definition.name.span, report):
        shares.members[ion] = replace(definition, name=Name((ion,), definition.name.span))


def place_derivative(scope: Scope, derivative: Derivative, report: Report) -> None:
    name = derivative.name
    if len(name.path) > 1:
        block, member = ".".join(name.path[:-1]), name.path[-1]
        cure = f"write `{member}' = ...` there"
        report(Diagnostic("E204", f"the equation of `{name.text}` stands in the block `{block}`", name.span, cure))
        return
    enter(scope.derivatives, name.text, derivative, f"{name.text}'", report)


def enter(table: dict[str, Node], name: str, node: Node, shown: str, report: Report) -> None:
    if name in table:
        report(twice(shown, node.span, table[name].span))
    else:
        table[name] = node


def free(scope: Scope, name: str, span: Span, report: Report, used: Used | None = None) -> bool:
    """Whether a name may still be declared here; E202 unless lines of another block may have slipped into this one."""
    first: Definition | Block | None = scope.members.get(name) or scope.events.get(name)
    if first is None and name in scope.blocks:
        first = scope.blocks[name].block
    if first is not None and ANY not in scope.absent:
        place, origin = (first.place, first.used) if isinstance(first, Block) else (first.span, None)
        report(twice(name, span, place, used or origin))
    return first is None
