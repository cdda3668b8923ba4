"""Step -> a kernel in C, and the Python module that drives it as a shared library through ctypes.

No Cython and nothing of Python is compiled, so the library is there in a third of the time of an extension.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iondsl.options import Options
from iondsl.render import render
from iondsl.step import Step
from iondsl.targets._interface import interface, stub
from iondsl.targets._kernel import kernel

__all__ = ["EXTENSION", "READS", "driver", "generate", "stub"]

READS = "step"
EXTENSION = ".c"
TEMPLATE = "c.py.j2"


@dataclass(frozen=True, slots=True)
class Driver:
    """The template's context."""

    interface: str
    name: str
    events: bool


def generate(step: Step, options: Options, units: Mapping[str, str]) -> str:
    """The text of the kernel. `units` are told by the driver."""
    return kernel(step, options, exported=True)


def driver(step: Step, options: Options, units: Mapping[str, str]) -> str:
    """The text of the module; `units` holds the unit's text by name."""
    return render(TEMPLATE, Driver(interface(step, options, units), step.name, bool(step.events)))
