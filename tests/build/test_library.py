"""From a text in C and the module that drives it to a library: built once, in parts, and clear where it fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from iondsl.build.compiler import choose
from iondsl.build.library import library
from iondsl.build.loading import load
from iondsl.cache.store import Cache
from iondsl.errors import CompilerError
from iondsl.options import Options

NAME = "tiny"
KERNEL = """
#define ION_BLOCKS 1
#define ION_ALONE 2
#define ION_ONCE 4
#if ION_PART == ION_BLOCKS
double hidden(double x);
__attribute__((visibility("default"))) double scale(double x) { return {factor} * hidden(x); }
#elif ION_PART == ION_ONCE
double hidden(double x) { return x; }
#endif
"""
DRIVER = """
import ctypes
from pathlib import Path
library = ctypes.CDLL(str(Path(__file__).with_name("libtiny.so")))
library.scale.argtypes, library.scale.restype = [ctypes.c_double], ctypes.c_double
scale = library.scale
"""


def kernel(factor: str) -> str:
    return KERNEL.replace("{factor}", factor)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    try:
        choose()
    except CompilerError:
        pytest.skip("needs a C compiler")
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def twice(cache: Cache) -> Path:
    return library(kernel("2.0"), DRIVER, NAME, Options(), cache)


def test_an_entry_holds_the_driver_and_its_library(twice: Path) -> None:
    assert {path.name for path in twice.parent.iterdir()} == {"tiny.py", "libtiny.so", "contents"}


def test_two_of_one_name_run_side_by_side(twice: Path, cache: Cache) -> None:
    thrice = library(kernel("3.0"), DRIVER, NAME, Options(), cache)
    assert (load(twice, NAME).scale(2.5), load(thrice, NAME).scale(2.5)) == (5.0, 7.5)


def test_parts_call_each_other_and_nobody_else_calls_them(twice: Path) -> None:
    with pytest.raises(AttributeError):
        _ = load(twice, NAME).library.hidden


def test_the_second_time_nothing_is_compiled(twice: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", None)
    assert library(kernel("2.0"), DRIVER, NAME, Options(), cache) == twice


def test_subnormal_numbers_survive(twice: Path) -> None:
    load(twice, NAME)
    smallest_normal = sys.float_info.min
    assert smallest_normal / 2 > 0.0
    assert smallest_normal / 2 * 2 == smallest_normal


def test_a_failure_keeps_the_source(cache: Cache) -> None:
    source = kernel("2.0 * undeclared_name")
    with pytest.raises(CompilerError, match="undeclared_name") as caught:
        library(source, DRIVER, NAME, Options(), cache)
    message = str(caught.value)
    kept = Path(message.rpartition("the source is kept in ")[2])
    assert (kept / "tiny.c").read_text() == source
    assert f"{kept / 'tiny.c'}" in message
    assert "--target numpy" in message


def test_a_library_that_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "tiny.py").write_text(DRIVER)
    (tmp_path / "libtiny.so").write_bytes(b"not a library")
    with pytest.raises(CompilerError, match="cannot be loaded"):
        load(tmp_path / "tiny.py", NAME)


def test_a_damaged_entry_is_built_again(cache: Cache) -> None:
    built = library(kernel("4.0"), DRIVER, NAME, Options(), cache)
    built.with_name("libtiny.so").unlink()
    again = library(kernel("4.0"), DRIVER, NAME, Options(), cache)
    program = f"import sys; sys.path.insert(0, {str(again.parent)!r}); import tiny; print(tiny.scale(1.0))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "4.0\n"
