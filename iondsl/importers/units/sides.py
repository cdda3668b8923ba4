"""One right side made consistent: bare numbers get the units that they need, and what still does not fit is relabelled.

Every number keeps its digits, and nothing is converted, so that the side computes what it did.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from iondsl.elaborate.names import PI
from iondsl.errors import Diagnostic, errors
from iondsl.importers.units.known import Known
from iondsl.importers.units.numbering import Places, measured
from iondsl.inference import Equation, Inferred, Mismatch, Rules, infer
from iondsl.inference.equation import is_about_something
from iondsl.source import Span
from iondsl.syntax import Binary, Call, Convert, Expression, Name, Number, Prime
from iondsl.traversal import children, rewrite, walk, with_children
from iondsl.units import ONE, Unit

# Rounds in which operands are relabelled; more are needed only where units leave the range of the language.
ROUNDS = 8
# Stands for a quantity of unknown unit: a number that is no conversion factor.
UNKNOWN = "0.7391"


@dataclass(slots=True)
class Sides:
    """Reads right sides by the units that are `known`; `functions` are those of the file, which take pure numbers."""

    known: Known
    places: Places
    functions: frozenset[str]
    notes: list[Diagnostic] = field(default_factory=list)

    def mended(self, side: Expression, name: str, expected: Unit | None) -> Expression:
        """The side with units such that it measures what is expected."""
        side = self.with_arguments(side)
        if expected is not None and expected != ONE and is_bare(side):
            side = measured(side, expected)
        if not errors(self.read(side, name, expected, strict=True).findings):
            return side
        side = self.filled(self.with_ratios(side, name, expected), name, expected)
        for _ in range(ROUNDS):
            found = self.read(side, name, expected, strict=True)
            if not found.mismatches:
                break
            side = self.relabelled(side, found.mismatches)
        return self.as_numbers(side, expected, found) if errors(found.findings) else side

    def with_ratios(self, side: Expression, name: str, expected: Unit | None) -> Expression:
        """With `sqrt(K_o / 5.4)` as the root of a pure number, if that lets everything fit."""
        changed = rewrite(side, self.ratio)
        fits = changed is not side and not self.read(changed, name, expected, strict=False).mismatches
        return changed if fits else side

    def ratio(self, node: Expression) -> Expression:
        """The argument of a root, a quantity over a bare number, with the quantity's unit behind the number."""
        match node:
            case Call(Name(("sqrt",)), (Binary("/", Name() as above, Number(unit=None) as below) as ratio,)):
                unit = self.known.lookup(above.text)
                if unit is not None and unit != ONE:
                    return replace(node, arguments=(replace(ratio, right=measured(below, unit)),))
        return node

    def filled(self, side: Expression, name: str, expected: Unit | None) -> Expression:
        """With units behind bare numbers, what cannot fit whatever they are being relabelled before."""
        for _ in range(ROUNDS):
            found = self.read(side, name, expected, strict=False)
            if not found.mismatches:
                break
            side = self.relabelled(side, found.mismatches)
        units = {reading.node.span: reading.unit for reading in found.readings}

        def change(node: Expression) -> Expression:
            return measured(node, units[node.span]) if isinstance(node, Number) and node.span in units else node

        return rewrite(side, change) if units else side

    def read(self, side: Expression, name: str, expected: Unit | None, strict: bool) -> Inferred:
        """What the compiler makes of it. No constant converts here, since none does in the source."""
        equation = Equation(name, expected, a_number=True, free=True)
        return infer(equation, self.without_calls(side), Rules(self.known.lookup, frozenset(), strict))

    def learnt(self, side: Expression, expected: Unit) -> dict[str, Unit]:
        """The units of quantities in it that were not known, by their full names: what numbers in their place need.

        First with written factors as pure numbers, which would take units in the place of quantities.
        """
        opened = {each.span: each for each in walk(side) if isinstance(each, Name | Prime) and self.is_open(each)}
        if not opened:
            return {}
        names = {span: self.known.in_full(each.text) for span, each in opened.items() if isinstance(each, Name)}
        side = rewrite(side, lambda node: Number(UNKNOWN, None, node.span) if node.span in opened else node)
        pure = rewrite(side, partial(with_pure_factors, besides=opened))
        for attempt in (pure, side) if pure is not side else (side,):
            found = self.read(about_something(attempt), "", expected, strict=False)
            if not found.mismatches:
                return {names[each.node.span]: each.unit for each in found.readings if each.node.span in names}
        return {}

    def is_open(self, node: Name | Prime) -> bool:
        return self.known.is_open(node.text if isinstance(node, Name) else node.name.text)

    def relabelled(self, side: Expression, mismatches: Iterable[Mismatch]) -> Expression:
        """With `as` behind what does not fit, or its unit behind what is only a number."""
        wrong = {each.operand.span: each for each in mismatches}

        def change(node: Expression) -> Expression:
            mismatch = wrong.get(node.span)
            if mismatch is None:
                return node
            if is_bare(node):
                return measured(node, mismatch.expected)
            self.note(mismatch)
            return self.places.relabelled(node, mismatch.expected)

        return rewrite(side, change)

    def note(self, mismatch: Mismatch) -> None:
        """W660: the source is inconsistent here."""
        found = mismatch.finding
        cure = f"kept as it computes, by `as [{mismatch.expected}]`: look whether a factor is missing"
        self.notes.append(Diagnostic("W660", found.message, self.places.before(mismatch.operand.span), cure))

    def as_numbers(self, side: Expression, expected: Unit | None, found: Inferred) -> Expression:
        """Every quantity in it as a pure number, for units beyond what the language can express."""
        message, cure = found.findings[0].message, "kept as it computes, with pure numbers"
        self.notes.append(Diagnostic("W660", message, self.places.before(side.span), cure))

        def stripped(node: Expression) -> Expression:
            if isinstance(node, Name | Prime | Convert) or (isinstance(node, Number) and node.unit is not None):
                return self.places.relabelled(node, ONE)
            return with_children(node, tuple(map(stripped, children(node))))

        side = stripped(side)
        return side if expected is None or expected == ONE else self.places.relabelled(side, expected)

    def without_calls(self, side: Expression) -> Expression:
        """With a pure number in the place of each call of a function of the file."""

        def change(node: Expression) -> Expression:
            return Name((PI,), node.span) if self.is_own(node) else node

        return rewrite(side, change) if self.functions else side

    def with_arguments(self, side: Expression) -> Expression:
        """With the arguments of such calls mended: whatever they measure, the function takes it as a pure number."""

        def change(node: Expression) -> Expression:
            if not (isinstance(node, Call) and self.is_own(node)):
                return node
            return replace(node, arguments=tuple(self.mended(each, "", None) for each in node.arguments))

        return rewrite(side, change) if self.functions else side

    def body(self, side: Expression, parameters: tuple[str, ...]) -> Expression:
        """That of a function, which computes with pure numbers."""

        def change(node: Expression) -> Expression:
            is_parameter = isinstance(node, Name) and node.text in parameters
            return self.places.relabelled(node, ONE) if is_parameter else node

        return self.mended(rewrite(side, change), "", ONE)

    def is_own(self, node: Expression) -> bool:
        return isinstance(node, Call) and node.function.text in self.functions


def with_pure_factors(node: Expression, besides: Container[Span]) -> Expression:
    """A product with `[1]` behind the bare numbers in it."""
    if not isinstance(node, Binary) or node.operator not in "*/":
        return node
    left, right = (
        measured(each, ONE) if isinstance(each, Number) and each.unit is None and each.span not in besides else each
        for each in (node.left, node.right)
    )
    return node if left is node.left and right is node.right else replace(node, left=left, right=right)


def about_something(side: Expression) -> Expression:
    """Arithmetic on numbers alone says nothing of their units: times pi it does."""
    return side if is_about_something(side) else Binary("*", side, Name((PI,), side.span), side.span)


def is_bare(node: Expression) -> bool:
    """Whether it is made of numbers without units."""
    return not is_about_something(node) and not any(
        isinstance(each, Call | Convert) or (isinstance(each, Number) and each.unit is not None) for each in walk(node)
    )
