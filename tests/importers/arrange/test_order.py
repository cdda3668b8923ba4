"""States stand in the order of the source; the protocol, names and texts come along."""

from __future__ import annotations

from tests.importers.arrange.texts import arranged

PARTS = """[p]
dot(V) = -V
    in [mV]
    label membrane_potential
[c]
dot(x) = -x
dot(y) = -y
[d]
dot(z) = -z
"""


def test_the_order_of_declaration_needs_no_line() -> None:
    lines = arranged("p.V = 1\nc.x = 1\nc.y = 2\nd.z = 3", PARTS)
    assert not any(line.startswith("order") for line in lines)


def test_another_order() -> None:
    lines = arranged("p.V = 1\nc.y = 2\nd.z = 3\nc.x = 1", PARTS)
    assert "order(V, c.y, d.z, c.x)" in lines


def test_the_protocol() -> None:
    protocol = "[[protocol]]\n# level start length period multiplier\n2 5 1 10 3\n0.5 50 1 0 0\n1 100 2 1000 0\n"
    lines = arranged("p.V = 1\nc.x = 1\nc.y = 2\nd.z = 3", PARTS, protocol)
    line = " ".join(lines[lines.index("engine.pace ="):])
    assert "pulse(start = 100, width = 2, height = 1, every = 1000)" in line
    assert "pulse(start = 50, width = 1, height = 0.5)" in line
    assert "pulse(start = 5, width = 1, height = 2, every = 10, count = 3)" in line


def test_names_that_the_language_keeps_for_itself() -> None:
    potential = "[p]\ndot(V) = -V\n    in [mV]\n    label membrane_potential\n"
    lines = arranged("p.V = 1", f"{potential}if = 2\nE = if + lambda\nlambda = 3\ndV_dt = E\n")
    assert {"param if_ = 2 @p.if", "E = if_ + lambda", "param lambda = 3", "dV_dt = E"} <= set(lines)
