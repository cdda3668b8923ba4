"""The right sides: what each variable is, or its derivative, and what states start from."""

from __future__ import annotations

from iondsl.importers.cellml.assignment import Definition, Definitions
from iondsl.importers.cellml.connections import Sources
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.instances import Builder, Declared
from iondsl.importers.cellml.scope import ComponentScope, changed, moved, rate_unit, reference, unit_of
from iondsl.importers.mathml import Reader
from iondsl.importers.mathml.numbers import literal, pure
from iondsl.parser.lines import MAX_NESTING
from iondsl.source import Span
from iondsl.syntax import Expression
from iondsl.traversal import depth

NAME_PARTS = "give parts of it names; a sum of many terms counts as nested"


class Values:
    """All by the source of the variable. `times` are the independent variables, each with its first place."""

    def __init__(self, builder: Builder, sources: Sources, definitions: Definitions, findings: Findings) -> None:
        self.builder, self.sources, self.findings = builder, sources, findings
        self.times: dict[Declared, Span] = {}
        self.rates = {source: self.rate(source, each) for source, each in definitions.rates.items()}
        self.values = {source: self.value(source, each) for source, each in definitions.values.items()}
        self.starts: dict[Declared, Expression] = {}
        for each, source in sources.items():
            if each.element.get("initial_value") is not None:
                self.start(each, source)

    def rate(self, source: Declared, definition: Definition) -> Expression:
        unknown = definition.unknown
        assert unknown.by is not None
        self.reader(definition).number(unknown.element)  # for what may be wrong with it
        given, wanted = rate_unit(unknown.variable, unknown.by), rate_unit(source, self.sources[unknown.by])
        return moved(self.read(definition), given, wanted)

    def value(self, source: Declared, definition: Definition) -> Expression:
        return moved(self.read(definition), unit_of(definition.unknown.variable), unit_of(source))

    def read(self, definition: Definition) -> Expression:
        found = self.reader(definition).number(definition.right)
        if depth(found) > MAX_NESTING:
            message = f"an expression nested more than {MAX_NESTING} deep"
            self.findings.add("E632", message, definition.equation.element.span, NAME_PARTS)
        return found

    def reader(self, definition: Definition) -> Reader:
        instance = definition.equation.instance
        return Reader(ComponentScope(instance, self.sources, self.times, self.builder, self.findings))

    def start(self, variable: Declared, source: Declared) -> None:
        """What an attribute `initial_value` says, for the source; two sources of one number are an error already."""
        if source in self.starts and not variable.is_source:
            message = f"a second initial value of `{source.text}`"
            self.findings.add("E649", message, variable.element.place("initial_value"), "delete one of them")
            return
        self.starts[source] = changed(self.initial(variable), unit_of(variable), unit_of(source), variable.element.tag)

    def initial(self, variable: Declared) -> Expression:
        """A number, or from CellML 1.1 on the name of a variable beside it."""
        text, span = (variable.element.get("initial_value") or "").strip(), variable.element.place("initial_value")
        found = literal(text, variable.unit, span) or self.named(text, variable)
        if found is None:
            self.findings.add("E647", f"the initial value `{text}` is neither a number nor a variable beside it", span)
            return pure("0", span)
        return found

    def named(self, text: str, variable: Declared) -> Expression | None:
        beside = variable.instance.variables
        if text not in beside:
            return None
        source = self.sources[beside[text]]
        read = reference(beside[text], source, variable.element.place("initial_value"))
        return changed(read, unit_of(beside[text]), unit_of(variable), variable.element.place("initial_value"))
