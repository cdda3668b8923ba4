"""The routines of a step as lines of code, in a language that has assignments and indexed arrays.

Arrays have the same short names in every target. What all cells share: `p` parameters, `u` inputs, `k` constants
(parameters and hoisted values, as far as a step reads them), `r` what is the same in all cells for a step. What each
cell has: `s` states, `v` varied parameters, `o` constants that follow from them, `w` varied inputs, `out` results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sympy import Expr, Symbol

from iondsl.algebra import symbols_of
from iondsl.step import Assignment, Routine, Step
from iondsl.targets._printer import Printer


@dataclass(frozen=True, slots=True)
class Syntax:
    """Patterns: `define` a name as a value, `store` a value at a place, and places of arrays.

    `shared` and `own` take the array and an index, in what all cells share and in what each has; `sample` the array, an
    index and the number of an offset, in inputs.
    """

    define: str
    store: str
    shared: str
    own: str
    sample: str


@dataclass(frozen=True, slots=True)
class Routines:
    """Writes the routines of one step. Every line of code is computed from what stands before it."""

    step: Step
    printer: Printer
    syntax: Syntax

    @property
    def varied_parameters(self) -> tuple[Symbol, ...]:
        """In the order of `v`."""
        return tuple(each for each in self.step.parameters if each in self.step.varied)

    @property
    def varied_inputs(self) -> tuple[Symbol, ...]:
        """In the order of `w`."""
        return tuple(each for each in self.step.inputs if each in self.step.varied)

    def constants(self) -> tuple[Symbol, ...]:
        """What other parts of `advance` read of shared parameters and hoisted values, in the order of `k`."""
        routine, step, own = self.step.advance, self.step, self.step.own_parameters
        needed = _reads((*routine.own, *routine.uniform, *routine.body), routine.outputs)
        for computed in reversed(step.computed):
            if step.parameters[computed.index] in own & needed:
                needed |= symbols_of(computed.value)
        shared = (each for each in step.parameters if each not in own)
        return _ordered((*shared, *_targets(routine.hoisted)), needed)

    def own_constants(self) -> tuple[Symbol, ...]:
        """What the body of `advance` reads of a cell's own parameters and what follows from them, in order of `o`."""
        routine = self.step.advance
        own = _ordered(self.step.parameters, self.step.own_parameters)
        return _ordered((*own, *_targets(routine.own)), _reads(routine.body, routine.outputs))

    def uniforms(self) -> tuple[Symbol, ...]:
        """What the body of `advance` reads of shared inputs and what follows from them, in the order of `r`."""
        routine, step = self.step.advance, self.step
        shared = (each.symbol for each in step.samples if step.inputs[each.input] not in step.varied)
        return _ordered((*shared, *_targets(routine.uniform)), _reads(routine.body, routine.outputs))

    def hoisted(self) -> Iterator[str]:
        """p, dt -> k"""
        routine = self.step.advance
        yield from self._parameters((_reads(routine.hoisted) | {*self.constants()}) - self.step.own_parameters)
        yield from self.assignments(routine.hoisted)
        yield from self.stores("k", self.constants(), self.syntax.shared)

    def own(self) -> Iterator[str]:
        """p, v, k, dt -> o"""
        routine = self.step.advance
        needed = self._with_followed(_reads(routine.own) | {*self.own_constants()})
        yield from self._fetch("k", self.constants(), needed, self.syntax.shared)
        yield from self._parameters(needed & self.step.own_parameters, known=frozenset(self.constants()))
        yield from self.assignments(routine.own)
        yield from self.stores("o", self.own_constants(), self.syntax.own)

    def uniform(self) -> Iterator[str]:
        """k, u, time, dt -> r"""
        routine = self.step.advance
        needed = _reads(routine.uniform) | {*self.uniforms()}
        yield from self._fetch("k", self.constants(), needed, self.syntax.shared)
        yield from self._samples("u", needed, varied=False)
        yield from self.assignments(routine.uniform)
        yield from self.stores("r", self.uniforms(), self.syntax.shared)

    def advance(self) -> Iterator[str]:
        """s, k, r, o, w, time, dt -> the names that the outputs of the step are made of"""
        routine = self.step.advance
        yield from self.given(_reads(routine.body, routine.outputs))
        yield from self.assignments(routine.body)

    def given(self, needed: frozenset[Symbol]) -> Iterator[str]:
        """s, k, r, o, w -> the names of those that are needed"""
        step = self.step
        yield from self._fetch("s", step.states, needed, self.syntax.own)
        yield from self._fetch("k", self.constants(), needed, self.syntax.shared)
        yield from self._fetch("r", self.uniforms(), needed, self.syntax.shared)
        yield from self._fetch("o", self.own_constants(), needed, self.syntax.own)
        yield from self._samples("w", needed, varied=True)

    def initial(self) -> Iterator[str]:
        """p, v, u, w, time -> out"""
        return self._once(self.step.initial)

    def observe(self) -> Iterator[str]:
        """s, p, v, u, w, time -> out"""
        return self._once(self.step.observe)

    def watch(self) -> Iterator[str]:
        """s, p, v, u, w, time -> out; nothing without events"""
        return self._once(self.step.watch)

    def stores(self, array: str, values: Iterable[Expr], place: str) -> Iterator[str]:
        for index, value in enumerate(values):
            yield self.syntax.store.format(place.format(array, index), self.printer.text(value))

    def define(self, symbol: Symbol, text: str) -> str:
        return self.syntax.define.format(self.printer.text(symbol), text)

    def _once(self, routine: Routine) -> Iterator[str]:
        # Initial values may use each other: a state that is assigned is not fetched.
        needed = _reads(routine.assignments, routine.outputs).difference(_targets(routine.assignments))
        yield from self._fetch("s", self.step.states, needed, self.syntax.own)
        for index, symbol in enumerate(self.step.inputs):
            if symbol in needed:
                varied = symbol in self.step.varied
                array, number = ("w", self.varied_inputs.index(symbol)) if varied else ("u", index)
                yield self.define(symbol, self.syntax.sample.format(array, number, 0))
        yield from self._parameters(self._with_followed(needed))
        yield from self.assignments(routine.assignments)
        yield from self.stores("out", routine.outputs, self.syntax.own)

    def _with_followed(self, needed: frozenset[Symbol]) -> frozenset[Symbol]:
        """With what the needed parameters follow where no number is given for them."""
        for computed in reversed(self.step.computed):
            if self.step.parameters[computed.index] in needed:
                needed |= symbols_of(computed.value)
        return needed

    def _parameters(self, needed: frozenset[Symbol], known: frozenset[Symbol] = frozenset()) -> Iterator[str]:
        """The needed parameters, and those that they follow where no number (but NaN) is given for them.

        What is `known` has been fetched.
        """
        step, needed = self.step, self._with_followed(needed) - known
        following = {step.parameters[computed.index]: computed.value for computed in step.computed}
        for symbol in step.parameters:
            if symbol in needed and symbol not in following:
                yield self.define(symbol, self._parameter(symbol))
        for symbol, value in following.items():
            if symbol in needed:
                place = self._parameter(symbol)
                text = self.printer.dialect.select(f"{place} == {place}", place, self.printer.text(value))
                yield self.define(symbol, text)

    def _parameter(self, symbol: Symbol) -> str:
        if symbol in self.step.varied:
            return self.syntax.own.format("v", self.varied_parameters.index(symbol))
        return self.syntax.shared.format("p", self.step.parameters.index(symbol))

    def _samples(self, array: str, needed: frozenset[Symbol], varied: bool) -> Iterator[str]:
        step = self.step
        for sample in step.samples:
            symbol = step.inputs[sample.input]
            if sample.symbol in needed and (symbol in step.varied) == varied:
                index = self.varied_inputs.index(symbol) if varied else sample.input
                offset = step.offsets.index(sample.offset)
                yield self.define(sample.symbol, self.syntax.sample.format(array, index, offset))

    def _fetch(self, array: str, symbols: tuple[Symbol, ...], needed: frozenset[Symbol], place: str) -> Iterator[str]:
        for index, symbol in enumerate(symbols):
            if symbol in needed:
                yield self.define(symbol, place.format(array, index))

    def assignments(self, assignments: tuple[Assignment, ...]) -> Iterator[str]:
        for assignment in assignments:
            yield self.define(assignment.target, self.printer.text(assignment.value))


def _targets(assignments: Iterable[Assignment]) -> tuple[Symbol, ...]:
    return tuple(each.target for each in assignments)


def _ordered(symbols: Iterable[Symbol], needed: frozenset[Symbol]) -> tuple[Symbol, ...]:
    return tuple(each for each in symbols if each in needed)


def _reads(assignments: Iterable[Assignment], outputs: Iterable[Expr] = ()) -> frozenset[Symbol]:
    values = (*(each.value for each in assignments), *outputs)
    return frozenset[Symbol]().union(*(symbols_of(value) for value in values))
