"""The choice of the C compiler and of its flags, with stand-ins that log or refuse."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from pathlib import Path

import pytest

from iondsl.build import call, compiler
from iondsl.cache.store import Cache
from iondsl.errors import CompilerError

Wrap = Callable[[str], Path]

X86 = platform.machine() in ("x86_64", "AMD64")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IONDSL_CC", "CC"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def real() -> str:
    try:
        return compiler.choose()[0][0]
    except CompilerError:
        pytest.skip("needs a C compiler")


@pytest.fixture
def wrap(tmp_path: Path, real: str, monkeypatch: pytest.MonkeyPatch) -> Wrap:
    """`wrap(pattern)` puts before the compiler a script that logs its calls and refuses those that match."""

    def install(refused: str = "none") -> Path:
        script, log = tmp_path / "wrapped-cc", tmp_path / "calls"
        script.write_text(
            f'#!/bin/sh\necho "$@" >> "{log}"\n'
            f'case "$*" in *{refused}*) echo "no such option" >&2; exit 1;; esac\nexec "{real}" "$@"\n'
        )
        script.chmod(0o755)
        monkeypatch.setenv("IONDSL_CC", str(script))
        return log

    return install


def programs(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)


def test_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bin"
    programs(folder, "own", "other", "gcc", "clang", "cc")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("IONDSL_CC", "own")
    monkeypatch.setenv("CC", "other")
    found = []
    for gone in ("IONDSL_CC", "CC", "gcc", "clang", "cc"):
        found.append(compiler.choose())
        if gone in os.environ:
            monkeypatch.delenv(gone)
        else:
            (folder / gone).unlink()
    expected = [("own", "IONDSL_CC"), ("other", "CC"), ("gcc", "PATH"), ("clang", "PATH"), ("cc", "PATH")]
    assert found == [((str(folder / program),), origin) for program, origin in expected]
    with pytest.raises(CompilerError, match="no C compiler was found") as caught:
        compiler.choose()
    assert caught.value.exit_code == 3
    assert "--target numpy" in str(caught.value)


def test_words_of_a_variable_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(tmp_path / "bin", "ccache", "gcc")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("CC", "ccache gcc '-B some where'")
    command, _ = compiler.choose()
    assert command == (str(tmp_path / "bin" / "ccache"), "gcc", "-B some where")


def test_empty_variable_is_unset(monkeypatch: pytest.MonkeyPatch, real: str) -> None:
    monkeypatch.setenv("IONDSL_CC", "")
    monkeypatch.setenv("CC", " ")
    assert compiler.choose() == ((real,), "PATH")


def test_variable_that_names_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler -O2")
    with pytest.raises(CompilerError, match=r"CC names `no-such-compiler`.*\n.*--target numpy"):
        compiler.choose()


@pytest.mark.parametrize("flag", ["-ffast-math", "-Ofast", "-funsafe-math-optimizations"])
def test_fast_math_is_refused(monkeypatch: pytest.MonkeyPatch, real: str, flag: str) -> None:
    monkeypatch.setenv("CC", f"{real} {flag}")
    with pytest.raises(CompilerError, match=f"CC holds {flag}"):
        compiler.choose()


def test_answers_are_kept(cache: Cache, wrap: Wrap, monkeypatch: pytest.MonkeyPatch) -> None:
    log = wrap("none")
    first = compiler.find(cache)
    calls = log.read_text()
    assert first.version
    assert compiler.find(cache) == first
    assert log.read_text() == calls
    assert compiler.find(cache, afresh=True) == first
    assert len(log.read_text()) == 2 * len(calls)


def test_upgraded_compiler_is_asked_again(cache: Cache, wrap: Wrap) -> None:
    log = wrap("none")
    before = compiler.find(cache).key()
    calls = log.read_text()
    wrap("nothing")
    assert compiler.find(cache).key() != before
    assert len(log.read_text()) > len(calls)


def test_flags(cache: Cache, real: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CFLAGS", "-ffast-math -DHIDDEN")
    found = compiler.find(cache)
    assert {"-O2", "-ftree-vectorize", "-fno-math-errno", "-fno-trapping-math", "-fPIC", "-shared"} <= set(found.flags)
    assert not compiler.FAST_MATH & set(found.flags)
    assert "-DHIDDEN" not in found.flags
    assert found.simd_bits in (64, 128, 256, 512)
    assert ("-mprefer-vector-width=512" in found.flags) <= (found.simd_bits == 512)


@pytest.mark.skipif(not X86, reason="the baseline of other processors has no name")
def test_portable_flags(cache: Cache, real: str) -> None:
    portable = compiler.find(cache, portable=True)
    assert "-march=x86-64-v3" in portable.flags
    assert "-march=native" not in portable.flags
    assert portable.simd_bits == 256
    assert portable.processor == ""
    assert portable.key() != compiler.find(cache).key()


def test_without_openmp(cache: Cache, wrap: Wrap) -> None:
    wrap("-fopenmp\\ ")
    found = compiler.find(cache)
    assert not found.openmp
    assert "-fopenmp" not in found.flags
    assert "-fopenmp-simd" in found.flags


def test_without_this_processor(cache: Cache, wrap: Wrap) -> None:
    wrap("native")
    assert not [flag for flag in compiler.find(cache).flags if "native" in flag]


def test_compiler_that_fails(cache: Cache, wrap: Wrap) -> None:
    wrap("")
    with pytest.raises(CompilerError) as caught:
        compiler.find(cache)
    message = str(caught.value)
    assert "failed with status 1" in message
    assert "wrapped-cc" in message
    assert "no such option" in message
    assert "--target numpy" in message
    assert not list((cache.root / "compilers").iterdir())


def test_file_that_is_no_program(cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "cc"
    program.write_bytes(b"\x7fELF, but not really")
    program.chmod(0o755)
    monkeypatch.setenv("CC", str(program))
    with pytest.raises(CompilerError, match=r"cannot be run: .*\n.*--target numpy"):
        compiler.find(cache)


def test_missing_headers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "include_folder", lambda: tmp_path)
    with pytest.raises(CompilerError, match=r"Python\.h is not in .*\n.*python3-dev"):
        call.compile_extension(("cc",), tmp_path / "a.c", tmp_path / "a.so")


def test_only_the_end_of_long_complaints(tmp_path: Path) -> None:
    script = "for n in $(seq 100); do echo line $n >&2; done; exit 7"
    with pytest.raises(CompilerError) as caught:
        call.run(("/bin/sh", "-c", script))
    message = str(caught.value)
    assert "status 7" in message
    assert "line 100" in message
    assert "line 85\n" not in message
