"""Libraries of parts: `channels.yamada_1989` → the text of `channels/yamada_1989.ion`.

It is sought beside the file that uses it, in the folders of `IONDSL_PATH`, and among what comes with the package. No
other file than an `.ion` file is opened, and none outside of these folders; nothing that stands in one is ever part of
a message about not finding it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from iondsl import resources
from iondsl.errors import ModelError, UsageError, nearest, suggestion
from iondsl.reading import SUFFIX, models_in, read
from iondsl.source import Source

PATH = "IONDSL_PATH"
USE = re.compile(r"^[ \t]*use[ \t]+[^#\"\n]*?[ \t]from[ \t]+([A-Za-z_][\w.]*)", re.MULTILINE)


class LibraryError(Exception):
    """A library that cannot be read: what to say, and a cure."""

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


def find(name: str, user: Source) -> Source:
    """The library that a file means by a dotted name. Raises LibraryError."""
    file = file_of(name)
    for folder in folders(user):
        path = folder / file
        if path.is_file():
            return opened(path, folder)
    for bundled in (PurePosixPath(user.name).parent / file, file) if user.bundled else (file,):
        with suppress(FileNotFoundError):
            return Source(str(bundled), resources.text(resources.MODELS, str(bundled)), bundled=True)
    raise missing(name, file, user)


def file_of(name: str) -> str:
    return f"{name.replace('.', '/')}{SUFFIX}"


def folders(user: Source) -> Iterator[Path]:
    """Where a file may have its libraries, before those that come with the package; these have no others."""
    if not user.bundled:
        yield Path(user.name).parent
        yield from (Path(entry) for entry in os.environ.get(PATH, "").split(os.pathsep) if entry)


def opened(path: Path, folder: Path) -> Source:
    """The text of a file that was found. Raises LibraryError for one that a link takes elsewhere."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()) or path.resolve().suffix != SUFFIX:
            raise LibraryError(f"`{path}` leads away from its folder", "put the file itself there, not a link")
        return replace(read(str(path)), folder=str(folder))
    except (UsageError, RuntimeError):
        raise LibraryError(f"`{path}` cannot be read") from None
    except ModelError as error:
        first = error.diagnostics[0]
        raise LibraryError(f"`{path}` cannot be read: {first.message}", first.cure) from None


def missing(name: str, file: str, user: Source) -> LibraryError:
    """What to say where there is no such file."""
    message = f"there is no library `{name}`"
    known = [*resources.bundled_libraries(), *beside(name, user)]
    files = [*(each for each in known if each.startswith(f"{name}.")), *beside(f"{name}.x", user)]
    if files:
        listed = " or ".join(f"`{each}`" for each in sorted(files)[:2])
        return LibraryError(f"`{name}` is a folder", f"name a file in it, such as {listed}")
    if name.endswith(SUFFIX):
        return LibraryError(message, f"leave `{SUFFIX}` out: `from {name.removesuffix(SUFFIX)}`")
    near = suggestion(name, known) or in_another_folder(name, known)
    where = "beside this file" if PATH not in os.environ else f"beside this file and in {PATH}"
    return LibraryError(message, near or f"it would be `{file}`, sought {where} and in the bundled library")


def in_another_folder(name: str, known: list[str]) -> str:
    """The libraries whose names are spelt most alike behind their folders."""
    last = {each: each.rpartition(".")[2] for each in known}
    near = nearest(name.rpartition(".")[2], last.values())
    listed = " or ".join(f"`{each}`" for each in sorted(last) if last[each] == near)
    return f"did you mean {listed}?" if listed else ""


def beside(name: str, user: Source) -> list[str]:
    """The libraries in the folder in which one is sought."""
    *around, _ = name.split(".")
    found = {file for folder in folders(user) for file in models_in(folder.joinpath(*around))}
    return sorted(".".join((*around, file.removesuffix(SUFFIX))) for file in found)


def files(user: Source) -> list[tuple[str, bytes]]:
    """Every library that a file may use, and those that these use, by name: what is made of it depends on them."""
    found: dict[tuple[str, bool], bytes] = {}
    waiting = [user]
    while waiting:
        source = waiting.pop()
        for name in dict.fromkeys(USE.findall(source.text)):
            try:
                library = find(name, source)
            except LibraryError:
                continue  # an error of the model, or a comment
            if (library.name, library.bundled) not in found:
                found[library.name, library.bundled] = library.text.encode()
                waiting.append(library)
    return [(name, text) for (name, _), text in sorted(found.items())]
