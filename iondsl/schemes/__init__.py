"""One integration scheme per file: `advance(system)` says how a step goes, `OFFSETS` when inputs are read.

A scheme is a module of this package: its name is the value of `--scheme`, and there is nothing to register.
"""
