"""What went wrong, where, and how to cure it; one exception class per exit code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from iondsl.immutable import frozen
from iondsl.source import Span

WIDTH = 100
NAME = re.compile(r"`([^`]*)`")
LONGEST, MOST_ALIKE = 30, 200  # letters of a name that suggestions are looked for, and how many it is held against
MOST = 100  # findings that are told one by one


@frozen
class Diagnostic:
    """One finding. A code that begins with `E` is an error, with `W` a warning."""

    code: str
    message: str
    span: Span | None = None
    cure: str = ""

    @property
    def severity(self) -> str:
        return "warning" if self.code.startswith("W") else "error"

    def position(self) -> tuple[str, int]:
        """Key that sorts diagnostics in source order."""
        return ("", -1) if self.span is None else (self.span.source.name, self.span.start)


class IonError(Exception):
    """Any failure that a user can cause; `exit_code` is what a command ends with."""

    exit_code = 1


class ModelError(IonError):
    """The model is wrong. Holds every finding, in source order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=Diagnostic.position))
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(listed(self.diagnostics))


class UsageError(IonError):
    """The command or call is wrong: a missing file, an unknown option value, an array of the wrong shape."""

    exit_code = 2


class CompilerError(IonError):
    """No C compiler was found, or it failed."""

    exit_code = 3


class NumericsError(IonError):
    """The simulation broke down; `result` holds what was recorded until then."""

    exit_code = 4

    def __init__(self, message: str, result: object = None) -> None:
        super().__init__(message)
        self.result = result


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(diagnostic for diagnostic in diagnostics if diagnostic.severity == "error")


def location(span: Span) -> str:
    line, column = span.source.line_column(span.start)
    return f"{span.source.name}:{line}:{column}"


def line_of(span: Span, beside: Span) -> str:
    """`line 12`, or `line 12 of `potassium.ion`` where what is said stands in another file."""
    return f"line {span.line}" + ("" if span.source is beside.source else f" of `{span.source.name}`")


def listed(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """The first of the findings as text, and how many more there are."""
    yield from map(render, diagnostics[:MOST])
    if len(diagnostics) > MOST:
        yield f"... and {len(diagnostics) - MOST:,} more"


def render(diagnostic: Diagnostic) -> str:
    """`file:line:col: error[E123]: message`, the source line, a caret under the whole operand, the cure."""
    head = f"{diagnostic.severity}[{diagnostic.code}]: {short(diagnostic.message)}"
    if diagnostic.span is None:
        lines = [visible(head)]
    else:
        lines = [visible(f"{location(diagnostic.span)}: {head}"), *excerpt(diagnostic.span)]
    if diagnostic.cure:
        lines.append(visible(f"      = {short(diagnostic.cure)}"))
    return "\n".join([*lines, *used_in(diagnostic.span)])


def used_in(span: Span | None) -> list[str]:
    return [visible(f"      = used in {location(line)}") for line in uses(span)]


def uses(span: Span | None) -> Iterator[Span]:
    """The `use` lines of other files through which a place came into the model, innermost first."""
    line = None if span is None else span.user
    while line is not None:
        yield line
        line = line.user


def short(message: str) -> str:
    """The message with long names cut."""
    return NAME.sub(lambda name: f"`{name[1][:60]}...`" if len(name[1]) > 70 else name[0], message)


def excerpt(span: Span) -> list[str]:
    """The source line of a span with carets under it; a long line is cut around the span."""
    line, column = span.source.line_column(span.start)
    text = span.source.line_text(line)
    if not text.strip():
        return []
    offset = 0 if len(text) <= WIDTH else max(0, column - 1 - WIDTH // 3)
    shown = visible(text[offset : offset + WIDTH])
    length = max(1, min(span.end - span.start, len(shown) - (column - 1 - offset)))
    before, behind = "..." if offset else "", "..." if offset + WIDTH < len(text) else ""
    carets = " " * (len(before) + column - 1 - offset) + "^" * length
    return [f"{line:5d} | {before}{shown}{behind}", f"      | {carets}"]


def visible(text: str) -> str:
    """With tabs as spaces, so that carets fit, and what a terminal would obey as question marks."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " if sign == "\t" else "?" for sign in text)


def suggestion(name: str, candidates: Iterable[str]) -> str:
    """`did you mean ...?` for the nearest of the candidates, or nothing."""
    near = nearest(name, candidates)
    return f"did you mean `{near}`?" if near else ""


def nearest(name: str, candidates: Iterable[str]) -> str:
    """The candidate that is spelt most alike, or nothing."""
    import difflib  # late: it costs milliseconds that a run without errors need not spend

    if len(name) > LONGEST:
        return ""
    known = sorted(set(candidates), key=lambda each: (abs(len(each) - len(name)), each))[:MOST_ALIKE]
    same_letters = [known_name for known_name in known if known_name.lower() == name.lower()]
    near = same_letters or difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return next(iter(near), "")
