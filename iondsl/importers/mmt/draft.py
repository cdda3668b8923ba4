"""The model while its lines are read: names as they are written, nothing looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from iondsl.importers.foreign import Function, Path
from iondsl.importers.mmt.statements import Alias, Property, Start
from iondsl.source import Span
from iondsl.syntax import Expression


@dataclass(slots=True)
class DraftVariable:
    """`value` is None where it could not be read. `meta` are its keys with their texts."""

    path: Path
    span: Span
    is_state: bool
    value: Expression | None
    properties: dict[str, Property] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    nested: dict[str, DraftVariable] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return ".".join(self.path)


@dataclass(slots=True)
class DraftComponent:
    path: Path
    span: Span
    aliases: dict[str, Alias] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    nested: dict[str, DraftVariable] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """`head` is the line that opens the model. `lost` is whether something that could not be read has a name."""

    head: Span | None = None
    lost: bool = False
    meta: dict[str, str] = field(default_factory=dict)
    starts: dict[Path, Start] = field(default_factory=dict)
    functions: dict[tuple[str, int], Function] = field(default_factory=dict)
    components: dict[str, DraftComponent] = field(default_factory=dict)

    def variables(self) -> Iterator[DraftVariable]:
        """All of them in the order of the file, nested ones behind what they are nested in."""
        for component in self.components.values():
            yield from within(component)


def within(owner: DraftComponent | DraftVariable) -> Iterator[DraftVariable]:
    stack = list(reversed(owner.nested.values()))
    while stack:
        variable = stack.pop()
        yield variable
        stack += reversed(variable.nested.values())
