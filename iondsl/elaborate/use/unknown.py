"""What to say of a line of a `use` whose name the part neither has nor takes from outside."""

from __future__ import annotations

from iondsl.elaborate.restating import Line, Originals, shown
from iondsl.elaborate.scope import TEMPERATURE
from iondsl.elaborate.use.free import Taken
from iondsl.errors import Diagnostic
from iondsl.syntax import Block

MOST = 8

# How a gate may be written, and what follows from that.
RATES, APPROACH = ("alpha", "beta"), ("inf", "tau")
WRITTEN_BY = {**dict.fromkeys(APPROACH, RATES), **dict.fromkeys(RATES, APPROACH)}


def unknown(each: Line, taken: Taken, originals: Originals, line: Block) -> Diagnostic:
    """E373, with what was probably meant."""
    assert line.origin is not None
    name = shown(each)
    where = "" if line.library is None else f" of `{line.library.text}`"
    message = f"`{line.origin.text}`{where} has no `{name}`, and takes no such name from outside"
    cure = derived(name, originals) or originals.nearest(name, taken.all())
    return Diagnostic("E373", message, each.name.span, cure or f"what it has: {listed(originals, taken)}")


def derived(name: str, originals: Originals) -> str:
    """The cure for a name that stands in no part: the temperature, `n.inf` of a gate that is written by its rates."""
    if name in ("T", TEMPERATURE):
        return f"the temperature is the model's, one for all: `{TEMPERATURE} = ...` at the top of the file"
    block, dot, member = name.rpartition(".")
    given = [f"{block}{dot}{each}" for each in WRITTEN_BY.get(member, ())]
    if not given or not originals.named.keys() >= {*given}:
        return ""
    return f"it follows from {' and '.join(f'`{each}`' for each in given)}: restate these"


def listed(originals: Originals, taken: Taken) -> str:
    """What a line may name, as far as it fits a message."""
    own = [f"`{each}`" for each in (*originals.named, *sorted(taken.all())) if not each.endswith("'")]
    return ", ".join((*own[:MOST], *(["..."] if len(own) > MOST else [])))
