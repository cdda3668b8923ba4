"""A generated kernel in C to a shared library beside the Python module that drives it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from iondsl.build.call import run
from iondsl.build.compiler import Compiler, find
from iondsl.build.failure import keeping
from iondsl.cache.fingerprint import digest
from iondsl.cache.store import Cache, obtain
from iondsl.options import Options

# The parts of `kernel.c.j2` and how each is compiled: the last one is run once where the others are run for each step.
PARTS = (("ION_BLOCKS", ()), ("ION_ALONE", ()), ("ION_ONCE", ("-O1",)))


def library(kernel: str, driver: str, name: str, options: Options, cache: Cache) -> Path:
    """The path of `name`.py, whose library lies beside it, built once for this compiler, its flags and processor.

    `kernel` and `driver` are the texts in C and in Python. Raises CompilerError where there is no compiler or it
    fails; the message then says where the source is.
    """
    compiler = find(cache, options.portable)
    key = digest(kernel, driver, name, repr(PARTS), *compiler.key())

    def make(folder: Path) -> None:
        (folder / f"{name}.c").write_text(kernel, encoding="utf-8", newline="\n")
        with keeping(cache, folder):
            build(folder, name, compiler)
        (folder / f"{name}.py").write_text(driver, encoding="utf-8", newline="\n")

    return obtain(cache, "libraries", key, make) / f"{name}.py"


def build(folder: Path, name: str, compiler: Compiler) -> None:
    """`name`.c in a folder becomes the library beside it; nothing else stays.

    The parts are compiled at the same time, which for a large model is most of the wait.
    """
    from concurrent.futures import ThreadPoolExecutor  # 10 ms, which a run that finds everything in place does not pay

    source = folder / f"{name}.c"
    with ThreadPoolExecutor() as pool:
        objects = list(pool.map(partial(compiled, source, compiler), PARTS))
    run((*compiler.command, *compiler.flags, *map(str, objects), "-o", str(library_beside(source)), "-lm"))
    for path in (source, *objects):
        path.unlink()


def compiled(source: Path, compiler: Compiler, part: tuple[str, tuple[str, ...]]) -> Path:
    """The object file of one part."""
    name, flags = part
    result = source.with_name(f"{name}.o")
    run((*compiler.command, *compiler.flags, *flags, f"-DION_PART={name}", "-c", str(source), "-o", str(result)))
    return result


def library_beside(path: Path) -> Path:
    """The library that belongs to a kernel or its driver; not a name that Python would import."""
    return path.with_name(f"lib{path.stem}.so")
