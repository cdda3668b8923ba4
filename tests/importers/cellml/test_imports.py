"""Components and units of other files, and which files are opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl import reading
from iondsl.errors import ModelError
from iondsl.importers.cellml import read
from iondsl.importers.foreign import Foreign
from tests.importers.cellml.building import (
    apply,
    ci,
    cn,
    component,
    connection,
    diff,
    equal,
    math,
    model,
    variable,
)
from tests.importers.cellml.evaluating import Evaluation

VERSIONS = ["1.1", "2.0"]
UNIT = '<units name="hundred"><unit units="dimensionless" multiplier="100"/></units>'


def imported(href: str, *names: tuple[str, str], units: str = "") -> str:
    """An `<import>` of components, each with the name that it gets."""
    parts = "".join(f'<component name="{new}" component_ref="{old}"/>' for old, new in names)
    return f'<import xlink:href="{href}">{parts}{units}</import>'


def given(version: str, way: str, side: str = "public") -> str:
    """An interface: none is needed in 1.1 where a variable is neither given nor taken."""
    return f' interface="{side}"' if version == "2.0" else f' {side}_interface="{way}"'


def gate(version: str) -> str:
    """A gate whose rate is that of a component inside."""
    outer = (
        variable("t", "ms", "", given(version, "in")) + variable("x", "dimensionless", "0.5", given(version, "out"))
        + variable("k", "per_ms", "", given(version, "in", "private"))
        + math(equal(diff("x"), apply("minus", apply("times", ci("k"), ci("x")))))
    )
    inner = variable("k", "per_ms", "", given(version, "out")) + math(equal(ci("k"), cn("0.2", "per_ms")))
    reference = '<component_ref component="gate"><component_ref component="rate"/></component_ref>'
    hierarchy = f"<encapsulation>{reference}</encapsulation>" if version == "2.0" else (
        f'<group><relationship_ref relationship="encapsulation"/>{reference}</group>'
    )
    return model(
        f'<units name="per_ms"><unit units="ms" exponent="-1"/></units>{UNIT}<component name="gate">{outer}</component>'
        f'<component name="rate">{inner}</component><component name="unused">{variable("z", "ms", "1")}</component>'
        f'{hierarchy}{connection("gate", "rate", ("k", "k"), version)}', version,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    for version in VERSIONS:
        (tmp_path / "parts" / f"gate {version}.cellml").write_text(gate(version), encoding="utf-8")
    return tmp_path


def read_file(folder: Path, text: str) -> Foreign:
    (folder / "whole.cellml").write_text(text, encoding="utf-8")
    return read(reading.read(str(folder / "whole.cellml")))


def whole(version: str) -> str:
    """Two copies of the gate, and units, from a file in another folder."""
    units = '<units name="percent" units_ref="hundred"/>'
    time = f'<component name="env">{variable("time", "ms", "", given(version, "out"))}</component>'
    return model(
        imported(f"parts/gate%20{version}.cellml", ("gate", "m"), ("gate", "h"), units=units)
        + time + component("p percent 3", name="own")
        + connection("env", "m", ("time", "t"), version) + connection("env", "h", ("time", "t"), version), version,
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_components_come_with_what_they_encapsulate(folder: Path, version: str) -> None:
    found = read_file(folder, whole(version))
    assert [each.name for each in found.components] == ["m", "rate", "h", "h_rate", "env", "own"]
    assert found.states == (("m", "x"), ("h", "x"))
    assert found.time is not None
    assert found.time.path == ("env", "time")
    assert Evaluation(found, {("m", "x"): 0.5, ("h", "x"): 0.25}).rate(("h", "x")) == pytest.approx(-0.05)
    assert [each.unit.unit.scale for each in found.variables if each.path == ("own", "p") and each.unit] == [100]


def test_imports_of_imports(folder: Path) -> None:
    (folder / "parts" / "middle.cellml").write_text(model(imported("gate%202.0.cellml", ("gate", "g"))))
    time = f'<component name="env">{variable("time", "ms", "", given("2.0", "out"))}</component>'
    link = connection("env", "m", ("time", "t"))
    found = read_file(folder, model(imported("parts/middle.cellml", ("g", "m")) + time + link))
    assert found.states == (("m", "x"),)


def finding(folder: Path, body: str) -> tuple[str, str, str]:
    with pytest.raises(ModelError) as caught:
        read_file(folder, model(body))
    (only,) = caught.value.diagnostics
    return only.code, only.span.text if only.span else "", only.message


@pytest.mark.parametrize(
    ("href", "message"),
    [
        ("../outside.cellml", "`../outside.cellml` leads out of the folder of the model"),
        ("parts/../../outside.cellml", "`parts/../../outside.cellml` leads out of the folder of the model"),
        ("%2e%2e/outside.cellml", "`%2e%2e/outside.cellml` leads out of the folder of the model"),
        ("/etc/passwd", "`/etc/passwd` leads out of the folder of the model"),
        ("link.cellml", "`link.cellml` leads out of the folder of the model"),
        ("file:///etc/passwd", "`file:///etc/passwd` is not the name of a file"),
        ("http://models.example/a.cellml", "`http://models.example/a.cellml` is not the name of a file"),
        ("//models.example/a.cellml", "`//models.example/a.cellml` is not the name of a file"),
        ("..\\outside.cellml", "`..\\outside.cellml` is not the name of a file"),
        ("parts/gate%002.cellml", "`parts/gate%002.cellml` is not the name of a file"),
        ("a.cellml#part", "`a.cellml#part` is not the name of a file"),
        ("http://[", "`http://[` is not the name of a file"),
    ],
)
def test_only_files_of_the_folder_are_opened(folder: Path, href: str, message: str) -> None:
    outside = folder.parent / "outside.cellml"
    outside.write_text(gate("2.0"), encoding="utf-8")
    (folder / "link.cellml").symlink_to(outside)
    assert finding(folder, imported(href, ("gate", "m"))) == ("E636", href, message)


def test_what_is_not_there(folder: Path) -> None:
    path = folder / "none.cellml"
    assert finding(folder, imported("none.cellml", ("gate", "m"))) == (
        "E637", "none.cellml", f"there is no file `{path}`"
    )
    path = folder / "parts" / "gate 2.0.cellml"
    assert finding(folder, imported("parts/gate%202.0.cellml", ("door", "m"))) == (
        "E637", "door", f"`{path}` has no component `door`"
    )
    units = '<units name="q" units_ref="percents"/>'
    assert finding(folder, imported("parts/gate%202.0.cellml", units=units) + component("x q 1")) == (
        "E637", "percents", f"`{path}` has no units `percents`"
    )


def test_links_in_a_circle_and_names_without_end(folder: Path) -> None:
    (folder / "a.cellml").symlink_to(folder / "b.cellml")
    (folder / "b.cellml").symlink_to(folder / "a.cellml")
    for name in ("a.cellml", "x" * 5000):
        assert finding(folder, imported(name, ("gate", "m"))) == (
            "E637", name, f"there is no file `{folder / name}`"
        )


def test_files_that_import_each_other(folder: Path) -> None:
    (folder / "one.cellml").write_text(model(imported("two.cellml", ("a", "a"))), encoding="utf-8")
    (folder / "two.cellml").write_text(model(imported("one.cellml", ("a", "a"))), encoding="utf-8")
    code, _, message = finding(folder, imported("one.cellml", ("a", "a")))
    assert (code, message) == ("E638", "a circle of imports: `one.cellml` imports `two.cellml` imports `one.cellml`")


def test_a_file_that_imports_itself(folder: Path) -> None:
    code, _, message = finding(folder, imported("whole.cellml", ("a", "a")))
    assert (code, message) == ("E638", "a circle of imports: `whole.cellml` imports `whole.cellml`")


def test_copies_of_copies_come_to_an_end(folder: Path) -> None:
    """Thirty files, each with two copies of the next one: a billion components."""
    for number in range(30):
        twice = imported(f"file{number + 1}.cellml", ("a", "a"), ("a", "b"))
        tree = '<component_ref component="a"><component_ref component="b"/></component_ref>'
        text = model(f"{twice}<encapsulation>{tree}</encapsulation>")
        (folder / f"file{number}.cellml").write_text(text, encoding="utf-8")
    (folder / "file30.cellml").write_text(model(component("x ms 1", name="a")), encoding="utf-8")
    with pytest.raises(ModelError, match="more than 10,000 components"):
        read_file(folder, model(imported("file0.cellml", ("a", "a"))))


def test_an_imported_file_that_cannot_be_read_is_blamed_itself(folder: Path) -> None:
    (folder / "broken.cellml").write_text("<model>", encoding="utf-8")
    with pytest.raises(ModelError, match=r"broken\.cellml:1:8: error\[E630\]"):
        read_file(folder, model(imported("broken.cellml", ("a", "a"))))
