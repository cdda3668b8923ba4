"""Frozen values: equal by their fields, small, and quick to load."""

from __future__ import annotations

from dataclasses import field, replace

import pytest

from iondsl import syntax
from iondsl.immutable import frozen


@frozen
class Point:
    """A place and a note that does not count."""

    x: int
    y: int = 0
    note: str = field(default="", compare=False, repr=False)


@frozen
class Place:
    x: int
    y: int


@frozen
class Nothing:
    pass


def test_equal_by_what_is_compared() -> None:
    assert Point(1, 2) == Point(1, 2, "here")
    assert hash(Point(1, 2)) == hash(Point(1, 2, "here"))
    assert Point(1, 2) != Point(1, 3)
    assert len({Point(1), Point(1, 0), Point(2)}) == 2


def test_other_classes_differ() -> None:
    alike: object = Place(1, 2)
    assert Point(1, 2) != alike


def test_nothing_to_compare() -> None:
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())


def test_printed_like_a_dataclass() -> None:
    assert repr(Point(1, 2, "here")) == "Point(x=1, y=2)"


def test_replaced_and_matched() -> None:
    assert replace(Point(1, 2), y=3) == Point(1, 3)
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_no_further_attributes() -> None:
    with pytest.raises(AttributeError):
        Point(1).z = 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [Point, Nothing, syntax.Name, syntax.Block])
@pytest.mark.parametrize("method", ["__eq__", "__hash__", "__repr__", "__setattr__"])
def test_shared(kind: type, method: str) -> None:
    """What `dataclass` would compile for each class."""
    assert getattr(kind, method) is getattr(Place, method)
