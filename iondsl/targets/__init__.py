"""What a model can become: one target per module, found by its file name.

A target states what it reads and what it writes, and has one function, and maybe two more:

- `READS`: `"step"` (numbers, under one scheme) or `"system"` (the equations as they are meant)
- `EXTENSION`: the suffix of the text it writes, such as `".pyx"`
- `generate`: what it reads and, for a step, the `Options` and the units by name -> text
- `stub`, where the text is compiled to a module: step and `Options` -> the text of its `.pyi`
- `driver`, where the text is compiled to a library: the same and that text -> the module that Python imports
"""

from __future__ import annotations

from types import ModuleType

from iondsl import plugins
from iondsl.errors import UsageError

# What a target of each kind is for, in the words of an error message.
PURPOSE = {"step": "it computes: compile or run it", "system": "it is a document: export it"}


def load(name: str, reads: str | None = None) -> ModuleType:
    """The module of a target.

    Raises:
        UsageError: there is no such target, or it does not read what `reads` says.
    """
    target = plugins.load(__name__, name)
    if reads is not None and reads != target.READS:
        raise UsageError(f"the target `{name}` cannot do this: {PURPOSE[target.READS]}")
    return target
