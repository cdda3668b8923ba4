"""Records in order, found by position or by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from iondsl.errors import UsageError, suggestion


class Named(Protocol):
    @property
    def name(self) -> str: ...


Row = TypeVar("Row", bound=Named, covariant=True)


class Table(Generic[Row]):
    """An immutable sequence of records: `table[0]`, `table["I_Na.g"]`, `"V" in table`, `for row in table`.

    `aliases` are other names that are understood, such as `I_Na.I` for `I_Na`.
    """

    __slots__ = ("_aliases", "_by_name", "_rows")

    def __init__(self, rows: Iterable[Row], aliases: Mapping[str, str] | None = None) -> None:
        self._rows = tuple(rows)
        self._by_name = {row.name: row for row in self._rows}
        self._aliases = dict(aliases or {})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def __getitem__(self, key: int | str) -> Row:
        """Raises UsageError for a name that is not in the table, IndexError for a position."""
        if isinstance(key, int):
            return self._rows[key]
        name = self._aliases.get(key, key)
        if name not in self._by_name:
            raise UsageError("; ".join(filter(None, (f"no `{key}` here", suggestion(key, self._by_name)))))
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name or name in self._aliases

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"Table({', '.join(self._by_name)})"
