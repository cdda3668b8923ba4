"""python -m tests.parity FILE...: what iondsl makes of mmt and CellML files, as a table; 1 if one of them differs."""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

from tests.parity.comparison import TARGETS, Compared, compare

COLUMNS = "  ".join(f"{target + ' noise':>12} {'|dV|':>8}" for target in TARGETS)
HEAD = f"{'file':36} {'states':>6} {'peak':>7}  {COLUMNS}"


def row(found: Compared) -> str:
    values = "  ".join(f"{each.noises:12.3g} {each.apart:8.1e}" for each in found.found)
    notes = [] if found.accepted else ["DIFFERS: " + ", ".join(sorted({each.worst for each in found.found}))]
    notes += [f"no value: {each}" for each in sorted(set(found.undefined))]
    return f"{Path(found.file).name:36} {found.states:6} {found.peak:7.2f}  {values}  {'; '.join(notes)}".rstrip()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.parity", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--target", action="append", choices=TARGETS, dest="targets")
    parser.add_argument("--derivatives", action="store_true", help="leave out the courses, which take longer")
    given = parser.parse_args(arguments)
    warnings.simplefilter("ignore")  # of Myokit's readers
    print(HEAD)  # noqa: T201 - a command
    accepted = True
    for file in given.files:
        try:
            found = compare(file, tuple(given.targets or TARGETS), not given.derivatives)
        except Exception as error:  # noqa: BLE001 - of any kind: one file must not end the table
            text, accepted = " ".join(str(error).split()), False
            print(f"{Path(file).name:36} {type(error).__name__}: {text[:300]}", flush=True)  # noqa: T201
        else:
            accepted &= found.accepted
            print(row(found), flush=True)  # noqa: T201
    return 0 if accepted else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
