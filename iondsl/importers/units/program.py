"""A whole program: the units of its quantities are worked out from one another, then each line is made to fit them."""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate.draft import is_literal, stated_unit, unit_behind
from iondsl.elaborate.scope import TEMPERATURE, Scope
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.importers.lines import announced, changed, with_sides
from iondsl.importers.units.known import Known, name_of
from iondsl.importers.units.learning import learn
from iondsl.importers.units.numbering import Places, bare
from iondsl.importers.units.protocols import timed
from iondsl.importers.units.sides import Sides
from iondsl.importers.units.spelling import Spelling
from iondsl.inference import Equation, Rules, infer
from iondsl.syntax import Definition, Derivative, Expression, Function, Program, Statement, UnitLiteral
from iondsl.units import ONE, Unit

Findings = tuple[Diagnostic, ...]


def consistent(program: Program) -> tuple[Program, Findings]:
    """The program, its names full paths, with units that fit everywhere, and a warning for each `as` that this took.

    No number and no stated unit is changed, but for members of gates, which the gate's equation counts in the model's
    unit of time (W661). Equations compute as they stand: `check --strict` finds nothing to convert. The nodes of right
    sides do not keep their places.
    """
    places = Places()
    program = places.numbered(program)
    names = announced(program)
    known = Known.of(names)
    sides = Sides(known, places, frozenset(names.root.functions))
    lines: list[tuple[Statement, Scope]] = []

    def enter(line: Statement, scope: Scope) -> Statement:
        lines.append((line, scope))
        known.enter(line, scope)
        return line

    changed(program, names.root, enter)
    known.assume()
    learn(lines, sides)
    stated = [unit for unit in known.units.values() if unit is not None]
    program = timed(changed(program, names.root, Consistency(known, sides).line), known)
    spelling = Spelling.of(stated)
    notes = (replace(each, message=spelling.in_message(each.message), cure=spelling.in_message(each.cure))
             for each in sides.notes)
    return spelling.in_program(program), tuple(dict.fromkeys(notes))


@frozen
class Consistency:
    """What is known of the quantities of a program, and what mends its right sides."""

    known: Known
    sides: Sides

    def line(self, line: Statement, scope: Scope) -> Statement:
        """A line that is consistent."""
        if isinstance(line, Function):
            return with_sides(line, lambda side: bare(self.sides.body(side, line.parameters)))
        if isinstance(line, Definition) and scope.parent is None and line.name.text == TEMPERATURE:
            return line
        expected = self.known.expected(line, scope)
        name = name_of(line, scope) if isinstance(line, Definition) else ""
        name = f"{scope.quantity(line.name.text)}'" if isinstance(line, Derivative) else name
        made = with_sides(line, lambda side: bare(self.sides.mended(side, name, expected)))
        return self.stated(made, line, scope) if isinstance(made, Definition) and isinstance(line, Definition) else made

    def stated(self, made: Definition, line: Definition, scope: Scope) -> Definition:
        """With the unit left of `=` where the source has it, or the right side does not tell."""
        unit = self.known.expected(line, scope)
        if unit is None or made.value is None:
            return made
        if is_literal(made.value) and (unit_behind(made.value) is not None or unit == ONE):
            return replace(made, unit=None)
        required, given = self.known.required(line, scope), stated_unit(line)
        if required is not None and given is not None and given != required:
            self.sides.notes.append(recounted(line, given, required))
        wanted = given is not None and given != ONE and scope.keyword != "gate"
        literal = line.unit if line.unit is not None and line.unit.unit == unit else UnitLiteral(unit, line.span)
        tells = not wanted and (required is not None or self.tells(made.value, unit, bool(made.keyword)))
        return replace(made, unit=None if tells else literal)

    def tells(self, side: Expression, unit: Unit, is_given: bool) -> bool:
        """Whether the right side alone says what it measures: a sum of bare numbers, or a 0, does not."""
        equation, side = Equation("", a_number=is_given), self.sides.without_calls(side)
        ways = (Rules(self.known.lookup, frozenset(), strict) for strict in (False, True))
        found = [infer(equation, side, rules) for rules in ways]
        return not any(each.findings or each.unit != unit for each in found)


def recounted(line: Definition, given: Unit, needed: Unit) -> Diagnostic:
    """W661: a stated unit is another one here."""
    message = f"`{line.name.text}` is stated in [{given}], and a gate's equation counts it in [{needed}]"
    return Diagnostic("W661", message, line.span, "its number is kept: look whether a factor is missing")
