"""Files that come with the package, and those of folders appended to a package's `__path__`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

GRAMMARS = "iondsl.grammars"
TEMPLATES = "iondsl.templates"
# Not `iondsl.models`: an import of it would take the place of the function of that name.
MODELS = "iondsl.bundled"


def text(package: str, name: str) -> str:
    """The text of a packaged file. `name` is relative to the package, with `/` between folders.

    Raises:
        FileNotFoundError: the package has no such file.
    """
    for folder in _folders(package):
        file = folder.joinpath(*name.split("/"))
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise FileNotFoundError(f"{package} has no file {name}")


def bundled_models() -> tuple[str, ...]:
    """The names of the models that come with the package; libraries of parts stand in folders below."""
    return names(MODELS, ".ion")


def names(package: str, suffix: str, folder: str = "") -> tuple[str, ...]:
    """The names of the packaged files with a suffix, without it, in a package or in a folder of it."""
    folders = [root.joinpath(folder) for root in _folders(package)]
    found = {entry.name for each in folders if each.is_dir() for entry in each.iterdir()}
    return tuple(sorted(name.removesuffix(suffix) for name in found if name.endswith(suffix)))


def bundled_libraries() -> tuple[str, ...]:
    """The names of the libraries of parts that come with the package: `channels.yamada_1989`."""
    inner = [entry for folder in _folders(MODELS) if folder.is_dir() for entry in folder.iterdir() if entry.is_dir()]
    found = {f"{folder.name}.{file.name}" for folder in inner for file in folder.iterdir()}
    return tuple(sorted(name.removesuffix(".ion") for name in found if name.endswith(".ion")))


def bundled_model(name: str) -> str:
    """The text of a bundled model.

    Raises:
        FileNotFoundError: there is none of this name.
    """
    return text(MODELS, f"{name}.ion")


def _folders(package: str) -> Iterator[Traversable]:
    module = importlib.import_module(package)
    folders = [Path(entry) for entry in module.__path__]
    yield from folders
    if not folders[0].is_dir():
        from importlib.resources import files  # for a package in an archive; it takes 10 ms to import

        yield files(module)
