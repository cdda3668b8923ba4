"""Gates that are written as plain equations: x' = k (a (1 - x) - b x) takes the step of a declared one.

    inf + (x - inf) exp(slope dt)    instead of    x + dt x' exprel(slope dt),    with inf = a/(a + b)

That saves the division in exprel, and `gates` and `rates` know the form. Both are the exact step; the second one bears
a slope of 0, too. So this is done where intervals prove that neither a nor b is negative, and that a + b is not 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sympy import Add, Expr, Mul, S, Symbol, exp

from iondsl.algebra import (
    add,
    apply,
    divide,
    exprel,
    factors,
    is_number,
    multiply,
    product,
    subtract,
    symbol,
    symbols_of,
)
from iondsl.passes._known import Bounds, proven
from iondsl.passes.live import needed
from iondsl.step import Assignment, Step

# Of a and a + b: their quotient and its reciprocal are far from where numbers end.
LEAST, LARGEST = {"float64": 1e-140, "float32": 1e-15}, {"float64": 1e140, "float32": 1e15}


@dataclass(frozen=True, slots=True)
class Plain:
    """`a (1 - x) - b x`, as the scheme steps it with `slope`."""

    rate: Symbol
    slope: Expr
    a: Expr
    b: Expr


def rewrite(step: Step, dtype: str = "float64") -> Step:
    if step.assumed is None:
        return step
    definitions = {each.target: each.value for each in step.advance.body}
    found = {
        row: plain
        for row, (state, output) in enumerate(zip(step.states, step.advance.outputs, strict=True))
        if (plain := plain_gate(state, output, step.dt, definitions)) is not None
    }
    return with_steady_states(step, found, dtype) if found else step


def with_steady_states(step: Step, found: Mapping[int, Plain], dtype: str) -> Step:
    assert step.assumed is not None
    bounds = Bounds.of_step(step, step.assumed)
    body, outputs = [*step.advance.body], [*step.advance.outputs]
    for row, plain in found.items():
        if not has_steady_state(plain, bounds, dtype):
            continue
        state, steady = step.states[row], symbol(f"{step.states[row].name}~steady")
        place = next(number for number, each in enumerate(body) if each.target == plain.rate)
        body.insert(place, Assignment(steady, divide(plain.a, add(plain.a, plain.b))))
        decay = apply(exp, multiply(plain.slope, step.dt))
        outputs[row] = add(steady, multiply(subtract(state, steady), decay))
    advance = needed(replace(step.advance, body=tuple(body), outputs=tuple(outputs)))
    return proven(replace(step, advance=advance), bounds)


def has_steady_state(plain: Plain, bounds: Bounds, dtype: str) -> bool:
    total = add(plain.a, plain.b)
    if min(bounds.of(plain.a).low, bounds.of(plain.b).low) < 0:
        return False
    if bounds.of(total).low < LEAST[dtype] or bounds.of(total).high > LARGEST[dtype]:
        return False
    bounds.use(total)
    return True


def plain_gate(state: Symbol, new: Expr, dt: Symbol, definitions: Mapping[Symbol, Expr]) -> Plain | None:
    """The parts of x + dt exprel(slope dt) x', where x' is that of a gate."""
    if not (isinstance(new, Add) and len(new.args) == 2 and new.args[0] == state and isinstance(new.args[1], Mul)):
        return None
    first, *rest = factors(new.args[1])
    if first != dt or len(rest) != 2 or not isinstance(rest[0], exprel) or rest[1] not in definitions:
        return None
    rates = rates_of(state, definitions[rest[1]], definitions)
    return None if rates is None else Plain(rest[1], rest[0].args[0].args[0], *rates)


def rates_of(state: Symbol, rate: Expr, definitions: Mapping[Symbol, Expr]) -> tuple[Expr, Expr] | None:
    """a and b, neither of which depends on the state, nor does what the whole is multiplied by."""
    inner = [each for each in factors(rate) if state in symbols_of(each)]
    if len(inner) != 1 or not isinstance(inner[0], Add) or len(inner[0].args) != 2:
        return None
    closed, opening, closing = subtract(S.One, state), *(factors(each) for each in inner[0].args)
    if closed not in opening:
        opening, closing = closing, opening
    if closed not in opening or state not in closing or not is_number(closing[0], -1):
        return None
    a, b = product(without(opening, closed)), product(without(closing[1:], state))
    others = [each for each in factors(rate) if each is not inner[0]]
    return None if depends((a, b, *others), state, definitions) else (a, b)


def without(parts: list[Expr], one: Expr) -> list[Expr]:
    place = parts.index(one)
    return parts[:place] + parts[place + 1:]


def depends(expressions: tuple[Expr, ...], state: Symbol, definitions: Mapping[Symbol, Expr]) -> bool:
    """Whether any depends on the state, through definitions, too."""
    waiting, seen = list(expressions), set[Symbol]()
    while waiting:
        new = symbols_of(waiting.pop()) - seen
        seen |= new
        waiting += (definitions[each] for each in new if each in definitions)
    return state in seen
