"""Every rule of the grammar for whole lines, also those that only later versions give a meaning."""

from __future__ import annotations

import pytest

from iondsl.syntax import (
    Block,
    Cite,
    Definition,
    Derivative,
    Doc,
    Eliminate,
    Function,
    InitialVolume,
    Name,
    Order,
    StateNames,
    Time,
    Transition,
)
from tests.parser.lines import statement

KEYWORDS = ("param", "state", "input", "stimulus", "conserved", "event", "clamp")
BLOCKS = ("model", "space", "ion", "part", "compartment", "protocol", "on", "variant", "markov", "current", "gate")
OTHERS = ("flux", "reaction", "use", "initial", "function", "states", "eliminate", "time", "cite", "membrane")
NAMES = (*KEYWORDS, *BLOCKS, *OTHERS)


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_definition(keyword: str) -> None:
    line = statement(f'{keyword} x [mV] = 3 @a:b @c "text"')
    assert isinstance(line, Definition)
    assert (line.keyword, line.name.text, line.tags, line.doc) == (keyword, "x", ("a:b", "c"), "text")
    assert line.span.text == f"{keyword} x [mV] = 3"
    assert line.unit is not None
    assert line.unit.span.text == "[mV]"


def test_derived_quantity() -> None:
    line = statement("I.Na = 3 * x")
    assert isinstance(line, Definition)
    assert (line.keyword, line.name.path) == ("", ("I", "Na"))


def test_input_without_a_value() -> None:
    line = statement("input V [mV]")
    assert isinstance(line, Definition)
    assert line.value is None


def test_stimulus_that_carries() -> None:
    line = statement("stimulus I = 0 [uA/cm^2] carries K")
    assert isinstance(line, Definition)
    assert [carrier.ion.text for carrier in line.carries] == ["K"]


def test_derivative() -> None:
    line = statement('x\' [mM/s] = -x "text"')
    assert isinstance(line, Derivative)
    assert (line.name.text, line.value.span.text, line.doc) == ("x", "-x", "text")


@pytest.mark.parametrize(("written", "parameters"), [("f()", ()), ("f(x)", ("x",)), ("f(x, k)", ("x", "k"))])
def test_function(written: str, parameters: tuple[str, ...]) -> None:
    line = statement(f"function {written} = 1")
    assert isinstance(line, Function)
    assert (line.name, line.parameters) == ("f", parameters)


def test_texts() -> None:
    assert isinstance(statement('"text"'), Doc)
    citation = statement('cite "doi:10.1/x"')
    assert isinstance(citation, Cite)
    assert citation.text == "doi:10.1/x"


def test_time() -> None:
    line = statement("time t [ms]")
    assert isinstance(line, Time)
    assert (line.name, str(line.unit.unit)) == ("t", "ms")


@pytest.mark.parametrize("keyword", BLOCKS)
def test_block(keyword: str) -> None:
    line = statement(f'{keyword} x @tag: "text"  # comment')
    assert isinstance(line, Block)
    assert (line.keyword, line.name, line.tags, line.doc) == (keyword, "x", ("tag",), "text")
    assert line.span.text == f"{keyword} x"


def test_membrane() -> None:
    line = statement("membrane:")
    assert isinstance(line, Block)
    assert (line.keyword, line.name) == ("membrane", "membrane")


def test_current() -> None:
    line = statement("current I_x carries 3 Na, -2 K, Ca.ss, +1 Cl from ss to o:")
    assert isinstance(line, Block)
    assert [(each.coefficient, each.ion.text) for each in line.carries] == [
        *((3, "Na"), (-2, "K"), (None, "Ca.ss"), (1, "Cl")),
    ]
    assert line.ends is not None
    assert [end.text for end in line.ends] == ["ss", "o"]
    assert line.carries[1].span.text == "-2 K"


def test_flux() -> None:
    line = statement("flux J_up carries Ca from i to sr per sr:")
    assert isinstance(line, Block)
    assert line.per is not None
    assert line.per.text == "sr"


def test_gate_with_a_value() -> None:
    line = statement("gate m = 0.05 + x:")
    assert isinstance(line, Block)
    assert line.value is not None
    assert line.value.span.text == "0.05 + x"


@pytest.mark.parametrize(("written", "space"), [("reaction b:", None), ("reaction b in o:", "o")])
def test_reaction(written: str, space: str | None) -> None:
    line = statement(written)
    assert isinstance(line, Block)
    assert (line.space.text if line.space else None) == space


@pytest.mark.parametrize(
    ("written", "name", "origin", "library"),
    [
        ("use I_M", "I_M", "I_M", None),
        ("use a.I_M", "I_M", "a.I_M", None),
        ("use I_M as I_slow", "I_slow", "I_M", None),
        ("use I_M from channels.yamada_1989", "I_M", "I_M", "channels.yamada_1989"),
        ("use I_M as I_slow from channels.yamada_1989:", "I_slow", "I_M", "channels.yamada_1989"),
    ],
)
def test_use(written: str, name: str, origin: str, library: str | None) -> None:
    match statement(written):
        case Block(name=found, origin=Name() as part, library=source):
            assert (found, part.text, source.text if source else None) == (name, origin, library)
        case other:
            pytest.fail(f"no `use`: {other}")


def test_initial_volume() -> None:
    assert isinstance(statement("initial volume = 3 [um^3]"), InitialVolume)


def test_states() -> None:
    line = statement("states C3, C2, O = 0.1, I")
    assert isinstance(line, StateNames)
    assert [(each.name, each.value.span.text if each.value else None) for each in line.occupancies] == [
        *(("C3", None), ("C2", None), ("O", "0.1"), ("I", None)),
    ]


def test_order() -> None:
    line = statement("order(V, I_Na.m)")
    assert isinstance(line, Order)
    assert [each.path for each in line.names] == [("V",), ("I_Na", "m")]
    assert isinstance(statement("order = 3"), Definition)


def test_eliminate() -> None:
    line = statement("eliminate C3")
    assert isinstance(line, Eliminate)
    assert (line.name, line.span.text) == ("C3", "C3")


def test_transitions() -> None:
    line = statement("Ca.i + 2 B <-> CaB : k_on, k_off")
    assert isinstance(line, Transition)
    assert [(term.coefficient, term.species.text) for term in line.left] == [(1, "Ca.i"), (2, "B")]
    assert (line.reversible, [rate.span.text for rate in line.rates]) == (True, ["k_on", "k_off"])
    one_way = statement("C -> I : a * b")
    assert isinstance(one_way, Transition)
    assert not one_way.reversible


@pytest.mark.parametrize("name", NAMES)
def test_keywords_are_names_elsewhere(name: str) -> None:
    line = statement(f"{name} = {name} + {name}.{name}")
    assert isinstance(line, Definition)
    assert (line.keyword, line.name.text) == ("", name)
    assert isinstance(statement(f"{name}' = 1"), Derivative)
    declared = statement(f"state {name} = 1")
    assert isinstance(declared, Definition)
    assert (declared.keyword, declared.name.text) == ("state", name)


@pytest.mark.parametrize("word", ["carries", "from", "to", "per"])
def test_words_inside_headers_are_names_elsewhere(word: str) -> None:
    line = statement(f"current {word} carries {word} from {word} to {word}:")
    assert isinstance(line, Block)
    assert line.name == line.carries[0].ion.text == word
