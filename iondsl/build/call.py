"""Calls of the C compiler and of Cython, and what to say when one fails."""

from __future__ import annotations

import shlex
from pathlib import Path

from iondsl.errors import CompilerError

WITHOUT = "`--target numpy` needs no C compiler and always works"
HEADERS_PACKAGES = "python3-dev on Debian and Ubuntu, python3-devel on Fedora"
LAST_LINES = 15


def run(command: tuple[str, ...], what: str = "the C compiler", folder: Path | None = None) -> str:
    """Run a program to its end, in `folder`; its standard output. Raises CompilerError where it fails."""
    import subprocess  # 2 ms, which a run that finds everything in place does not pay

    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
    except OSError as error:
        raise CompilerError(f"{what}, {command[0]}, cannot be run: {error.strerror}\n  {WITHOUT}") from error
    if done.returncode != 0:
        complaints = (done.stderr.strip() or done.stdout.strip()).splitlines()[-LAST_LINES:]
        lines = [f"{what} failed with status {done.returncode}", f"  command: {shlex.join(command)}"]
        raise CompilerError("\n".join([*lines, *(f"  | {line}" for line in complaints), f"  {WITHOUT}"]))
    return done.stdout


def include_folder() -> Path:
    """Where this Python keeps Python.h, if it came with it."""
    import sysconfig

    return Path(sysconfig.get_path("include"))


def compile_extension(command: tuple[str, ...], source: Path, extension: Path) -> None:
    """One C file to one extension module; `command` is a compiler with its flags."""
    include = include_folder()
    if not (include / "Python.h").is_file():
        raise CompilerError(
            f"Python.h is not in {include}\n  install Python's headers ({HEADERS_PACKAGES}); {WITHOUT}"
        )
    run((*command, f"-I{include}", str(source), "-o", str(extension), "-lm"))
