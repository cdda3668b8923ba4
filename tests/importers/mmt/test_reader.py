"""What is carried over beside equations: texts, places, digits, the order of states, functions and protocols."""

from __future__ import annotations

from fractions import Fraction

import myokit
import pytest

from iondsl.errors import ModelError
from iondsl.evaluation import evaluated
from iondsl.importers.foreign import Foreign, Variable
from iondsl.importers.mmt.expressions import MAX_NESTING
from iondsl.importers.mmt.overlap import Train, overlap
from iondsl.parser import lines
from iondsl.syntax import Binary, Call, Name, Number, Prime
from iondsl.traversal import walk
from tests.importers.mmt.evaluation import model, read_text


def variable(foreign: Foreign, name: str) -> Variable:
    return next(each for each in foreign.variables if ".".join(each.path) == name)


TEXTS = '''[[model]]
name: A cell
author: Somebody  # who does not matter
desc: """
    What it is # no comment.

      More of it, doi:10.1000/one(2).
    """
reference: see https://doi.org/10.1000/two, \\
    and (10.1000/one(2)).
membrane.V = -80.50e0 [mV]

[engine]
desc: What drives it
cmeta:id: eng
time = 1 + 1 bind time
    in [ms]
pace = 0 bind pace : The stimulus
    unit: none
    cmeta:id: p

[membrane]
use engine.pace as p
dot(V) = -p * k in [mV]
    label membrane_potential
    k = 0.50 [mV/ms]
        in [mV/ms]
rate = dot(V)
'''


def test_texts() -> None:
    cell = read_text(TEXTS)
    assert cell.name == "A cell"
    assert cell.doc == (
        "What it is # no comment.\n\n  More of it, doi:10.1000/one(2).\n\nauthor: Somebody\n\n"
        "reference: see https://doi.org/10.1000/two, and (10.1000/one(2))."
    )
    assert cell.citations == ("doi:10.1000/one(2)", "doi:10.1000/two")
    engine, membrane = cell.components
    assert (engine.doc, engine.identifier, engine.span.text) == ("What drives it", "eng", "engine")
    assert (membrane.doc, membrane.identifier) == ("", "")
    pace = variable(cell, "engine.pace")
    assert (pace.doc, pace.identifier, pace.binding) == ("The stimulus\n\nunit: none", "p", "pace")


def test_the_name_is_that_of_the_file_where_there_is_no_other() -> None:
    assert read_text(model("x = 1")).name == "cell"


def test_what_the_outside_gives() -> None:
    cell = read_text(TEXTS)
    assert cell.time is not None
    assert cell.time.value is None
    assert isinstance(variable(cell, "engine.pace").value, Number)


def test_digits_structure_and_places() -> None:
    cell = read_text(TEXTS)
    potential = variable(cell, "membrane.V")
    assert potential.span.text == "V"
    assert potential.label == "membrane_potential"
    assert potential.start is not None
    assert potential.start.span.text == "-80.50e0 [mV]"
    assert isinstance(potential.value, Binary)
    names = [(each.text, each.span.text) for each in walk(potential.value) if isinstance(each, Name)]
    assert names == [("engine.pace", "p"), ("membrane.V.k", "k")]
    inner = variable(cell, "membrane.V.k").value
    assert isinstance(inner, Number)
    assert (inner.text, inner.span.text) == ("0.50", "0.50 [mV/ms]")
    rate = variable(cell, "membrane.rate").value
    assert isinstance(rate, Prime)
    assert (rate.name.path, rate.span.text) == (("membrane", "V"), "dot(V)")


def test_spans_hold_parentheses() -> None:
    value = variable(read_text(model("x = (1 + 2) * (3 - 4)")), "c.x").value
    assert value is not None
    assert value.span.text == "(1 + 2) * (3 - 4)"


def test_states_stand_in_the_order_of_initial_values() -> None:
    cell = read_text(model("dot(x) = 1\ndot(y) = 2\ndot(z) = 3", head="c.z = 1\nc.x = 2\nc.y = 3"))
    assert cell.states == (("c", "z"), ("c", "x"), ("c", "y"))
    assert [each.path[-1] for each in cell.variables if each.is_state] == ["x", "y", "z"]


def test_functions_have_names_of_their_own() -> None:
    cell = read_text(model("x = f(1) + f(1, 2) + g(3)", head="f(a) = a\nf(a, b) = a + b\ng(a) = f(a, a)"))
    assert [(each.name, each.parameters) for each in cell.functions] == [
        ("f", ("a",)), ("f_2", ("a", "b")), ("g", ("a",)),
    ]
    calls = [each.function.text for each in walk(cell.functions[2].value) if isinstance(each, Call)]
    assert calls == ["f_2"]


def test_a_script_is_not_looked_at() -> None:
    cell = read_text(model("x = 1") + '[[script]]\n[[model]] """ ( :\n')
    assert len(cell.variables) == 2


def test_a_protocol_that_drives_nothing_is_told() -> None:
    (note,) = read_text(model("x = 1") + "[[protocol]]\n1 2 3 0 0\n").warnings
    assert str(ModelError([note])) == (
        "cell.mmt:9:1: warning[W610]: nothing is bound to `pace`: the protocol drives nothing, and is left out\n"
        "    9 | 1 2 3 0 0\n"
        "      | ^^^^^^^^^\n"
        "      = write `bind pace` behind a variable"
    )


def test_what_a_simulation_counts_is_told() -> None:
    cell = read_text(model("x = 1 bind realtime\ny = 0 bind diffusion_current\nz = 2 bind evaluations"))
    assert [(each.code, each.span and each.span.text) for each in cell.warnings] == [("W611", "x"), ("W611", "z")]
    assert cell.warnings[0].message == "`c.x` is counted by Myokit while it runs; here it keeps its value"


def test_nesting_is_limited_as_in_the_language() -> None:
    assert MAX_NESTING == lines.MAX_NESTING


PROTOCOLS = {
    "none": "",
    "one": "1 10 0.5 1000 0",
    "one after the other": "1 0.1 0.2 0 0\n-2 next 3 0 0\n+1e1 next 2 0 0 # the last",
    "next is first": "1 next 2 0 0",
    "some": "1 0 1 10 3\n2 35 1 0 0",
}


@pytest.mark.parametrize("lines", PROTOCOLS.values(), ids=PROTOCOLS)
def test_protocols(lines: str) -> None:
    text = f"{model('x = 1')}\n[[protocol]]\n# level start length period count\n{lines}\n"
    _, protocol, _ = myokit.parse(text)
    theirs = [(e.level(), e.start(), e.duration(), e.period(), e.multiplier()) for e in protocol.events()]
    ours = [(e.level, e.start, e.length, e.period) for e in read_text(text).pulses]
    numbers = [tuple(evaluated(node, no_name) for node in event) for event in ours]
    assert numbers == [event[:4] for event in theirs]
    assert [each.count for each in read_text(text).pulses] == [event[4] for event in theirs]


def no_name(name: str) -> float:
    raise KeyError(name)


@pytest.mark.parametrize(
    "events",
    [
        "0 1 10 0\n4 1 15 0", "0 1 10 0\n5 6 15 0", "0 1 10 3\n5 1 15 0", "0 1 10 4\n29.5 1 15 0", "0 1 10 0\n7 50 0 0",
        "0 1 10 0\n62 8 0 0", "30 1 10 2\n0 30 0 0", "30 1 10 2\n0 31 0 0", "0 2 7 3\n2 5 7 0", "0 2 7 3\n2 5 8 2",
    ],
)
def test_overlaps_are_seen(events: str) -> None:
    """Against all pulses up to a time by which they repeat themselves."""
    rows = [[float(each) for each in line.split()] for line in events.splitlines()]
    one, other = (occurrences(*row) for row in rows)
    expected = any(a < d and c < b for a, b in one for c, d in other)
    trains = [Train(Fraction(start), Fraction(length), Fraction(period), int(n)) for start, length, period, n in rows]
    assert overlap(*trains) == overlap(*reversed(trains)) == expected


def occurrences(start: float, length: float, period: float, count: float) -> list[tuple[float, float]]:
    most = 1 if not period else int(count) or 400
    return [(start + k * period, start + k * period + length) for k in range(most)]
