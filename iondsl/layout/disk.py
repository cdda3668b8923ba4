"""Files and their formatted bytes: the line ends of a file stay, a byte order mark goes."""

from __future__ import annotations

import os
import re
import tempfile
from errno import EACCES
from pathlib import Path

from iondsl import reading, resources
from iondsl.errors import UsageError
from iondsl.immutable import frozen
from iondsl.layout.file import format_source
from iondsl.source import Source

FIRST_END = re.compile(rb"\r\n?|\n")


@frozen
class Result:
    """What is in a file, and what should be."""

    name: str
    before: bytes
    after: bytes

    @property
    def differs(self) -> bool:
        return self.before != self.after


def format_bytes(name: str, data: bytes) -> Result:
    """What the bytes of a file should be. Raises ModelError for errors of form, and for what is no text."""
    text = format_source(Source(name, reading.decoded(name, data)))
    first = FIRST_END.search(data)
    crlf = first is not None and first[0] == b"\r\n"
    return Result(name, data, text.replace("\n", "\r\n" if crlf else "\n").encode())


def read(path: Path) -> bytes:
    """Raises UsageError for a file that cannot be read."""
    try:
        return reading.contents(path)
    except FileNotFoundError:
        raise missing(str(path)) from None
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror or error}") from error


def missing(name: str) -> UsageError:
    if name in resources.bundled_models():
        return UsageError(f"there is no file `{name}`; a bundled model is formatted by the path of its file")
    return reading.missing(name)


def files(path: Path) -> list[Path]:
    """A file; for a folder the `.ion` files in it and below. Raises UsageError where there are none."""
    try:
        if not path.is_dir():
            return [path]
        found = sorted(each for each in path.rglob(f"*{reading.SUFFIX}") if each.is_file())
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror or error}") from error
    if not found:
        raise UsageError(f"there is no {reading.SUFFIX} file in `{path}`")
    return found


def write(path: Path, data: bytes) -> None:
    """Put these bytes in the place of a file, whole or not at all. Its mode stays, and a link to it stays one.

    Raises UsageError where it cannot be written.
    """
    target, beside = path.resolve(), None
    try:
        if not os.access(target, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            beside = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(target.stat().st_mode)
        beside.replace(target)
    except OSError as error:
        raise UsageError(f"`{path}` cannot be written: {error.strerror or error}") from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)
