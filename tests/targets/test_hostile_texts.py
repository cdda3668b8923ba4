"""Texts of the author that are LaTeX, C, Python, templates or orders to a terminal: no target obeys them."""

from __future__ import annotations

import ast
import json

import pytest

from iondsl import pipeline
from iondsl.options import Options
from iondsl.show import show
from iondsl.source import Source

TEXTS = (
    r"\input{/etc/passwd}",
    r"\end{document}",
    r"$\write18{rm}$ %",
    "*/ system(rm); /*",
    "''' + exit() + '''",
    "{{ 7*7 }} {% raw %} {# x",
    "\x1b[31m\x07 red",
    "\u202e turned around \u2066",
    "\\u0022\\x41\\N{DASH} \\",
    "\ufeff \uffff \U0010ffff \x7f\x9b",
)
MODEL = """model hostile:
    "TEXT"
    cite "TEXT"
membrane: "TEXT"
    state V = -65 [mV] "TEXT"
    C = 1 [uF/cm^2] "TEXT"
space i: "TEXT"
    volume = 1 [um^3] "TEXT"
ion Na: "TEXT"
    z = 1
    E = 50 [mV] "TEXT"
current I_Na carries Na: "TEXT"
    param g = 1 [mS/cm^2] @tag:x.y-z "TEXT"
    gate m: "TEXT"
        inf = 0.5
        tau = 1 [ms]
    I = g * m * (V - Na.E)
function f(x) = x "TEXT"
input u = 0 "TEXT"
protocol p: "TEXT"
    u = pulse(1, 1, 1)
y = f(u) "TEXT"
"""


def holding(text: str) -> Source:
    return Source("hostile.ion", MODEL.replace("TEXT", text))


hostile = pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))


@hostile
def test_documents_hold_text_alone(text: str) -> None:
    document = pipeline.document(holding(text))
    assert document.isascii()
    assert {sign for sign in document if not sign.isprintable()} == {"\n"}
    assert document.count(r"\end{document}") == 1
    assert not any(order in document for order in (r"\input{/", r"\write", "49"))


@hostile
def test_terminals_are_given_no_orders(text: str) -> None:
    assert all(line.isprintable() for line in show(pipeline.resolve(holding(text))))


@pytest.mark.parametrize("target", ["numpy", "c", "cython"])
def test_kernels_hold_none_of_it(target: str) -> None:
    """What is generated does not depend on texts; the manifest holds some of them, as strings of JSON."""
    plain = pipeline.generate(holding("text"), Options(target=target))
    for text in TEXTS:
        files = pipeline.generate(holding(text), Options(target=target))
        json.loads(files[pipeline.MANIFEST])
        assert files == plain | {pipeline.MANIFEST: files[pipeline.MANIFEST]}
    for name in plain:
        if name.endswith((".py", ".pyi")):
            ast.parse(plain[name])
