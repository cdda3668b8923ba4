"""The symbol of every quantity of a model; no two of them look alike.

Each quantity proposes symbols, from the shortest (`m`) to its whole name; those that clash move on to their next.
What comes first here is settled first, and keeps its symbol:

1. time, pi, and the built-in constants
2. symbols that the author gave
3. quantities at the top of the file, of ions and of the membrane; currents; then functions
4. members of currents and parts, gates among them
5. members of gates, named after the symbol of their gate

What stands in a compartment comes behind its like, and takes the compartment as an index where that is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from iondsl.constants import CONSTANTS
from iondsl.system import Function, Quantity, System
from iondsl.targets.latex.author import split
from iondsl.targets.latex.cells import cell_of, indexed, within
from iondsl.targets.latex.kinetics import schemes
from iondsl.targets.latex.laws import constants_of
from iondsl.targets.latex.notation import called, read_in
from iondsl.targets.latex.pools import in_spaces, ion_symbols
from iondsl.targets.latex.reactions import constants
from iondsl.targets.latex.symbol import Symbol, from_name, full, is_short, upright, word
from iondsl.targets.latex.text import escape

Proposals = tuple[Symbol, ...]

MEMBRANE = {"C": Symbol("C", ("m",)), "area": Symbol("A", ("m",))}


def symbols_of(system: System) -> dict[str, Symbol]:
    """Symbols by full name; those of functions by `name()`."""
    names = Naming.of(system)
    stages: list[dict[str, Proposals]] = [{}, {}, {}, {}, {}]
    given: dict[str, Proposals] = {}
    for quantity in system.printed:
        if quantity.name in given or quantity.name in stages[names.stage(quantity)]:
            continue  # a variant restates it
        symbol, _ = split(quantity.doc)
        if symbol is not None:
            given[quantity.name] = names.given(quantity, symbol)
        else:
            stages[names.stage(quantity)][quantity.name] = names.proposals(quantity)
    settled = settle(stages[0], settle(given, dict(fixed(system))))
    first = {function.name: first_of(function, system) for function in system.functions}
    distinct = (function for function in system.functions if first[function.name] is function)
    settled = settle({f"{function.name}()": names.of_function(function) for function in distinct}, settled)
    settled = {**settled, **{f"{name}()": settled[f"{function.name}()"] for name, function in first.items()}}
    for stage in stages[1:-1]:
        settled = settle(stage, settled)
    return settle({name: names.of_gate(name, settled) for name in stages[-1]}, settled)


def first_of(function: Function, system: System) -> Function:
    """The first of the copies that parts bring along of one function, where it means the same in them."""
    copies = (each for each in system.functions if (each.span, each.value) == (function.span, function.value))
    return next(copies, function)


def settle(proposals: Mapping[str, Proposals], settled: Mapping[str, Symbol]) -> dict[str, Symbol]:
    """The first proposal of each that looks like no other; the last of each is known to be its own."""
    rank = dict.fromkeys(proposals, 0)
    while True:
        chosen = {name: proposals[name][rank[name]] for name in proposals}
        seen = Counter(symbol.look for symbol in (*settled.values(), *chosen.values()))
        clashing = [name for name, symbol in chosen.items() if seen[symbol.look] > 1 and symbol != proposals[name][-1]]
        if not clashing:
            return {**settled, **chosen}
        for name in clashing:
            rank[name] += 1


def fixed(system: System) -> Iterator[tuple[str, Symbol]]:
    names = {quantity.name for quantity in system.quantities}
    yield system.time.name, from_name(system.time.name)
    if "pi" not in names:
        yield "pi", Symbol(r"\pi")
    read = read_in(system) | constants_of(called(system))
    for constant in CONSTANTS:
        if constant in read and constant not in names:
            head, _, below = constant.partition("_")
            yield constant, Symbol(head, (upright(below),) if below else ())


def occupancy(state: str) -> Symbol:
    """A state of a Markov scheme, upright also where it is one letter."""
    symbol = from_name(state)
    return replace(symbol, head=upright(symbol.head)) if symbol.head.isalpha() else symbol


@dataclass(frozen=True, slots=True)
class Naming:
    """What quantities propose, by the blocks that they stand in. `labels` are names that stand upright below.

    `spaces` are the symbols of what stands in a space: concentrations, their balances, the size; `kinetics` those of
    rates and their constants.
    """

    ions: Mapping[str, str]
    spaces: Mapping[str, Symbol]
    kinetics: Mapping[str, Symbol]
    currents: frozenset[str]
    gates: frozenset[str]
    labels: frozenset[str]
    occupancies: frozenset[str]
    system: System

    @classmethod
    def of(cls, system: System) -> Naming:
        ions = ion_symbols(system)
        currents = frozenset({each.name for each in system.currents} | {each.name for each in system.fluxes})
        labels = {last(name) for name in ions} | {part for name in currents for part in last(name).split("_")[1:]}
        gates = frozenset(gate.name for gate in system.gates)
        occupancies = frozenset(state for network in schemes(system) for state in network.species)
        spaces, kinetics = dict(in_spaces(system)), dict(constants(system))
        return cls(ions, spaces, kinetics, currents, gates, frozenset(labels), occupancies, system)

    def stage(self, quantity: Quantity) -> int:
        """0 and 1 for rows 3 and 4 of the module's table, 2 and 3 for the same in compartments, 4 for row 5."""
        if quantity.block in self.gates:
            return 4
        cell = cell_of(quantity.block, self.system)
        around = within(quantity.block, cell)
        known = around in ("", "membrane") or quantity.block in self.ions or quantity.name in self.currents
        return (0 if known else 1) + (2 if cell else 0)

    def given(self, quantity: Quantity, symbol: Symbol) -> Proposals:
        """The symbol itself; where others have it too, with what tells its block from theirs."""
        labels = [label for label in self.label(quantity.block) if label not in symbol.subs]
        others = (full(quantity.name),) if quantity.block in self.gates else self.proposals(quantity)
        return (symbol, symbol.qualified(*labels), *others)

    def proposals(self, quantity: Quantity) -> Proposals:
        """Those of its compartment; each also with the compartment as an index, which a V has in any case."""
        found, cell = self.of_cell(quantity), cell_of(quantity.name, self.system)
        if not cell:
            return found
        *short, whole = found
        if quantity.is_potential:
            return indexed(short[0], cell), whole
        return (*(each for symbol in short for each in (symbol, indexed(symbol, cell))), whole)

    def of_cell(self, quantity: Quantity) -> Proposals:
        name, block = quantity.name, within(quantity.block, cell_of(quantity.name, self.system))
        if "->" in name:
            return self.rate(name, quantity.block)
        base = occupancy(last(name)) if name in self.occupancies else from_name(last(name), self.labels)
        if name in self.spaces:
            return self.spaces[name], base.qualified(*self.label(block)), full(name)
        if name in self.kinetics:
            symbol = self.kinetics[name]
            return symbol, symbol.qualified(*self.label(block)), *self.by_part(symbol, block), full(name)
        if name in self.currents:
            return self.current(name), full(name)
        if name.startswith(f"{quantity.block}.I.") and quantity.block in self.currents:
            return self.current(block).qualified(upright(last(name))), full(name)
        if not block or quantity.is_potential:
            return self.whole(name)
        if block == "membrane":
            return MEMBRANE.get(last(name), base), base.qualified("m"), full(name)
        qualified = base.qualified(*self.label(quantity.block))
        first = qualified if is_short(base) and name not in self.gates | self.occupancies else base
        block = quantity.block
        return (first, qualified, *self.by_current(base, block), *self.by_part(base, block), full(name))

    def by_part(self, symbol: Symbol, block: str) -> Proposals:
        """With the labels of the block around its own, which tell copies of a part apart."""
        around = self.label(block.rpartition(".")[0])
        return (symbol.qualified(*around), symbol.qualified(*around, *self.label(block))) if around else ()

    def rate(self, name: str, block: str) -> Proposals:
        """That of a transition: k with an arrow below, and a number for a second one."""
        ends, _, count = name.removeprefix(f"{block}.").partition(":")
        arrow = r" \to ".join(occupancy(end).tex for end in ends.split("->"))
        symbol = Symbol("k", (arrow, count) if count else (arrow,))
        return symbol, symbol.qualified(*self.label(block)), full(name)

    def by_current(self, base: Symbol, block: str) -> Proposals:
        """`E_{I_K}` where `E_K` is the potential of the ion."""
        return (base.qualified(self.current(block).tex),) if block in self.currents else ()

    def of_gate(self, name: str, settled: Mapping[str, Symbol]) -> Proposals:
        block, _, member = name.rpartition(".")
        gate = settled[block]
        base = from_name(member, self.labels)
        symbol = Symbol(base.head, (*base.subs, gate.plain), gate.qualifiers)
        if member == "inf":
            symbol = Symbol(gate.head, (*gate.subs, r"\infty"), gate.qualifiers, gate.raised)
        return symbol, symbol.qualified(*self.label(block.rpartition(".")[0])), full(name)

    def of_function(self, function: Function) -> Proposals:
        """Its parentheses tell it from a quantity of the same name; upright letters do so in a text."""
        given, _ = split(function.doc)
        name = last(function.name)
        symbol = from_name(name, self.labels) if given is None else given
        operator, label = Symbol(rf"\operatorname{{{escape(name)}}}"), self.label(function.name.rpartition(".")[0])
        return symbol, operator, symbol.qualified(*label), operator.qualified(*label), full(function.name)

    def whole(self, name: str) -> Proposals:
        return from_name(last(name), self.labels), full(name)

    def label(self, block: str) -> tuple[str, ...]:
        """What tells the members of a block from those of others, as subscripts."""
        if not block:
            return ()
        if block in self.ions:
            return (upright(last(block)),)
        if block in self.currents:
            return self.current(block).subs or (upright(last(block)),)
        symbol = from_name(last(block), self.labels)
        return ("m",) if last(block) == "membrane" else (symbol.head, *symbol.subs)

    def current(self, name: str) -> Symbol:
        """`I_Na` with an upright subscript; `leak` is a current too, and `INa` stays a word."""
        head, *parts = [part for part in last(name).split("_") if part] or [last(name)]
        if parts or head.startswith("I"):
            return Symbol(word(head), tuple(part if part.isdigit() else upright(part) for part in parts))
        return Symbol("I", (upright(head),))


def last(name: str) -> str:
    """The name without the blocks around it."""
    return name.rpartition(".")[2]
