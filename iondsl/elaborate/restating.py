"""Lines that restate right-hand sides: the new side is put in the place of the old, syntax to syntax.

So names in it are looked up where the original stands, then outward, and everything that follows is what would
follow had its author edited that line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from iondsl.elaborate.draft import stated_unit, unit_behind
from iondsl.elaborate.scope import MAIN, Report
from iondsl.errors import Diagnostic, line_of, suggestion
from iondsl.immutable import frozen
from iondsl.syntax import ANY, Block, Definition, Derivative, Expression, Program, Statement, StateNames
from iondsl.units import same_dimension

Line = Definition | Derivative
Original = Definition | Derivative | Block | StateNames

# What is indented below these are no equations of the model.
APART = ("model", "variant", "use", "protocol")

MANY = 3


def restated(program: Program, lines: Iterable[Line], report: Report) -> Program:
    """The program with other right-hand sides: each line names, from the top of the file, the one that it replaces.

    A line keeps the keyword and the tags of the original, its unit unless it states one, its text unless it has one.
    E350 to E352 for what cannot be restated, or is so twice; E402 for a unit of another dimension.
    """
    found = Originals.of(program)
    changes: dict[str, Line] = {}
    for line in lines:
        key = found.key(line)
        if key is None:
            found.complain(line, report)
        elif key in changes:
            first = f"it is restated first in line {changes[key].span.line}"
            report(Diagnostic("E351", f"`{shown(line)}` is restated twice", line.name.span, first))
        elif fits(found.named[key], line, report):
            changes[key] = line
    return replace(program, body=rebuilt(program.body, "", changes)) if changes else program


def shown(line: Line) -> str:
    return f"{line.name.text}'" if isinstance(line, Derivative) else line.name.text


@frozen
class Originals:
    """Everything in a program that has a right side or can be given one, by its path; that of `x' =` ends in `'`.

    `blocks` are all blocks, `unread` the names that lines which could not be read may have declared.
    """

    named: dict[str, Original] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, program: Program) -> Originals:
        found = cls()
        found.enter(program.body, program.unread, "")
        return found

    def enter(self, body: Iterable[Statement], unread: Iterable[str], path: str) -> None:
        self.unread.update(f"{path}{name}" for name in unread)
        for statement in body:
            match statement:
                case Definition() | Derivative():
                    self.named.setdefault(f"{path}{shown(statement)}", statement)
                case StateNames():
                    self.named.update({f"{path}{each.name}": statement for each in statement.occupancies})
                case Block(keyword="protocol"):
                    self.blocks.setdefault(f"{path}{statement.name}", statement)
                case Block() if statement.keyword not in APART:
                    name = f"{path}{statement.name}"
                    self.blocks[name] = statement
                    if statement.keyword == "gate":
                        self.named.setdefault(name, statement)
                    self.enter(statement.body, statement.unread, f"{name}.")

    def key(self, line: Line) -> str | None:
        """The path of what a line restates: `V` is the membrane's, a current or flux by its name its `I` or `J`."""
        name = shown(line)
        main = MAIN.get(self.blocks[name].keyword, "") if name in self.blocks else ""
        return next((key for key in (name, lifted(name), f"{name}.{main}") if key in self.named), None)

    def complain(self, line: Line, report: Report) -> None:
        """E350, or E352 where a thing of that name has no right side; nothing where it may be in an unread line."""
        name = shown(line)
        if self.is_excused(name):
            return
        block, around = self.blocks.get(name), self.blocks.get(line.name.path[0])
        if around is not None and around.keyword == "protocol":
            code, message = "E352", f"`{name}` stands in a protocol, which is not restated"
            cure = "write another protocol"
        elif block is not None:
            called = block.keyword if block.keyword == block.name else f"{block.keyword} `{name}`"
            code, message = "E352", f"the {called} has no right side that could be restated"
            members = (key for key in self.named if key.startswith(f"{name}."))
            cure = next((f"restate one of its lines, such as `{member} = ...`" for member in members), "")
        elif is_state(self.named.get(lifted(name).removesuffix("'"))):
            code, message = "E352", f"`{name}` is derived, and no line of the model: it cannot be restated"
            cure = "restate what it is derived from"
        else:
            code, message, cure = "E350", f"there is no `{name}` that could be restated", self.nearest(name)
        report(Diagnostic(code, message, line.name.span, cure))

    def nearest(self, name: str, others: Iterable[str] = ()) -> str:
        """What was probably meant: a member of a block that was not named, or something spelt alike."""
        known = [*self.named, *sorted(others)]
        inside = [key for key in dict.fromkeys(known) if key.endswith(f".{name}")]
        if 0 < len(inside) <= MANY:
            return f"did you mean {' or '.join(f'`{key}`' for key in inside)}?"
        return suggestion(name, known)

    def is_excused(self, name: str) -> bool:
        parts = name.split(".")
        around = [".".join((*parts[:end], "")) for end in range(len(parts))]
        return any(f"{block}{each}" in self.unread for end, block in enumerate(around) for each in (parts[end], ANY))


def lifted(name: str) -> str:
    """`membrane.V` for `V`, also inside a compartment."""
    block, _, member = name.rpartition(".")
    return ".".join(filter(None, (block, "membrane", member))) if member in ("V", "V'") else name


def is_state(original: Original | None) -> bool:
    """Whether it has a derivative."""
    return isinstance(original, Block) or (isinstance(original, Definition) and original.keyword == "state")


def fits(original: Original, line: Line, report: Report) -> bool:
    """E402 for a number whose unit has another dimension than that of the original."""
    if not isinstance(original, Definition) or not isinstance(line, Definition):
        return True
    declared, given = stated_unit(original), stated_unit(line)
    literal = line.unit or unit_behind(line.value)
    if declared is None or given is None or literal is None or same_dimension(declared, given):
        return True
    message = f"`{line.name.text}` is declared in [{declared}], and cannot be restated in [{given}]"
    report(Diagnostic("E402", message, literal.span, f"{line_of(original.span, literal.span)} declares it"))
    return False


def rebuilt(body: Iterable[Statement], path: str, changes: Mapping[str, Line]) -> tuple[Statement, ...]:
    """The statements below a path, with the changed ones in their places."""
    return tuple(changed(statement, path, changes) for statement in body)


def changed(statement: Statement, path: str, changes: Mapping[str, Line]) -> Statement:
    match statement:
        case Definition() | Derivative():
            line = changes.get(f"{path}{shown(statement)}")
            return statement if line is None else merged(statement, line)
        case StateNames():
            lines = ((each, changes.get(f"{path}{each.name}")) for each in statement.occupancies)
            given = tuple(replace(each, value=side(line, each.value)) for each, line in lines)
            return replace(statement, occupancies=given)
        case Block() if statement.keyword not in APART:
            name = f"{path}{statement.name}"
            body, value = rebuilt(statement.body, f"{name}.", changes), side(changes.get(name), statement.value)
            return replace(statement, body=body, value=value)
    return statement


def side(line: Line | None, value: Expression | None) -> Expression | None:
    return value if line is None else line.value


def merged(original: Line, line: Line) -> Line:
    """The original with the right side of the line, and its place in the text; it keeps its place in every order."""
    doc = line.doc or original.doc
    if isinstance(original, Derivative):
        return replace(original, value=line.value, unit=line.unit or original.unit, span=line.span, doc=doc)  # type: ignore[arg-type]
    unit = line.unit or (None if unit_behind(line.value) else original.unit or unit_behind(original.value))
    return replace(original, value=line.value, unit=unit, span=line.span, doc=doc, place=original.span)
