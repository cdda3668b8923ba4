"""A whole equation: what it defines against what its right side measures, and what its bare numbers came to mean."""

from __future__ import annotations

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.inference.bare import Bares
from iondsl.inference.blame import Context
from iondsl.inference.constants import holds_constant, powers_of_ten
from iondsl.inference.form import Form
from iondsl.inference.judge import Conversion, Judge, Lookup, Mismatch
from iondsl.inference.operands import read
from iondsl.inference.verdict import hidden_scales, open_sum, surprises, suspicions
from iondsl.syntax import Binary, Expression, Name, Number, Prime, Unary
from iondsl.traversal import walk
from iondsl.units import ONE, Unit, same_dimension


@frozen
class Equation:
    """What is known before the right side is read.

    expected: the unit that is stated, or known from what the equation defines; None where the right side gives it.
    any_scale: another scale of the expected unit is taken as it is, since whatever uses it converts (`alpha`, `tau`).
    a_number: where nothing says what it is measured in, it is a pure number, as parameters are.
    derived: the compiler made it.
    free: bare numbers take dimensions without a warning.
    rescaled: another scale of the expected unit is converted.
    """

    name: str
    expected: Unit | None = None
    any_scale: bool = False
    a_number: bool = False
    derived: bool = False
    free: bool = False
    rescaled: bool = False


@frozen
class Reading:
    """A bare number that was read as something with a unit."""

    node: Number
    unit: Unit


@frozen
class Inferred:
    """The unit of an equation, None where it is not known; its right side as it is computed; and what was found.

    `mismatches` are the operands that findings are about, as far as another unit would cure them.
    """

    unit: Unit | None
    expression: Expression
    findings: tuple[Diagnostic, ...] = ()
    readings: tuple[Reading, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()


@frozen
class Rules:
    """What holds for all equations of a model. `constants` are the names that mean a physical constant."""

    lookup: Lookup
    constants: frozenset[str]
    strict: bool = False


def infer(equation: Equation, expression: Expression, rules: Rules) -> Inferred:
    """Read one equation."""
    judge = judge_of(equation, expression, rules, strict=rules.strict and not equation.derived)
    if judge.converts and not equation.derived:
        judge.findings.extend(powers_of_ten(expression, rules.constants))
    form, mended = judge.visit(expression, equation.expected)
    if equation.expected is None and not judge.findings and is_undecided(form, expression):
        return as_numbers(equation, expression, rules)
    unit, mended = result(judge, equation, expression, form, mended)
    return finished(judge, equation, expression, unit, mended)


def judge_of(equation: Equation, expression: Expression, rules: Rules, strict: bool) -> Judge:
    converts = holds_constant(expression, rules.constants)
    return Judge(rules.lookup, rules.constants, Bares(strict), read, converts)


def finished(
    judge: Judge, equation: Equation, expression: Expression, unit: Unit | None, mended: Expression
) -> Inferred:
    if not equation.derived and is_about_something(expression):
        if not judge.findings:
            judge.findings.extend(hidden_scales(judge.bares))
            judge.findings.extend(suspicions(judge.bares, bool(judge.conversions)))
        if not judge.findings and not equation.free:
            judge.findings.extend(surprises(judge.bares))
    wrong = any(each.severity == "error" for each in judge.findings)
    units = judge.bares.units()
    readings = tuple(Reading(bare.node, each) for bare, each in units if each.dimension != ONE.dimension)
    known = equation.expected if wrong else unit
    conversions, mismatches = tuple(judge.conversions), tuple(judge.mismatches)
    return Inferred(known, mended, tuple(judge.findings), readings, conversions, mismatches)


def is_undecided(form: Form | None, expression: Expression) -> bool:
    """Whether nothing says what a sum is measured in, since a bare number multiplies each of its terms."""
    return form is not None and form.is_open and is_sum(expression) and is_about_something(expression)


def as_numbers(equation: Equation, expression: Expression, rules: Rules) -> Inferred:
    """An undecided sum: fine where its bare numbers as pure ones give it a unit, as in `1 / tau_1 + 1 / tau_2`."""
    judge = judge_of(equation, expression, rules, strict=True)
    form, mended = judge.visit(expression)
    undecided = form is None or (form.is_number and not equation.a_number)
    if form is None or undecided or judge.findings:
        return Inferred(None, expression, (open_sum(equation.name, expression),))
    return finished(judge, equation, expression, form.known, mended)


def result(
    judge: Judge, equation: Equation, expression: Expression, form: Form | None, mended: Expression
) -> tuple[Unit | None, Expression]:
    """The right side held against what it defines."""
    expected = equation.expected
    if form is None:
        return expected, mended
    form = judge.bares.resolve(form)
    if expected is None:
        if judge.converts and form.is_number:
            return ONE, judge.converted(mended, form.known, ONE, form.known.scale)
        return form.known, mended
    if equation.any_scale and same_dimension(form.known, expected):
        return form.known, mended
    if equation.rescaled and same_dimension(form.known, expected):
        return expected, judge.converted(mended, form.known, expected, form.known.scale / expected.scale)
    if form.is_open and not is_about_something(expression):
        return expected, mended  # arithmetic on numbers alone: in the unit that is stated
    return expected, judge.fit(mended, form, Form(expected), Context("result", equation.name))


def is_about_something(expression: Expression) -> bool:
    """Whether anything but numbers stands in it."""
    return any(isinstance(node, Name | Prime) for node in walk(expression))


def is_sum(expression: Expression) -> bool:
    while isinstance(expression, Unary):
        expression = expression.operand
    return isinstance(expression, Binary) and expression.operator in "+-"
