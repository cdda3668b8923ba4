"""Keys change with everything that a result depends on, and with nothing else."""

from __future__ import annotations

import subprocess
import sys

from iondsl.cache.fingerprint import digest, installed, processor, source_key
from iondsl.options import Options

FILES = (("cell.ion", b"model cell:\n"),)
CODE = "digest of the compiler"


def test_digest_tells_parts_apart() -> None:
    keys = {digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest("", "abc")}
    assert len(keys) == 5
    assert digest("µ") == digest("µ".encode())


def test_source_key_follows_files_and_options() -> None:
    keys = {
        source_key(FILES, Options(), CODE),
        source_key((("cell.ion", b"model cell:\r\n"),), Options(), CODE),
        source_key((("other.ion", FILES[0][1]),), Options(), CODE),
        source_key((*FILES, ("part.ion", b"")), Options(), CODE),
        source_key(FILES, Options(), "other code"),
        source_key(FILES, Options(scheme="rk4"), CODE),
        source_key(FILES, Options(held=("V",)), CODE),
    }
    assert len(keys) == 7


def test_source_key_is_the_same_in_every_process() -> None:
    script = (
        "from iondsl.cache.fingerprint import source_key; from iondsl.options import Options; "
        f"print(source_key({FILES!r}, Options(), {CODE!r}))"
    )
    runs = [
        subprocess.run(
            (sys.executable, "-c", script),
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout


def test_installed_packages_have_versions() -> None:
    (sympy,) = installed("sympy")
    assert sympy.startswith("sympy-1.")
    assert installed("no_such_package") == []


def test_processor_is_steady() -> None:
    assert processor()
    assert processor() == processor()
    assert "MHz" not in processor()
