"""E202 for a name at the top of the file that the language itself gives a meaning there: `V`, `T`, `t`, `pi`."""

from __future__ import annotations

from iondsl.elaborate.names import PI
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.temperature import NAME
from iondsl.errors import Diagnostic


def check(root: Scope, time: str, report: Report) -> None:
    meanings = {time: "the time", PI: "the number pi"}
    if NAME in root.members:
        meanings["T"] = f"the `{NAME}` in kelvin"
    if "membrane" in root.blocks and root.blocks["membrane"].declares("V"):
        meanings["V"] = "the membrane potential"
    for name, meaning in meanings.items():
        if name in root.members:
            span = root.members[name].name.span
        elif name in root.blocks and root.blocks[name].block is not None:
            span = root.blocks[name].block.span
        else:
            continue
        report(Diagnostic("E202", f"`{name}` already is {meaning}", span, "give it another name"))
