"""What `iondsl compile` leaves in a user's folder."""

from __future__ import annotations

import os
import shutil
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from iondsl.errors import UsageError


def place(module: Path, sources: Path, folder: Path, keep_source: bool) -> tuple[Path, ...]:
    """Copy a compiled module and its stub into `folder`, with its source on request; the copies.

    `sources` is the folder of what was generated for it. Raises UsageError where `folder` cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    name = module.name.partition(".")[0]
    found = [module, sources / f"{name}.pyi"]
    if keep_source:
        found.append(sources / f"{name}.pyx")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(copy(file, folder / file.name) for file in dict.fromkeys(found) if file.exists())
    except OSError as problem:
        raise UsageError(f"cannot write to {folder}: {problem.strerror or problem}") from problem


def shadow(module: Path) -> Path | None:
    """The extension beside a Python file that `import` would find instead of it."""
    names = (module.with_suffix(suffix) for suffix in EXTENSION_SUFFIXES if module.suffix == ".py")
    return next((path for path in names if path.exists()), None)


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
