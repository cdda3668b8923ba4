"""Programs whose every line fits the grammar, made from the grammar itself: what they say makes sense by chance."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark

from iondsl import resources

# What most names below mean, so that lines are more than unknown names.
MODEL = """model m:
temperature = 37 [degC]
ion Na:
    z = 1
    state i = 10 [mM]
    o = 140 [mM]
ion Ca:
    z = 2
    i = 1e-4 [mM]
    o = 2 [mM]
space i:
    volume = 1000 [um^3]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
    area = 600 [um^2]
current I_a carries Na:
    gate m:
        inf = 0.5
        tau = 1
    I = 0.1 [mS/cm^2] * m * (V - Na.E)
flux J_a carries Ca from i to o:
    J = 1 [mM/ms] * i.volume
param a = 1
param b = 2 [mV]
input x = 0
part p:
    k = a * 2
use p as r:
    a = b / 1 [mV]
function f(x) = 2 * x
state y = 1
y' = -y / 1 [ms]
"""

# With a space behind each, so that words do not run into one another.
NAMES = (
    *("a", "b", "x", "y", "V", "t", "T", "i", "o", "E", "I", "J", "C", "z", "m", "inf", "tau", "alpha", "beta", "phi"),
    *("Na", "Na.i", "Na.E", "Ca", "Ca.o", "I_a", "I_a.m", "J_a", "volume", "i.volume", "membrane.area", "F"),
    *("p", "r", "r.k", "parts.channels"),
    *("exp", "log", "max", "sqrt", "nernst", "ghk_current", "influx", "q10", "initial", "pulse", "steps", "noise", "f"),
)
NUMBERS = ("0", "1", "2", "3", "0.5", "10", "1e-3", "96485", "1e300", "1e-300")
UNITS = ("[mV]", "[ms]", "[1/ms]", "[mM]", "[uA/cm^2]", "[mS/cm^2]", "[uF/cm^2]", "[um^3]", "[1]", "[degC]")
BLOCKS = ("model", "space", "ion", "part", "compartment", "protocol", "on", "variant", "markov")
DEFINITIONS = ("param", "state", "input", "stimulus", "conserved", "event", "clamp")


def spaced(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from([f"{word} " for word in words])


TERMINALS = {
    "NAME": spaced(*NAMES),
    "NUMBER": spaced(*NUMBERS),
    "UNIT": spaced(*UNITS),
    "STRING": spaced('"text"', '"$x_1$ a symbol"', '"\\end{document} {{ x }} */"'),
    **{f"_{word.upper()}": spaced(word) for word in ("if", "else", "not", "in", "as")},
    **{word.upper(): spaced(word) for word in ("and", "or")},
    **{f"__IGNORE_{number}": st.just(" ") for number in (0, 1)},
    "TAG": spaced("@tag", "@bqb:1"),
    "BLOCK": spaced(*BLOCKS),
    "DEFINE": spaced(*DEFINITIONS),
    **{name: spaced(name.lower()) for name in ("MEMBRANE", "CURRENT", "FLUX", "GATE", "REACTION", "USE", "INITIAL")},
    **{name: spaced(name.lower()) for name in ("FUNCTION", "STATES", "TIME", "CITE")},
    **{f"_{word.upper()}": spaced(word) for word in ("carries", "from", "to", "per")},
}


def equation(seed: int) -> str:
    """An equation with more operators than the grammar's own lines tend to have."""
    return f"q = {expression(Random(seed), 5)}"


def expression(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.2:
        return random.choice((*NAMES, *NUMBERS, f"{random.choice(NUMBERS)} {random.choice(UNITS)}"))
    below = [expression(random, depth - 1) for _ in range(3)]
    return random.choice(FORMS).format(*below, unit=random.choice(UNITS), name=random.choice(NAMES))


FORMS = (
    *("{0} + {1}", "{0} - {1}", "{0} * {1}", "{0} / {1}", "{0}^2", "{0}^{1}", "-{0}", "({0})", "({0}) * ({1} + {2})"),
    *("{0} if {1} > {2} else {1}", "{0} if {1} < 0 and not {2} == 1 else 2", "({0} in {unit})", "({0} as {unit})"),
    *("exp({0})", "log({0})", "max({0}, {1})", "{name}({0})", "{name}({0}, {1})", "{name}({0}, x = {1})", "{name}'"),
)
GRAMMAR = Lark(resources.text(resources.GRAMMARS, "ion.lark"), parser="lalr")
LINE = from_lark(GRAMMAR, explicit=TERMINALS) | st.integers(0, 2**32).map(equation)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A model and a few lines more, each at a depth that the line before it allows."""
    depth, written = 0, []
    for text in draw(st.lists(LINE, min_size=1, max_size=8)):
        depth = draw(st.integers(0, depth))
        written.append("    " * depth + " ".join(text.split()))
        depth += text.rstrip().endswith(":")
    return MODEL + "\n".join(written) + "\n"
