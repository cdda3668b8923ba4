"""Which arguments of a function are names of ions, spaces or pools, and so are no numbers."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.syntax import Call, Expression, Name

OF_A_SPACE = ("ionic_strength", "charge", "osmoles")


def blocks_named(call: Call) -> Iterator[Name]:
    """The ions, spaces and pools among the arguments of a call."""
    yield from (argument for argument in blocks_expected(call) if isinstance(argument, Name))


def blocks_expected(call: Call) -> tuple[Expression, ...]:
    """The arguments that should name one, going by the form of the call."""
    function, plain = call.function.text, call.arguments
    if function in OF_A_SPACE:
        return (*plain, *(keyword.value for keyword in call.keywords))
    if call.keywords:
        return ()
    if function == "influx":
        return plain
    if function == "ghk_voltage":
        return plain[1::2]
    forms = {("nernst", 1): plain[:1], ("ghk_current", 2): plain[1:]}
    return forms.get((function, len(plain)), ())


def is_wrong(argument: Expression) -> bool:
    """Whether an error was reported in its place."""
    return isinstance(argument, Name) and not argument.text
