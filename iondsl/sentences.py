"""The documentation of a block, which may be long: its first sentence is a heading, the others a text below."""

from __future__ import annotations

import re

# `et al. 2002` ends no sentence.
_END = re.compile(r"(?<!\bal)\.\s+(?=[A-Z0-9])")


def headline(doc: str) -> tuple[str, str]:
    """The first sentence, without its stop where others follow, and the others."""
    first, *others = _END.split(doc, maxsplit=1)
    return first, "".join(others)
