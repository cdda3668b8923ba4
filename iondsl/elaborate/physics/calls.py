"""One call of a physical function → its equation; the form of its arguments says how it gets there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iondsl.elaborate.draft import binary
from iondsl.elaborate.inlining import Inlining
from iondsl.elaborate.physics import constant_field, mixtures, species
from iondsl.elaborate.physics.equations import marked, outline
from iondsl.elaborate.scope import TEMPERATURE, Report, Scope
from iondsl.elaborate.temperature import KELVIN, in_kelvin, reading
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.laws import LAWS
from iondsl.syntax import Call, Expression, Name, Number, UnitLiteral, wrong

HOW_TO_NERNST = "write `nernst(Na)`, or `nernst(z, i, o)` with a valence and two concentrations"
NO_TEMPERATURE = "write `temperature = 37 [degC]` at the top of the file"

Arguments = tuple[Expression, ...]


@frozen
class Physics:
    """Writes the physical functions out that are called in a block."""

    scope: Scope
    inlining: Inlining
    report: Report

    def expand(self, call: Call, arguments: Arguments) -> Expression:
        """The equation of a call, whose arguments fit the signature; a wrong operand where an error is reported."""
        if LAWS[call.function.text].temperature and not self.has_temperature(call):
            return wrong(call.span)
        form = FORMS.get(call.function.text, Physics.law)
        found = form(self, call, arguments)
        return wrong(call.span) if found is None else found

    def has_temperature(self, call: Call) -> bool:
        root = self.scope.root
        if root.declares("T"):
            return True
        if not root.excuses("T", TEMPERATURE):
            function = call.function.text
            what = "a Nernst potential" if function == "nernst" else f"`{function}`"
            self.report(Diagnostic("E305", f"{what} needs the temperature", call.function.span, NO_TEMPERATURE))
            root.absent.add("T")
        return False

    def law(self, call: Call, arguments: Arguments) -> Expression | None:
        """The equation as it stands, over the arguments as they are given."""
        given = dict(zip(LAWS[call.function.text].signature.arguments, arguments, strict=True))
        return self.written_out(call, given)

    def written_out(self, call: Call, given: Mapping[str, Expression]) -> Expression:
        temperature = reading(self.scope.root, call.span)
        body = outline(LAWS[call.function.text].computed, given, call.span, temperature)
        return self.inlining.put(body, marked(given), call.span)

    def q10(self, call: Call, arguments: Arguments) -> Expression | None:
        """factor^((T - reference)/10 K)."""
        factor, reference = arguments
        difference = binary("-", reading(self.scope.root, call.span), in_kelvin(reference, self.report))
        ten = Number("10", UnitLiteral(KELVIN, call.span), call.span)
        return binary("^", factor, binary("/", difference, ten))

    def eyring(self, call: Call, arguments: Arguments) -> Expression | None:
        """A temperature may be given in degC."""
        barrier, temperature = arguments
        return self.law(call, (barrier, in_kelvin(temperature, self.report)))

    def nernst(self, call: Call, arguments: Arguments) -> Expression | None:
        """Of an ion, or of a valence and two concentrations."""
        if len(arguments) == 3:
            charged = species.has_charge("nernst", arguments[0], self.report)
            return self.law(call, arguments) if charged else None
        if len(arguments) == 2 or not isinstance(arguments[0], Name):
            message = "`nernst` takes an ion, or a valence and two concentrations"
            self.report(Diagnostic("E206", message, call.span, HOW_TO_NERNST))
            return None
        ion = species.between(arguments[0], "nernst", call.span, self.scope, self.report)
        return None if ion is None else self.law(call, species.members(ion, call.span))

    def ghk_current(self, call: Call, arguments: Arguments) -> Expression | None:
        given = constant_field.current(call, arguments, self.scope, self.report)
        return None if given is None else self.law(call, given)

    def ghk_voltage(self, call: Call, arguments: Arguments) -> Expression | None:
        sums = constant_field.sums(call, self.scope, self.report)
        if sums is None:
            return None
        return self.written_out(call, {"above": sums[0], "below": sums[1]})

    def mixture(self, call: Call, arguments: Arguments) -> Expression | None:
        return mixtures.sum_over(call, arguments[0], self.scope, self.report)


FORMS: Mapping[str, Callable[[Physics, Call, Arguments], Expression | None]] = {
    "q10": Physics.q10,
    "eyring": Physics.eyring,
    "nernst": Physics.nernst,
    "ghk_current": Physics.ghk_current,
    "ghk_voltage": Physics.ghk_voltage,
    "ionic_strength": Physics.mixture,
    "charge": Physics.mixture,
    "osmoles": Physics.mixture,
}
