"""`iondsl fmt`: files in their canonical layout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iondsl import reading
from iondsl.cli._errors import explain
from iondsl.cli._output import count, say
from iondsl.errors import IonError, ModelError

if TYPE_CHECKING:
    from iondsl.layout.disk import Result

CHECK = "Write nothing, but name the files that are not formatted, and end with 1 if there is one."
DIFF = "Write nothing, but print what would change."
STDIN = "-"
WRONG = ModelError.exit_code


@click.command(name="fmt")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option("--check", is_flag=True, help=CHECK)
@click.option("--diff", is_flag=True, help=DIFF)
def command(paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Rewrite files in their canonical layout: blanks and line breaks change, and nothing else.

    FILE is a path; a folder stands for the .ion files in it and below, and - for standard input, which is formatted
    to standard output. A file with errors of form is left as it is.

    Ends with 0 where all is well, 1 where a file has errors of form, and 2 where one cannot be read or written.
    """
    from iondsl.layout import disk

    codes: list[int] = []
    names: list[str] = []
    for path in paths:
        with told(codes):
            names += [path] if path == STDIN else map(str, disk.files(Path(path)))
    differing: list[bool] = []
    for name in names:
        with told(codes):
            differing.append(treat(name, check, diff))
    if not diff and STDIN not in names and differing:
        say(summary(differing, check))
    raise click.exceptions.Exit(max([*codes, WRONG if check and any(differing) else 0]))


@contextmanager
def told(codes: list[int]) -> Iterator[None]:
    """What is wrong with a file is said, and the next one is looked at."""
    try:
        yield
    except IonError as error:
        explain(error)
        codes.append(error.exit_code)


def treat(name: str, check: bool, diff: bool) -> bool:
    """Rewrite a file, or say what is not as it should be. Whether something is not."""
    from iondsl.layout import disk

    data = sys.stdin.buffer.read(reading.MAX_BYTES + 1) if name == STDIN else disk.read(Path(name))
    result = disk.format_bytes(name, data)
    if diff:
        say(difference(result), newline=False)
    elif check and result.differs:
        say(f"{name} is not formatted")
    elif name == STDIN and not check:
        say(result.after, newline=False)
    elif result.differs:
        disk.write(Path(name), result.after)
        say(f"formatted {name}")
    return result.differs


def difference(result: Result) -> str:
    before, after = (data.decode().splitlines(keepends=True) for data in (result.before, result.after))
    lines = unified_diff(before, after, result.name, result.name)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def summary(differing: list[bool], check: bool) -> str:
    of = f"{sum(differing)} of {count(len(differing), 'file')}"
    return f"{of} to be formatted" if check else f"formatted {of}"
