"""Calls: user functions inlined, `q10` and the ion of `nernst` written out. What remains, targets print."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iondsl.elaborate import ions, pools
from iondsl.elaborate.arguments import bind
from iondsl.elaborate.draft import binary, name, number
from iondsl.elaborate.inlining import Inlining
from iondsl.elaborate.ions import unknown_ion
from iondsl.elaborate.names import Names
from iondsl.elaborate.nernst import potential
from iondsl.elaborate.scope import TEMPERATURE, Report, Scope
from iondsl.elaborate.temperature import KELVIN, in_kelvin, reading
from iondsl.elaborate.unknown_function import unknown_function
from iondsl.errors import Diagnostic
from iondsl.functions import MATHEMATICAL, PHYSICAL, Signature
from iondsl.source import Span
from iondsl.syntax import Call, Expression, Function, Name, Number, UnitLiteral, wrong
from iondsl.system import Formula
from iondsl.traversal import rewrite

HOW_TO_NERNST = "write `nernst(Na)`, or `nernst(z, i, o)` with a valence and two concentrations"
MAX_CALLS = 50
NO_TEMPERATURE = "write `temperature = 37 [degC]` at the top of the file"

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calls:
    """Expands the calls of resolved expressions."""

    names: Names
    inlining: Inlining
    report: Report

    def formula(self, expression: Expression, scope: Scope, origin: str = "") -> Formula:
        """Both forms of a right-hand side: for readers, and with its calls written out."""
        written = self.names.resolve(expression, scope)
        expanded = self.expand(written, scope, ())
        return Formula(written, expanded if origin else self.inlining.bounded(expanded, written.span), origin)

    def expand(self, expression: Expression, scope: Scope, within: tuple[Path, ...]) -> Expression:
        def change(node: Expression) -> Expression:
            return self.expand_call(node, scope, within) if isinstance(node, Call) else node

        return self.without_offset(rewrite(expression, change))

    def expand_call(self, call: Call, scope: Scope, within: tuple[Path, ...]) -> Expression:
        function = call.function.text
        for outer in scope.outward():
            if function in outer.functions:
                return self.inline(call, outer.functions[function], outer, within)
        signature = MATHEMATICAL.get(function) or PHYSICAL.get(function)
        if signature is None:
            if not any(outer.excuses(function) for outer in scope.outward()):
                self.report(unknown_function(call, scope))
            return wrong(call.span)
        arguments = bind(call, signature, self.report)
        if arguments is None:
            return wrong(call.span)
        if function == "q10":
            return self.q10(call, arguments)
        if function == "nernst":
            return self.nernst(call, arguments)
        if function == "influx":
            return pools.influx(arguments[0], scope, self.report)
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

    def q10(self, call: Call, arguments: tuple[Expression, ...]) -> Expression:
        """`factor^((T - reference)/10)`, with the reference in kelvin."""
        factor, reference = arguments
        if not self.has_temperature("`q10`", call):
            return wrong(call.span)
        difference = binary("-", reading(self.names.root, call.span), in_kelvin(reference, self.report))
        ten = Number("10", UnitLiteral(KELVIN, call.span), call.span)
        return binary("^", factor, binary("/", difference, ten))

    def nernst(self, call: Call, arguments: tuple[Expression, ...]) -> Expression:
        """`nernst(Na)` or `nernst(z, i, o)` as the equation of Nernst."""
        if len(arguments) == 2 or (len(arguments) == 1 and not isinstance(arguments[0], Name)):
            message = "`nernst` takes an ion, or a valence and two concentrations"
            self.report(Diagnostic("E206", message, call.span, HOW_TO_NERNST))
            return wrong(call.span)
        if not self.has_temperature("a Nernst potential", call):
            return wrong(call.span)
        if len(arguments) == 3:
            return potential(self.names.root, *arguments, call.span)
        ion = arguments[0]
        assert isinstance(ion, Name)
        members = self.ion_members(ion, call.span)
        return wrong(call.span) if members is None else potential(self.names.root, *members, call.span)

    def ion_members(self, ion: Name, span: Span) -> tuple[Expression, Expression, Expression] | None:
        """An ion's valence and its concentrations; E307, E304 where one is missing."""
        block = self.names.ion(ion.text)
        if block is None:
            if not self.names.is_excused(ion.path, self.names.root):
                self.report(unknown_ion(ion.text, ion.span, self.names.root))
            return None
        valence = ions.valence(block)
        if valence == 0:
            self.report(Diagnostic("E304", f"`{ion.text}` is neutral: it has no Nernst potential", ion.span))
            return None
        for member in ("z", "i", "o"):
            if not block.declares(member):
                if block.lacks(member):
                    self.report(Diagnostic("E304", f"`nernst` needs `{ion.text}.{member}`", ion.span))
                return None
        if valence is None:
            return None
        return number(str(valence), span), name(block.quantity("i"), span), name(block.quantity("o"), span)

    def has_temperature(self, what: str, call: Call) -> bool:
        root = self.names.root
        if root.declares("T"):
            return True
        if not root.excuses("T", TEMPERATURE):
            self.report(Diagnostic("E305", f"{what} needs the temperature", call.function.span, NO_TEMPERATURE))
            root.absent.add("T")
        return False

    def without_offset(self, expression: Expression) -> Expression:
        """E401 for a temperature in degC anywhere but in `temperature` and `q10`."""

        def change(node: Expression) -> Expression:
            if isinstance(node, Number) and node.unit is not None and node.unit.offset:
                cure = "write the temperature in kelvin, `[K]`; only `temperature` and `q10` take `[degC]`"
                self.report(Diagnostic("E401", "`degC` has another zero than kelvin", node.unit.span, cure))
                return wrong(node.span)
            return node

        return rewrite(expression, change)


def markers(path: Path, function: Function) -> tuple[str, ...]:
    return tuple(f"{'.'.join(path)}({parameter})" for parameter in function.parameters)
