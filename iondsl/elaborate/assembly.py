"""Everything about a model beside its quantities, for readers of a System: ions, currents, gates, functions, texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from iondsl.elaborate import (
    citations,
    compartments,
    conserved,
    currents,
    fluxes,
    gates,
    ions,
    markov,
    pools,
    spaces,
    variants,
)
from iondsl.elaborate.names import Names
from iondsl.elaborate.scope import MAIN, TEMPERATURE, Scope
from iondsl.syntax import Doc, Name, Program
from iondsl.system import Function, Network, Protocol, Quantity, System

Record = TypeVar("Record")


def assemble(
    program: Program,
    names: Names,
    time: Quantity,
    quantities: tuple[Quantity, ...],
    reactions: tuple[Network, ...],
    protocols: tuple[Protocol, ...],
) -> System:
    """The System of a program."""
    header = program.header
    texts = [header.docs] if header is not None and header.docs else []
    texts += [statement.text for statement in program.body if isinstance(statement, Doc)]
    scopes = list(names.root.below())
    return System(
        source=program.source,
        name=header.name if header is not None else "",
        doc=" ".join(texts),
        cites=citations.of_model(program),
        time=time,
        quantities=quantities,
        compartments=kept(compartments.record(scope) for scope in scopes if scope.keyword == "compartment"),
        ions=kept(ions.record(scope) for scope in scopes if scope.keyword == "ion"),
        spaces=kept(spaces.record(scope) for scope in scopes if scope.keyword == "space"),
        currents=kept(currents.record(scope) for scope in scopes if scope.keyword == "current"),
        fluxes=kept(fluxes.record(scope) for scope in scopes if scope.keyword == "flux"),
        pools=tuple(pools.records(names.root)),
        gates=kept(gates.record(scope) for scope in scopes if scope.keyword == "gate"),
        networks=(*kept(markov.record(scope) for scope in scopes if scope.keyword == "markov"), *reactions),
        functions=tuple(functions(names)),
        protocols=protocols,
        aliases=tuple(aliases(scopes)),
        conserved=tuple(conserved.names(scopes)),
        variants=tuple(map(variants.record, variants.of(program))),
    )


def kept(records: Iterator[Record | None]) -> tuple[Record, ...]:
    return tuple(record for record in records if record is not None)


def functions(names: Names) -> Iterator[Function]:
    for scope in names.root.below():
        for function in scope.functions.values():
            bound = {parameter: Name((parameter,), function.span) for parameter in function.parameters}
            value = names.resolve(function.value, scope, bound)
            path = ".".join((*scope.path, function.name))
            yield Function(path, function.parameters, value, function.span, function.doc)


def aliases(scopes: list[Scope]) -> Iterator[tuple[str, str]]:
    """Other names that users may write: `I_Na.I` for `I_Na`, `membrane.V` for `V`, `temperature` for `T`."""
    for scope in scopes:
        if scope.declares(scope.main):
            yield ".".join((*scope.path, MAIN[scope.keyword])), ".".join(scope.path)
        if scope.keyword == "membrane" and "V" in scope.members:
            yield ".".join((*scope.path, "V")), scope.quantity("V")
        if scope.parent is None and TEMPERATURE in scope.members:
            yield TEMPERATURE, "T"
