"""docs/models.md has a section for each bundled model, generated from it, with a plot that `iondsl run` draws.

For a new or changed model `pytest tests/docs/test_models_page.py --update-golden` writes the page, and
draws the plots that are missing. To draw one anew, delete it first.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.models import known, refreshed
from tests.docs.plots import FOLDER, RUNS, draw, picture

PAGE = Path(__file__).parent.parent.parent / "docs" / "models.md"
CURE = "run `pytest tests/docs/test_models_page.py --update-golden`, and look at docs/models"
LARGEST = 30_000


def test_every_model_has_a_plot(request: pytest.FixtureRequest) -> None:
    missing = [each for each in known() if not (FOLDER / picture(each.name)).is_file()]
    if request.config.getoption("--update-golden"):
        for each in missing:
            draw(each)
    elif missing:
        pytest.fail(f"no plot of {', '.join(each.name for each in missing)}: {CURE}")


def test_the_page_is_that_of_the_models(request: pytest.FixtureRequest) -> None:
    page = PAGE.read_text(encoding="utf-8")
    text = refreshed(page)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    elif text != page:
        old, new = page.splitlines(), text.splitlines()
        changed = next((line for line in new if line not in old), "a line is missing")
        pytest.fail(f"docs/models.md is not that of the bundled models: {CURE}\n{changed}")


def test_plots_are_small_and_each_is_of_a_model() -> None:
    names = {picture(each.name) for each in known()}
    assert {path.name for path in FOLDER.iterdir()} <= names
    assert RUNS.keys() <= {each.name for each in known()}
    assert {path.name for path in FOLDER.iterdir() if path.stat().st_size > LARGEST} == set()
