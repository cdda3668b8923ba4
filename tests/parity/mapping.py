"""Which state of ours is which of a foreign file, and the record of its derivatives that our model is held to.

A mapping, and with it a file of `tests/reference/derivatives/`, is JSON:

    model       a bundled model of ours; `variant`, optional, the one to load
    source      what the file is, where it is from, doi
    time        the file's unit of time
    states      ours -> {"source": a state of the file, or an expression in its names, "unit": the unit of that};
                an expression is differentiated along the file's own flow
    without     ours that have no counterpart and keep their initial values, optional
    inputs      ours -> number, in our units, optional
    parameters  ours -> number, in our units, set so that both compute the same model, optional
    set         the file's variables -> right sides that replace its own, to the same end, optional
    dependent   the file's states -> expressions that replace their values at the points, such as the occupancy that is
                left when the others are known, or a number for what ours holds constant; optional
    at, pace    time and pacing level of the file, "0" if left out

The record adds `file` and `points`: values of our states, their derivatives and the noise of these, all in the file's
units. The noise is a bound of what double precision loses in the formulas of the file, see `rounding.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import myokit
from mpmath import mp, mpf

from tests.parity import exact, points, rounding
from tests.parity.rounding import DIGITS, Rounded

Values = Mapping[str, str]
Record = dict[str, Any]


def filled(mapping: Record, file: str, settings: Values) -> Record:
    """The mapping with the points of a file; `settings` are added to its own."""
    settings = {**mapping.get("set", {}), **settings}
    model = exact.changed(exact.read(file), settings)
    at, pace = mapping.get("at", "0"), mapping.get("pace", "0")
    sources = {ours: myokit.parse_expression(state["source"], model) for ours, state in mapping["states"].items()}
    rows = [
        row(model, sources, with_dependent(model, each, mapping.get("dependent", {})), at, pace)
        for each in points.states(model)
    ]
    changes = {"set": settings} if settings else {}
    return {**mapping, **changes, "file": file, "points": rows}


def with_dependent(model: myokit.Model, states: Values, dependent: Values) -> dict[str, str]:
    """The states with those that follow from others set, in the order in which they are given."""
    found = dict(states)
    for name, text in dependent.items():
        with mp.workdps(DIGITS):
            value = exact.evaluation(model, found).number(myokit.parse_expression(text, model))
            found[name] = exact.digits(value.value, DIGITS)
    return found


def row(model: myokit.Model, sources: Mapping[str, Any], states: Values, at: str, pace: str) -> Record:
    with mp.workdps(DIGITS):
        flow = exact.derivatives(model, states, at, pace)
        here = exact.evaluation(model, states, at, pace)
        values = {ours: exact.digits(here.number(source).value) for ours, source in sources.items()}
        rates = {ours: rate(model, source, states, flow, at, pace) for ours, source in sources.items()}
    return {
        "states": values,
        "derivatives": {ours: exact.digits(each.value) for ours, each in rates.items()},
        "noise": {ours: exact.digits(each.error, 3) for ours, each in rates.items()},
    }


def rate(
    model: myokit.Model, source: Any, states: Values, flow: Mapping[str, Rounded], at: str, pace: str
) -> Rounded:
    """The derivative of an expression along the flow, with what the noise of the flow does to it."""
    if isinstance(source, myokit.Name) and source.var().is_state():
        return flow[source.var().qname()]
    start = {name: mpf(text) for name, text in states.items()}

    def along(direction: Mapping[str, Any]) -> Any:
        def value(step: Any) -> Any:
            moved = {name: Rounded(old + step * direction.get(name, 0), mpf(0)) for name, old in start.items()}
            there = exact.Evaluation(model, moved, rounding.decimal(at), rounding.decimal(pace))
            return there.number(source).value

        return mp.diff(value, 0)

    total = along({name: each.value for name, each in flow.items()})
    noise = sum(abs(along({name: mpf(1)})) * each.error for name, each in flow.items())
    return rounding.rounded(total, noise)
