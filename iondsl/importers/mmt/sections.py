"""Lines → Draft: which section, which component, nested in what. A line that fails never hides the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from iondsl.errors import Diagnostic, suggestion
from iondsl.importers.foreign import Function
from iondsl.importers.mmt.draft import Draft, DraftComponent, DraftVariable
from iondsl.importers.mmt.lines import SCRIPT, Line
from iondsl.importers.mmt.protocol import Protocol
from iondsl.importers.mmt.statements import Aliases, Assignment, Header, Property, Start, Statement, read_statement
from iondsl.importers.mmt.tokens import UnreadableError
from iondsl.source import Span
from iondsl.syntax import Name

MODEL, PROTOCOL = "model", "protocol"
SECTIONS = (MODEL, PROTOCOL, SCRIPT)

Key = TypeVar("Key")
Item = TypeVar("Item")
Owner = Draft | DraftComponent | DraftVariable

# What a line that cannot be read declares all the same.
VARIABLE = re.compile(r"(dot[ \t]*\([ \t]*)?([A-Za-z]\w*)[ \t]*\)?[ \t]*(?:=(?!=)|\Z)", re.ASCII)
INITIAL = re.compile(r"([A-Za-z]\w*)[ \t]*\.[ \t]*([A-Za-z]\w*)[ \t]*=(?!=)", re.ASCII)

PLACES = {
    Header: ("a component begins at the margin", "delete the space before it"),
    Start: ("an initial value stands before the components", "move it to the head of the model"),
    Function: ("a function is declared before the components", "move it to the head of the model"),
    Aliases: ("`use` stands in a component", "names that it gives hold for all of the component"),
    Assignment: ("a variable stands in a component", "open one above it, `[name]`"),
    Property: ("this belongs to a variable", "write it behind one, or indented below one"),
}


@dataclass(slots=True)
class Level:
    """An indentation and what its lines belong to."""

    indent: int
    owner: Owner


class Sections:
    """Builds the draft of one file, line by line. `last` is the variable that a deeper line belongs to.

    `misfit` is whether the last line fits no indentation above: then nothing else is said of where it stands.
    """

    def __init__(self) -> None:
        self.draft = Draft()
        self.findings: list[Diagnostic] = []
        self.protocol = Protocol(self.findings)
        self.seen: list[str] = []
        self.levels: list[Level] = []
        self.last: DraftVariable | None = None
        self.misfit = False

    def read(self, line: Line) -> None:
        if line.section is not None:
            self.open(line, line.section)
        elif not self.seen:
            self.refuse("E610", "a file begins with `[[model]]`", line.code, "write it above this line")
            self.seen.append("")
        elif self.seen[-1] == MODEL:
            self.model_line(line)
        elif self.seen[-1] == PROTOCOL:
            self.protocol.read(line)

    def open(self, line: Line, name: str) -> None:
        if name not in SECTIONS:
            cure = suggestion(name, SECTIONS) or "there are `[[model]]`, `[[protocol]]` and `[[script]]`"
            self.refuse("E610", f"there is no section `[[{name}]]`", line.code, cure)
        elif name in self.seen:
            self.refuse("E615", f"a second `[[{name}]]`", line.code, "a file holds one model")
            name = ""
        if name == MODEL:
            self.draft.head = line.code
            self.levels = [Level(line.indent, self.draft)]
        self.seen.append(name)

    def model_line(self, line: Line) -> None:
        owner = self.place(line)
        self.last = None
        if line.text is not None and line.text.problem is not None:
            self.findings.append(line.text.problem)
            self.draft.lost |= line.text.cut
        if line.key and line.text is not None:
            self.describe(owner, line.key, line.text.value, line.code)
            return
        statement = self.statement(line)
        if statement is not None:
            self.add(statement, owner, line)

    def place(self, line: Line) -> Owner:
        """What a line belongs to, by its indentation; `misfit` is whether it fits none."""
        closed: Owner | None = None
        while len(self.levels) > 1 and line.indent < self.levels[-1].indent:
            closed = self.levels.pop().owner
        level = self.levels[-1]
        if line.indent > level.indent and self.last is not None and closed is None:
            self.levels.append(Level(line.indent, self.last))
        self.misfit = line.indent != self.levels[-1].indent
        if self.misfit:
            cure = "what belongs to a variable is indented below it, all of it equally"
            self.refuse("E613", "the indentation fits no line above", line.code, cure)
        return self.levels[-1].owner

    def statement(self, line: Line) -> Statement | None:
        """What a line says; of one that cannot be read, what it declares."""
        try:
            if line.problem is None:
                return read_statement(line.code)
            self.findings.append(line.problem)
        except UnreadableError as error:
            self.findings.append(error.diagnostic)
        return self.recovered(line)

    def recovered(self, line: Line) -> Statement | None:
        code = line.code
        if variable := VARIABLE.match(code.text):
            span = code.part(*variable.span(2))
            return Assignment(variable[2], span, variable[1] is not None, None)
        if initial := INITIAL.match(code.text):
            return Start(Name(initial.groups(), code.part(initial.start(1), initial.end(2))), None)
        self.draft.lost = True
        if code.text.startswith("["):
            self.levels = [Level(self.levels[0].indent, DraftComponent(("",), code))]
        return None

    def add(self, statement: Statement, owner: Owner, line: Line) -> None:
        if line.text is not None and not isinstance(statement, Assignment):
            self.refuse("E611", "no text can stand behind this", line.code, "only variables have one: `x = 1 : what`")
        match statement, owner:
            case Header(), Draft() | DraftComponent():
                self.component(statement)
            case Start(), Draft():
                self.declare(owner.starts, statement.name.path, statement, statement.name.span)
            case Function(), Draft():
                self.declare(owner.functions, (statement.name, len(statement.parameters)), statement, statement.span)
            case Aliases(), DraftComponent():
                for alias in statement.each:
                    self.declare(owner.aliases, alias.name, alias, alias.span)
            case Property(), DraftVariable():
                self.declare(owner.properties, statement.keyword, statement, statement.span)
            case Assignment(), DraftComponent() | DraftVariable():
                self.variable(statement, owner, line)
            case _:
                self.misplaced(statement, line)

    def misplaced(self, statement: Statement, line: Line) -> None:
        message, cure = PLACES[type(statement)]
        if not self.misfit:
            self.refuse("E613", message, line.code, cure)
        self.draft.lost = True

    def component(self, header: Header) -> None:
        self.declare(self.draft.components, header.name, DraftComponent((header.name,), header.span), header.span)
        self.levels = [Level(self.levels[0].indent, self.draft.components[header.name])]

    def variable(self, line: Assignment, owner: DraftComponent | DraftVariable, whole: Line) -> None:
        variable = DraftVariable((*owner.path, line.name), line.span, line.is_state, line.value)
        if line.is_state and isinstance(owner, DraftVariable):
            self.refuse("E613", f"the state `{line.name}` is nested in a variable", line.span, "move it to the margin")
        self.declare(owner.nested, line.name, variable, line.span)
        for each in line.properties:
            self.declare(variable.properties, each.keyword, each, each.span)
        if whole.text is not None:
            self.describe(variable, "desc", whole.text.value, whole.code)
        self.last = variable

    def describe(self, owner: Owner, key: str, text: str, span: Span) -> None:
        if key in owner.meta:
            self.refuse("E615", f"`{key}` is given twice", span, "delete one of them")
        owner.meta.setdefault(key, text)

    def declare(self, items: dict[Key, Item], key: Key, item: Item, span: Span) -> None:
        """Keep an item, unless there is one of this name."""
        if key in items:
            cure = "delete one of them, or give it another name"
            self.refuse("E615", f"`{span.as_written}` is given twice", span, cure)
        items.setdefault(key, item)

    def refuse(self, code: str, message: str, span: Span, cure: str = "") -> None:
        self.findings.append(Diagnostic(code, message, span, cure))
