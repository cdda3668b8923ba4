"""Templates have holes for the fields of one dataclass each, no more and no fewer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path

import jinja2
import pytest

from iondsl import resources
from iondsl.render import render, undeclared
from iondsl.targets import _interface, _kernel, c, cython, numpy

CONTEXTS = {
    _interface.TEMPLATE: _interface.Interface,
    _interface.STUB_TEMPLATE: _interface.Stub,
    numpy.TEMPLATE: numpy.Module,
    cython.TEMPLATE: cython.Module,
    c.TEMPLATE: c.Driver,
    _kernel.TEMPLATE: _kernel.Kernel,
}


@dataclass(frozen=True, slots=True)
class Greeting:
    name: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates beside the packaged ones."""
    templates = import_module(resources.TEMPLATES)
    monkeypatch.setattr(templates, "__path__", [*templates.__path__, str(tmp_path)])
    return tmp_path


@pytest.mark.parametrize("template", CONTEXTS)
def test_the_variables_of_a_template_are_the_fields_of_its_context(template: str) -> None:
    assert undeclared(template) == {field.name for field in fields(CONTEXTS[template])}


def test_a_template_in_an_appended_folder(folder: Path) -> None:
    (folder / "greeting.txt.j2").write_text("Hello {{ name }} & <all>\n{% if True %}\n  end\n{% endif %}\n")
    assert render("greeting.txt.j2", Greeting("you")) == "Hello you & <all>\n  end\n"


def test_variables_of_included_templates_count(folder: Path) -> None:
    (folder / "outer.j2").write_text("{{ greeting }}{% include 'inner.j2' %}{% for x in list %}{{ x }}{% endfor %}")
    (folder / "inner.j2").write_text("{{ name }}")
    assert undeclared("outer.j2") == {"greeting", "name", "list"}


def test_an_unknown_variable_is_an_error(folder: Path) -> None:
    (folder / "wrong.txt.j2").write_text("{{ surname }}")
    with pytest.raises(jinja2.UndefinedError, match="surname"):
        render("wrong.txt.j2", Greeting("you"))


def test_an_unknown_template_is_an_error() -> None:
    with pytest.raises(jinja2.TemplateNotFound, match=r"nowhere\.j2"):
        render("nowhere.j2", Greeting("you"))
