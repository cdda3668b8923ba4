"""`iondsl new`: a file to begin with."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click

from iondsl import starting
from iondsl.cli._output import say
from iondsl.errors import UsageError
from iondsl.reading import SUFFIX

ALLOWED = "a name is made of ASCII letters, digits and `_`, and begins with no digit"


@click.command(name="new")
@click.argument("name", metavar="NAME")
@click.option("--template", type=click.Choice(starting.templates()), default="neuron", help="What to begin with.")
@click.option("--force", is_flag=True, help="Replace the file, where there is one.")
def command(name: str, template: str, force: bool) -> None:
    """Write NAME.ion, a commented model to begin with: it checks, runs and plots as it is.

    NAME may be a path; its last part is the name of the model.
    """
    path = path_of(name)
    text = starting.beginning(template, path.stem)
    write(path, text, force)
    say(f"wrote {path}; next:")
    for line in starting.commands(text):
        say(f"  {line.replace(path.name, shlex.quote(str(path)))}")


def path_of(name: str) -> Path:
    """Raises UsageError where the last part of `name` is no name that a model can have."""
    from iondsl.parser.automaton import MAX_NAME
    from iondsl.parser.keywords import RESERVED

    model = Path(name).name.removesuffix(SUFFIX)
    if len(model) > MAX_NAME:
        raise UsageError(f"the name of a model has at most {MAX_NAME} letters, and this one has {len(model)}")
    if model in RESERVED:
        raise UsageError(f"`{model}` cannot be the name of a model\n  reserved: {', '.join(RESERVED)}")
    if not (model.isascii() and model.isidentifier()):
        cured = re.sub(r"\W+", "_", model, flags=re.ASCII).strip("_")
        cure = f"; write {shlex.quote(str(Path(name).with_name(cured)))}" if cured.isidentifier() else ""
        raise UsageError(f"`{model}` cannot be the name of a model\n  {ALLOWED}{cure}")
    return Path(name).with_name(model + SUFFIX)


def write(path: Path, text: str, force: bool) -> None:
    """Raises UsageError where there is a file already, or none can be written."""
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        if path.is_dir():
            raise UsageError(f"{path} is a folder") from None
        raise UsageError(f"{path} is there already\n  choose another name, or replace it: --force") from None
    except FileNotFoundError:
        folder = path.parent
        raise UsageError(f"there is no folder {folder}\n  make it: mkdir -p {shlex.quote(str(folder))}") from None
    except OSError as problem:
        raise UsageError(f"cannot write {path}: {problem.strerror or problem}") from problem
