"""What a variant means is what the file means once its lines are edited by hand."""

from __future__ import annotations

from iondsl import pipeline, reading
from iondsl.elaborate.restating import restated
from iondsl.elaborate.variants import lines, of
from iondsl.formatter import text
from iondsl.parser import parse
from iondsl.source import Source
from iondsl.syntax import Block, Definition, Program
from iondsl.system import Formula, Quantity, System
from tests.elaborate.systems import VALID

SOURCE = reading.read(str(VALID / "variants.ion"))

# Lines of tests/valid/variants.ion as they would be written for its variant `all`.
EDITED = {
    "temperature = 300 [K]": "temperature = 6.3 [degC]",
    "state V = -65 [mV]": "state V = -70 [mV]",
    "    C = 1 [uF/cm^2]": "    C = 2 [uF/cm^2]",
    "volume = 100 [um^3]": "volume = 0.2 [pL]",
    "o = 2 [mM]": "o [mM] = 1.8",
    "state i = 2e-4 [mM]": "state i = 1e-4 [mM]",
    "i' = (1e-4 - i) / 10 [ms]": "i' = (o / 1e4 - i) / 20 [ms]",
    'g = 0.3 [mS/cm^2]      "maximal conductance"': 'g = 0.5 [mS/cm^2] "another conductance"',
    "param E = -54 [mV]": "param E [mV] = 2 * half_of",
    "half [mV] = E + 14": "half [mV] = E + 15",
    "gate m = 0.3:": "gate m = 0.1:",
    "tau = 5\n": "tau = 3 * g / 1 [mS/cm^2]\n",
    "I = g * m * (V - E)": "I = g * m^2 * (V - E)",
    "gate n:": "gate n = 0.5:",
    "input bath = 3 [mM]": "input bath = 4 [mM]",
}


def edited() -> System:
    found = SOURCE.text
    for old, new in EDITED.items():
        assert found.count(old) == 1, old
        found = found.replace(old, new)
    return pipeline.resolve(Source("edited.ion", found))


def told(formula: Formula | None) -> tuple[str, str, str] | None:
    return None if formula is None else (text(formula.written), text(formula.expanded), formula.origin)


def row(quantity: Quantity) -> tuple[object, ...]:
    sides = (told(quantity.value), told(quantity.rate), told(quantity.follows))
    return quantity.name, quantity.kind, str(quantity.unit), quantity.doc, quantity.block, *sides


def test_a_variant_is_the_edited_file() -> None:
    system, by_hand = pipeline.resolve(SOURCE, "all"), edited()
    assert {row(each) for each in system.quantities} == {row(each) for each in by_hand.quantities}
    for kind in ("states", "parameters", "inputs"):
        assert [each.name for each in getattr(system, kind)] == [each.name for each in getattr(by_hand, kind)]


def test_what_is_restated_is_known() -> None:
    system, _ = pipeline.examine(SOURCE)
    names = {variant.name: [each.name for each in variant.restated] for variant in system.variants}
    assert names["none"] == []
    assert names["alone"] == ["I_h.n.tau"]
    assert len(names["all"]) == len(EDITED) - 1  # `Ca.i` and `Ca.i'` are one quantity
    assert [variant.doc for variant in system.variants] == ["each kind of line", "", "one line"]
    (tau,) = system.variants[2].restated
    assert tau.value is not None
    assert (tau.value.variant, tau.value.span.text, tau.value.span.line) == ("alone", "0", SOURCE.text.count("\n") - 2)


def test_the_model_without_a_variant_does_not_know_of_them() -> None:
    bare = pipeline.resolve(Source("bare.ion", SOURCE.text.partition("variant all")[0]))
    system = pipeline.resolve(SOURCE)
    rows = {row(each) for each in system.quantities if each.name != "half_of"}
    assert {row(each) for each in bare.quantities} == rows


def test_the_rest_of_the_program_stays_what_it_is() -> None:
    program, _ = parse(SOURCE)
    assert restated(program, (), fail) is program
    other = restated(program, lines(of(program)[2]), fail)
    changed = [old for old, new in zip(program.body, other.body, strict=True) if old is not new and old != new]
    assert [block.name for block in changed if isinstance(block, Block)] == ["I_h"]


def test_what_a_line_keeps() -> None:
    source = Source("x.ion", 'model x:\npart p:\n    param k = 2 [nS] @ab:1 "text"\nvariant v:\n    p.k = 3 [S] @cd\n')
    program, _ = parse(source)
    k = member(restated(program, lines(of(program)[0]), fail))
    assert (k.keyword, k.name.text, k.tags, k.doc) == ("param", "k", ("ab:1",), "text")
    assert k.unit is None
    assert k.span.line == 5
    assert k.order == member(program).span.order


def member(program: Program) -> Definition:
    """The first line of the first part."""
    (part,) = [each for each in program.body if isinstance(each, Block) and each.keyword == "part"]
    (found,) = part.body
    assert isinstance(found, Definition)
    return found


def fail(finding: object) -> None:
    raise AssertionError(finding)
