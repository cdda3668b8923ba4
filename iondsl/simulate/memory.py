"""Runs that no memory can hold: refused before the operating system ends the process for them."""

from __future__ import annotations

import os

import numpy as np

from iondsl.errors import UsageError


def refuse_too_large(states: int, recorded: int, samples: int, cells: int, dtype: str) -> None:
    """Compare what a run keeps of `cells` cells with the memory of the whole machine.

    Raises UsageError where it is more: `states` of each, and `samples` of `recorded` quantities.
    """
    number = np.dtype(dtype).itemsize
    own, kept = states * cells * number, recorded * samples * cells * number
    there = installed()
    if own > there:
        raise UsageError(f"the states of {cells} cells need {gigabytes(own)} of memory ({gigabytes(there)} are there)")
    if own + kept > there:
        raise UsageError(
            f"recording needs {gigabytes(kept)} of memory: record less often or fewer quantities "
            f"({gigabytes(there)} are there)"
        )


def installed() -> int:
    """Bytes of the machine's memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def gigabytes(size: int) -> str:
    return f"{size / 1e9:.3g} GB"
