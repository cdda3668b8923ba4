"""The command line: one file per subcommand over the pipeline, each loaded when it is used."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from iondsl.cli._errors import exit_code_of
from iondsl.cli._group import group

__all__ = ["main"]

# Frozen values refer to each other in no circles, so that looking for circles finds none and is a quarter of a check.
CREATED_BEFORE_A_COLLECTION = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, by default the one that this process was called with; its exit code."""
    gc.set_threshold(CREATED_BEFORE_A_COLLECTION)
    words = sys.argv[1:] if arguments is None else arguments
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal that lacks a letter still shows the rest
        sys.stdout.reconfigure(errors="backslashreplace")

    def invoke() -> None:
        # Not `group.main`, which would end the process and hide errors behind exit codes of its own.
        with group.make_context("iondsl", list(words)) as context:
            group.invoke(context)

    code = exit_code_of(invoke)
    if arguments is None:
        gc.freeze()  # a process that ends looks for circles once more, among all that there is: a seventh of a check
    return code
