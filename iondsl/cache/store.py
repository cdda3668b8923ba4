"""The store of what was generated and compiled: folders named by a hash of all that they depend on.

An entry is made in a temporary folder inside the store and renamed into place, in one process at a time:
whoever sees an entry sees all of it. `contents`, written last, lists its files, and a damaged entry
counts as absent.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from iondsl.errors import UsageError
from iondsl.immutable import frozen

KINDS = ("generated", "libraries", "extensions", "compilers", "grammars", "code")
CONTENTS = "contents"
FULL = (errno.ENOSPC, errno.EDQUOT)


@frozen
class Cache:
    """`root` holds a folder per kind of entry, `tmp`, `locks`, and `failed`, the sources of failed builds."""

    root: Path

    def folder(self, kind: str, key: str) -> Path:
        return self.root / kind / key


def locate() -> Cache:
    """The cache at IONDSL_CACHE_DIR, or else where the platform keeps a user's caches."""
    chosen = os.environ.get("IONDSL_CACHE_DIR")
    return Cache(Path(chosen).absolute() if chosen else caches() / "iondsl")


def caches() -> Path:
    """Where a user's caches are, as platformdirs has it, whose import takes 9 of the 50 ms that a warm load may take.

    Raises UsageError for a user who has no folder.
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named
    try:
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    except RuntimeError as error:
        raise UsageError("there is no folder of yours to keep a cache in: name one in IONDSL_CACHE_DIR") from error


def obtain(cache: Cache, kind: str, key: str, make: Callable[[Path], None]) -> Path:
    """The folder of an entry. Where it is missing or damaged, `make` fills a new one, once across processes.

    Whatever `make` raises leaves no entry behind. Raises UsageError where the cache cannot be written.
    """
    folder = cache.folder(kind, key)
    if not is_complete(folder):
        with locked(cache, lock_name(kind, key)):
            if not is_complete(folder):
                publish(cache, folder, make)
    return folder


def generated(cache: Cache, key: str, make: Callable[[], Mapping[str, str]]) -> Path:
    """The folder of a generated source; `make` gives the text of each of its files, by name."""

    def write(folder: Path) -> None:
        texts = make()
        with writable(cache):
            for name, text in texts.items():
                (folder / name).write_text(text, encoding="utf-8", newline="\n")

    return obtain(cache, "generated", key, write)


def is_complete(folder: Path) -> bool:
    try:
        listed = files(folder)
        return bool(listed) and all((folder / name).stat().st_size == size for name, size in listed.items())
    except (OSError, ValueError):
        return False


def files(folder: Path) -> dict[str, int]:
    """The files of an entry and their sizes, as `contents` has them."""
    lines = (folder / CONTENTS).read_text(encoding="utf-8").splitlines()
    return {name: int(size) for size, _, name in (line.partition(" ") for line in lines)}


def publish(cache: Cache, folder: Path, make: Callable[[Path], None]) -> None:
    with writable(cache):
        discard(cache, folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = unused(cache, lock_name(folder.parent.name, folder.name))
        temporary.mkdir()
    try:
        with room(cache):
            make(temporary)
        with writable(cache):
            listing = sorted((path.name, path.stat().st_size) for path in temporary.iterdir())
            lines = "".join(f"{size} {name}\n" for name, size in listing)
            (temporary / CONTENTS).write_text(lines, encoding="utf-8")
            move(temporary, folder)
    finally:
        delete(temporary)


def move(temporary: Path, folder: Path) -> None:
    """Rename, unless the entry came up meanwhile: locks do not hold on every network file system."""
    try:
        temporary.replace(folder)
    except OSError:
        if not is_complete(folder):
            raise


def discard(cache: Cache, folder: Path) -> bool:
    """Take a folder out of the store in one rename, then delete it; false where it is not there."""
    trash = unused(cache, "trash")
    try:
        folder.replace(trash)
    except FileNotFoundError:
        return False
    delete(trash)
    return True


def delete(folder: Path) -> None:
    from shutil import rmtree  # 4 ms, which a run that finds everything in place does not pay

    rmtree(folder, ignore_errors=True)


def keep(cache: Cache, temporary: Path) -> Path:
    """Move an entry whose making failed to where a reader may look into it."""
    kind_and_key = temporary.name.partition(".")[0]
    kept = cache.folder("failed", kind_and_key)
    with writable(cache):
        discard(cache, kept)
        kept.parent.mkdir(exist_ok=True)
        temporary.replace(kept)
    return kept


def unused(cache: Cache, stem: str) -> Path:
    """A new name in the store's temporary folder. Before its dot stands the lock that its maker holds."""
    parent = cache.root / "tmp"
    parent.mkdir(parents=True, exist_ok=True)
    return parent / f"{stem}.{os.getpid()}-{os.urandom(4).hex()}"


def lock_name(kind: str, key: str) -> str:
    return f"{kind}-{key}"


@contextmanager
def locked(cache: Cache, name: str, timeout: float = -1) -> Iterator[None]:
    """Hold a lock. Its file stays: deleting it would let two processes hold it at once."""
    from filelock import FileLock  # 15 ms, which a run that finds everything in place does not pay

    with writable(cache):
        (cache.root / "locks").mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache.root / "locks" / f"{name}.lock")
        lock.acquire(timeout=timeout)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def room(cache: Cache) -> Iterator[None]:
    """For what fills an entry: any other of its errors than a full disk is its own."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise unwritable(cache, error) from error


@contextmanager
def writable(cache: Cache) -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise
    except OSError as error:
        raise unwritable(cache, error) from error


def unwritable(cache: Cache, error: OSError) -> UsageError:
    return UsageError(
        f"the cache {cache.root} cannot be written: {error.strerror or error}\n"
        "  set IONDSL_CACHE_DIR to a folder that you can write to"
    )
