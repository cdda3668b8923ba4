"""What a model of parts means is what it means with every part written out."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import iondsl
from iondsl import pipeline, reading
from iondsl.errors import ModelError, NumericsError, UsageError, render
from iondsl.formatter import text
from iondsl.library import PATH
from iondsl.options import Options
from iondsl.simulate.settings import settings
from iondsl.source import Source
from iondsl.system import System
from tests.elaborate.systems import VALID, formula, meaning, named, value

CURRENT = """\
input V [mV]
current I_leak:
    param g = 0.1 [mS/cm^2]
    I = g * (V + 70)
"""
CELL = """\
model cell:
membrane:
    state V = -60 [mV]
    C = 1 [uF/cm^2]
"""


def written(name: str) -> System:
    return pipeline.resolve(reading.read(str(VALID / f"{name}.ion")))


def test_derivatives_are_those_of_the_model_written_out() -> None:
    parts, by_hand = written("use"), written("use_by_hand")
    assert [each.name for each in parts.states] == [each.name for each in by_hand.states]
    for state in parts.states:
        known = {"s": 0.003, "slowest": 1.0}
        expected = value(by_hand, f"{state.name}'", **known)
        assert value(parts, f"{state.name}'", **known) == pytest.approx(expected, rel=1e-13, abs=1e-13), state.name
        assert str(state.unit) == str(named(by_hand, state.name).unit)


def test_runs_are_those_of_the_model_written_out() -> None:
    ends = []
    for name in ("use", "use_by_hand"):
        cell = pipeline.cell_of(reading.read(str(VALID / f"{name}.ion")), Options(target="numpy"))
        states = [column.name for column in cell.manifest.states]
        result = cell.run(until=0.005, dt=1e-5, record=states)
        ends.append(np.array([np.ravel(result[state])[-1] for state in states]))
    assert ends[0] == pytest.approx(ends[1], rel=1e-11)


def test_where_parts_come_from() -> None:
    system = written("use")
    parts = {part.name: part for part in system.parts}
    assert parts["I_M_slow"].origin == "I_M2"
    assert parts["I_M_slow"].library.name.endswith("parts/channels.ion")
    assert parts["I_NCX_ss"].library is system.source
    replaced = {each.name: each.original for each in parts["I_NCX_ss"].replaced}
    assert replaced["Na.i"] is None
    share = replaced["share"]
    assert share is not None
    assert share.text == "param share = 0.8"
    assert (named(system, "I_M_slow").doc, named(system, "I_M_slow").kind.phrase) == (
        "the part's own restatement of I_M",
        "a derived quantity",
    )


def test_a_bound_name_is_not_caught_by_one_inside_the_part() -> None:
    system = meaning(
        "x = 3\ng = 5\npart inner:\n    param g = 2\n    y = g * x\npart outer:\n    param x = 7\n"
        "    use inner as twice:\n        x = g + x\nuse inner as other:\n    x = g + 1\n"
    )
    assert value(system, "inner.y") == 6
    assert value(system, "other.y") == 2 * (5 + 1)
    assert value(system, "outer.twice.y") == 2 * (5 + 7)


def test_a_part_of_parts_keeps_what_was_bound_inside_it() -> None:
    system = meaning(
        "a = 1\nb = 10\npart leaf:\n    y = a\npart middle:\n    a = 100\n    use leaf as bound:\n        a = b\n"
        "    use leaf as free\nuse middle as top:\n    b = a + 1000\n    a = 5\n"
    )
    assert value(system, "middle.bound.y") == 10
    assert value(system, "middle.free.y") == 100
    assert value(system, "top.free.y") == 5
    assert value(system, "top.bound.y") == 1001


def test_a_restated_line_means_the_names_of_the_part_first() -> None:
    system = meaning("k = 10\npart p:\n    param g = 2\n    y = g\nuse p as q:\n    y = g * k\n    g = 3\n")
    assert value(system, "q.y") == 30
    assert formula(system, "p.y").span.line == 5


def test_a_gate_of_another_current() -> None:
    system = meaning(
        "membrane:\n    state V = -60 [mV]\n    C = 1 [uF/cm^2]\ncurrent I_a:\n    gate m:\n"
        "        inf = 1 / (1 + exp(-V / 10))\n        tau = 5\n    I = 1 [mS/cm^2] * m * V\ncurrent I_b:\n"
        "    use I_a.m as n:\n        V = V - 10\n    I = 1 [mS/cm^2] * n * V\n"
    )
    assert value(system, "I_b.n.inf") == pytest.approx(1 / (1 + np.exp(7)))
    assert [gate.name for gate in system.gates] == ["I_a.m", "I_b.n"]


def test_a_variant_restates_lines_of_a_used_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("leaks.ion").write_text(CURRENT, encoding="utf-8")
    source = Source("cell.ion", f"{CELL}use I_leak from leaks\nvariant large:\n    I_leak.g = 4\n")
    assert value(pipeline.resolve(source, "large"), "I_leak") == pytest.approx(40)
    assert value(pipeline.resolve(source), "I_leak") == pytest.approx(1)


def test_libraries_are_sought_beside_the_file_then_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, conductance in (("here", "1"), ("there", "2"), ("elsewhere", "3")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "leaks.ion").write_text(CURRENT.replace("0.1", conductance), encoding="utf-8")
    monkeypatch.setenv(PATH, os.pathsep.join([str(tmp_path / "there"), str(tmp_path / "elsewhere")]))
    text = f"{CELL}use I_leak from leaks\n"
    beside = pipeline.resolve(Source(str(tmp_path / "here" / "cell.ion"), text))
    on_path = pipeline.resolve(Source(str(tmp_path / "cell.ion"), text))
    assert (value(beside, "I_leak.g"), value(on_path, "I_leak.g")) == (1, 2)


def test_what_is_made_depends_on_the_text_of_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(tmp_path / "cache"))
    source = Source(str(tmp_path / "cell.ion"), f"{CELL}use I_leak from leaks\n")
    found = []
    for conductance in ("0.1", "0.3"):
        (tmp_path / "leaks.ion").write_text(CURRENT.replace("0.1", conductance), encoding="utf-8")
        found.append(pipeline.compile_source(source, Options(target="numpy")).sources)
    assert len(set(found)) == 2


def test_a_link_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "secret.ion").write_text("part p:\n    x = 1\n", encoding="utf-8")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "linked.ion").symlink_to(tmp_path / "secret.ion")
    source = Source(str(tmp_path / "models" / "cell.ion"), "model cell:\nuse p from linked\n")
    with pytest.raises(ModelError) as caught:
        pipeline.resolve(source)
    (finding,) = caught.value.diagnostics
    assert finding.code == "E370"
    assert "leads away" in finding.message


def test_a_library_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "binary.ion").write_bytes(b"part p:\n    \xff\xfe secret\n")
    source = Source(str(tmp_path / "cell.ion"), "model cell:\nuse p from binary\n")
    with pytest.raises(ModelError) as caught:
        pipeline.resolve(source)
    (finding,) = caught.value.diagnostics
    assert finding.code == "E370"
    assert "secret" not in render(finding)


def test_parts_of_parts_do_not_multiply_without_end() -> None:
    lines = "part p0:\n    x = 1\n" + "".join(
        f"part p{n + 1}:\n" + "".join(f"    use p{n} as q{k}\n" for k in range(10)) for n in range(12)
    )
    _, findings = pipeline.examine(Source("lines.ion", f"model lines:\n{lines}"))
    assert {finding.code for finding in findings} <= {"E111", "E112"}
    assert findings


def test_an_error_in_a_part_is_told_once_and_names_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("leaks.ion").write_text(CURRENT.replace("g * (V + 70)", "g * (V + 70 [ms])"), encoding="utf-8")
    _, findings = pipeline.examine(Source("cell.ion", f"{CELL}use I_leak from leaks\nuse I_leak as b from leaks\n"))
    (finding,) = findings
    assert render(finding).splitlines()[0].startswith("leaks.ion:4:")
    assert render(finding).splitlines()[-1] == "      = used in cell.ion:5:1"


def test_the_size_of_a_space_may_be_a_port() -> None:
    """Of a model it is no input; of a library it is what the user's space has."""
    library = Source(
        "store.ion",
        "space i:\n    input volume [um^3]\nion Ca:\n    z = +2\n    state i = 1 [mM]\n"
        "flux J carries Ca from i to o:\n    J = 1e-3 [1/ms] * i.volume * Ca.i\n",
    )
    assert pipeline.examine(library, library=True)[1] == ()


def test_a_gate_begins_where_a_line_of_its_name_says() -> None:
    system = meaning(
        "membrane:\n    state V = -60 [mV]\n    C = 1 [uF/cm^2]\npart slow:\n    gate m:\n"
        "        inf = 1 / (1 + exp(-V / 10))\n        tau = 5\nuse slow.m as n:\n    n = 0.25\n"
    )
    assert value(system, "n") == 0.25
    assert value(system, "slow.m") == pytest.approx(1 / (1 + np.exp(6)))


def test_a_run_that_breaks_down_in_a_part_names_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("growing.ion").write_text("part p:\n    state x = 1\n    x' = 9 [1/ms] * x^3\n", encoding="utf-8")
    source = Source("cell.ion", "model cell:\nuse p as q from growing\n")
    cell = pipeline.cell_of(source, Options(target="numpy", scheme="forward_euler"))
    with pytest.raises(NumericsError) as caught:
        cell.run(until=100, dt=1)
    first, *others = str(caught.value).splitlines()
    assert first.startswith("growing.ion:3:10: `q.x` is not finite")
    assert others[0] == "    3 |     x' = 9 [1/ms] * x^3"
    assert others[2] == "      = used in cell.ion:2:1"


def test_sources_of_libraries_and_parts_are_cited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("leaks.ion").write_text(
        'cite "library"\n' + CURRENT.replace("I = g", 'cite "part"\n    I = g') + 'part unused:\n    cite "other"\n',
        encoding="utf-8",
    )
    own = '    cite "model"\npart p:\n    cite "own"\n    x = 1\n'
    text = f"{CELL}use I_leak from leaks\nuse I_leak as b from leaks\n".replace("cell:\n", f"cell:\n{own}")
    system = pipeline.resolve(Source("cell.ion", text))
    assert system.cites == ("model", "own")
    assert [part.citations for part in system.parts] == [("library", "part")] * 2
    assert system.citations == ("model", "own", "library", "part")


def test_what_was_restated_is_kept_in_the_names_of_the_model() -> None:
    parts = {part.name: part for part in written("use").parts}
    (tau,) = parts["I_M"].replaced
    assert tau.value is not None
    assert (tau.quantity, text(tau.value)) == (
        "I_M.p.tau",
        "I_M.slowest / (I_M.scale.factor * cosh(((V in [mV]) + 35) / 40))",
    )
    (origin,) = filter(None, [parts["I_M_slow"].of])
    assert (origin.origin, [each.name for each in origin.replaced]) == ("I_M", ["g", "p.tau"])
    shares = (named(written("use"), f"{current}.share").value for current in ("I_NCX", "I_NCX_ss"))
    assert [share is not None and share.restated for share in shares] == [False, True]


def test_influx_is_per_the_time_of_the_library() -> None:
    cell = (
        "temperature = 36 [degC]\nmembrane:\n    state V = -70 [mV]\n    C = 1 [uF/cm^2]\n"
        "use i from ions.calcium_detailed\nuse Ca from ions.calcium_detailed:\n    i = 1e-3 [mM]\n"
        "current I_Ca carries Ca:\n    I = -1 [uA/cm^2]\n"
    )
    in_ms, in_s = value(meaning(cell), "Ca.i'"), value(meaning(f"time t [s]\n{cell}"), "Ca.i'")
    assert in_ms == pytest.approx(10 / (2 * 96485.33212 * 1) + (2.4e-4 - 1e-3) / 5, rel=1e-9)
    assert in_s == pytest.approx(1000 * in_ms, rel=1e-12)


def test_a_folder_with_the_name_of_a_library_is_none(tmp_path: Path) -> None:
    (tmp_path / "leak.ion").mkdir()
    path = tmp_path / "cell.ion"
    path.write_text(f"{CELL}use I_leak from leak\n")
    with pytest.raises(ModelError, match="did you mean `channels.leak`"):
        pipeline.resolve(reading.read(str(path)))


def test_a_run_tells_how_an_input_that_a_part_brings_gets_its_values(tmp_path: Path) -> None:
    path = tmp_path / "cell.ion"
    path.write_text(f"{CELL}    area = 100 [um^2]\nuse I_gap from synapses.gap_junction\n")
    with pytest.raises(UsageError, match="or bind it below its `use`: `V_other = ...`"):
        settings(iondsl.load(path).compile(target="numpy").manifest, (), None)
