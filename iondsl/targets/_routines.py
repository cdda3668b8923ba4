"""The routines of a step as lines of code, in a language that has assignments and indexed arrays.

Arrays have the same short names in every target: `s` states, `p` parameters, `k` constants (parameters and
hoisted values, as far as the body of a step reads them), `u` inputs, `out` results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sympy import Expr, Symbol

from iondsl.step import Assignment, Routine, Step
from iondsl.targets._printer import Printer


@dataclass(frozen=True, slots=True)
class Syntax:
    """Patterns: `define` a name as a value, `store` a value at a place, `element` of an array at an index."""

    define: str
    store: str
    element: str


@dataclass(frozen=True, slots=True)
class Routines:
    """Writes the routines of one step. Every line of code is computed from what stands before it."""

    step: Step
    printer: Printer
    syntax: Syntax

    def constants(self) -> tuple[Symbol, ...]:
        """What the body of `advance` reads of parameters and hoisted values, in the order of `k`."""
        needed = _reads_in_body(self.step.advance)
        hoisted = (assignment.target for assignment in self.step.advance.hoisted)
        return tuple(symbol for symbol in (*self.step.parameters, *hoisted) if symbol in needed)

    def hoisted(self) -> Iterator[str]:
        """p, dt -> k"""
        routine = self.step.advance
        yield from self._parameters(_reads(routine))
        yield from self._assignments(routine.hoisted)
        yield from self.stores("k", self.constants())

    def advance(self) -> Iterator[str]:
        """s, k, u, time, dt -> the names that the outputs of the step are made of"""
        step, needed = self.step, _reads_in_body(self.step.advance)
        yield from self._fetch("s", step.states, needed)
        yield from self._fetch("k", self.constants(), needed)
        for sample in step.samples:
            if sample.symbol in needed:
                place = step.offsets.index(sample.offset) * len(step.inputs) + sample.input
                yield self.define(sample.symbol, self.element("u", place))
        yield from self._assignments(step.advance.body)

    def initial(self) -> Iterator[str]:
        """p, u, time -> out"""
        return self._once(self.step.initial)

    def observe(self) -> Iterator[str]:
        """s, p, u, time -> out"""
        return self._once(self.step.observe)

    def watch(self) -> Iterator[str]:
        """s, p, u, time -> out; nothing without events"""
        return self._once(self.step.watch)

    def stores(self, array: str, values: Iterable[Expr]) -> Iterator[str]:
        for index, value in enumerate(values):
            yield self.syntax.store.format(self.element(array, index), self.printer.text(value))

    def define(self, symbol: Symbol, text: str) -> str:
        return self.syntax.define.format(self.printer.text(symbol), text)

    def element(self, array: str, index: int) -> str:
        return self.syntax.element.format(array, index)

    def _once(self, routine: Routine) -> Iterator[str]:
        # Initial values may use each other: a state that is assigned is not fetched.
        needed = _reads(routine).difference(assignment.target for assignment in routine.assignments)
        yield from self._fetch("s", self.step.states, needed)
        yield from self._fetch("u", self.step.inputs, needed)
        yield from self._parameters(needed)
        yield from self._assignments(routine.assignments)
        yield from self.stores("out", routine.outputs)

    def _parameters(self, needed: frozenset[Symbol]) -> Iterator[str]:
        """The needed parameters, and those that they follow where no number (but NaN) is given for them."""
        step, following = self.step, []
        for computed in reversed(step.computed):
            if step.parameters[computed.index] in needed:
                needed |= computed.value.free_symbols
                following.append(computed)
        given = needed.difference(step.parameters[computed.index] for computed in step.computed)
        yield from self._fetch("p", step.parameters, given)
        for computed in reversed(following):
            place = self.element("p", computed.index)
            value = self.printer.text(computed.value)
            text = self.printer.dialect.select(f"{place} == {place}", place, value)
            yield self.define(step.parameters[computed.index], text)

    def _fetch(self, array: str, symbols: tuple[Symbol, ...], needed: frozenset[Symbol]) -> Iterator[str]:
        for index, symbol in enumerate(symbols):
            if symbol in needed:
                yield self.define(symbol, self.element(array, index))

    def _assignments(self, assignments: tuple[Assignment, ...]) -> Iterator[str]:
        for assignment in assignments:
            yield self.define(assignment.target, self.printer.text(assignment.value))


def _reads(routine: Routine) -> frozenset[Symbol]:
    return _symbols((*(assignment.value for assignment in routine.assignments), *routine.outputs))


def _reads_in_body(routine: Routine) -> frozenset[Symbol]:
    return _symbols((*(assignment.value for assignment in routine.body), *routine.outputs))


def _symbols(values: Iterable[Expr]) -> frozenset[Symbol]:
    return frozenset[Symbol]().union(*(value.free_symbols for value in values))
