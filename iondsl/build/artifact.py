"""What `iondsl compile` leaves in a user's folder."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.machinery import EXTENSION_SUFFIXES, all_suffixes
from keyword import iskeyword
from pathlib import Path

from iondsl.build.library import library_beside
from iondsl.errors import UsageError

SOURCES = (".pyx", ".c")


def place(module: Path, sources: Path, folder: Path, keep_source: bool) -> tuple[Path, ...]:
    """Copy a compiled module into `folder`, with its library, its stub, and on request its source; the copies.

    `sources` is the folder of what was generated for it. Raises UsageError where `folder` cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    name = module.name.partition(".")[0]
    found = [library_beside(module), module, sources / f"{name}.pyi"]
    if keep_source:
        found += [sources / f"{name}{suffix}" for suffix in SOURCES]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(copy(file, folder / file.name) for file in dict.fromkeys(found) if file.exists())
    except OSError as problem:
        raise UsageError(f"cannot write to {folder}: {problem.strerror or problem}") from problem


def refuse_name(module: Path) -> None:
    """Raises UsageError where `import` would not find a module under its name, or would find it in place of another."""
    if not module.name.endswith(tuple(all_suffixes())):
        return
    name = module.name.partition(".")[0]
    if iskeyword(name):
        raise UsageError(f"a module called `{name}` cannot be imported: it is a word of Python; rename the model")
    if name in sys.stdlib_module_names or name == "numpy":
        raise UsageError(f"a module called `{name}` would hide Python's own; rename the model")


def shadow(module: Path) -> Path | None:
    """The package, or the extension beside a Python file, that `import` would find instead of a module."""
    package = module.with_name(module.name.partition(".")[0]) / "__init__.py"
    names = [module.with_suffix(suffix) for suffix in EXTENSION_SUFFIXES if module.suffix == ".py"]
    return next((path for path in (package, *names) if path.exists()), None)


def copy(source: Path, target: Path) -> Path:
    """By way of a rename: a program that has loaded the old extension keeps it."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(source, temporary)
        temporary.chmod(source.stat().st_mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return target
