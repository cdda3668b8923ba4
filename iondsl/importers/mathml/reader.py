"""One element → one expression. Numbers and conditions are kept apart, as the language does; MathML does not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from iondsl.errors import Diagnostic
from iondsl.importers.mathml.functions import COMPARISONS, FUNCTIONS, LOGIC, Operands, chained
from iondsl.importers.mathml.numbers import pure, read_number
from iondsl.importers.mathml.scope import MATHML, Scope, malformed, repeatable, unknown, unsupported
from iondsl.importers.xml import Element
from iondsl.syntax import Compare, Conditional, Expression, Logic, Not

PI = "3.14159265358979323846"
QUALIFIERS = ("bvar", "degree", "logbase", "lowlimit", "uplimit", "interval", "condition", "domainofapplication")
NO_OTHERWISE = "add an `<otherwise>`: the value where none of the conditions holds"
PIECES = "it holds `<piece>`s, of a value and a condition each, and one `<otherwise>` with a value"


class Reader:
    """Expressions of one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def number(self, element: Element) -> Expression:
        """The element as a number; a condition is 1 where it holds, else 0."""
        if element.namespace != MATHML:
            return unknown(element, self.scope)
        if is_condition(element):
            one, zero = pure("1", element.span), pure("0", element.span)
            return Conditional(one, self.condition(element), zero, element.span)
        match element.name:
            case "cn":
                return read_number(element, self.scope.unit(element), self.scope.report)
            case "ci":
                return self.scope.variable(element)
            case "pi":
                return pure(PI, element.span)
            case "exponentiale":
                return FUNCTIONS["exp"].build(Operands(element, element, (pure("1", element.span),)))
            case "piecewise":
                return self.piecewise(element)
            case "semantics" if element.children:
                return self.number(element.children[0])
            case "apply" if element.children:
                return self.applied(element)
        return unknown(element, self.scope)

    def condition(self, element: Element) -> Expression:
        """The element as a condition; a number holds where it is not 0."""
        if element.name == "semantics" and element.children:
            return self.condition(element.children[0])
        if not is_condition(element):
            return Compare("!=", self.number(element), pure("0", element.span), element.span)
        if element.name in ("true", "false"):
            one, other = pure("1", element.span), pure("1" if element.name == "true" else "0", element.span)
            return Compare("==", one, other, element.span)
        head = element.children[0].name
        if head in COMPARISONS:
            return self.comparison(element, head)
        if head == "not":
            conditions = self.operands(element, self.condition, 1, 1)
            return Not(conditions[0], element.span) if conditions else no_condition(element)
        return self.logic(element, head)

    def comparison(self, element: Element, head: str) -> Expression:
        """`a < b < c` is `a < b and b < c`."""
        numbers = self.operands(element, self.number, 2, 2 if head == "neq" else None)
        if len(numbers) > 2 and not repeatable(numbers, element, self.scope):
            return no_condition(element)
        pairs = [Compare(COMPARISONS[head], *pair, element.span) for pair in pairwise(numbers)]
        return chained("and", pairs) if pairs else no_condition(element)

    def logic(self, element: Element, head: str) -> Expression:
        """`xor` of two says one, not both; of more, an odd number of them."""
        left, *others = self.operands(element, self.condition, 1, None) or [no_condition(element)]
        if head != "xor":
            return chained(head, (left, *others))
        for right in others:
            if not repeatable((left, right), element, self.scope):
                return no_condition(element)
            either, both = (Logic(operator, left, right, element.span) for operator in ("or", "and"))
            left = Logic("and", either, Not(both, element.span), element.span)
        return left

    def piecewise(self, element: Element) -> Expression:
        pieces = [each for each in element.children if each.name == "piece" and len(each.children) == 2]
        others = [each for each in element.children if each.name == "otherwise" and len(each.children) == 1]
        if len(pieces) + len(others) < len(element.children) or len(others) > 1:
            return malformed(element, "a `<piecewise>` of other things than pieces", self.scope, PIECES)
        if not others:
            self.scope.report(Diagnostic("E655", "a `<piecewise>` without `<otherwise>`", element.tag, NO_OTHERWISE))
            return pure("0", element.span)
        node = self.number(others[0].children[0])
        for piece in reversed(pieces):
            value, condition = piece.children
            node = Conditional(self.number(value), self.condition(condition), node, element.span)
        return node

    def applied(self, element: Element) -> Expression:
        head = element.children[0]
        qualifiers = {each.name: each for each in element.children if each.name in QUALIFIERS}
        if head.name == "diff" and not set(qualifiers) - {"bvar"}:
            return self.derivative(element, qualifiers.get("bvar"))
        function = FUNCTIONS.get(head.name) if head.namespace == MATHML else None
        if function is None:
            return unknown(head, self.scope)
        qualifier = qualifiers.pop(function.qualifier, None)
        for other in qualifiers.values():
            return unknown(other, self.scope)
        numbers = self.operands(element, self.number, function.least, function.most)
        if len(numbers) < function.least or (function.repeats and not repeatable(numbers, element, self.scope)):
            return pure("0", element.span)
        given = self.number(qualifier.children[0]) if qualifier is not None and qualifier.children else None
        return function.build(Operands(element, head, tuple(numbers), given))

    def derivative(self, element: Element, bvar: Element | None) -> Expression:
        """`<diff/>` of a variable in the independent one, once."""
        inside = () if bvar is None else bvar.children
        names = [each for each in inside if each.name == "ci"]
        variables = [each for each in element.children if each.name == "ci"]
        if len(names) != 1 or len(variables) != 1 or len(element.children) != 3:
            return malformed(element, "a derivative that is not that of one variable in another", self.scope)
        for degree in (each for each in inside if each.name == "degree"):
            if "".join(each.text for each in degree.walk()) not in ("1", "1.0"):
                return unsupported(degree, "a higher derivative", self.scope, "give the first derivative a name")
        return self.scope.rate(variables[0], names[0], element.span)

    def operands(
        self, element: Element, read: Callable[[Element], Expression], least: int, most: int | None
    ) -> list[Expression]:
        """Those of an `<apply>`; none, with a finding, if they are too few or too many."""
        head, *rest = element.children
        found = [read(each) for each in rest if each.name not in QUALIFIERS]
        if least <= len(found) and (most is None or len(found) <= most):
            return found
        operands = "1 operand" if len(found) == 1 else f"{len(found)} operands"
        malformed(element, f"`<{head.name}/>` with {operands}", self.scope)
        return []


def is_condition(element: Element) -> bool:
    if element.name == "semantics" and element.children:
        return is_condition(element.children[0])
    if element.name == "apply" and element.children:
        head = element.children[0]
        return head.namespace == MATHML and (head.name in COMPARISONS or head.name in LOGIC or head.name == "not")
    return element.name in ("true", "false")


def no_condition(element: Element) -> Expression:
    """What stands for one that could not be read."""
    zero = pure("0", element.span)
    return Compare("!=", zero, zero, element.span)
