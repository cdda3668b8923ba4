"""Numbers with the digits of the author: `0.07`, `3.1e5` as 3.1 x 10^5, `5.4 [mM]` with its unit."""

from __future__ import annotations

import re
from dataclasses import replace

from iondsl.syntax import Number
from iondsl.targets.latex.box import Box, Level, atom
from iondsl.targets.latex.units import CELSIUS, measure


def digits(text: str) -> Box:
    mantissa, _, exponent = text.lower().partition("e")
    if not exponent:
        return atom(text)
    power = f"10^{{{int(exponent)}}}"
    return atom(power, Level.POWER) if mantissa == "1" else atom(rf"{mantissa}\times {power}", Level.PRODUCT)


def number(node: Number) -> Box:
    bare = digits(node.text)
    if node.unit is None:
        return bare
    unit = CELSIUS if node.unit.offset else measure(str(node.unit.unit))
    if not unit.tex.strip("1"):
        return bare
    return replace(bare, tex=unit.of(bare.tex), width=bare.width + unit.width, level=Level.PRODUCT)


def is_number(box: Box) -> bool:
    """Whether the box begins with a digit, so that another number before it would run into it."""
    return bool(re.match(r"[0-9.]|\\SI\b", box.tex))


def has_unit(box: Box) -> bool:
    return box.tex.removeprefix("-").startswith(r"\SI{")
