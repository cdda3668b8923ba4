"""Symbols: from names, from the author, and never two alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iondsl.targets.latex.author import read, split
from iondsl.targets.latex.naming import symbols_of
from iondsl.targets.latex.symbol import chemical, from_name
from tests.targets.latex import symbols, system_of

GATE = """
    gate m:
        inf = 1
        tau = 1
        phi = 2
"""


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("V", "V"),
        ("lambda", r"\lambda"),
        ("kcasr", r"\mathrm{kcasr}"),
        ("V_max", r"V_{\mathrm{max}}"),
        ("V_1", "V_{1}"),
        ("k1", "k_{1}"),
        ("beta2", r"\beta_{2}"),
        ("K1", r"\mathrm{K1}"),
        ("tau_m", r"\tau_{m}"),
        ("x_inf", r"x_{\infty}"),
        ("PR_NaK", r"\mathrm{PR}_{\mathrm{NaK}}"),
        ("g_Na_fast", r"g_{\mathrm{Na},\mathrm{fast}}"),
        ("g_K", r"g_{\mathrm{K}}"),
        ("_", r"\mathtt{\_}"),
    ],
)
def test_names(name: str, printed: str) -> None:
    assert from_name(name, frozenset("K")).tex == printed


@pytest.mark.parametrize(
    ("ion", "valence", "printed"),
    [
        ("Na", 1, r"\mathrm{Na}^{+}"),
        ("Ca", 2, r"\mathrm{Ca}^{2+}"),
        ("HCO3", -1, r"\mathrm{HCO_{3}}^{-}"),
        ("O2", 0, r"\mathrm{O_{2}}"),
    ],
)
def test_ions(ion: str, valence: int, printed: str) -> None:
    assert chemical(ion, valence) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (r"\bar g_\mathrm{Na}", r"\bar{g}_{\mathrm{Na}}"),
        (r"\bar\lambda_n", r"\bar{\lambda}_{n}"),
        (r"PR_\mathrm{NaK}", r"PR_{\mathrm{NaK}}"),
        (r"[\mathrm{Ca}^{2+}]_i", r"[\mathrm{Ca}^{2+}]_{i}"),
        (r"\alpha x", r"\alpha x"),
        (r"g_\text{Na}", r"g_{\mathrm{Na}}"),
        (r"x^*_1", r"x^{*}_{1}"),
        (r"{a_1}^2", r"{a_{1}}^{2}"),
        (r"\tau_{m,\infty}", r"\tau_{m,\infty}"),
    ],
)
def test_symbols_of_the_author(written: str, printed: str) -> None:
    symbol, rest = split(f"${written}$ and its text")
    assert symbol is not None
    assert (symbol.tex, rest) == (printed, "and its text")


@pytest.mark.parametrize(
    "written",
    [
        r"\input{x}", r"\write18", r"\def\x{}", r"\catcode", "a_b_c", "a^b^c", "a_", r"\bar", r"\mathrm{}", "{a", "a}",
        "", "#1", "a%", "a&b", "~", "^^41", r"\text{$x$}", "a" * 100, "{" * 20 + "a" + "}" * 20, "é", '"', r"\\", "x'",
    ],
)
def test_anything_else_is_text(written: str) -> None:
    doc = f"${written}$ and its text"
    assert split(doc) == (None, doc)


@given(st.text(alphabet=r"ab12\_^{}$ %#&~" + "'", max_size=12))
def test_what_is_read_has_nothing_but_known_commands(text: str) -> None:
    symbol = read(text)
    if symbol is not None:
        assert symbol.tex.count("{") == symbol.tex.count("}")
        assert not set("\\$%#&~'").intersection(symbol.tex)


def test_blocks_qualify_what_stands_in_them() -> None:
    found = symbols(
        "temperature = 300 [K]\n"
        "membrane:\n    state V = 0 [mV]\n    C = 1 [uF/cm^2]\n    area = 3 [um^2]\n"
        "ion Ca:\n    z = 2\n    i = 1 [mM]\n    o = 2 [mM]\n"
        "current I_L carries Ca:\n    param g = 1 [mS/cm^2]\n    param E = 1 [mV]\n    param P_max = 1\n"
        f"    I = g * (V - E){GATE}"
        "current leak:\n    param g = 1 [mS/cm^2]\n    I = g * V\n"
        "stimulus I_app = 0 [uA/cm^2]\n"
    )
    assert {name: found[name] for name in ("V", "membrane.C", "membrane.area", "T", "I_app")} == {
        "V": "V", "membrane.C": "C_{m}", "membrane.area": "A_{m}", "T": "T", "I_app": r"I_{\mathrm{app}}",
    }
    assert (found["Ca.i"], found["Ca.E"]) == (r"[\mathrm{Ca}^{2+}]_{i}", r"E_{\mathrm{Ca}}")
    assert (found["I_L"], found["I_L.g"], found["I_L.E"]) == (r"I_{\mathrm{L}}", r"g_{\mathrm{L}}", r"E_{\mathrm{L}}")
    assert (found["leak"], found["leak.g"], found["I_L.P_max"]) == (
        r"I_{\mathrm{leak}}", r"g_{\mathrm{leak}}", r"P_{\mathrm{max}}",
    )
    gate = ("I_L.m", "I_L.m.inf", "I_L.m.tau", "I_L.m.phi")
    assert [found[name] for name in gate] == ["m", r"m_{\infty}", r"\tau_{m}", r"\phi_{m}"]


def test_gates_of_the_same_name_are_told_apart() -> None:
    found = symbols(f"current I_a:\n    I = 1 [uA/cm^2]{GATE}current I_b:\n    I = 1 [uA/cm^2]{GATE}membrane:\n"
                    "    state V = 0 [mV]\n    C = 1 [uF/cm^2]")
    assert (found["I_a.m"], found["I_b.m"]) == (r"m_{\mathrm{a}}", r"m_{\mathrm{b}}")
    assert (found["I_a.m.inf"], found["I_b.m.tau"]) == (r"m_{\infty,\mathrm{a}}", r"\tau_{m,\mathrm{b}}")


def test_the_author_comes_first() -> None:
    found = symbols('param x = 1\npart P:\n    param y = 1 "$x$ another x"\nparam alpha_m = 1 "$q$"\nparam q = 2')
    assert found["P.y"] == "x"
    assert found["x"] == r"\mathtt{x}"
    assert (found["alpha_m"], found["q"]) == ("q", r"\mathtt{q}")


def test_the_same_symbol_from_the_author_twice() -> None:
    found = symbols("\n".join(f'part {part}:\n    param x = 1 "$\\bar g$ one"' for part in "PQ"))
    assert found["P.x"] == r"\bar{g}_{P}"
    assert found["Q.x"] == r"\bar{g}_{Q}"


def test_the_potential_of_a_current_and_of_its_ion() -> None:
    found = symbols(
        "ion K:\n    z = 1\n    E = -77 [mV]\nmembrane:\n    state V = 0 [mV]\n    C = 1 [uF/cm^2]\n"
        "current I_K carries K:\n    E = K.E + 1 [mV]\n    I = 1 [mS/cm^2] * (V - E)\n"
    )
    assert (found["K.E"], found["I_K.E"]) == (r"E_{\mathrm{K}}", r"E_{I_{\mathrm{K}}}")


@pytest.mark.parametrize(
    "text",
    [
        "param t0 = 1\nparam t_0 = 1\nparam t__0 = 1\npart P:\n    param t_0 = 1\n    param pi = 1\n    param t = 1",
        "param tau_n = 1\nparam n_inf = 1\ngate n:\n    inf = 1\n    tau = 1\npart n_1:\n    param inf = 1",
        'part P:\n    param a = 1 "$a$"\n    param b = 1 "$a$"\npart Q:\n    param a = 1 "$a_P$"\nparam a = 1 "$a$"',
        "part P:\n    part Q:\n        param x = 1\n    param x = 1\npart Q:\n    param x = 1\nparam x_Q = 3",
        'function f(x) = x\nparam f = 1\nfunction g(x) = x "$f$"\nparam x = 1',
    ],
)
def test_no_two_look_alike(text: str) -> None:
    found = symbols_of(system_of(text))
    looks = [symbol.look for symbol in found.values()]
    assert len(set(looks)) == len(looks), found
