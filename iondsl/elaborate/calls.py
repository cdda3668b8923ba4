"""Calls: user functions inlined, physical ones written out, `initial` kept. What remains, targets print."""

from __future__ import annotations

from dataclasses import field, replace

from iondsl.elaborate import influx
from iondsl.elaborate.arguments import bind
from iondsl.elaborate.inlining import Inlining
from iondsl.elaborate.names import Names
from iondsl.elaborate.physics.calls import Physics
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.starts import Starts
from iondsl.elaborate.unknown_function import unknown_function
from iondsl.errors import Diagnostic
from iondsl.functions import MATHEMATICAL, POOLS, STARTS, Signature
from iondsl.immutable import frozen
from iondsl.laws import PHYSICAL
from iondsl.syntax import Call, Expression, Function, Name, Number, UnitLiteral, wrong
from iondsl.system import Formula
from iondsl.traversal import holds, rewrite, walk

MAX_CALLS = 50

Path = tuple[str, ...]

KNOWN = {**MATHEMATICAL, **PHYSICAL, **POOLS, **STARTS}


@frozen
class Calls:
    """Expands the calls of resolved expressions."""

    names: Names
    inlining: Inlining
    report: Report
    starts: Starts = field(default_factory=Starts)

    def formula(self, expression: Expression, scope: Scope, origin: str = "") -> Formula:
        """Both forms of a right-hand side: for readers, and with its calls written out."""
        written = self.names.resolve(expression, scope)
        expanded = self.starts.kept(self.expand(written, scope, ()))
        return Formula(written, expanded if origin else self.inlining.bounded(expanded, written.span), origin)

    def expand(self, expression: Expression, scope: Scope, within: tuple[Path, ...]) -> Expression:
        def change(node: Expression) -> Expression:
            return self.expand_call(node, scope, within) if isinstance(node, Call) else node

        return self.without_offset(rewrite(expression, change) if holds(expression, Call) else expression)

    def expand_call(self, call: Call, scope: Scope, within: tuple[Path, ...]) -> Expression:
        function, scope = call.function.text, scope.outside(call.function.outward)
        for outer in scope.outward():
            if function in outer.functions:
                return self.inline(call, outer.functions[function], outer, within)
        signature = KNOWN.get(function)
        if signature is None:
            if not any(outer.excuses(function) for outer in scope.outward()):
                self.report(unknown_function(call, scope))
            return wrong(call.span)
        arguments = bind(call, signature, self.report)
        if arguments is None:
            return wrong(call.span)
        if function == "influx":
            return influx.read(arguments[0], call.span, scope, self.report)
        if function in PHYSICAL:
            return Physics(scope, self.inlining, self.report).expand(call, arguments)
        return replace(call, arguments=arguments, keywords=())

    def inline(self, call: Call, function: Function, home: Scope, within: tuple[Path, ...]) -> Expression:
        """The body of a user's function with the arguments in the place of its parameters."""
        path = (*home.path, function.name)
        if path in within:
            circle = " -> ".join(f"`{each[-1]}`" for each in (*within[within.index(path) :], path))
            self.report(Diagnostic("E207", f"functions call each other in a circle: {circle}", call.span))
            return wrong(call.span)
        if len(within) == MAX_CALLS:
            message = f"functions that call functions, more than {MAX_CALLS} deep"
            self.report(Diagnostic("E112", message, call.span))
            return wrong(call.span)
        body = self.body(function, home, within)
        arguments = bind(call, Signature(function.parameters), self.report)
        if arguments is None:
            return wrong(call.span)
        return self.inlining.put(body, dict(zip(markers(path, function), arguments, strict=True)), call.span)

    def body(self, function: Function, home: Scope, within: tuple[Path, ...]) -> Expression:
        """The body with its own calls inlined, made once. Its parameters are names that no user can write."""
        path = (*home.path, function.name)
        if path not in self.inlining.bodies:
            bound = {
                parameter: Name((marker,), function.span)
                for parameter, marker in zip(function.parameters, markers(path, function), strict=True)
            }
            expanded = self.expand(self.names.resolve(function.value, home, bound), home, (*within, path))
            self.inlining.bodies[path] = self.inlining.bounded(expanded, function.value.span)
        return self.inlining.bodies[path]

    def without_offset(self, expression: Expression) -> Expression:
        """E401 for a temperature in degC anywhere but in `temperature` and `q10`."""

        def change(node: Expression) -> Expression:
            offset = offset_of(node)
            if offset is None:
                return node
            cure = "write the temperature in kelvin, `[K]`; only `temperature` and `q10` take `[degC]`"
            self.report(Diagnostic("E401", "`degC` has another zero than kelvin", offset.span, cure))
            return wrong(node.span)

        return rewrite(expression, change) if any(map(offset_of, walk(expression))) else expression


def offset_of(node: Expression) -> UnitLiteral | None:
    """The `[degC]` of a number."""
    return node.unit if isinstance(node, Number) and node.unit is not None and node.unit.offset else None


def markers(path: Path, function: Function) -> tuple[str, ...]:
    return tuple(f"{'.'.join(path)}({parameter})" for parameter in function.parameters)
