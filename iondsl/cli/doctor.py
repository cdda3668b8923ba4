"""`iondsl doctor`: what was found on this machine, and what is missing."""

from __future__ import annotations

import click

from iondsl.cli._output import say, table
from iondsl.errors import CompilerError

# Without one of these nothing compiles.
NEEDED = ("C compiler", "Python.h")


@click.command(name="doctor")
def command() -> None:
    """Say which compiler, flags, SIMD width and cache are in use, and what is missing.

    Ends with 3 where models cannot be compiled.
    """
    from iondsl import doctor

    facts = doctor.examine()
    say(table([(fact.name, fact.value) for fact in facts]))
    lacking = doctor.missing(facts)
    say()
    if not lacking:
        say("nothing is missing")
    for fact in lacking:
        cures = fact.cure.splitlines()
        say("\n".join([f"{fact.name}: {cures[0]}", *(f"  {line}" for line in cures[1:])]))
    if any(fact.name in NEEDED for fact in lacking):
        raise click.exceptions.Exit(CompilerError.exit_code)
