"""`balance` in a Markov scheme: the rate back that closes a loop, so that both ways round it are as likely.

With the rates of a loop multiplied, one way round gives the same as the other (microscopic reversibility): Kolmogorov
1936, Math. Ann. 112:155-160, doi:10.1007/BF01565412.
"""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.draft import Side, binary, name
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Expression, Name, Transition

WORD = "balance"

# One way along a line: from where, to where, and the rate.
Way = tuple[str, str, str]


@frozen
class Line:
    """A transition between two states, and the members that its rates are: `C->O` and, where there is one, `O->C`."""

    written: Transition
    start: str
    end: str
    forward: str
    backward: str | None

    @property
    def rates(self) -> tuple[str, ...]:
        return (self.forward,) if self.backward is None else (self.forward, self.backward)

    @property
    def ways(self) -> tuple[Way, ...]:
        there = (self.start, self.end, self.forward)
        return (there,) if self.backward is None else (there, (self.end, self.start, self.backward))

    @property
    def is_balanced(self) -> bool:
        return is_balance(self.written.rates[-1])



def is_balance(rate: Expression) -> bool:
    return isinstance(rate, Name) and rate.path == (WORD,)


def path(start: str, end: str, lines: tuple[Line, ...]) -> tuple[tuple[Way, Way], ...] | None:
    """The shortest way between two states along lines that go both ways, each as it is passed and back; or None."""
    pairs = [line.ways for line in lines if line.backward is not None]
    passages = [(way, back) for one, other in pairs for way, back in ((one, other), (other, one))]
    reached: dict[str, tuple[tuple[Way, Way], ...]] = {start: ()}
    waiting = [start]
    for state in waiting:
        for way, back in passages:
            if way[0] == state and way[1] not in reached:
                reached[way[1]] = (*reached[state], (way, back))
                waiting.append(way[1])
    return reached.get(end)


def closing(line: Line, lines: tuple[Line, ...]) -> tuple[tuple[Way, Way], ...] | None:
    """The way back from the end of a balanced line to its start, along lines whose rates are written."""
    return path(line.end, line.start, tuple(each for each in lines if not each.is_balanced))


def side(line: Line, lines: tuple[Line, ...], scope: Scope) -> Side | None:
    """The rate back: that forward, times the rates on along the loop, over those against it."""
    way = closing(line, lines)
    if way is None:
        return None
    span = line.written.rates[-1].span
    above = product([line.forward, *(on[2] for on, _ in way)], scope, span)
    below = product([back[2] for _, back in way], scope, span)
    loop = ", ".join(f"`{state}`" for state in (line.start, line.end, *(on[1] for on, _ in way[:-1])))
    return Side(binary("/", above, below), scope.root, f"balance of the loop {loop}")


def product(rates: list[str], scope: Scope, span: Span) -> Expression:
    result: Expression = name(scope.quantity(rates[0]), span)
    for rate in rates[1:]:
        result = binary("*", result, name(scope.quantity(rate), span))
    return result


def check(lines: tuple[Line, ...], report: Report) -> None:
    """E322 for a line that closes no loop, or only loops with other balanced lines in them."""
    for finding in problems(lines):
        report(finding)


def problems(lines: tuple[Line, ...]) -> Iterator[Diagnostic]:
    for line in lines:
        if not line.is_balanced or closing(line, lines) is not None:
            continue
        span = line.written.rates[-1].span
        others = path(line.end, line.start, tuple(each for each in lines if each is not line))
        if others is None:
            message = f"nothing to balance: no other lines lead back from `{line.end}` to `{line.start}`"
            yield Diagnostic("E322", message, span, "write this rate; `balance` closes a loop of lines with `<->`")
        else:
            names = [f"`{way[0]} <-> {way[1]}`" for way, back in others for each in lines if is_way(way, each)]
            message = f"the loop through `{line.start} <-> {line.end}` has another `balance` in it, at {names[0]}"
            yield Diagnostic("E322", message, span, "write all rates of a loop but one")


def is_way(way: Way, line: Line) -> bool:
    return line.is_balanced and way in line.ways
