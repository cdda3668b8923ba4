"""`iondsl compile`: modules that Python imports where iondsl is not installed."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.cli.outcome import Command

# numpy is all that a compiled module needs: iondsl and what it depends on are made unimportable.
ALONE = """
import sys

sys.path[:0] = [{folder!r}]
for name in ("iondsl", "sympy", "lark", "click", "Cython"):
    sys.modules[name] = None
import passive

state = passive.initial_state(3)
passive.step(state, passive.default_parameters(), passive.default_inputs(), 0.0, 0.01, 1000)
print(passive.STATES, passive.PARAMETERS, passive.INPUTS, state.shape, round(float(state[0, 0]), 3))
"""

# V relaxes from -60 to -70 mV by forward Euler: 1000 steps of 0.01 ms, with a time constant of 10 ms.
EXPECTED = "('V',) ('membrane.C', 'I_leak.g', 'I_leak.E') ('I_app',) (1, 3) -66.323\n"
SUFFIX = sysconfig.get_config_var("EXT_SUFFIX")


def imported(folder: Path) -> str:
    """What a program prints that imports `passive` from a folder, in an isolated Python elsewhere."""
    program = ALONE.format(folder=str(folder))
    run = subprocess.run(
        [sys.executable, "-I", "-c", program], cwd=folder.parent, check=True, capture_output=True, text=True
    )
    return run.stdout


def test_an_extension(iondsl: Command, passive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    done = iondsl("compile", passive, "-o", folder, "--target", "cython")
    extension, stub = folder / f"passive{SUFFIX}", folder / "passive.pyi"
    assert (done.code, done.out) == (0, f"wrote {extension}\nwrote {stub}\n")
    assert sorted(folder.iterdir()) == sorted([extension, stub])
    assert "def step(" in stub.read_text(encoding="utf-8")
    assert imported(folder) == EXPECTED


def test_a_library_and_the_module_that_drives_it(iondsl: Command, passive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    done = iondsl("compile", passive, "-o", folder, "--keep-source")
    names = ["libpassive.so", "passive.py", "passive.pyi", "passive.c"]
    assert (done.code, done.out) == (0, "".join(f"wrote {folder / name}\n" for name in names))
    assert imported(folder) == EXPECTED


def test_numpy(iondsl: Command, passive: Path, tmp_path: Path) -> None:
    done = iondsl("compile", passive, "-o", tmp_path, "--target", "numpy")
    assert done.out.startswith(f"wrote {tmp_path / 'passive.py'}\n")
    assert imported(tmp_path) == EXPECTED


def test_the_current_folder_and_the_source(
    iondsl: Command, passive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = iondsl("compile", passive.name, "--target", "cython", "--keep-source")
    assert "wrote passive.pyx\n" in done.out
    assert "cdef" in (tmp_path / "passive.pyx").read_text(encoding="utf-8")


def test_a_loaded_library_is_replaced_not_overwritten(iondsl: Command, passive: Path, tmp_path: Path) -> None:
    iondsl("compile", passive, "-o", tmp_path)
    library = tmp_path / "libpassive.so"
    with library.open("rb") as loaded:
        before = os.fstat(loaded.fileno()).st_ino
        iondsl("compile", passive, "-o", tmp_path)
        assert os.fstat(loaded.fileno()).st_nlink == 0
    assert library.stat().st_ino != before


def test_an_extension_that_would_be_found_first(iondsl: Command, passive: Path, tmp_path: Path) -> None:
    iondsl("compile", passive, "-o", tmp_path, "--target", "cython")
    done = iondsl("compile", passive, "-o", tmp_path, "--target", "numpy")
    assert done.err == f"note: `import passive` finds {tmp_path / f'passive{SUFFIX}'} before it: delete that one\n"


def test_a_package_that_would_be_found_first(iondsl: Command, passive: Path, tmp_path: Path) -> None:
    package = tmp_path / "passive" / "__init__.py"
    package.parent.mkdir()
    package.touch()
    done = iondsl("compile", passive, "-o", tmp_path, "--target", "numpy")
    assert done.err == f"note: `import passive` finds {package} before it: delete that one\n"


RELOADED = """
import importlib, sys
sys.path[:0] = [{folder!r}]
import passive
print(len(passive.STATES))
sys.stdin.readline()
try:
    importlib.reload(passive)
except ImportError as error:
    print(error)
"""


def test_a_library_of_another_model_is_not_driven(iondsl: Command, passive: Path, tmp_path: Path) -> None:
    """A program that loaded the old library gets it again from the system, whatever file is there now."""
    folder = tmp_path / "made"
    iondsl("compile", passive, "-o", folder)
    command = [sys.executable, "-c", RELOADED.format(folder=str(folder))]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "1\n"
    passive.write_text(passive.read_text(encoding="utf-8") + "\nstate x = 1\nx' = -x / 1 [ms]\n", encoding="utf-8")
    assert iondsl("compile", passive, "-o", folder).code == 0
    out, _ = program.communicate("\n", timeout=60)
    assert "was compiled from another model" in out
    assert "compile again" in out


def test_a_file_in_the_place_of_the_folder(iondsl: Command, passive: Path) -> None:
    done = iondsl("compile", passive, "-o", passive, "--target", "numpy")
    assert (done.code, done.err) == (2, f"error: {passive} is not a folder\n")


@pytest.mark.parametrize(
    ("name", "problem"),
    [("class", "`class` cannot be imported: it is a word of Python"), ("math", "`math` would hide Python's own")],
)
def test_a_name_that_cannot_be_imported(
    iondsl: Command, passive: Path, tmp_path: Path, name: str, problem: str
) -> None:
    passive.write_text(passive.read_text(encoding="utf-8").replace("passive", name), encoding="utf-8")
    done = iondsl("compile", passive, "-o", tmp_path / "out", "--target", "numpy")
    assert (done.code, done.err) == (2, f"error: a module called {problem}; rename the model\n")
    assert not (tmp_path / "out").exists()
    assert iondsl("run", passive, "--until", "1", "--target", "numpy").code == 0


def test_without_compiler(iondsl: Command, passive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IONDSL_CC", "CC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    done = iondsl("compile", passive, "-o", tmp_path / "out")
    assert done.code == 3
    assert "no C compiler was found" in done.err
    assert "--target numpy" in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("option", "value", "cure"), [("--target", "nunpy", "numpy"), ("--scheme", "rk5", "rk4")])
def test_an_unknown_name(iondsl: Command, passive: Path, option: str, value: str, cure: str) -> None:
    done = iondsl("compile", passive, option, value)
    assert done.code == 2
    assert f"did you mean `{cure}`?" in done.err


def test_a_fast_module_is_proven_for_a_step(iondsl: Command, tmp_path: Path) -> None:
    words = ("compile", "hodgkin_huxley_1952", "--target", "numpy", "-o", tmp_path, "--fast")
    refused = iondsl(*words)
    assert (refused.code, refused.err) == (
        2, "error: --fast proves steps up to a length: give it as --dt, such as --dt 0.01\n"
    )  # fmt: skip
    assert iondsl(*words, "--dt", "10[us]", "--range", "V=-100:50").code == 0
    assert "dt_tmp_proven" in (tmp_path / "hodgkin_huxley_1952.py").read_text(encoding="utf-8")


def test_what_is_proven_for_one_value_does_not_vary(iondsl: Command, tmp_path: Path) -> None:
    words = ("compile", "hodgkin_huxley_1952", "--target", "numpy", "-o", tmp_path, "--fast", "--dt", "0.01")
    refused = iondsl(*words, "--vary", "T,I_Na.g")
    wrong = "`T` is to vary by cell, and --fast is proven for 279.45 alone: give it a --range"
    assert (refused.code, refused.err) == (2, f"error: {wrong}\n")
    assert not list(tmp_path.iterdir())
    assert iondsl(*words, "--vary", "T,I_Na.g", "--range", "temperature=5[degC]:20[degC]").code == 0


def test_what_cannot_vary(iondsl: Command, tmp_path: Path) -> None:
    refused = iondsl("compile", "hodgkin_huxley_1952", "-o", tmp_path, "--vary", "V,I_Na,I_Na.gg,zzz")
    assert (refused.code, refused.err.splitlines()) == (2, [
        "error: no parameter or input `I_Na` can vary: it is computed by the model",
        "error: no parameter or input `I_Na.gg` can vary: did you mean `I_Na.g`?",
        "error: no parameter or input `V` can vary: it is a state, which always varies",
        "error: no parameter or input `zzz` can vary: there is none",
    ])  # fmt: skip
