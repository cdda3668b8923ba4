"""`iondsl cache`: what was generated and compiled, and is kept."""

from __future__ import annotations

import click

from iondsl.cache.store import locate
from iondsl.cli._output import say, table


@click.group(name="cache", no_args_is_help=False)
def command() -> None:
    """Look at, or empty, the cache of compiled models."""


@command.command(name="dir")
def folder() -> None:
    """Print where it is; IONDSL_CACHE_DIR puts it elsewhere."""
    say(str(locate().root))


@command.command(name="list")
def listing() -> None:
    """List what it holds, newest first."""
    from iondsl.cache.listing import entries

    found = entries(locate())
    if not found:
        say(f"nothing in {locate().root}")
        return
    rows = [(each.name, each.kind, size(each.size), age(each.age), each.key) for each in found]
    say(table([("NAME", "KIND", "SIZE", "AGE", "KEY"), *rows]))


@command.command(name="clear")
def clear() -> None:
    """Remove all of it; what is needed is built again."""
    from iondsl.cache.listing import clear as remove

    removed = remove(locate())
    say(f"removed {removed} {'entry' if removed == 1 else 'entries'} from {locate().root}")


def size(number: int) -> str:
    """Bytes for people."""
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{number / 1e3:.1f} kB"


def age(seconds: float) -> str:
    """Seconds for people."""
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
