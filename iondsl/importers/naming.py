"""Names of other tools as names of the language."""

from __future__ import annotations

import re

from iondsl.parser.keywords import RESERVED

RESERVED_AT_THE_TOP = ("V", "T", "pi", "t", "F", "R", "k_B", "q_e", "N_A")


def safe(name: str) -> str:
    """The name, with `_` for what it may not hold, and behind it where it is a reserved word."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", name)
    plain = plain if re.match("[A-Za-z_]", plain) else f"_{plain}"
    return f"{plain}_" if plain in RESERVED else plain
