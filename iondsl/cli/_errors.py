"""What becomes of every error of every command: a message on standard error, and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from iondsl.cli._output import complain, rendered, say
from iondsl.errors import IonError, ModelError, NumericsError

USAGE = 2
BUG = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130
BROKEN_PIPE = 141


def exit_code_of(invoke: Callable[[], None]) -> int:
    """Run a command to its end."""
    try:
        return guarded(invoke)
    except BrokenPipeError:
        # The reader has gone, as in `iondsl show FILE | head`; nothing is left that Python could flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


def guarded(invoke: Callable[[], None]) -> int:
    try:
        invoke()
        return 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        see = f"\n  see `{context.command_path} --help`" if context else ""
        complain(error.format_message() + see)
        return error.exit_code
    except IonError as error:
        explain(error)
        return error.exit_code
    except KeyboardInterrupt as interruption:
        say("; ".join(["interrupted", *notes(interruption)]), error=True)
        return INTERRUPTED
    except MemoryError as error:
        complain(f"not enough memory: {error}" if str(error) else "not enough memory")
        return USAGE
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence
        apologise(error)
        return BUG


def explain(error: IonError) -> None:
    match error:
        case ModelError():
            say(rendered(error.diagnostics), error=True)
        case NumericsError():
            # It begins with a place in the model, as a diagnostic does.
            say("\n".join([str(error), *(f"      = {note}" for note in notes(error))]), error=True)
        case _:
            complain(str(error))


def apologise(error: Exception) -> None:
    if sys.flags.dev_mode:
        import traceback

        say(traceback.format_exc(), error=True)
    complain(
        f"{type(error).__name__}: {' '.join(str(error).split())}\n"
        "  this is a bug in iondsl: please report it with the command, the model,\n"
        "  and what `python -X dev -m iondsl` prints for the same command"
    )


def notes(error: BaseException) -> list[str]:
    """What a command added to an error on its way."""
    return list(getattr(error, "__notes__", ()))
