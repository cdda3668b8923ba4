"""Calls: arity, user functions inlined, `q10` written out. What remains are functions that targets print."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iondsl.elaborate.draft import binary, name, number
from iondsl.elaborate.names import Names
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.temperature import KELVIN, in_kelvin
from iondsl.errors import Diagnostic, suggestion
from iondsl.functions import MATHEMATICAL, PHYSICAL, PLANNED, PLANNED_WAVES, WAVES, Signature
from iondsl.syntax import Call, Expression, Function, Name, Number, UnitLiteral, rewrite
from iondsl.system import Formula


@dataclass(frozen=True, slots=True)
class Calls:
    """Expands the calls of resolved expressions."""

    names: Names
    report: Report

    def formula(self, expression: Expression, scope: Scope, origin: str = "") -> Formula:
        """Both forms of a right-hand side: for readers, and with its calls written out."""
        written = self.names.resolve(expression, scope)
        return Formula(written, self.expand(written, scope, ()), origin)

    def expand(self, expression: Expression, scope: Scope, within: tuple[Function, ...]) -> Expression:
        def change(node: Expression) -> Expression:
            return self.expand_call(node, scope, within) if isinstance(node, Call) else node

        expanded = rewrite(expression, change)
        return self.without_offset(expanded)

    def expand_call(self, call: Call, scope: Scope, within: tuple[Function, ...]) -> Expression:
        for outer in scope.outward():
            if call.function.text in outer.functions:
                return self.inline(call, outer.functions[call.function.text], outer, within)
        signature = MATHEMATICAL.get(call.function.text) or PHYSICAL.get(call.function.text)
        if signature is None:
            self.report(unknown_function(call, scope))
            return number("1", call.span)
        arguments = bind(call, signature, self.report)
        if arguments is None:
            return number("1", call.span)
        if call.function.text == "q10":
            return self.q10(call, arguments)
        if call.function.text == "nernst":
            return self.nernst_arguments(call, arguments)
        return replace(call, arguments=arguments, keywords=())

    def inline(self, call: Call, function: Function, home: Scope, within: tuple[Function, ...]) -> Expression:
        """The body of a user's function with the arguments in the place of its parameters."""
        if function in within:
            circle = " -> ".join(f"`{each.name}`" for each in (*within[within.index(function) :], function))
            self.report(Diagnostic("E207", f"functions call each other in a circle: {circle}", function.span))
            return number("1", call.span)
        arguments = bind(call, Signature(function.parameters), self.report)
        if arguments is None:
            return number("1", call.span)
        values = dict(zip(function.parameters, arguments, strict=True))
        body = self.names.resolve(function.value, home, frozenset(function.parameters))
        expanded = self.expand(body, home, (*within, function))

        def change(node: Expression) -> Expression:
            return values.get(node.text, node) if isinstance(node, Name) else node

        return rewrite(expanded, change)

    def q10(self, call: Call, arguments: tuple[Expression, ...]) -> Expression:
        """`factor^((T - reference)/10)`, with the reference in kelvin."""
        factor, reference = arguments
        temperature = self.names.find(("T",), self.names.root)
        if temperature is None:
            cure = "write `temperature = 37 [degC]` at the top of the file"
            self.report(Diagnostic("E305", "`q10` needs the temperature", call.function.span, cure))
            return number("1", call.span)
        difference = binary("-", name(temperature, call.span), in_kelvin(reference, self.report))
        ten = Number("10", UnitLiteral(KELVIN, call.span), call.span)
        return binary("^", factor, binary("/", difference, ten))

    def nernst_arguments(self, call: Call, arguments: tuple[Expression, ...]) -> Expression:
        """`nernst(Na)` as `nernst(z, Na.i, Na.o)`."""
        if len(arguments) == 3:
            return replace(call, arguments=arguments, keywords=())
        ion = arguments[0]
        block = self.names.ion(ion.text) if isinstance(ion, Name) else None
        if len(arguments) != 1 or block is None:
            cure = "write `nernst(Na)`, or `nernst(z, i, o)` with a valence and two concentrations"
            self.report(
                Diagnostic("E206", "`nernst` takes an ion, or a valence and two concentrations", call.span, cure)
            )
            return number("1", call.span)
        for member in ("z", "i", "o"):
            if not block.declares(member):
                self.report(Diagnostic("E304", f"`nernst` needs `{ion.span.text}.{member}`", ion.span))
                return number("1", call.span)
        members = tuple(name(block.quantity(member), call.span) for member in ("z", "i", "o"))
        return replace(call, arguments=members, keywords=())

    def without_offset(self, expression: Expression) -> Expression:
        """E401 for a temperature in degC anywhere but in `temperature` and `q10`."""

        def change(node: Expression) -> Expression:
            if isinstance(node, Number) and node.unit is not None and node.unit.offset:
                cure = "write the temperature in kelvin, `[K]`; only `temperature` and `q10` take `[degC]`"
                self.report(Diagnostic("E401", "`degC` has another zero than kelvin", node.unit.span, cure))
                return replace(node, unit=None)
            return node

        return rewrite(expression, change)


def bind(call: Call, signature: Signature, report: Report) -> tuple[Expression, ...] | None:
    """The arguments in the order of the signature; E206 where they do not fit it."""
    if signature.variadic:
        if len(call.arguments) >= 2 and not call.keywords:
            return call.arguments
        report(Diagnostic("E206", f"`{call.function.text}` takes two arguments or more", call.span))
        return None
    values = dict(zip(signature.arguments, call.arguments, strict=False))
    for keyword in call.keywords:
        if keyword.name not in signature.arguments or keyword.name in values:
            problem = "twice" if keyword.name in values else "not known"
            message = f"the argument `{keyword.name}` of `{call.function.text}` is {problem}"
            report(Diagnostic("E206", message, keyword.span, suggestion(keyword.name, signature.arguments)))
            return None
        values[keyword.name] = keyword.value
    needed = len(signature.arguments) - signature.optional
    if len(call.arguments) > len(signature.arguments) or any(a not in values for a in signature.arguments[:needed]):
        report(wrong_arity(call, signature))
        return None
    return tuple(values[argument] for argument in signature.arguments if argument in values)


def wrong_arity(call: Call, signature: Signature) -> Diagnostic:
    most = len(signature.arguments)
    count = str(most) if not signature.optional else f"{most - signature.optional} to {most}"
    given = len(call.arguments) + len(call.keywords)
    shown = ", ".join(signature.arguments)
    plural = "" if count == "1" else "s"
    message = f"`{call.function.text}` takes {count} argument{plural}, not {given}"
    return Diagnostic("E206", message, call.span, f"write `{call.function.text}({shown})`")


def unknown_function(call: Call, scope: Scope) -> Diagnostic:
    function = call.function.text
    if function in PLANNED or function in PLANNED_WAVES:
        message = f"the function `{function}` is not supported by this version of iondsl"
        return Diagnostic("E290", message, call.function.span)
    if function in WAVES:
        cure = "put it into a `protocol NAME:` block that drives an input"
        return Diagnostic("E205", f"`{function}` stands only in a protocol", call.function.span, cure)
    users = {known for outer in scope.outward() for known in outer.functions}
    cure = suggestion(function, {*MATHEMATICAL, *PHYSICAL, *users})
    if not cure and scope.declares(function):
        cure = "a product needs `*`"
    return Diagnostic("E205", f"unknown function `{function}`", call.function.span, cure)
