"""System → Model: the one place where SymPy symbols and expressions are made from what the author wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

import sympy
from sympy import Expr, Integer, S, Symbol

from iondsl import algebra
from iondsl.checks.joints import Joint as Equations
from iondsl.checks.joints import joints
from iondsl.constants import CONSTANTS
from iondsl.model import (
    Equation,
    Event,
    Input,
    Joint,
    Model,
    Network,
    Parameter,
    Pool,
    Reactant,
    State,
    Way,
    steady_name,
)
from iondsl.order import dependency_order
from iondsl.syntax import (
    Binary,
    Call,
    Compare,
    Conditional,
    Expression,
    Logic,
    Name,
    Not,
    Number,
    Prime,
    Unary,
)
from iondsl.system import Kind, Participant, Quantity, Store, System, Transition
from iondsl.system import Network as Record

BINARY: Mapping[str, Callable[[Expr, Expr], Expr]] = {
    "+": algebra.add,
    "-": algebra.subtract,
    "*": algebra.multiply,
    "/": algebra.divide,
    "^": algebra.power,
}

COMPARE = {
    "<": sympy.StrictLessThan,
    "<=": sympy.LessThan,
    ">": sympy.StrictGreaterThan,
    ">=": sympy.GreaterThan,
    "==": sympy.Equality,
    "!=": sympy.Unequality,
}

FUNCTIONS = {
    "exp": sympy.exp,
    "expm1": algebra.expm1,
    "exprel": algebra.exprel,
    "log": sympy.log,
    "log1p": algebra.log1p,
    "log10": algebra.log10,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "asin": sympy.asin,
    "acos": sympy.acos,
    "atan": sympy.atan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "abs": sympy.Abs,
    "floor": sympy.floor,
    "ceil": sympy.ceiling,
    "min": sympy.Min,
    "max": sympy.Max,
    "sign": sympy.sign,
    "heaviside": algebra.heaviside,
    "sigmoid": algebra.sigmoid,
}


def build(system: System) -> Model:
    """The Model of a System without errors."""
    quantities = {quantity.name: quantity for quantity in system.quantities}
    maker = maker_of(system)
    return Model(
        system=system,
        time=maker.symbol(system.time.name),
        parameters=tuple(maker.parameter(each) for each in system.parameters),
        inputs=tuple(maker.input(each) for each in system.inputs),
        states=tuple(maker.state(each, quantities) for each in system.states),
        equations=maker.equations(system, quantities),
        pools=tuple(maker.pools(system, quantities)),
        sizes=tuple(maker.sizes(system)),
        networks=tuple(maker.network(each, quantities) for each in system.networks),
        joints=tuple(map(maker.joint, joints(system))),
        events=tuple(maker.events(system)),
    )


def maker_of(system: System) -> Maker:
    """One that knows the constants, as far as the file does not replace them."""
    own = {quantity.name for quantity in system.quantities}
    built_in = {name: each for name, each in CONSTANTS.items() if name not in own}
    return Maker({"pi": S.Pi, **{name: algebra.literal(each.text) for name, each in built_in.items()}})


def fluxes(system: System) -> dict[str, Expr]:
    """The stated fluxes of conserved quantities."""
    maker = maker_of(system)
    return {law.name: maker.expression(law.rate.expanded) for law in system.laws if law.rate is not None}


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes symbols by name, each once."""

    symbols: dict[str, Expr]

    def symbol(self, name: str) -> Symbol:
        return self.symbols.setdefault(name, algebra.symbol(name))

    def parameter(self, quantity: Quantity) -> Parameter:
        return Parameter(self.symbol(quantity.name), self.value(quantity), quantity)

    def input(self, quantity: Quantity) -> Input:
        """An input without a default has NaN: a run must give it."""
        default = float(self.value(quantity).evalf(17)) if quantity.value is not None else nan
        return Input(self.symbol(quantity.name), default, quantity)

    def state(self, quantity: Quantity, quantities: Mapping[str, Quantity]) -> State:
        steady = f"{quantity.name}.inf"
        symbol = self.symbol(steady) if steady in quantities else None
        rate = self.symbol(f"{quantity.name}'")
        initial = self.symbol(steady_name(quantity.name)) if quantity.value is None else self.value(quantity)
        return State(self.symbol(quantity.name), initial, rate, symbol, quantity)

    def pools(self, system: System, quantities: Mapping[str, Quantity]) -> Iterator[Pool]:
        """The concentrations in moving volumes."""
        for each in system.states:
            if each.store is not None:
                amount = self.state(quantities[each.store.amount], quantities)
                yield Pool(self.symbol(each.name), amount, self.symbol(each.store.size))

    def sizes(self, system: System) -> Iterator[Equation]:
        """The sizes that have an equation, not a derivative."""
        for each in system.states:
            if each.follows is not None:
                yield Equation(self.symbol(each.name), self.expression(each.follows.expanded), each)

    def joint(self, joint: Equations) -> Joint:
        """Initial values that need each other, their equations in the order in which they can be solved."""
        assert joint.pivots is not None
        entries, right = [], []
        for variable, place in joint.pivots:
            row = joint.rows[place]
            pivot = self.symbol(variable)
            entries += [(pivot, self.symbol(each), self.expression(slope)) for each, slope in row.slopes.items()]
            right.append(S.Zero if row.constant is None else algebra.negate(self.expression(row.constant)))
        unknowns = tuple(self.symbol(variable) for variable, _ in joint.pivots)
        return Joint(unknowns, tuple(map(self.symbol, joint.unknown)), tuple(entries), tuple(right))

    def network(self, network: Record, quantities: Mapping[str, Quantity]) -> Network:
        kept = [quantities[each] for each in network.species]
        steady = network.keyword == "markov" and all(each.value is None for each in kept if each.kind is Kind.STATE)
        eliminated = None if network.eliminated is None else self.symbol(network.eliminated)
        ways = tuple(way for transition in network.transitions for way in self.ways(transition))
        return Network(network.name, tuple(map(self.symbol, network.species)), ways, eliminated, steady)

    def ways(self, transition: Transition) -> Iterator[Way]:
        yield self.way(transition.forward, transition.left, transition.right)
        if transition.backward is not None:
            yield self.way(transition.backward, transition.right, transition.left)

    def way(self, rate: str, start: tuple[Participant, ...], end: tuple[Participant, ...]) -> Way:
        changes: dict[Symbol, int] = {}
        scales: dict[Symbol, Expr] = {}
        for each, sign in (*((each, -1) for each in start), *((each, 1) for each in end)):
            symbol = self.symbol(each.quantity)
            changes[symbol] = changes.get(symbol, 0) + sign * each.count
            if each.scale is not None:
                scales[symbol] = self.expression(each.scale)
        moved = (
            (each, algebra.multiply(Integer(count), scales[each]) if each in scales else Integer(count))
            for each, count in changes.items()
        )
        return Way(self.symbol(rate), tuple(map(self.reactant, start)), tuple(moved))

    def reactant(self, participant: Participant) -> Reactant:
        state = self.symbol(participant.quantity)
        if participant.measure is None:
            return Reactant(state, participant.count, state)
        measure = self.expression(participant.measure)
        return Reactant(state, participant.count, algebra.multiply(measure, state), measure)

    def events(self, system: System) -> Iterator[Event]:
        for each in system.events:
            condition = each.condition.expanded
            settings = ((self.symbol(one.target), self.expression(one.formula.expanded)) for one in each.settings)
            yield Event(each.name, self.condition(condition), self.distance(condition), tuple(settings))

    def equations(self, system: System, quantities: Mapping[str, Quantity]) -> tuple[Equation, ...]:
        """Derived quantities and derivatives, in the order in which they can be computed."""
        derived = system.of_kind(Kind.EQUATION, Kind.AMOUNT)
        found = [Equation(self.symbol(each.name), self.value(each), each) for each in derived]
        for each in system.of_kind(Kind.STATE, Kind.AMOUNT):
            rate = self.rate(each, quantities)
            found += [] if rate is None else [Equation(self.symbol(f"{each.name}'"), rate, each)]
        return dependency_order(found, lambda each: each.symbol, lambda each: each.expr)

    def rate(self, quantity: Quantity, quantities: Mapping[str, Quantity]) -> Expr | None:
        """A derivative. None for a size that follows from others, and for a concentration in it."""
        if quantity.rate is not None:
            return self.expression(quantity.rate.expanded)
        if quantity.store is None or quantities[quantity.store.size].rate is None:
            return None
        return self.diluted(quantity.name, quantity.store)

    def diluted(self, concentration: str, store: Store) -> Expr:
        """(amount' - concentration size') / size."""
        booked, growth = self.symbol(f"{store.amount}'"), self.symbol(f"{store.size}'")
        dilution = algebra.multiply(self.symbol(concentration), growth)
        return algebra.divide(algebra.subtract(booked, dilution), self.symbol(store.size))

    def value(self, quantity: Quantity) -> Expr:
        assert quantity.value is not None
        return self.expression(quantity.value.expanded)

    def expression(self, node: Expression) -> Expr:
        """One expression, node by node, nothing evaluated."""
        match node:
            case Number():
                return algebra.literal(node.text)
            case Name():
                return self.symbol(node.text)
            case Prime():
                return self.symbol(f"{node.name.text}'")
            case Unary(operator="+"):
                return self.expression(node.operand)
            case Unary():
                return algebra.negate(self.expression(node.operand))
            case Binary():
                return BINARY[node.operator](self.expression(node.left), self.expression(node.right))
            case Conditional():
                value, otherwise = self.expression(node.value), self.expression(node.otherwise)
                return algebra.choose(value, self.condition(node.condition), otherwise)
            case Call():
                arguments = [self.expression(argument) for argument in node.arguments]
                return self.call(node.function.text, arguments)
        raise TypeError(f"{type(node).__name__} has no value")

    def call(self, function: str, arguments: list[Expr]) -> Expr:
        if function == "sqrt":
            return algebra.power(arguments[0], S.Half)
        return algebra.apply(FUNCTIONS[function], *arguments)

    def condition(self, node: Expression) -> Any:
        match node:
            case Compare():
                left, right = self.expression(node.left), self.expression(node.right)
                return algebra.apply(COMPARE[node.operator], left, right)
            case Logic():
                both = self.condition(node.left), self.condition(node.right)
                return algebra.apply(sympy.And if node.operator == "and" else sympy.Or, *both)
            case Not():
                return algebra.apply(sympy.Not, self.condition(node.operand))
        raise TypeError(f"{type(node).__name__} is no condition")

    def distance(self, node: Expression) -> Expr:
        """A number that is positive where a condition holds, negative where it does not, and 0 in between."""
        match node:
            case Compare():
                left, right = self.expression(node.left), self.expression(node.right)
                low, high = (left, right) if node.operator.startswith("<") else (right, left)
                return algebra.subtract(high, low)
            case Logic():
                both = self.distance(node.left), self.distance(node.right)
                return algebra.apply(sympy.Min if node.operator == "and" else sympy.Max, *both)
            case Not():
                return algebra.negate(self.distance(node.operand))
        raise TypeError(f"{type(node).__name__} is no condition")
