"""`python -m iondsl` is the command `iondsl`."""

from __future__ import annotations

import sys

from iondsl.cli import main

if __name__ == "__main__":
    sys.exit(main())
