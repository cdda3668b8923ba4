"""What a model can become: one target per module, found by its file name.

A target states what it reads and what it writes, and has one function:

- `READS`: `"step"` (numbers, under one scheme) or `"system"` (the equations as they are meant)
- `EXTENSION`: the suffix of the text it writes, such as `".pyx"`
- `generate`: what it reads and, for a step, the `Options` and the units by name -> text
- `stub`, where the text is compiled to a module: step and `Options` -> the text of its `.pyi`
"""

from __future__ import annotations

from types import ModuleType

from iondsl import plugins


def load(name: str) -> ModuleType:
    """The module of a target.

    Raises:
        UsageError: there is no such target.
    """
    return plugins.load(__name__, name)
