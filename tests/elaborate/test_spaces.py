"""Spaces: their sizes, the concentrations in them, and how their members are called."""

from __future__ import annotations

from iondsl.system import Kind
from tests.elaborate.exact import exact
from tests.elaborate.systems import formula, meaning, named, of_kind

SPACES = meaning(
    """
membrane:
    area = 100 [um^2]
space i: "cytosol"
    volume = 2160 [um^3]
    param share = 0.05
    free [um^3] = 0.9 * volume
space shell:
    depth [um] = 0.1 * 1 [um]
space bath:
    "infinite"
ion Ca:
    z = +2
    shell = 1e-3 [mM]
    o = 2 [mM]
    bath = 2 [mM]
    param i = 1e-4 [mM]
    size = i.volume
    half = i / 2
"""
)


def test_records() -> None:
    assert [(each.name, each.kind, each.size, each.doc) for each in SPACES.spaces] == [
        ("i", "volume", "i.volume", "cytosol"),
        ("shell", "depth", "shell.depth", ""),
        ("bath", None, None, "infinite"),
    ]


def test_literals_are_parameters() -> None:
    names = ["membrane.area", "i.volume", "i.share", "Ca.shell", "Ca.o", "Ca.bath", "Ca.i"]
    assert of_kind(SPACES, Kind.PARAMETER) == names
    assert named(SPACES, "shell.depth").kind is Kind.EQUATION


def test_concentrations_are_in_the_order_of_the_file() -> None:
    (calcium,) = SPACES.ions
    assert [(each.space, each.quantity) for each in calcium.concentrations] == [
        *(("shell", "Ca.shell"), ("o", "Ca.o"), ("bath", "Ca.bath"), ("i", "Ca.i")),
    ]


def test_before_a_dot_only_blocks_are_looked_up() -> None:
    assert exact(SPACES, "Ca.size") == 2160
    assert exact(SPACES, "Ca.half") == exact(SPACES, "Ca.i") / 2
    assert float(exact(SPACES, "i.free")) == 1944


def test_the_space_stays_in_reach_where_the_pool_is_booked() -> None:
    system = meaning(
        "space i:\n    volume = 10 [um^3]\n"
        "ion Na:\n    z = +1\n    state i = 3 [mM]\n    there = i.volume * i\n    rise = influx(i)\n"
    )
    assert exact(system, "Na.there") == 30
    assert exact(system, "Na.rise") == 0


def test_an_infinite_pool_has_its_own_equation() -> None:
    system = meaning("ion K:\n    z = +1\n    state o = 4 [mM]\n    o' = (5 [mM] - o) / 10 [ms]\n")
    assert formula(system, "K.o'").origin == ""
    assert system.spaces == ()
