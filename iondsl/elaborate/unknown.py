"""What to say about a name that means nothing: what was probably meant, or what would declare it."""

from __future__ import annotations

from iondsl.constants import CONSTANTS
from iondsl.elaborate import spaces
from iondsl.elaborate.scope import Scope
from iondsl.errors import Diagnostic, line_of, suggestion
from iondsl.syntax import Name

MANY = 3


def unknown(name: Name, scope: Scope, time: str, suggest: bool = True) -> Diagnostic:
    """The error for a name that was not found from a block. `suggest` looks for one that is nearly the same."""
    for known in (event, not_a_number, reversal_potential, amount):
        found = known(name, scope)
        if found is not None:
            return found
    cure = spoken(name.text, scope, time)
    if suggest and not cure:
        cure = hidden(name, scope) or turned(name.text, scope) or elsewhere(name, scope) or outside(name, scope)
        cure = cure or suggestion(name.text, candidates(scope, time))
    if scope.root.is_library and name.span.user is None:
        cure = "; or ".join(filter(None, (cure, port(name))))
    return Diagnostic("E201", f"unknown name `{name.text}`", name.span, cure)


def needed(name: Name, finding: Diagnostic) -> Diagnostic:
    """The same at the `use` line of a part of a library that takes the name from outside: E374."""
    line = name.span.user
    if line is None:
        return finding
    there = f"line {name.span.line} of `{name.span.source.name}`"
    message = f"the part needs `{name.text}` ({there}), and there is none here"
    bind = f"declare it, or bind it in a line below: `{name.text} = ...`"
    return Diagnostic("E374", message, line, bind if finding.code == "E201" else finding.cure)


def port(name: Name) -> str:
    """How a library says that its user has something."""
    *block, member = name.path
    where = f"`input {member} [...]` in `{'.'.join(block)}`" if block else f"`input {member} [...]`"
    return f"if whoever uses the part has it, declare {where}"


def event(name: Name, scope: Scope) -> Diagnostic | None:
    """The name of an event, which is a moment."""
    found = next((outer.events[name.text] for outer in scope.outward() if name.text in outer.events), None)
    if found is None:
        return None
    message = f"the event `{name.text}` is a moment, neither a number nor a condition"
    return Diagnostic("E214", message, name.span, f"write its condition out, as in {line_of(found.span, name.span)}")


def not_a_number(name: Name, scope: Scope) -> Diagnostic | None:
    """The name of a block that has no value of its own."""
    block = next((outer.blocks[name.text] for outer in scope.outward() if name.text in outer.blocks), None)
    if block is None:
        return None
    members = ", ".join(f"`{name.text}.{member}`" for member in sorted({*block.members, *block.derived}))
    cure = f"name one of its members: {members}" if members else ""
    return Diagnostic("E203", f"the {block.keyword} `{name.text}` is not a number", name.span, cure)


def reversal_potential(name: Name, scope: Scope) -> Diagnostic | None:
    """`K.E`, or `E` inside an ion, that could not be derived."""
    ion = scope.ion(name.path[:-1]) if len(name.path) > 1 else scope
    if name.path[-1] != "E" or ion is None or ion.keyword != "ion":
        return None
    missing = [f"`{member}`" for member in ("i", "o") if ion.holder(member) is None]
    message = f"the ion `{'.'.join(ion.path)}` has no `E`"
    if missing:
        cure = f"write `E = ...`, or declare {' and '.join(missing)} for a Nernst potential"
        return Diagnostic("E304", message, name.span, cure)
    if not scope.root.declares("T"):
        cure = "its Nernst potential needs the temperature: write `temperature = 37 [degC]` at the top of the file"
        return Diagnostic("E305", message, name.span, cure)
    return Diagnostic("E304", message, name.span, "an ion with `z = 0` has no Nernst potential")


def amount(name: Name, scope: Scope) -> Diagnostic | None:
    """`Ca.i.amount` of a concentration that is no pool: only what is booked is kept as an amount."""
    *ion, space, member = ("", "", *name.path)
    found = scope.ion(tuple(filter(None, ion))) if member == "amount" and any(ion) else None
    if found is None or found.holder(space) is None:
        return None
    concentration, size = ".".join(name.path[:-1]), spaces.size(found, space)
    cure = f"write the product, `{concentration} * {size.quantity}`" if size is not None else ""
    message = f"`{concentration}` has no amount: it is no state that follows what is booked on it"
    return Diagnostic("E201", message, name.span, cure)


def spoken(name: str, scope: Scope, time: str) -> str:
    """What the language calls a thing that has another name elsewhere."""
    if name == "time":
        return f"time is called `{time}`"
    if name == "e":
        return "the exponential function is `exp(x)`"
    if name in ("T", "temperature", "celsius"):
        known = scope.root.declares("T")
        return "the temperature is `T`, in kelvin" if known else "write `temperature = 37 [degC]` to have `T`"
    if name in ("V", "v", "Vm", "V_m"):
        return "did you mean `V`?" if has_potential(scope) else potentials(scope)
    return ""


def potentials(scope: Scope) -> str:
    """The V of compartments, where their cell has none, or how to declare one."""
    if scope.root.is_library:
        return ""
    named = [f"`{cell.cell}.V`" for cell in scope.root.cells() if cell is not scope.home and has_potential(cell)]
    if not named:
        return "declare it in the membrane: `state V = -65 [mV]`"
    return f"only a compartment has one: write {' or '.join(named[:MANY])}"


def turned(name: str, scope: Scope) -> str:
    """`Na.E` for `E_Na` or `ENa`: other tools name a member of a block so."""
    for block, inner in ((name, block) for outer in scope.home.outward() for name, block in outer.blocks.items()):
        member = name.removesuffix(block).removesuffix("_") if name.endswith(block) else ""
        if member and inner.declares(member):
            return f"did you mean `{block}.{member}`?"
    return ""


def has_potential(scope: Scope) -> bool:
    return scope.membrane is not None and scope.membrane.declares("V")


def elsewhere(name: Name, scope: Scope) -> str:
    """A member of another block that has this name."""
    found = [full for full in far(scope) if full.rpartition(".")[2] == name.text]
    if not 0 < len(found) <= MANY:
        return ""
    return f"did you mean {' or '.join(f'`{full}`' for full in found)}?"


def hidden(name: Name, scope: Scope) -> str:
    """`K.i` of an ion, where a nearer block has its first name."""
    near = scope.block_at(name.path[:1]) if len(name.path) > 1 else None
    if near is None or near.block is None or name.text not in far(scope):
        return ""
    return f"the {near.keyword} `{'.'.join(near.path)}` hides it here: give that another name"


def outside(name: Name, scope: Scope) -> str:
    """`Na.E` for `soma.Na.E`, where the compartment has no ion of its own."""
    rest = ".".join(name.path[1:])
    return f"did you mean `{rest}`?" if scope.root.cell_at(name.path[:1]) and rest in far(scope) else ""


def far(scope: Scope) -> list[str]:
    """Every number of the model, by its full name."""
    blocks = list(scope.root.below())
    members = [in_full(block, member) for block in blocks for member in (*block.members, *block.derived)]
    members = [each for each in members if "->" not in each]
    return members + [".".join(block.path) for block in blocks if block.has_value]


def in_full(block: Scope, member: str) -> str:
    """`V` is lifted out of its membrane."""
    return block.quantity(member) if block.keyword == "membrane" else ".".join((*block.path, member))


def candidates(scope: Scope, time: str) -> set[str]:
    """Every name that could have been meant: the near ones bare, all others with their full path."""
    near = {member for outer in scope.outward() for member in (*outer.members, *outer.derived, *outer.blocks)}
    near = {each for each in near if "->" not in each}
    return near | set(far(scope)) | {time, "pi", *CONSTANTS} | ({"V"} if has_potential(scope) else set())
