"""A path or a bundled model's name → Source."""

from __future__ import annotations

from pathlib import Path

from iondsl import resources
from iondsl.errors import Diagnostic, ModelError, UsageError, suggestion
from iondsl.source import Source, Span

SUFFIX = ".ion"
SUFFIXES = (SUFFIX, ".mmt", ".cellml")
MAX_BYTES = 8_000_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read(name: str) -> Source:
    """The text of a model, with line feeds as line ends and no byte order mark.

    Raises:
        UsageError: there is no such file, it cannot be read, or its name ends as that of no model.
        ModelError: what is in it is no text in UTF-8, or too much of it.
    """
    if (source := file(name)) is not None:
        suffix = Path(name).suffix.lower()
        if suffix and suffix not in SUFFIXES:
            raise UsageError(f"`{name}` is no model: its name ends in {suffix}\n  models end in {', '.join(SUFFIXES)}")
        return source
    if name in resources.bundled_models():
        return Source(f"{name}{SUFFIX}", resources.bundled_model(name), bundled=True)
    raise missing(name)


def file(name: str) -> Source | None:
    """The text of a file, whatever its name; None where there is none. Raises what `read` does."""
    path = Path(name)
    try:
        return Source(name, decoded(name, contents(path))) if path.exists() and not path.is_dir() else None
    except OSError as error:
        raise UsageError(f"`{name}` cannot be read: {error.strerror or error}") from error


def contents(path: Path) -> bytes:
    """At most one byte more than is allowed."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def decoded(name: str, data: bytes) -> str:
    """The text of a file's bytes."""
    if len(data) > MAX_BYTES:
        message = f"the file has more than {MAX_BYTES:,} bytes"
        raise ModelError([Diagnostic("E111", message, Span(Source(name, ""), 0, 0))])
    data = data.removeprefix(BYTE_ORDER_MARK)
    if b"\0" in data:
        raise refused(name, data[: data.index(b"\0")], "E110", "the file is binary, not text")
    try:
        return with_line_feeds(data.decode())
    except UnicodeDecodeError as error:
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        raise refused(name, data[: error.start], "E109", message, "save the file in the encoding UTF-8") from None


def with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refused(name: str, before: bytes, code: str, message: str, cure: str = "") -> ModelError:
    """An error at the byte behind `before`, which is shown as far as it can be read."""
    text = with_line_feeds(before.decode(errors="replace"))
    span = Span(Source(name, f"{text}\ufffd"), len(text), len(text) + 1)
    return ModelError([Diagnostic(code, message, span, cure)])


def missing(name: str) -> UsageError:
    """What to say where neither a file nor a bundled model has the name."""
    path = Path(name)
    if path.is_dir():
        files = ", ".join(f"`{path / file}`" for file in models_in(path)[:3])
        hint = f"a model in it: {files}" if files else "name a file in it"
        return UsageError(f"`{name}` is a folder\n  {hint}")
    nearby = [str(path.with_name(file)) for file in models_in(path.parent)]
    known = (*resources.bundled_models(), *nearby)
    hint = suggestion(name, known) or suggestion(path.stem, known) or suggestion(f"{path.stem}{SUFFIX}", nearby)
    hint = hint or f"bundled models: {', '.join(resources.bundled_models())}"
    return UsageError(f"there is no file and no bundled model `{name}`\n  {hint}")


def models_in(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if path.suffix == SUFFIX and not path.is_dir())
    except OSError:
        return []
