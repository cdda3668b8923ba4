"""What goes to the terminal: colours there and only there, plain text in a pipe."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence

import click

from iondsl.errors import Diagnostic, UsageError, listed

SEVERITY = re.compile(r"(error|warning)\[[A-Z]\d+\]")
CARETS = re.compile(r" +\| +\^+")
COLOURS = {"error": "red", "warning": "yellow"}


def say(text: str | bytes = "", error: bool = False, newline: bool = True) -> None:
    """One or more lines, to standard output or to standard error. Raises UsageError where they cannot be written."""
    try:
        click.echo(text, err=error, nl=newline, color=False if os.environ.get("NO_COLOR") else None)
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise UsageError(f"the output cannot be written: {problem.strerror or problem}") from problem


def say_lines(lines: Iterable[str]) -> None:
    """Headings, which are not indented, stand out."""
    shown = (line if line.startswith(" ") or not line else click.style(line, bold=True) for line in lines)
    say("\n".join(shown).lstrip("\n"))


def complain(text: str) -> None:
    """An error: each of its lines that is not indented begins with the word."""
    mark = click.style("error:", fg="red", bold=True)
    say("\n".join(line if line.startswith(" ") else f"{mark} {line}" for line in text.splitlines()), error=True)


def rendered(diagnostics: Sequence[Diagnostic]) -> str:
    return "\n".join(map(coloured, listed(diagnostics)))


def coloured(diagnostic: str) -> str:
    """A rendered diagnostic with its severity, carets and cure set off."""
    head, *below = diagnostic.splitlines()
    found = SEVERITY.search(head)
    if found is None:
        return diagnostic
    colour = COLOURS[found[1]]
    place, message = head[: found.start()], head[found.end() :]
    lines = [click.style(place, bold=True) + click.style(found[0], fg=colour, bold=True) + message]
    for line in below:
        shown = click.style(line, fg=colour) if CARETS.fullmatch(line) else line
        lines.append(click.style(line, fg="cyan") if line.startswith("      = ") else shown)
    return "\n".join(lines)


def table(rows: Sequence[Sequence[str]], gap: str = "  ") -> str:
    """Rows with their columns aligned; the last column is as wide as it likes."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (gap.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"
