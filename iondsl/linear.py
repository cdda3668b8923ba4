"""Whether an expression is linear in some quantities, and its coefficients: found on the syntax, nothing evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from iondsl.elaborate.draft import binary, negative
from iondsl.elaborate.names import names_in
from iondsl.immutable import frozen
from iondsl.syntax import Binary, Expression, Name, Number, Unary


@frozen
class Linear:
    """`constant` (None for 0) and the sum of each variable times its `slopes`."""

    constant: Expression | None
    slopes: Mapping[str, Expression] = field(default_factory=dict)

    def plus(self, other: Linear) -> Linear:
        slopes = {name: summed(self.slopes.get(name), other.slopes.get(name)) for name in (*self.slopes, *other.slopes)}
        return Linear(
            summed(self.constant, other.constant), {name: slope for name, slope in slopes.items() if slope is not None}
        )

    def times(self, factor: Expression, operator: str = "*") -> Linear:
        """Multiplied or divided by what does not depend on the variables."""
        constant = None if self.constant is None else binary(operator, self.constant, factor)
        return Linear(constant, {name: scaled(slope, factor, operator) for name, slope in self.slopes.items()})

    def negated(self) -> Linear:
        constant = None if self.constant is None else negative(self.constant)
        return Linear(constant, {name: negative(slope) for name, slope in self.slopes.items()})


def summed(left: Expression | None, right: Expression | None) -> Expression | None:
    return right if left is None else left if right is None else binary("+", left, right)


def scaled(slope: Expression, factor: Expression, operator: str) -> Expression:
    is_one = isinstance(slope, Number) and slope.text == "1" and operator == "*"
    return factor if is_one else binary(operator, slope, factor)


@frozen
class Forms:
    """Linear forms in `variables`, through the `definitions` of what depends on them."""

    variables: frozenset[str]
    definitions: Mapping[str, Expression]
    memo: dict[str, Linear | None] = field(default_factory=dict)

    def of(self, expression: Expression) -> Linear | None:
        """None for what is not linear."""
        self.prepare(names_in(expression))
        return self.read(expression)

    def prepare(self, names: Iterable[str]) -> None:
        """Read the definitions that are needed, the first ones first; chains of them may be long."""
        stack = [name for name in sorted(names) if name in self.definitions and name not in self.memo]
        entered: set[str] = set()
        while stack:
            top = stack[-1]
            used = () if top in entered else names_in(self.definitions[top])
            entered.add(top)
            waiting = [each for each in sorted(used) if each in self.definitions and each not in self.memo]
            stack += [each for each in waiting if each not in entered]
            if stack[-1] == top:
                stack.pop()
                self.memo.setdefault(top, self.read(self.definitions[top]))

    def depends(self, expression: Expression) -> bool:
        names = {name.removesuffix("'") for name in names_in(expression)}
        return not names.isdisjoint(self.variables | self.definitions.keys())

    def read(self, node: Expression) -> Linear | None:
        if not self.depends(node):
            return Linear(node)
        match node:
            case Name() if node.text in self.variables:
                return Linear(None, {node.text: Number("1", None, node.span)})
            case Name():
                return self.memo.get(node.text)
            case Unary():
                inner = self.read(node.operand)
                return inner.negated() if inner is not None and node.operator == "-" else inner
            case Binary(operator="+" | "-"):
                return self.sum(node)
            case Binary(operator="*") if not self.depends(node.left):
                right = self.read(node.right)
                return None if right is None else right.times(node.left)
            case Binary(operator="*" | "/") if not self.depends(node.right):
                left = self.read(node.left)
                return None if left is None else left.times(node.right, node.operator)
        return None

    def sum(self, node: Binary) -> Linear | None:
        left, right = self.read(node.left), self.read(node.right)
        if left is None or right is None:
            return None
        return left.plus(right if node.operator == "+" else right.negated())
