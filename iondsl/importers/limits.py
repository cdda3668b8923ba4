"""What the language would refuse in the text that is made of a model, said at its place in the file that was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from iondsl.elaborate.calls import MAX_CALLS
from iondsl.elaborate.inlining import Inlining
from iondsl.errors import Diagnostic
from iondsl.importers.foreign import Foreign, Function, Variable
from iondsl.parser.automaton import MAX_NAME
from iondsl.source import Span
from iondsl.syntax import Call, Convert, Expression, Name, Number, UnitLiteral, wrong
from iondsl.traversal import rewrite, walk
from iondsl.units import ONE, Unit, UnitError, read_unit

CODE = "E625"


def excesses(foreign: Foreign) -> tuple[Diagnostic, ...]:
    """E625 for every name, unit and function that is too large."""
    return tuple(dict.fromkeys((*names(foreign), *units(foreign), *functions(foreign))))


def names(foreign: Foreign) -> Iterator[Diagnostic]:
    """A variable is called by all of its path within its component: one in which the limit is passed is said."""
    named: list[tuple[str, Span]] = [(each.name, each.span) for each in foreign.components]
    paths = [(each.path[1:], each.span) for each in foreign.variables]
    named += [("_".join(path), span) for path, span in paths if len("_".join(path[:-1])) <= MAX_NAME]
    named += [(name, each.span) for each in foreign.functions for name in (each.name, *each.parameters)]
    for name, span in named:
        if len(name) > MAX_NAME:
            message = f"a name of more than {MAX_NAME} characters"
            yield Diagnostic(CODE, message, span, "give it a shorter one; that of a nested variable is all of its path")


def units(foreign: Foreign) -> Iterator[Diagnostic]:
    for variable in foreign.variables:
        for literal in literals(variable):
            if (problem := unwritable(literal.unit)) is not None:
                yield Diagnostic(CODE, f"[{literal.unit}] is beyond the units of the language: {problem}", literal.span)


def literals(variable: Variable) -> Iterator[UnitLiteral]:
    if variable.unit is not None:
        yield variable.unit
    for side in sides(variable):
        for node in walk(side):
            if isinstance(node, Number | Convert) and node.unit is not None:
                yield node.unit


def sides(variable: Variable) -> tuple[Expression, ...]:
    return tuple(side for side in (variable.value, variable.start) if side is not None)


@cache
def unwritable(unit: Unit) -> str | None:
    """Why the text of a unit cannot be read again; None if it can."""
    try:
        read_unit(str(unit))
    except UnitError as error:
        return error.message
    return None


def functions(foreign: Foreign) -> list[Diagnostic]:
    """Calls are written out by the compiler: what is called twice by what is called twice grows without bound."""
    out = WrittenOut()
    for function in foreign.functions:
        out.declare(function)
    for side in (side for variable in foreign.variables for side in sides(variable)) if foreign.functions else ():
        out.whole(side)
    return [replace(each, code=CODE) for each in out.findings]


@dataclass(slots=True)
class WrittenOut:
    """The functions of a file, written out by the rules of the compiler, as far as they have been declared."""

    findings: list[Diagnostic] = field(default_factory=list)
    declared: dict[str, Function] = field(default_factory=dict)
    depths: dict[str, int] = field(default_factory=dict)
    inlining: Inlining = field(init=False)

    def __post_init__(self) -> None:
        self.inlining = Inlining(self.findings.append)

    def declare(self, function: Function) -> None:
        called = [each.function.text for each in walk(function.value) if isinstance(each, Call)]
        self.depths[function.name] = 1 + max((self.depths.get(each, 0) for each in called), default=0)
        value = rewrite(function.value, lambda node: in_body(node, function.parameters))
        self.declared[function.name] = replace(function, value=self.whole(value))

    def whole(self, side: Expression) -> Expression:
        """A right side with its calls written out."""
        return self.inlining.bounded(rewrite(side, self.call), side.span)

    def call(self, node: Expression) -> Expression:
        function = self.declared.get(node.function.text) if isinstance(node, Call) else None
        if function is None or not isinstance(node, Call):
            return node
        excess = self.depths[function.name] - MAX_CALLS
        if excess == 1:
            message = f"functions that call functions, more than {MAX_CALLS} deep"
            self.findings.append(Diagnostic(CODE, message, node.span))
        if excess > 0:
            return wrong(node.span)
        return self.inlining.put(function.value, dict(zip(function.parameters, node.arguments, strict=True)), node.span)


def in_body(node: Expression, parameters: tuple[str, ...]) -> Expression:
    """Arguments are made pure numbers in the text that comes of it."""
    if not (isinstance(node, Name) and node.text in parameters):
        return node
    return Convert("as", node, UnitLiteral(ONE, node.span), node.span)
