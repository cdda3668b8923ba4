"""Step -> a kernel in C, and the Python module that drives it as a shared library through ctypes.

No Cython and nothing of Python is compiled, so the library is there in half of the time of an extension.
"""

from __future__ import annotations

import hashlib
import re
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
# A library stays loaded under its path whatever lies there later, so that both have to say whose they are.
IDENTITY = re.compile(r'(ion_identity\[\] = ")(\w+)(")')


@dataclass(frozen=True, slots=True)
class Driver:
    """The template's context."""

    interface: str
    name: str
    identity: str
    events: bool


def generate(step: Step, options: Options, units: Mapping[str, str]) -> str:
    """The text of the kernel, which holds its own digest. `units` are told by the driver."""
    text = kernel(step, options, exported=True)
    digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return IDENTITY.sub(rf"\g<1>{digest}\g<3>", text)


def driver(step: Step, options: Options, units: Mapping[str, str], text: str) -> str:
    """The text of the module that drives a kernel; `units` holds the unit's text by name."""
    found = IDENTITY.search(text)
    identity = found[2] if found else ""
    return render(TEMPLATE, Driver(interface(step, options, units), step.name, identity, bool(step.events)))
