"""The statements of variables, in their blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from iondsl.immutable import frozen
from iondsl.importers.arrange.algebra import number
from iondsl.importers.arrange.facts import Facts
from iondsl.importers.arrange.gates import MEMBERS
from iondsl.importers.arrange.places import Place, blocks_of_currents
from iondsl.importers.foreign import PACE, Path, Variable
from iondsl.source import Span
from iondsl.syntax import (
    Block,
    Definition,
    Derivative,
    Doc,
    Expression,
    Name,
    Number,
    Prime,
    Statement,
    Unary,
    UnitLiteral,
)
from iondsl.traversal import rewrite
from iondsl.units import ONE, Unit

# What a tag cannot hold.
TAG = re.compile(r"[^A-Za-z0-9_.:-]")


@dataclass(slots=True)
class Draft:
    """A block that is being filled."""

    keyword: str
    name: str
    span: Span
    body: list[Statement | Draft] = field(default_factory=list)
    value: Expression | None = None
    tags: tuple[str, ...] = ()
    doc: str = ""

    def block(self) -> Block:
        lines = sorted(self.body, key=rank_in_gate if self.keyword == "gate" else rank)
        body = tuple(each.block() if isinstance(each, Draft) else each for each in lines)
        return Block(self.keyword, self.name, self.span, body, self.value, tags=self.tags, doc=self.doc)


def rank(line: Statement | Draft) -> int:
    """What puts the lines of a block in an order to read: what is given, what follows, then what it is for."""
    match line:
        case Doc():
            return 0
        case Definition(keyword="state", name=Name(path=("V",))):
            return 1
        case Definition(keyword="param" | "input") | Definition(keyword="", value=Number()):
            return 2
        case Definition(name=Name(path=("I",))):
            return 4
    return 3


def rank_in_gate(line: Statement | Draft) -> int:
    """The members of a gate in their usual order, then what they are computed from."""
    match line:
        case Definition(name=Name(path=(name,))) if name in MEMBERS:
            return MEMBERS.index(name)
    return len(MEMBERS)


@frozen
class Blocks:
    """Fills the blocks. `drafts` are those that there are, by their paths, in the order in which they were begun."""

    facts: Facts
    places: Mapping[Path, Place]
    drafts: dict[tuple[str, ...], Draft] = field(default_factory=dict)
    currents: dict[Path, tuple[str, ...]] = field(default_factory=dict)

    def filled(self) -> tuple[Block, ...]:
        """All blocks at the top of the file."""
        self.currents.update(blocks_of_currents(self.facts))
        for variable in self.facts.foreign.variables:
            place = self.places[variable.path]
            if variable is self.facts.foreign.time:
                continue
            if place.block[:1] not in self.drafts:
                self.begin_home(variable, place)
            self.add(variable, place)
        self.complete()
        return tuple(draft.block() for path, draft in self.drafts.items() if len(path) == 1)

    def begin_home(self, variable: Variable, place: Place) -> None:
        """Begin the block of a variable's component, with its text; a current that is taken out of one has none."""
        name, _ = self.facts.nested.get(variable.path[0], (variable.path[0], variable.path))
        component = next(each for each in self.facts.foreign.components if each.name == name)
        taken_out = place.path == place.block and not self.facts.is_current(variable.path[0])
        self.begin(place.block[:1], component.span, "" if taken_out else component.doc)

    def begin(self, path: tuple[str, ...], span: Span, doc: str) -> None:
        keyword = "current" if path in self.currents.values() else "part"
        draft = Draft("membrane" if path == ("membrane",) else keyword, path[-1], span)
        if doc:
            draft.body.append(Doc(doc, span))
        self.drafts[path] = draft

    def add(self, variable: Variable, place: Place) -> None:
        if variable.path in self.facts.gates:
            self.add_gate(variable, place)
            return
        within = self.drafts.get(place.block) or self.begun_gate(place, variable)
        within.body += self.statements(variable, place)

    def begun_gate(self, place: Place, variable: Variable) -> Draft:
        """The block of a gate, whose members may stand before it in the source."""
        draft = Draft("gate", place.block[-1], variable.span)
        self.drafts[place.block] = draft
        return draft

    def add_gate(self, state: Variable, place: Place) -> None:
        path = (*place.block, place.name)
        draft = self.drafts.get(path) or self.begun_gate(Place(path, "", path), state)
        draft.value = None if state.start is None else self.renamed(state.start)
        draft.tags, draft.doc = tags(state, place), state.doc
        gate = self.facts.gates[state.path]
        for member, value in gate.members.items():
            if not (isinstance(value, Name) and gate.moved.get(value.path) == member):
                definition = Definition("", Name((member,), value.span), None, self.renamed(value), value.span)
                draft.body.append(definition)
        self.drafts[place.block].body.append(draft)

    def statements(self, variable: Variable, place: Place) -> list[Statement]:
        """The lines of one variable."""
        if variable.start is not None:
            start = self.stated("state", variable, variable.start, place)
            if variable.value is None or (variable.path == self.facts.potential and self.facts.membrane is not None):
                return [start]
            return [start, Derivative(start.name, None, self.renamed(variable.value), variable.span)]
        value = variable.value
        if value is None or variable.binding:
            pure = UnitLiteral(ONE, variable.span) if variable.binding == PACE else None
            variable = replace(variable, unit=variable.unit or pure)  # what paces is on or off
            return [self.stated("input", variable, value or number("0", variable.span), place)]
        if is_number(value):
            return [self.stated("" if place.path == ("membrane", "C") else "param", variable, value, place)]
        name = Name((place.name,), variable.span)
        of = tags(variable, place)
        return [Definition("", name, variable.unit, self.renamed(value), variable.span, tags=of, doc=variable.doc)]

    def stated(self, keyword: str, variable: Variable, value: Expression, place: Place) -> Definition:
        """A number with the unit of its variable behind it; anything else, also a number in another unit, with the unit
        left of `=`.
        """
        value = self.renamed(with_unit(value, variable.unit))
        unit = None if variable.unit is None or unit_of(value) == variable.unit.unit else variable.unit
        name = Name((place.name,), variable.span)
        return Definition(keyword, name, unit, value, variable.span, tags=tags(variable, place), doc=variable.doc)

    def renamed(self, node: Expression) -> Expression:
        """An expression with the names that its variables have here."""

        def change(each: Expression) -> Expression:
            match each:
                case Name(path=path) if path in self.places:
                    return replace(each, path=self.called(path))
                case Prime(name=name) if name.path in self.places:
                    return replace(each, name=replace(name, path=self.called(name.path)))
            return each

        return rewrite(node, change)

    def called(self, path: Path) -> tuple[str, ...]:
        """What a variable is called in expressions; time stands at the top of the file."""
        time = self.facts.foreign.time
        here = self.places[path].path
        return here[-1:] if time is not None and path == time.path else here

    def complete(self) -> None:
        """What the language wants of a membrane: a `C` where the source leaves out a 1, and outward currents."""
        membrane = self.facts.membrane
        if membrane is None:
            return
        if membrane.literal is not None:
            span = membrane.literal.span
            self.drafts["membrane",].body.append(Definition("", Name(("C",), span), None, membrane.literal, span))
        for path in membrane.currents:
            if path not in self.facts.renamed:
                self.add_current(path, path in membrane.inward)

    def add_current(self, path: Path, inward: bool) -> None:
        """A current for a variable that is another thing, too: an input, or inward positive in the source."""
        variable = next(each for each in self.facts.foreign.variables if each.path == path)
        span, block = variable.span, self.currents[path]
        if block not in self.drafts:
            self.begin(block, span, "")
        value: Expression = Name(self.called(path), span)
        value = Unary("-", value, span) if inward else value
        doc = "inward positive in the source" if inward else ""
        self.drafts[block].body.append(Definition("", Name(("I",), span), variable.unit, value, span, doc=doc))


def tags(variable: Variable, place: Place) -> tuple[str, ...]:
    """The name that the source has, where it is another, and its identifier."""
    names = (place.tag, variable.identifier and f"id:{variable.identifier}")
    return tuple(TAG.sub("_", each) for each in names if each)


def with_unit(value: Expression, unit: UnitLiteral | None) -> Expression:
    """A number that has no unit with that of its variable."""
    match value:
        case Number(unit=None):
            return replace(value, unit=unit)
        case Unary(operand=Number(unit=None)):
            return replace(value, operand=with_unit(value.operand, unit))
    return value


def is_number(value: Expression) -> bool:
    return isinstance(value, Number) or (isinstance(value, Unary) and isinstance(value.operand, Number))


def unit_of(value: Expression) -> Unit | None:
    """The unit behind a number."""
    match value:
        case Number(unit=UnitLiteral(unit=unit)) | Unary(operand=Number(unit=UnitLiteral(unit=unit))):
            return unit
    return None
