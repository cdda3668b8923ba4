"""Damaged files: an error with a place, or a model, and never anything else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from iondsl import reading
from iondsl.errors import ModelError
from iondsl.importers.cellml import read
from iondsl.importers.xml import read_xml
from iondsl.source import Source
from tests.importers.cellml.building import NAMESPACES, component, model, read_text

FILES = Path(__file__).parents[2] / "parity" / "files"
WHOLE = (FILES / "hodgkin-huxley-1952-2.0.cellml").read_text(encoding="utf-8")
OPEN = "`<a>` of line 1 is open here: is the file whole?"
BOMB = '<!DOCTYPE model [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><model>&b;</model>'
NO_DTD = "remove the document type definition: it may name other files, and entities that grow without bound"


@pytest.mark.parametrize(
    ("text", "place", "code", "message", "cure"),
    [
        ("", (0, 1), "E630", "no well-formed XML: no element found", ""),
        ("plain text", (0, 1), "E630", "no well-formed XML: syntax error", ""),
        ("<a>", (3, 4), "E630", "no well-formed XML: no element found", OPEN),
        ("<a><b></a>", (8, 9), "E630", "no well-formed XML: mismatched tag",
         "`<b>` of line 1 is open here: is the file whole?"),
        ("<é/><b/>", (4, 8), "E630", "no well-formed XML: junk after document element", ""),
        ("<a>&b;</a>", (3, 4), "E630", "no well-formed XML: undefined entity", OPEN),
        (BOMB, (16, 17), "E631", "a document type definition", NO_DTD),
        ('<!DOCTYPE m SYSTEM "file:///etc/passwd"><m/>', (39, 40), "E631", "a document type definition", NO_DTD),
        ('<?xml version="1.0" encoding="latin-1"?><a>é</a>', (0, 40), "E631",
         "the file says that its encoding is latin-1", "save it in the encoding UTF-8"),
        ('<?xml version="1.0" encoding="us-ascii"?><a>é</a>', (0, 41), "E631",
         "the file says that its encoding is us-ascii", "save it in the encoding UTF-8"),
        ("<a>" * 101, (300, 303), "E631", "elements nested more than 100 deep", ""),
        ("<sbml/>", (0, 7), "E633", "`<sbml>` is no CellML model", "the root is `<model>`"),
        ("<model/>", (0, 8), "E633", "a model without namespace, which is none of CellML",
         f"these are read: {', '.join(NAMESPACES.values())}"),
    ],
)
def test_what_is_no_cellml(text: str, place: tuple[int, int], code: str, message: str, cure: str) -> None:
    with pytest.raises(ModelError) as caught:
        read_text(text)
    (only,) = caught.value.diagnostics
    assert only.span is not None
    assert (only.code, only.message, only.cure) == (code, message, cure)
    assert (only.span.start, only.span.end) == place


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "latin.cellml"
    path.write_bytes('<?xml version="1.0" encoding="ISO-8859-1"?><model name="é"/>'.encode("latin-1"))
    with pytest.raises(ModelError, match=r"error\[E109\]: the byte 0xE9 is not UTF-8"):
        read(reading.read(str(path)))


def test_ascii_may_be_declared_as_what_it_is_part_of() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + model(component("x ms 1"))
    assert [each.path for each in read_text(text).variables] == [("c", "x")]


def test_places_behind_letters_of_several_bytes() -> None:
    root = read_xml(Source("a", '<a é="𝛼>"><!-- é --><b x=\'1\'/>ü<c>é</c></a>'))
    assert [each.span.text for each in root.children] == ["<b x='1'/>", "<c>é</c>"]
    assert root.tag.text == '<a é="𝛼>">'
    assert root.children[0].place("x").text == "1"


@pytest.mark.parametrize("seed", range(2))
def test_damaged_files(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(20):
        accepted_or_located(damaged(WHOLE, chance))


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(FILES.glob("*.cellml")), ids=lambda path: path.name)
def test_damaged_files_of_every_kind(path: Path) -> None:
    chance = random.Random(path.name)
    text = path.read_text(encoding="utf-8")
    for _ in range(100):
        accepted_or_located(damaged(text, chance))


def test_truncated_files() -> None:
    for length in range(0, len(WHOLE), len(WHOLE) // 30):
        with pytest.raises(ModelError) as caught:
            read_text(WHOLE[:length], str(FILES / "cut.cellml"))
        assert all(each.span is not None for each in caught.value.diagnostics)


def accepted_or_located(text: str) -> None:
    findings = []
    try:
        read_text(text, str(FILES / "damaged.cellml"))
    except ModelError as error:
        findings = [(each.span is not None, each.message) for each in error.diagnostics]
    assert all(located and message for located, message in findings)


def damaged(text: str, chance: random.Random) -> str:
    """Some letters changed, a piece cut out, or a piece of it put in elsewhere."""
    for _ in range(chance.choice((1, 2, 5))):
        place = chance.randrange(len(text))
        match chance.randrange(4):
            case 0:
                text = text[:place] + text[place + chance.randrange(1, 300) :]
            case 1:
                text = text[:place] + chance.choice("<>/\"&= 0159abc\u00e9\x01") + text[place + 1 :]
            case 2:
                other = chance.randrange(len(text))
                text = text[:place] + text[other : other + chance.randrange(300)] + text[place:]
            case _:
                names = [word for word in WORDS if word in text]
                text = text.replace(chance.choice(names), chance.choice(WORDS), 1) if names else text
    return text


# What stands in the files: one in the place of another keeps the XML whole, and changes what it says.
WORDS = (
    "<plus/>", "<minus/>", "<divide/>", "<eq/>", "<diff/>", "<ci>V</ci>", "<ci>time</ci>", "<ci>i</ci>",
    'units="ms"', 'units="mV"', 'units="volt"', 'variable_1="V"', 'variable_2="U"', 'component_1="membrane"',
    'component="sodium"', 'interface="public"', 'interface="private"', 'initial_value="1"', 'initial_value="V"',
    'exponent="-2"', 'prefix="milli"', 'component_ref="m_gate"', 'units_ref="mV"', "piece>", "otherwise>", "bvar>",
)
