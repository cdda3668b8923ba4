"""`space` → its size, a `volume` or a `depth`; `i` and `o` exist by themselves, infinite until they are declared."""

from __future__ import annotations

from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.immutable import frozen
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


@frozen
class Size:
    """How large a space is: `volume`, or `depth`, the volume per area of the membrane of a cell; and its quantity."""

    kind: str
    quantity: str
    cell: str

    @property
    def is_absolute(self) -> bool:
        return self.kind == "volume"

    @property
    def per(self) -> str | None:
        """The cell per whose area it is measured; None for a volume."""
        return None if self.is_absolute else self.cell


def block(scope: Scope, space: str) -> Scope | None:
    """What declares a space that is seen from a block: in its compartment, or else in the model around it."""
    found = (outer.blocks.get(space) for outer in scope.home.outward())
    return next((each for each in found if each is not None and each.keyword == "space"), None)


def declared(root: Scope) -> tuple[Scope, ...]:
    """The blocks of all spaces."""
    return tuple(scope for scope in root.below() if scope.keyword == "space")


def known(scope: Scope) -> tuple[str, ...]:
    """The names of all spaces that are seen from a block."""
    around = (name for outer in scope.home.outward() for name, each in outer.blocks.items() if each.keyword == "space")
    return tuple(dict.fromkeys((*BUILT_IN, *around)))


def place(scope: Scope, space: str) -> str:
    """The full name of a space that is seen from a block; one that is not declared is shared by all."""
    found = block(scope, space)
    return space if found is None else ".".join(found.path)


def is_known(scope: Scope, end: str) -> bool:
    """Whether a space stands at an end such as `o` or `dend.i`."""
    *cell, space = end.split(".")
    around = scope.cell_at(tuple(cell))
    return around is not None and space in known(around)


def place_at(scope: Scope, end: str) -> str:
    """The same of an end such as `o`, or `dend.i` in another compartment."""
    *cell, space = end.split(".")
    around = scope.cell_at(tuple(cell))
    return end if around is None else place(around, space)


def size(scope: Scope, space: str) -> Size | None:
    """None for an infinite space."""
    found = block(scope, space)
    return None if found is None else size_of(found)


def size_of(space: Scope) -> Size | None:
    kind = next((each for each in SIZES if each in space.members), None)
    return None if kind is None else Size(kind, space.quantity(kind), space.cell)


def has_size(scope: Scope, space: str, user: str, span: Span, report: Report, cure: str = "") -> bool:
    """Whether a space has a size; E306, once for each space, where it has none."""
    if size(scope, space) is not None:
        return True
    found = block(scope, space)
    excused = any(outer.excuses(space) for outer in scope.home.outward())
    if not excused and (found is None or not found.excuses(*SIZES)):
        message = f"the space `{space}` has no size, which {user} needs"
        declare = ", ".join(filter(None, (f"declare it: `space {space}:` {HOW_TO_SIZE}", cure)))
        report(Diagnostic("E306", message, span, declare))
        (scope.home if found is None else found).absent |= {space} if found is None else {*SIZES}
    return False


def check(scope: Scope, report: Report) -> None:
    """E315 for two sizes, or one that is an input; in a library it is a port."""
    written = [line for member, line in scope.members.items() if member in SIZES]
    if len(written) > 1:
        message = f"the space `{scope.path[-1]}` has both a `volume` and a `depth`"
        cure = "leave one out; a `depth` is the volume per membrane area"
        report(Diagnostic("E315", message, written[1].name.span, cure))
    for each in written:
        if each.keyword in ("input", "stimulus") and not scope.root.is_library:
            cure = f"give the input another name, and write `{each.name.text} = ...` of it"
            report(Diagnostic("E315", f"a size is no {each.keyword}", each.span, cure))


def check_name(name: Name, scope: Scope, report: Report) -> bool:
    """Whether a space of this name is seen from a block; E310 where it is not."""
    *around, space = name.path
    cell = scope.cell_at(tuple(around))
    spaces = () if cell is None else known(cell)
    if space in spaces:
        return True
    if any(outer.excuses(name.path[0]) for outer in scope.home.outward()):
        return False
    if cell is None:
        report(unknown_compartment(".".join(around), name.span, scope))
        return False
    near = CALLED_OTHERWISE.get(space.lower())
    cure = f"did you mean `{near}`?" if near else suggestion(space, spaces)
    where = f" in `compartment {cell.cell}`" if cell is not scope.home else ""
    cure = cure or f"declare it{where}: `space {space}:` {HOW_TO_SIZE}"
    report(Diagnostic("E310", f"unknown space `{name.text}`", name.span, cure))
    return False


def unknown_compartment(name: str, span: Span, scope: Scope) -> Diagnostic:
    cells = [each.cell for each in scope.root.cells() if each.cell]
    return Diagnostic("E333", f"there is no compartment `{name}`", span, suggestion(name, cells))


def record(scope: Scope) -> Space | None:
    if scope.block is None:
        return None
    found = size_of(scope)
    kind, quantity = (None, None) if found is None else (found.kind, found.quantity)
    return Space(".".join(scope.path), kind, quantity, scope.block.span, scope.block.docs)
