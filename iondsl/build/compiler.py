"""The C compiler: which one, and with which flags.

Flags from the environment (CFLAGS, LDFLAGS) are not used: a fast-math flag among them would, at the link,
switch off subnormal numbers in the whole process that loads the extension.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from iondsl.build import probe
from iondsl.build.call import WITHOUT
from iondsl.build.probe import Probe
from iondsl.build.programs import which
from iondsl.cache.fingerprint import digest, processor
from iondsl.cache.store import Cache, discard, obtain, writable
from iondsl.errors import CompilerError
from iondsl.immutable import frozen

VARIABLES = ("IONDSL_CC", "CC")
PROGRAMS = ("gcc", "clang", "cc")
FAST_MATH = frozenset({"-ffast-math", "-Ofast", "-funsafe-math-optimizations", "-mdaz-ftz"})

# Without traps and errno conditions become blends; NaN, infinity and the order of sums stay as they are.
ARITHMETIC = ("-std=gnu11", "-O2", "-ftree-vectorize", "-fno-math-errno", "-fno-trapping-math")
LINKAGE = ("-fvisibility=hidden", "-fPIC", "-shared")
DARWIN = ("-undefined", "dynamic_lookup")


@frozen
class Compiler:
    """A C compiler as it is called here.

    `command` is its path and the words that came with it (`CC="ccache gcc"`), `origin` the variable that
    named it, or PATH. `processor` is what `-march=native` stands for, and empty for a portable build.
    `simd_bits` is the width of the vectors that the flags allow.
    """

    command: tuple[str, ...]
    origin: str
    version: str
    flags: tuple[str, ...]
    openmp: bool
    simd_bits: int
    processor: str

    def key(self) -> tuple[str, ...]:
        """What a compiled result owes to its compiler."""
        return (*identity(self.command), self.version, *self.flags, self.processor)


def find(cache: Cache, portable: bool = False, afresh: bool = False) -> Compiler:
    """The compiler of IONDSL_CC, CC, or the first of gcc, clang, cc on PATH, with the flags that it accepts.

    What it accepts is kept in the cache, and asked `afresh` where something was installed since. Raises
    CompilerError where there is no compiler or it fails.
    """
    command, origin = choose()
    native = "" if portable else processor()
    key = digest(probe.QUESTIONS, *identity(command), str(portable), native)
    name = f"{Path(command[0]).name}.json"
    if afresh:
        with writable(cache):
            discard(cache, cache.folder("compilers", key))

    def ask(folder: Path) -> None:
        answers = probe.ask(command, folder, portable)
        (folder / name).write_text(probe.to_json(answers), encoding="utf-8")

    folder = obtain(cache, "compilers", key, ask)
    answers = probe.from_json((folder / name).read_text(encoding="utf-8"))
    return describe(command, origin, native, answers)


def describe(command: tuple[str, ...], origin: str, native: str, answers: Probe) -> Compiler:
    linkage = (*LINKAGE, *DARWIN) if sys.platform == "darwin" else LINKAGE
    flags = (*ARITHMETIC, *answers.architecture, *answers.threads, *linkage)
    openmp = "-fopenmp" in answers.threads
    return Compiler(command, origin, answers.version, flags, openmp, answers.simd_bits, native)


def choose() -> tuple[tuple[str, ...], str]:
    """The command's words, the first a full path, and where it came from."""
    for variable in VARIABLES:
        words = shlex.split(os.environ.get(variable, ""))
        if words:
            return (named_program(variable, words[0]), *without_fast_math(variable, words[1:])), variable
    for program in PROGRAMS:
        if path := which(program):
            return (path,), "PATH"
    tried = ", ".join((*VARIABLES, *PROGRAMS))
    raise CompilerError(
        f"no C compiler was found (tried {tried})\n"
        f"  install gcc or clang, or name yours in IONDSL_CC; {WITHOUT}"
    )


def named_program(variable: str, program: str) -> str:
    path = which(program)
    if path is None:
        raise CompilerError(
            f"{variable} names `{program}`, which is no program here\n  correct or unset it; {WITHOUT}"
        )
    return path


def without_fast_math(variable: str, words: list[str]) -> list[str]:
    if refused := sorted(FAST_MATH.intersection(words)):
        raise CompilerError(
            f"{variable} holds {', '.join(refused)}, which would change the arithmetic of the whole process\n"
            f"  leave it out; {WITHOUT}"
        )
    return words


def identity(command: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a command; for a program among them also its file, size and time: upgrades change it."""
    return tuple(f"{word} {stamp(path) if (path := which(word)) else ''}" for word in command)


def stamp(path: str) -> str:
    file = Path(path).resolve()
    status = file.stat()
    return f"{file} {status.st_size} {status.st_mtime_ns}"
