"""What iondsl finds on this machine, and what is missing: the facts behind `iondsl doctor`."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from iondsl.build.call import HEADERS_PACKAGES, include_folder
from iondsl.build.compiler import Compiler, find
from iondsl.cache.listing import entries
from iondsl.cache.store import Cache, locate, unused, writable
from iondsl.errors import CompilerError, UsageError

NEEDED = ("cython", "jinja2", "lark", "numpy", "sympy")
IGNORED_VARIABLES = ("CFLAGS", "CPPFLAGS", "LDFLAGS")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the report. `cure` says what to do about it and is empty where nothing is missing."""

    name: str
    value: str
    cure: str = ""


def examine() -> tuple[Fact, ...]:
    """Every fact, in the order to print. The compiler is asked afresh: a library may have come since."""
    cache = locate()
    return (
        Fact("Python", f"{platform.python_version()}, {sys.executable}"),
        Fact("iondsl", package_version("iondsl") or "not installed"),
        *packages(),
        *compiling(cache),
        *cache_facts(cache),
        tex(),
    )


def missing(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.cure)


def package_version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def packages() -> Iterator[Fact]:
    for package in NEEDED:
        found = package_version(package)
        yield Fact(package, found or "missing", "" if found else f"pip install {package}")
    found = package_version("matplotlib")
    yield Fact("matplotlib", found or "missing", "" if found else 'for --plot: pip install "iondsl[plot]"')


def compiling(cache: Cache) -> Iterator[Fact]:
    try:
        compiler = find(cache, afresh=True)
    except CompilerError as error:
        problem, *cure = str(error).splitlines()
        yield Fact("C compiler", problem, "\n".join(line.strip() for line in cure))
    except UsageError:
        yield Fact("C compiler", "not asked", "its answers need a cache that can be written")
    else:
        yield from compiler_facts(compiler)
    yield headers()
    for variable in IGNORED_VARIABLES:
        if value := os.environ.get(variable):
            yield Fact(variable, f"{value} (not used: IONDSL_CC may hold flags)")


def compiler_facts(compiler: Compiler) -> Iterator[Fact]:
    yield Fact("C compiler", f"{compiler.version}, {shlex.join(compiler.command)} (from {compiler.origin})")
    yield Fact("flags", " ".join(compiler.flags))
    yield Fact("SIMD width", f"{compiler.simd_bits} bits, {compiler.simd_bits // 64} float64")
    if compiler.openmp:
        yield Fact("OpenMP", "yes")
    else:
        yield Fact(
            "OpenMP", "no: runs use one thread", "use gcc, or install clang's OpenMP library (libomp-dev)"
        )


def headers() -> Fact:
    include = include_folder()
    found = (include / "Python.h").is_file()
    return Fact(
        "Python.h", str(include) if found else "missing", "" if found else f"install {HEADERS_PACKAGES}"
    )


def cache_facts(cache: Cache) -> Iterator[Fact]:
    found = entries(cache)
    yield Fact("cache", f"{cache.root}, {len(found)} entries, {sum(e.size for e in found) / 1e6:.1f} MB")
    try:
        with writable(cache):
            trial = unused(cache, "doctor")
            trial.mkdir()
            trial.rmdir()
    except UsageError as error:
        problem, cure = str(error).splitlines()
        yield Fact("cache writable", problem, cure.strip())
    else:
        yield Fact("cache writable", "yes")


def tex() -> Fact:
    found = shutil.which("pdflatex")
    cure = "for --pdf: install texlive-latex-base and texlive-science"
    return Fact("TeX", found or "missing", "" if found else cure)
