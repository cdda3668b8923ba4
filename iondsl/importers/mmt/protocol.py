"""The lines of a protocol → pulses: level, start, length, period and how many of them."""

from __future__ import annotations

from decimal import Decimal

from iondsl.errors import Diagnostic
from iondsl.importers.foreign import Pulse
from iondsl.importers.mmt.expressions import MAX_DIGITS, Expressions
from iondsl.importers.mmt.lines import Line
from iondsl.importers.mmt.overlap import Train, overlap
from iondsl.importers.mmt.tokens import Tokens, UnreadableError, refused
from iondsl.importers.mmt.units import exact
from iondsl.syntax import Expression, Number, Unary

NEXT = "next"
MAX_COUNT = 1_000_000


class Protocol:
    """The pulses read so far. `singles` is the single pulse that ends last, `trains` are all that are repeated."""

    def __init__(self, findings: list[Diagnostic]) -> None:
        self.findings = findings
        self.pulses: list[Pulse] = []
        self.singles: list[Train] = []
        self.repeated: list[Train] = []

    def read(self, line: Line) -> None:
        if line.problem is not None:
            self.findings.append(line.problem)
            return
        try:
            if line.text is not None:
                raise refused("E622", "no text can stand behind a pulse", line.code, "write a comment, `# what`")
            pulse = self.pulse(Tokens(line.code))
            self.schedule(pulse)
        except UnreadableError as error:
            self.findings.append(error.diagnostic)
        else:
            self.pulses.append(pulse)

    def pulse(self, tokens: Tokens) -> Pulse:
        begin = tokens.next.start
        level = signed(tokens)
        start = self.following(tokens) if tokens.next.text == NEXT else signed(tokens)
        length, period = signed(tokens), signed(tokens)
        count = whole(signed(tokens))
        tokens.finish()
        return Pulse(level, start, length, period, count, tokens.since(begin))

    def following(self, tokens: Tokens) -> Number:
        """Where the last pulse ends."""
        span = tokens.at(tokens.take())
        if not self.pulses:
            return Number("0", None, span)
        last = self.pulses[-1]
        if exact(last.period):
            raise refused("E622", "`next` behind a pulse that is repeated", span, "write the time at which it starts")
        return Number(total(last.start, last.length), None, span)

    def schedule(self, pulse: Pulse) -> None:
        """Raises UnreadableError for what is no event, and for one that meets another."""
        train = Train(exact(pulse.start), exact(pulse.length), exact(pulse.period), pulse.count)
        if train.start < 0:
            raise refused("E622", "a pulse cannot start before 0", pulse.start.span)
        if train.length <= 0:
            raise refused("E622", "the length of a pulse must be above 0", pulse.length.span)
        if train.period < 0:
            raise refused("E622", "a period cannot be below 0", pulse.period.span, "write 0 for a single pulse")
        if train.count and not train.period:
            raise refused("E622", "repeated without a period", pulse.span, "a single pulse has 0 as its last number")
        if 0 < train.period < train.length:
            raise refused("E622", "the pulse lasts longer than its period", pulse.length.span)
        if self.pulses and train.start <= exact(self.pulses[-1].start):
            raise refused("E622", "this does not start after the pulse above", pulse.start.span, "put them in order")
        self.keep_apart(train, pulse)

    def keep_apart(self, train: Train, pulse: Pulse) -> None:
        earlier = self.repeated + (self.singles if train.period else self.singles[-1:])
        if any(overlap(train, each) for each in earlier):
            cure = "a pulse would cut the other short: give each the time that it really lasts"
            raise refused("E622", "this pulse overlaps with one above", pulse.span, cure)
        (self.repeated if train.period else self.singles).append(train)


def signed(tokens: Tokens) -> Expression:
    """A number without a unit; `+` and `-` may stand before it."""
    begin = tokens.next.start
    sign = tokens.take().text if tokens.next.text in ("+", "-") else ""
    if tokens.next.kind != "number":
        raise tokens.unexpected("a number")
    number = Expressions(tokens).number()
    if number.unit is not None:
        raise refused("E622", "numbers of a protocol have no units", number.unit.span)
    return Unary(sign, number, tokens.since(begin)) if sign else number


def whole(node: Expression) -> int:
    value = exact(node)
    if value.denominator != 1 or not 0 <= value <= MAX_COUNT:
        cure = f"a whole number up to {MAX_COUNT:,}; 0 is without end"
        raise refused("E622", "no number of pulses", node.span, cure)
    return int(value)


def total(*nodes: Expression) -> str:
    """The digits of a sum."""
    value = sum(Decimal(node.text) for node in nodes if isinstance(node, Number))
    plain = format(value, "f")
    return plain if len(plain) <= MAX_DIGITS else str(value)
