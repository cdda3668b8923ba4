"""What is in the cache, for people: list it, clear it. Both may run while other processes build."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from iondsl.cache.store import CONTENTS, KINDS, Cache, delete, discard, files, locked, writable
from iondsl.immutable import frozen


@frozen
class Entry:
    """One line of `iondsl cache list`: size in bytes, age in seconds."""

    kind: str
    name: str
    key: str
    size: int
    age: float


def entries(cache: Cache) -> tuple[Entry, ...]:
    """All complete entries, newest first; those that vanish meanwhile are left out."""
    found = [entry for kind in KINDS for folder in folders(cache.root / kind) if (entry := describe(folder))]
    return tuple(sorted(found, key=lambda entry: (entry.age, entry.key)))


def folders(parent: Path) -> list[Path]:
    try:
        return sorted(path for path in parent.iterdir() if path.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def describe(folder: Path) -> Entry | None:
    """An entry is named after its module; a JSON file only accompanies one."""
    try:
        listed = files(folder)
        age = max(0.0, time.time() - (folder / CONTENTS).stat().st_mtime)
    except (OSError, ValueError):
        return None
    name = min(listed, key=lambda name: (name.endswith(".json"), name), default="").partition(".")[0]
    return Entry(folder.parent.name, name, folder.name, sum(listed.values()), age)


def clear(cache: Cache) -> int:
    """Remove every entry and leftover, but not what another process is just making; how many entries."""
    with writable(cache):
        removed = sum(discard(cache, folder) for kind in KINDS for folder in folders(cache.root / kind))
        delete(cache.root / "failed")
        for leftover in folders(cache.root / "tmp"):
            with suppress(TimeoutError), locked(cache, leftover.name.partition(".")[0], timeout=0):
                delete(leftover)
    return removed
