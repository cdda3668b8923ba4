"""How C is written: of operators and functions, and of places in arrays."""

from __future__ import annotations

from iondsl.targets._code import Dialect
from iondsl.targets._routines import Syntax

_SAME = ("exp", "exp2", "expm1", "exprel", "log", "log1p", "log10", "sqrt", "floor", "sign", "sigmoid", "heaviside",
         "where")
_KNOWN = ("bernoulli", "bernoulli_above", "bernoulli_below", "exprel_of")
_INSIDE = ("exp2_inside", "bernoulli_inside")
_CIRCULAR = ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")
_OTHER = {"Abs": "ion_abs", "ceiling": "ion_ceil", "Max": "ion_max", "Min": "ion_min", "Pow": "ion_pow"}

DIALECT = Dialect(
    # Every literal has the type of the kernel: one double would make all of a float32 expression double.
    number="R({!r})".format,
    typed=str,
    select="({} ? {} : {})".format,
    negation="!({})".format,
    undefined="R(NAN)",
    functions={name: f"ion_{name}" for name in (*_SAME, *_KNOWN, *_INSIDE, *_CIRCULAR)} | _OTHER,
)
# Element i of a cell's column: w is the distance from one row of the array to the next, n from one offset of a step.
SYNTAX = Syntax(
    define="const real {} = {};",
    store="{} = {};",
    shared="{}[{}]",
    own="{0}[{1}*{0}w]",
    sample="{0}[{1}*{0}w + {2}*{0}n]",
)
