"""One equation while it is read: its bare numbers, and what was found and converted so far.

How an operand is read is in `operands.py`, for sums, products and functions in files of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.inference.bare import Bares, Misfit
from iondsl.inference.blame import Context, misfit
from iondsl.inference.form import Form
from iondsl.inference.mend import times
from iondsl.syntax import Expression
from iondsl.units import Unit, UnitError

Lookup = Callable[[str], Unit | None]

# The unit of an operand, None where it is not known, and the operand with its conversions written out as factors.
Read = tuple[Form | None, Expression]
Reader = Callable[["Judge", Expression, Unit | None, bool], Read]


@frozen
class Conversion:
    """An operand that the compiler multiplies by `factor`."""

    operand: Expression
    found: Unit
    expected: Unit
    factor: Fraction


@frozen
class Mismatch:
    """An operand that does not fit, as `finding` says, and the unit in which it would."""

    operand: Expression
    expected: Unit
    finding: Diagnostic


@dataclass(slots=True)
class Judge:
    """`converts`: a physical constant (one of `constants`) is near, so that scales are converted, not compared.

    `inside`: the operand that is being read is the argument of a function. `nested`: it is a factor.
    """

    lookup: Lookup
    constants: frozenset[str]
    bares: Bares
    reader: Reader
    converts: bool = False
    findings: list[Diagnostic] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)
    mismatches: list[Mismatch] = field(default_factory=list)
    inside: bool = False
    nested: bool = False

    def visit(self, node: Expression, hint: Unit | None = None, factor: bool = False) -> Read:
        """`hint` is what the surroundings need, where that is known; `factor` marks an operand of a product."""
        return self.reader(self, node, hint, factor)

    def fit(self, node: Expression, found: Form | None, expected: Form | None, context: Context) -> Expression:
        """The operand, multiplied by what it lacks; a finding where it does not fit."""
        if found is None or expected is None:
            return node
        try:
            result = self.bares.equate(found, expected, self.converts)
        except UnitError as error:
            self.findings.append(Diagnostic("E402", error.message, node.span, error.cure))
            return node
        if isinstance(result, Misfit):
            self.mismatch(node, result.expected, misfit(node, result, context))
            return node
        return self.converted(node, self.bares.settled(found), self.bares.settled(expected), result)

    def mismatch(self, operand: Expression, expected: Unit, finding: Diagnostic) -> None:
        self.findings.append(finding)
        self.mismatches.append(Mismatch(operand, expected, finding))

    def converted(self, node: Expression, found: Unit, expected: Unit, scale: Fraction) -> Expression:
        if scale == 1:
            return node
        self.conversions.append(Conversion(node, found, expected, scale))
        return times(scale, node)
