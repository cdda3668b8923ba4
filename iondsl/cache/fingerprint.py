"""What a cached result depends on, as texts to hash. A warm run takes all of them, so each costs little."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path

from iondsl.options import Options

# Packages that another folder may be appended to, or that lie beside `iondsl` in a checkout.
PACKAGES = ("iondsl", "iondsl.grammars", "iondsl.templates", "iondsl.schemes", "iondsl.targets")
CODE_SUFFIXES = (".py", ".lark", ".j2", ".h")
GENERATORS = ("cython", "jinja2", "lark", "sympy")
PROCESSOR_FIELDS = frozenset(
    {"vendor_id", "cpu family", "model", "model name", "stepping", "flags"}  # x86
    | {"Features", "CPU implementer", "CPU architecture", "CPU variant", "CPU part"}  # ARM
    | {"isa", "uarch", "cpu"}  # RISC-V, POWER
)


def digest(*parts: str | bytes) -> str:
    """32 hexadecimal digits. Parts are hashed with their lengths: ("ab", "c") is not ("a", "bc")."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.hexdigest()


def source_key(files: Iterable[tuple[str, bytes]], options: Options, code: str) -> str:
    """The key of a generated source: every file read (name and bytes), the options, and who generates it: `code` is
    the digest of the compiler's own files."""
    named = [part for name, data in files for part in (name, data)]
    return digest(repr(options), sys.version, *installed(*GENERATORS), code, *named)


def package_folders() -> list[str]:
    """Each folder once, in a fixed order; one inside another is left to the outer one."""
    folders: list[str] = []
    for package in PACKAGES:
        loaded = sys.modules.get(package)
        spec = find_spec(package) if loaded is None else None
        found = loaded.__path__ if loaded else spec.submodule_search_locations if spec else None
        outer = tuple(f"{folder}{os.sep}" for folder in folders)
        folders += [folder for folder in found or () if not f"{folder}{os.sep}".startswith(outer)]
    return folders


def code_files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith(CODE_SUFFIXES):
            yield entry.path
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from code_files(entry.path)


def installed(*packages: str) -> list[str]:
    """`sympy-1.14.0.dist-info`, ...: names of folders; `importlib.metadata` takes 9 ms to import."""
    prefixes = tuple(f"{package}-" for package in packages)
    named = (name for folder in dict.fromkeys(sys.path) for name in names_in(folder))
    return sorted(name for name in named if name.endswith("-info") and name.casefold().startswith(prefixes))


def names_in(folder: str) -> list[str]:
    """Nothing for an entry of `sys.path` that is no folder."""
    try:
        with os.scandir(folder or ".") as listing:
            return [entry.name for entry in listing]
    except OSError:
        return []


def processor() -> str:
    """What `-march=native` stands for here: the first processor, or this machine's name where Linux is not.

    Reading stops there: the whole of /proc/cpuinfo is long, and its clock frequencies change.
    """
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as listing:
            first = list(takewhile(str.strip, listing))
    except OSError:
        first = []
    known = "".join(line for line in first if line.partition(":")[0].strip() in PROCESSOR_FIELDS)
    return known or machine()


def machine() -> str:
    import platform  # 2 ms that Linux has no use for

    return f"{platform.machine()} {platform.node()}"
