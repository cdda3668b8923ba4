"""Step -> a Cython module around a kernel in C: one file that Python imports, and nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iondsl.options import Options
from iondsl.render import render
from iondsl.step import Step
from iondsl.targets._interface import interface, stub
from iondsl.targets._kernel import kernel

__all__ = ["EXTENSION", "READS", "generate", "stub"]

READS = "step"
EXTENSION = ".pyx"
TEMPLATE = "cython.pyx.j2"


@dataclass(frozen=True, slots=True)
class Module:
    """The template's context."""

    interface: str
    kernel: str
    events: bool


def generate(step: Step, options: Options, units: Mapping[str, str]) -> str:
    """The text of the module; `units` holds the unit's text by name."""
    # The kernel stands in a Python string literal.
    text = kernel(step, options).replace("\\", "\\\\")
    return render(TEMPLATE, Module(interface(step, options, units), text, bool(step.events)))
