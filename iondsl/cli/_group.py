"""`iondsl` itself: finds a subcommand by the name of its file."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword

import click

from iondsl import __version__
from iondsl.cli._output import say
from iondsl.errors import suggestion

# In the order in which `iondsl --help` lists them.
COMMANDS = ("new", "import", "check", "fmt", "show", "run", "compile", "export", "models", "parts", "cache", "doctor")

SETTINGS = {"help_option_names": ["-h", "--help"], "show_default": True, "max_content_width": 100}


class Commands(click.Group):
    """Loads a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            command: click.Command = import_module(f"iondsl.cli.{module_of(cmd_name)}").command
            return command
        if cmd_name.startswith("-"):
            return None
        ctx.fail("; ".join(filter(None, (f"no command `{cmd_name}`", cure(cmd_name)))))


def module_of(name: str) -> str:
    """The file of a subcommand; a word that Python keeps for itself has a `_` behind it."""
    return f"{name}_" if iskeyword(name) else name


def cure(word: str) -> str:
    from iondsl.resources import bundled_models

    if word.endswith(".ion") or word in bundled_models():
        return f"to simulate a model, write `iondsl run {word}`"
    return suggestion(word, COMMANDS)


@click.group(cls=Commands, context_settings=SETTINGS, invoke_without_command=True)
@click.version_option(__version__, message="iondsl %(version)s")
@click.pass_context
def group(context: click.Context) -> None:
    """Ions, gates and membrane currents as papers print them, compiled to native step functions.

    FILE is the path of a model or the name of a bundled one; `iondsl models` lists those.
    """
    if context.invoked_subcommand is None:
        say(context.get_help())
