"""What to write instead of a name that is no unit."""

from __future__ import annotations

import re

from iondsl.units.table import OFFSETS, UNITS, lookup, names

SPELLED_OUT = {
    "sec": "s", "msec": "ms", "usec": "us", "minute": "min", "hr": "h", "hour": "h", "day": "24 h",
    "volt": "V", "millivolt": "mV", "amp": "A", "ampere": "A", "siemens": "S", "mho": "S", "farad": "F",
    "coulomb": "C", "molar": "M", "mole": "mol", "micron": "um", "meter": "m", "metre": "m", "liter": "L",
    "litre": "L", "gram": "g", "kelvin": "K", "celsius": "degC", "\u00b0c": "degC", "percent": "%",
    "dimensionless": "1",
}
_SUPERSCRIPTS = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")


def cure_for(name: str) -> str:
    """Return a cure for the unknown unit `name`: the likeliest name, or the names that there are."""
    likely = SPELLED_OUT.get(name.lower()) or _power(name) or _other_case(name) or _close(name)
    return f"did you mean `{likely}`?" if likely else f"units are {', '.join(UNITS)}, most with SI prefixes"


def _power(name: str) -> str:
    """`cm^2` for cm2 and for a superscript."""
    match = re.fullmatch(r"(\D+)([0-9]+)", name.translate(_SUPERSCRIPTS))
    return f"{match[1]}^{match[2]}" if match and lookup(match[1]) else ""


def _other_case(name: str) -> str:
    """The name that differs in the case of the fewest letters, and in nothing else."""
    candidates = [each for each in (*names(), *OFFSETS) if each.lower() == name.lower()]
    return min(candidates, key=lambda each: sum(a != b for a, b in zip(each, name, strict=True)), default="")


def _close(name: str) -> str:
    import difflib  # only a text with an error pays for it

    return next(iter(difflib.get_close_matches(name, (*names(), *OFFSETS), n=1)), "")
