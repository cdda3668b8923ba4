"""States without a value begin where their reactions are at rest: linear equations, with the values that need them.

A state that reactions move may be declared without a value, `state CaB [mM]`. It begins where what reactions make of it
is 0. Other initial values may depend on it (`state B = B_total - CaB`) and it on them: what needs each other is solved
together, and everything else in the order in which it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from zlib import crc32

from iondsl.checks.graph import components, rates, uses
from iondsl.checks.initial_values import steady_states
from iondsl.elaborate.draft import binary, name, negative, number
from iondsl.formatter import text
from iondsl.immutable import frozen
from iondsl.linear import Forms, Linear
from iondsl.syntax import Binary, Convert, Expression, Number, Unary
from iondsl.system import Kind, Network, Quantity, System

# A prime: what cancels for any values of the names does so modulo it, and what does not, hardly ever.
PRIME = 2**61 - 1


@frozen
class Joint:
    """Initial values that need each other: `unknown` states without one, and `given` ones, by `rows` that are 0.

    `pivots` are the variables in the order in which they can be solved for, each with its row; None where the rows do
    not determine them. `bent` are quantities that are not linear in them.
    """

    unknown: tuple[str, ...]
    given: tuple[str, ...]
    rows: tuple[Linear, ...]
    pivots: tuple[tuple[str, int], ...] | None
    bent: tuple[str, ...] = ()


def joints(system: System) -> tuple[Joint, ...]:
    """The equations of all states that begin at rest, those together that need each other."""
    open_states = without_value(system)
    if not open_states:
        return ()
    quantities = {quantity.name: quantity for quantity in system.quantities}
    residuals = {name: residual(quantities[name], system.networks) for name in open_states}
    graph = {name: uses(value) for name, value in starts(system).items()} | rates(system) | steady_states(system)
    graph |= {name: uses(each) for name, each in residuals.items()}
    found = (component for component in components(graph) if not component.isdisjoint(open_states))
    return tuple(joint(component, quantities, residuals) for component in found)


def without_value(system: System) -> tuple[str, ...]:
    return tuple(state.name for state in system.states if state.value is None and state.reacts)


def starts(system: System) -> dict[str, Expression]:
    """The right side of everything at the start."""
    found = system.of_kind(Kind.EQUATION, Kind.STATE, Kind.AMOUNT)
    return {each.name: each.value.expanded for each in found if each.value is not None}


def residual(state: Quantity, networks: tuple[Network, ...]) -> Expression:
    """What all reactions make of a state: the net rate of every line, as often as it makes one."""
    result: Expression | None = None
    for line in (line for network in networks for line in network.transitions if line.rate is not None):
        sides = ((-1, line.left), (1, line.right))
        count = sum(sign * each.count for sign, side in sides for each in side if each.quantity == state.name)
        if count and line.rate is not None:
            rate = name(line.rate, state.span)
            term = rate if abs(count) == 1 else binary("*", number(str(abs(count)), state.span), rate)
            if result is None:
                result = negative(term) if count < 0 else term
            else:
                result = binary("-" if count < 0 else "+", result, term)
    return number("0", state.span) if result is None else result


def joint(component: frozenset[str], quantities: Mapping[str, Quantity], residuals: Mapping[str, Expression]) -> Joint:
    """The rows of what needs each other, in the order of declaration."""
    states = [each for each in quantities.values() if each.name in component and each.kind is Kind.STATE]
    unknown = tuple(each.name for each in states if each.name in residuals)
    given = tuple(each.name for each in states if each.name not in residuals)
    inside = [quantities[each] for each in sorted(component - {*unknown, *given}) if each in quantities]
    definitions = {each.name: each.value.expanded for each in inside if each.value is not None}
    derivatives = {each.removesuffix("'") for each in component if each.endswith("'")}
    forms = Forms(frozenset((*unknown, *given)), definitions)
    rows: list[Linear] = []
    bent: list[str] = []
    for each in (*unknown, *given):
        row = forms.of(residuals[each] if each in residuals else distance(quantities[each]))
        rows += [] if row is None else [row]
        bent += [each] if row is None else []
    bent = [each for each in sorted(definitions) if each in forms.memo and forms.memo[each] is None] or bent
    if bent or derivatives:
        return Joint(unknown, given, (), None, tuple(bent or sorted(derivatives)))
    return Joint(unknown, given, tuple(rows), pivots(tuple(rows), (*given, *unknown)))


def distance(state: Quantity) -> Expression:
    """x - value, of a state whose value is given; of one in its steady state, what is not linear."""
    x = name(state.name, state.span)
    return binary("*", x, x) if state.value is None else binary("-", x, state.value.expanded)


def pivots(rows: tuple[Linear, ...], variables: tuple[str, ...]) -> tuple[tuple[str, int], ...] | None:
    """Which row to solve for which variable, in this order; None where that leaves one open, whatever the numbers are.

    The elimination is done with numbers in place of names, exactly and modulo a prime: what is 0 there is 0 always.
    """
    matrix = [{each: value(slope) for each, slope in row.slopes.items()} for row in rows]
    left, order = list(range(len(rows))), []
    for variable in variables:
        row = next((each for each in left if matrix[each].get(variable, 0)), None)
        if row is None:
            return None
        left.remove(row)
        order.append((variable, row))
        inverse = pow(matrix[row][variable], -1, PRIME)
        for other in left:
            multiple = matrix[other].get(variable, 0) * inverse % PRIME
            for column, entry in matrix[row].items() if multiple else ():
                matrix[other][column] = (matrix[other].get(column, 0) - multiple * entry) % PRIME
    return tuple(order)


def value(node: Expression) -> int:
    """An expression modulo the prime, with a number for each name, the same each time."""
    match node:
        case Number():
            exact = Fraction(node.text)
            return exact.numerator * pow(exact.denominator, -1, PRIME) % PRIME
        case Unary():
            return (-1 if node.operator == "-" else 1) * value(node.operand) % PRIME
        case Convert():
            return value(node.operand)
        case Binary(operator="+"):
            return (value(node.left) + value(node.right)) % PRIME
        case Binary(operator="-"):
            return (value(node.left) - value(node.right)) % PRIME
        case Binary(operator="*"):
            return value(node.left) * value(node.right) % PRIME
        case Binary(operator="/") if value(node.right):
            return value(node.left) * pow(value(node.right), -1, PRIME) % PRIME
        case Binary(operator="^", right=Number() as exponent) if exponent.text.isdigit():
            return pow(value(node.left), int(exponent.text), PRIME)
    return hashed(text(node))


def hashed(written: str) -> int:
    return (crc32(written.encode()) << 29 | crc32(written[::-1].encode())) % PRIME or 1
