"""`iondsl models`: the models that come with iondsl."""

from __future__ import annotations

import click

from iondsl import reading, resources
from iondsl.cli._output import say, table


@click.command(name="models")
def command() -> None:
    """List the bundled models, whose names stand wherever a FILE does, with their variants."""
    say(table([(name, doc(name)) for name in resources.bundled_models()]))


def doc(name: str) -> str:
    from iondsl.elaborate import variants
    from iondsl.parser import parse

    program, _ = parse(reading.read(name))
    chosen = ", ".join(variant.name for variant in variants.of(program))
    docs = program.header.docs if program.header is not None else ""
    return f"{docs} Variants: {chosen}." if chosen else docs
