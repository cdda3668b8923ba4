"""From a `.pyx` text to an imported module: built once, loaded side by side, and clear where it fails.

Each build takes a second or two, so tests share theirs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from iondsl.build.compiler import choose
from iondsl.build.extension import extension
from iondsl.build.loading import load
from iondsl.cache.store import Cache
from iondsl.errors import CompilerError, UsageError
from iondsl.options import Options

MODULE = "tiny_cell"
SOURCE = """
cdef extern from *:
    '''
    static double scaled(double x) {{ return {factor} * x; }}
    '''
    double scaled(double x) nogil
def scale(double x):
    return scaled(x)
"""
TWICE, THRICE = SOURCE.format(factor="2.0"), SOURCE.format(factor="3.0")

ONE_OF_MANY = """
import sys
from pathlib import Path
from iondsl.build.extension import extension
from iondsl.build.loading import load
from iondsl.cache.store import locate
from iondsl.options import Options
source = Path(sys.argv[1]).read_text()
print(load(extension(source, "tiny_cell", Options(), locate()), "tiny_cell").scale(2.0))
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    try:
        choose()
    except CompilerError:
        pytest.skip("needs a C compiler")
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def twice(cache: Cache) -> Path:
    return extension(TWICE, MODULE, Options(), cache)


def logging_compiler(folder: Path) -> tuple[Path, Path]:
    script, log = folder / "logging-cc", folder / "calls"
    script.write_text(f'#!/bin/sh\necho "$@" >> "{log}"\nexec "{choose()[0][0]}" "$@"\n')
    script.chmod(0o755)
    return script, log


def builds(log: Path) -> int:
    return sum("-shared" in line for line in log.read_text().splitlines())


def test_entry_holds_the_extension_alone(twice: Path) -> None:
    assert {path.name for path in twice.parent.iterdir()} == {twice.name, "contents"}
    assert twice.name.startswith(f"{MODULE}.")


def test_result_runs(twice: Path) -> None:
    assert load(twice, MODULE).scale(2.5) == 5.0


def test_second_time_nothing_is_compiled(twice: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", None)
    assert extension(TWICE, MODULE, Options(), cache) == twice


def test_subnormal_numbers_survive(twice: Path) -> None:
    load(twice, MODULE)
    smallest_normal = sys.float_info.min
    assert smallest_normal / 2 > 0.0
    assert smallest_normal / 2 * 2 == smallest_normal


def test_side_by_side_under_one_name(twice: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    users = type(sys)(MODULE)
    monkeypatch.setitem(sys.modules, MODULE, users)
    thrice = load(extension(THRICE, MODULE, Options(), cache), MODULE)
    again = load(twice, MODULE)
    assert (again.scale(1.0), thrice.scale(1.0)) == (2.0, 3.0)
    assert again is load(twice, MODULE)
    assert sys.modules[MODULE] is users


def test_bare_name_stays_free(twice: Path) -> None:
    load(twice, MODULE)
    assert MODULE not in sys.modules


def test_python_files_load_side_by_side(tmp_path: Path) -> None:
    loaded = []
    for value in (1, 2):
        path = tmp_path / str(value) / f"{MODULE}.py"
        path.parent.mkdir()
        path.write_text(f"VALUE = {value}\n")
        loaded.append(load(path, MODULE))
    assert [module.VALUE for module in loaded] == [1, 2]
    assert MODULE not in sys.modules


def test_extension_that_does_not_load(tmp_path: Path, twice: Path) -> None:
    broken = tmp_path / twice.name
    broken.write_bytes(b"not an extension")
    with pytest.raises(CompilerError, match="cannot be loaded"):
        load(broken, MODULE)


def test_compiler_failure_keeps_the_source(cache: Cache) -> None:
    source = SOURCE.format(factor="2.0 * undeclared_name")
    with pytest.raises(CompilerError, match="undeclared_name") as caught:
        extension(source, MODULE, Options(), cache)
    message = str(caught.value)
    kept = Path(message.rpartition("the source is kept in ")[2])
    assert (kept / f"{MODULE}.pyx").read_text() == source
    assert f"{kept / MODULE}.c" in message
    assert "--target numpy" in message
    assert caught.value.exit_code == 3


def test_cython_failure_says_so(cache: Cache) -> None:
    with pytest.raises(CompilerError, match=r"(?s)Cython failed.*tiny_cell\.pyx:1"):
        extension("def f(:\n", MODULE, Options(), cache)


def test_many_processes_build_once(cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, log = logging_compiler(tmp_path)
    monkeypatch.setenv("IONDSL_CC", str(script))
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(tmp_path / "cold"))
    source = tmp_path / "source.pyx"
    source.write_text(TWICE)
    command = (sys.executable, "-c", ONE_OF_MANY, str(source))
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    answers = [process.communicate()[0] for process in processes]
    assert answers == ["4.0\n"] * 8
    assert builds(log) == 1

    cold = Cache(tmp_path / "cold")
    built = extension(TWICE, MODULE, Options(), cold)
    assert builds(log) == 1
    built.unlink()
    assert extension(TWICE, MODULE, Options(), cold).is_file()
    assert builds(log) == 2


def test_the_name_that_cython_keeps_for_itself(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a model called `cython` cannot be built: .* rename the model"):
        extension(TWICE, "cython", Options(), Cache(tmp_path))
