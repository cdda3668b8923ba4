"""The digest of the compiler's own files: whoever changes them never sees stale code.

Reading two megabytes takes longer than all else of a warm load. So the digest is kept with what the system says of the
files, their sizes and times, and what has the same of these is taken to be the same. A change of a file sets the time
of its last change of state, which no program can set back; only within the grain of that time, a few milliseconds,
might a second change go unseen, so that files which changed just now are read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from iondsl.cache.fingerprint import code_files, digest, package_folders
from iondsl.cache.store import Cache, obtain
from iondsl.errors import UsageError

FILE = "digest"
JUST_NOW = 2_000_000_000  # in ns; the coarsest file systems count time in steps of two seconds


def code_key(cache: Cache) -> str:
    """Of the bytes of this package, its grammars and templates."""
    state = [(path, os.stat(path)) for path in own_files()]  # noqa: PTH116 - a Path takes as long to make
    newest = max(max(status.st_ctime_ns, status.st_mtime_ns) for _, status in state)
    if newest + JUST_NOW < time.time_ns():
        told = digest(repr([(path, each.st_size, each.st_mtime_ns, each.st_ctime_ns) for path, each in state]))
        with suppress(UsageError, OSError):
            return (obtain(cache, "code", told, keep) / FILE).read_text(encoding="utf-8")
    return digest(*own_code())


def keep(folder: Path) -> None:
    (folder / FILE).write_text(digest(*own_code()), encoding="utf-8")


def own_files() -> Iterator[str]:
    for folder in package_folders():
        yield from code_files(folder)


def own_code() -> Iterator[bytes]:
    """The name of every file in its package, and its bytes."""
    for folder in package_folders():
        for path in code_files(folder):
            yield path[len(folder) :].encode()
            with open(path, "rb") as file:  # noqa: PTH123 - a Path takes as long to make as the file to read
                yield file.read()
