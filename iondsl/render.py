"""Context + template -> text.

A template's variables are the fields of one frozen dataclass. All logic is in the Python that fills it.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, meta

from iondsl import resources

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def render(template: str, context: DataclassInstance) -> str:
    """The template with its holes filled by the fields of `context`.

    Raises:
        jinja2.UndefinedError: the template reads what is not a field.
        jinja2.TemplateNotFound: no folder of `iondsl.templates` holds the template.
    """
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    return _environment().get_template(template).render(values)


def undeclared(template: str) -> frozenset[str]:
    """The variables that a template, and the templates it includes by name, expect from outside."""
    tree = _environment().parse(_source(template))
    found = frozenset(meta.find_undeclared_variables(tree))
    included = (name for name in meta.find_referenced_templates(tree) if name is not None)
    return found.union(*(undeclared(name) for name in included))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_source),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _source(template: str) -> str:
    try:
        return resources.text(resources.TEMPLATES, template)
    except FileNotFoundError as error:
        raise TemplateNotFound(template) from error
