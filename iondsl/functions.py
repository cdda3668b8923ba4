"""The functions of the language: how many arguments each takes. What they compute, each target says; of those with a
name in physics, `laws`."""

from __future__ import annotations

from iondsl.immutable import frozen


@frozen
class Signature:
    """Names of the arguments; the last `optional` may be left out, `variadic` takes any number from `least`."""

    arguments: tuple[str, ...]
    optional: int = 0
    variadic: bool = False
    least: int = 2

    @property
    def needed(self) -> tuple[str, ...]:
        return self.arguments[: len(self.arguments) - self.optional]


def one(*names: str) -> dict[str, Signature]:
    return {name: Signature(("x",)) for name in names}


# sigmoid(x) = 1/(1 + exp(-x)); exprel(x) = (exp(x) - 1)/x; heaviside(x) is 1 where x >= 0.
MATHEMATICAL = {
    **one("exp", "expm1", "exprel", "log", "log1p", "log10", "sqrt", "abs", "floor", "ceil", "sign"),
    **one("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "heaviside", "sigmoid"),
    "min": Signature(("a", "b"), variadic=True),
    "max": Signature(("a", "b"), variadic=True),
}

# What is known of the pools of ions.
POOLS = {"influx": Signature(("pool",))}

# The terms of a protocol: numbers in units, nothing else.
WAVES = {
    "pulse": Signature(("start", "width", "height", "every", "count"), optional=2),
    "ramp": Signature(("start", "width", "first", "last")),
    "sine": Signature(("start", "width", "amplitude", "frequency", "phase"), optional=1),
    "steps": Signature(("value", "time", "value"), variadic=True, least=3),
    "noise": Signature(("sd", "tau", "seed")),
    "file": Signature(("path", "column"), optional=1),
}

# What an expression is when a run begins.
INITIAL = "initial"
STARTS = {INITIAL: Signature(("expression",))}
