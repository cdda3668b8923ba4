"""E202 for a name at the top of the file that the language itself gives a meaning there: `V`, `T`, `t`, `pi`."""

from __future__ import annotations

from iondsl.elaborate.names import PI
from iondsl.elaborate.scope import TEMPERATURE, Report, Scope
from iondsl.errors import Diagnostic


def check(root: Scope, time: str, report: Report) -> None:
    meanings = {time: "the time", PI: "the number pi"}
    if TEMPERATURE in root.members:
        meanings["T"] = f"the `{TEMPERATURE}` in kelvin"
    if "membrane" in root.blocks and root.blocks["membrane"].declares("V"):
        meanings["V"] = "the membrane potential"
    for name, meaning in meanings.items():
        if name in root.members:
            span = root.members[name].name.span
        else:
            block = root.blocks[name].block if name in root.blocks else None
            if block is None:
                continue
            span = block.span
        report(Diagnostic("E202", f"`{name}` already is {meaning}", span, "give it another name"))
