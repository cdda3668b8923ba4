"""What stays of a build that failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iondsl.cache.store import Cache, keep
from iondsl.errors import CompilerError


@contextmanager
def keeping(cache: Cache, folder: Path) -> Iterator[None]:
    """Where the compiler fails, `folder` moves to where a reader may look into it, and the error says where that is."""
    try:
        yield
    except CompilerError as error:
        kept = keep(cache, folder)
        message = str(error).replace(str(folder), str(kept))
        raise CompilerError(f"{message}\n  the source is kept in {kept}") from error
