"""`space` → its size, a `volume` or a `depth`; `i` and `o` exist by themselves, infinite until they are declared."""

from __future__ import annotations

from dataclasses import dataclass

from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.source import Span
from iondsl.syntax import Name
from iondsl.system import Space

BUILT_IN = ("i", "o")
SIZES = ("volume", "depth")
CALLED_OTHERWISE = {
    **dict.fromkeys(("in", "inside", "inner", "cyt", "cytosol", "intracellular"), "i"),
    **dict.fromkeys(("out", "outside", "outer", "e", "ext", "extracellular"), "o"),
}
HOW_TO_SIZE = "with `volume = 2000 [um^3]`, or `depth = 1 [um]`"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a space is, the name of its quantity: `volume`, or `depth`, the volume per area of the membrane."""

    kind: str
    quantity: str

    @property
    def is_absolute(self) -> bool:
        return self.kind == "volume"


def block(root: Scope, space: str) -> Scope | None:
    found = root.blocks.get(space)
    return found if found is not None and found.keyword == "space" else None


def known(root: Scope) -> tuple[str, ...]:
    """The names of all spaces."""
    declared = (name for name, scope in root.blocks.items() if scope.keyword == "space")
    return tuple(dict.fromkeys((*BUILT_IN, *declared)))


def size(root: Scope, space: str) -> Size | None:
    """None for an infinite space."""
    scope = block(root, space)
    kind = None if scope is None else next((each for each in SIZES if each in scope.members), None)
    return Size(kind, scope.quantity(kind)) if scope is not None and kind is not None else None


def has_size(root: Scope, space: str, user: str, span: Span, report: Report, cure: str = "") -> bool:
    """Whether a space has a size; E306, once for each space, where it has none."""
    if size(root, space) is not None:
        return True
    scope = block(root, space)
    if not root.excuses(space) and (scope is None or not scope.excuses(*SIZES)):
        message = f"the space `{space}` has no size, which {user} needs"
        declare = ", ".join(filter(None, (f"declare it: `space {space}:` {HOW_TO_SIZE}", cure)))
        report(Diagnostic("E306", message, span, declare))
        (root if scope is None else scope).absent |= {space} if scope is None else {*SIZES}
    return False


def check(scope: Scope, report: Report) -> None:
    """E315 for two sizes, or one that is an input."""
    written = [line for member, line in scope.members.items() if member in SIZES]
    if len(written) > 1:
        message = f"the space `{scope.path[-1]}` has both a `volume` and a `depth`"
        cure = "leave one out; a `depth` is the volume per membrane area"
        report(Diagnostic("E315", message, written[1].name.span, cure))
    for each in written:
        if each.keyword in ("input", "stimulus"):
            cure = f"give the input another name, and write `{each.name.text} = ...` of it"
            report(Diagnostic("E315", f"a size is no {each.keyword}", each.span, cure))


def check_name(name: Name, root: Scope, report: Report) -> bool:
    """Whether a space of this name exists; E310 where it does not."""
    spaces = known(root)
    if name.text in spaces:
        return True
    if not root.excuses(name.path[0]):
        near = CALLED_OTHERWISE.get(name.path[-1].lower())
        cure = f"did you mean `{near}`?" if near else suggestion(name.text, spaces)
        cure = cure or f"declare it: `space {name.path[-1]}:` {HOW_TO_SIZE}"
        report(Diagnostic("E310", f"unknown space `{name.text}`", name.span, cure))
    return False


def record(scope: Scope) -> Space | None:
    if scope.block is None:
        return None
    found = size(scope.root, scope.path[-1])
    kind, quantity = (None, None) if found is None else (found.kind, found.quantity)
    return Space(scope.block.name, kind, quantity, scope.block.span, scope.block.docs)
