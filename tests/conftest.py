"""What every test relies on: a cache of its own, the same random draws each time, and golden files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

GOLDEN = Path(__file__).parent / "golden"

# A deadline would measure the machine, and stored examples would make one run depend on the last.
hypothesis.settings.register_profile("iondsl", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("iondsl")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the files of tests/golden")


@pytest.fixture(scope="session", autouse=True)
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The compilation cache of this test session, empty at its start and shared by its workers."""
    base = tmp_path_factory.getbasetemp()
    session = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    cache = session / "iondsl-cache"
    cache.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("IONDSL_CACHE_DIR", str(cache))
        for name in ("COLUMNS", "FORCE_COLOR", "LINES"):  # they would change what the command line prints
            environment.delenv(name, raising=False)
        yield cache


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)` compares text with tests/golden/<name>; `--update-golden` writes it instead."""
    update: bool = request.config.getoption("--update-golden")

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{name} is not in tests/golden: run pytest --update-golden, then read it"
        assert text == path.read_bytes().decode("utf-8")

    return check
