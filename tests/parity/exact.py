"""A foreign model's derivatives to 50 digits, by a path that shares nothing with iondsl: Myokit reads the file, mpmath
computes.

    python -m tests.parity.exact FILE [--set component.variable=expression] [--time NUMBER] [--pace NUMBER]
    python -m tests.parity.exact FILE --map MAPPING.json -o tests/reference/derivatives/NAME.json

The first form prints the initial state and five perturbed ones with their derivatives, by the names of the file; the
second writes them for a model of ours (see `tests/parity/mapping.py`). FILE is mmt or CellML; `myokit:PATH` is one
inside Myokit's own package.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import myokit
from mpmath import mp, mpf

from tests.parity import rounding
from tests.parity.cellml import read_cellml
from tests.parity.rounding import DIGITS, Rounded, UndefinedError

SHOWN = 25  # digits of the derivatives that are written

BINARY: dict[type, Callable[[Rounded, Rounded], Rounded]] = {
    myokit.Plus: rounding.plus,
    myokit.Minus: rounding.minus,
    myokit.Multiply: rounding.times,
    myokit.Divide: rounding.over,
    myokit.Quotient: rounding.quotient,
    myokit.Remainder: rounding.remainder,
    myokit.Power: rounding.power,
}
UNARY: dict[type, Callable[[Rounded], Rounded]] = {
    myokit.PrefixPlus: lambda a: a,
    myokit.PrefixMinus: rounding.negative,
    myokit.Sqrt: rounding.sqrt,
    myokit.Sin: rounding.sin,
    myokit.Cos: rounding.cos,
    myokit.Tan: rounding.tan,
    myokit.ASin: rounding.asin,
    myokit.ACos: rounding.acos,
    myokit.ATan: rounding.atan,
    myokit.Exp: rounding.exp,
    myokit.Log10: rounding.log10,
    myokit.Floor: rounding.floor,
    myokit.Ceil: rounding.ceiling,
    myokit.Abs: rounding.absolute,
}
COMPARISONS: dict[type, Callable[[Rounded, Rounded], bool]] = {
    myokit.Equal: rounding.equal,
    myokit.NotEqual: lambda a, b: not rounding.equal(a, b),
    myokit.Less: rounding.less,
    myokit.More: lambda a, b: rounding.less(b, a),
    myokit.LessEqual: lambda a, b: not rounding.less(b, a),
    myokit.MoreEqual: lambda a, b: not rounding.less(a, b),
}


class Evaluation:
    """A model at one state, time and pacing level. Every variable is computed once."""

    def __init__(
        self, model: myokit.Model, states: Mapping[str, Rounded], time: Rounded, pace: Rounded
    ) -> None:
        self._states = {model.get(name): value for name, value in states.items()}
        self._bound = {"time": time, "pace": pace}
        self._known: dict[Any, Rounded] = {}

    def variable(self, variable: Any) -> Rounded:
        """A state's value; for everything else, what its right side gives."""
        if variable in self._states:
            return self._states[variable]
        if variable.binding() in self._bound:
            return self._bound[variable.binding()]
        return self.right_side(variable)

    def right_side(self, variable: Any) -> Rounded:
        """The value of an intermediary variable or a constant; of a state, its derivative."""
        if variable not in self._known:
            try:
                self._known[variable] = self.number(variable.rhs())
            except UndefinedError as error:
                raise error if " in " in str(error) else UndefinedError(f"{error} in {variable.qname()}") from None
        return self._known[variable]

    def number(self, node: Any) -> Rounded:
        kind, operands = type(node), list(node)
        if kind is myokit.Number:
            return rounding.decimal(repr(node.value()))
        if kind is myokit.Name:
            return self.variable(node.var())
        if kind is myokit.Derivative:
            return self.right_side(node.var())
        if kind in BINARY:
            return BINARY[kind](*map(self.number, operands))
        if kind in UNARY:
            return UNARY[kind](*map(self.number, operands))
        if kind is myokit.Log:
            return (rounding.log_to_base if len(operands) == 2 else rounding.log)(*map(self.number, operands))
        if kind in (myokit.If, myokit.Piecewise):
            return self.number(self.chosen(operands))
        raise TypeError(f"no number: {node.code()}")

    def chosen(self, operands: list[Any]) -> Any:
        """`operands` alternate between conditions and values; the last value stands alone."""
        *alternatives, otherwise = operands
        pairs = zip(alternatives[::2], alternatives[1::2], strict=True)
        return next((value for condition, value in pairs if self.holds(condition)), otherwise)

    def holds(self, node: Any) -> bool:
        kind, operands = type(node), list(node)
        if kind in COMPARISONS:
            return COMPARISONS[kind](*map(self.number, operands))
        match node:
            case myokit.And():
                return all(map(self.holds, operands))
            case myokit.Or():
                return any(map(self.holds, operands))
            case myokit.Not():
                return not self.holds(operands[0])
        return bool(self.number(node).value != 0)


def place(path: str | Path) -> str:
    """Where a file is; `myokit:PATH` is one inside Myokit's package."""
    name = str(path)
    if name.startswith("myokit:"):
        return str(Path(myokit.__file__).parent / name.removeprefix("myokit:"))
    return name


def read(path: str | Path) -> myokit.Model:
    """The model in an mmt or CellML file."""
    if str(path).endswith(".cellml"):
        return read_cellml(Path(place(path)))
    model, _, _ = myokit.load(place(path))
    if model is None:
        raise ValueError(f"{path}: no model")
    return model


def changed(model: myokit.Model, settings: Mapping[str, str]) -> myokit.Model:
    """The model with other right sides: numbers, or expressions in the names of the file."""
    copy = model.clone()
    for name, text in settings.items():
        copy.get(name).set_rhs(text)
    copy.validate()
    return copy


def initial_state(model: myokit.Model) -> dict[str, str]:
    """By name, as decimals. An initial value that is an expression is written to DIGITS digits."""
    found = {}
    with mp.workdps(DIGITS):
        nothing = Evaluation(model, {}, Rounded(mpf(0), mpf(0)), Rounded(mpf(0), mpf(0)))
        for state in model.states():
            value = nothing.number(state.initial_value()).value
            short = repr(float(value))
            found[state.qname()] = short if mpf(short) == value else mp.nstr(value, DIGITS)
    return found


def evaluation(model: myokit.Model, states: Mapping[str, str], time: str = "0", pace: str = "0") -> Evaluation:
    """At a state that is given as decimals."""
    at = {name: rounding.decimal(value) for name, value in states.items()}
    return Evaluation(model, at, rounding.decimal(time), rounding.decimal(pace))


def derivatives(
    model: myokit.Model, states: Mapping[str, str], time: str = "0", pace: str = "0"
) -> dict[str, Rounded]:
    """The derivative of every state, in the order of the file. UndefinedError names the variable without a value."""
    with mp.workdps(DIGITS):
        here = evaluation(model, states, time, pace)
        return {state.qname(): here.right_side(state) for state in model.states()}


def digits(value: Any, count: int = SHOWN) -> str:
    with mp.workdps(DIGITS):
        return str(mp.nstr(value, count))


def main(arguments: list[str]) -> int:
    from tests.parity import mapping, points

    parser = argparse.ArgumentParser(prog="python -m tests.parity.exact", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("file")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=EXPRESSION", dest="settings")
    parser.add_argument("--time", default="0")
    parser.add_argument("--pace", default="0")
    parser.add_argument("--map", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args(arguments)
    settings = dict(each.split("=", 1) for each in given.settings)
    if given.map is None:
        model = changed(read(given.file), settings)
        rows = points.evaluated(model, points.states(model), given.time, given.pace)
        found = {"file": given.file, "time": given.time, "pace": given.pace, "set": settings, "points": rows}
    else:
        found = mapping.filled(json.loads(given.map.read_text(encoding="utf-8")), given.file, settings)
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    if given.output is None:
        sys.stdout.write(text)
    else:
        given.output.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
