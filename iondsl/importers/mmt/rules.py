"""What a model must fulfil as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.graph import Graph, circles, readers, shown
from iondsl.errors import Diagnostic
from iondsl.importers.foreign import PACE, TIME, Pulse, Variable
from iondsl.importers.mmt.draft import Draft, DraftComponent, DraftVariable
from iondsl.source import Span
from iondsl.syntax import Expression, Name, Prime
from iondsl.traversal import children, walk

# What a simulation says of itself.
COUNTED = ("realtime", "evaluations")


def check_draft(draft: Draft) -> Iterator[Diagnostic]:
    """Whatever can be told before names are looked up."""
    for component in draft.components.values():
        yield from hidden(component)
    if not draft.lost:
        yield from states(draft)
        yield from aliases(draft)
    yield from bindings(draft)


def hidden(component: DraftComponent) -> Iterator[Diagnostic]:
    """One name for two things, one of which would hide the other."""
    for alias in component.aliases.values():
        if alias.name in component.nested:
            yield twice(alias.name, alias.span, component.nested[alias.name].span)
    names = dict(above(component))
    stack = [(each, names) for each in component.nested.values()]
    while stack:
        owner, names = stack.pop()
        for each in owner.nested.values():
            if each.path[-1] in names:
                yield twice(each.path[-1], each.span, names[each.path[-1]])
        if owner.nested:
            inner = names | {name: each.span for name, each in owner.nested.items()}
            stack += [(each, inner) for each in owner.nested.values()]


def above(component: DraftComponent) -> Iterator[tuple[str, Span]]:
    yield from ((name, alias.span) for name, alias in component.aliases.items())
    yield from ((name, each.span) for name, each in component.nested.items())


def twice(name: str, one: Span, other: Span) -> Diagnostic:
    first, later = sorted((one, other), key=lambda span: span.start)
    cure = "give one of them another name"
    return Diagnostic("E615", f"`{name}` has another meaning on line {first.line}", later, cure)


def aliases(draft: Draft) -> Iterator[Diagnostic]:
    for component in draft.components.values():
        for alias in component.aliases.values():
            owner = draft.components.get(alias.target.path[0])
            if owner is component:
                message = f"`{alias.target.text}` stands in this component"
                yield Diagnostic("E615", message, alias.target.span, "its name is known here: delete the `use`")


def states(draft: Draft) -> Iterator[Diagnostic]:
    variables = {each.path: each for each in draft.variables()}
    for variable in variables.values():
        if variable.is_state and len(variable.path) == 2 and variable.path not in draft.starts:
            cure = f"write `{variable.name} = ...` at the head of the model"
            yield Diagnostic("E616", f"the state `{variable.name}` has no initial value", variable.span, cure)
    for path, start in draft.starts.items():
        named = variables.get(path)
        if named is None:
            yield Diagnostic("E616", f"there is no state `{start.name.text}`", start.name.span, "delete this line")
        elif not named.is_state:
            cure = f"delete this line, or write `dot({path[-1]}) = ...`"
            yield Diagnostic("E616", f"`{start.name.text}` is no state", start.name.span, cure)


def bindings(draft: Draft) -> Iterator[Diagnostic]:
    """Each word is bound or used as a label once; and one variable is the time."""
    taken: dict[object, DraftVariable] = {}
    for variable in draft.variables():
        for keyword in ("bind", "label"):
            given = variable.properties.get(keyword)
            if given is None:
                continue
            if keyword == "bind" and variable.is_state:
                cure = "delete the `bind`"
                yield Diagnostic("E621", f"the state `{variable.name}` cannot be bound", given.span, cure)
            if given.value in taken:
                message = f"`{given.value}` stands behind `{taken[given.value].name}` already"
                yield Diagnostic("E621", message, given.span, "bindings and labels name one variable each")
            taken.setdefault(given.value, variable)
    bound = taken.get(TIME)
    if (bound is None or "bind" not in bound.properties) and draft.head is not None and not draft.lost:
        cure = "write `bind time` behind the variable that is the time"
        yield Diagnostic("E621", "no variable is the time", draft.head, cure)


def losses(variables: tuple[Variable, ...], pulses: tuple[Pulse, ...]) -> Iterator[Diagnostic]:
    """What has a meaning in Myokit alone."""
    for each in variables:
        if each.binding in COUNTED:
            message = f"`{'.'.join(each.path)}` is counted by Myokit while it runs; here it keeps its value"
            yield Diagnostic("W611", message, each.span, "no equation should depend on it")
    if pulses and not any(each.binding == PACE for each in variables):
        message = f"nothing is bound to `{PACE}`: the protocol drives nothing, and is left out"
        yield Diagnostic("W610", message, pulses[0].span, f"write `bind {PACE}` behind a variable")


def check_values(variables: tuple[Variable, ...]) -> Iterator[Diagnostic]:
    """What can be told with full names: circles, and initial values that are not constant.

    In the graph the derivative of a state `x` is called `x'`, and `x` itself needs nothing.
    """
    graph = {key_of(each): used(each.value) for each in variables}
    spans = {key_of(each): each.span for each in variables}
    for circle in circles(graph):
        cure = "make one of them a state, or solve for it by hand"
        yield Diagnostic("E620", f"defined by itself: {shown(circle)}", spans[circle[0]], cure)
    yield from starts(variables, graph)


def starts(variables: tuple[Variable, ...], graph: Graph) -> Iterator[Diagnostic]:
    sources = {".".join(each.path) for each in variables if each.is_state or each.binding}
    moving = readers(graph, sources)
    for variable in variables:
        for node in walk(variable.start) if variable.start is not None else ():
            if isinstance(node, Prime) or (isinstance(node, Name) and node.text in moving):
                message = f"the initial value of `{'.'.join(variable.path)}` is not constant"
                yield Diagnostic("E616", message, node.span, "initial values are computed from constants")


def key_of(variable: Variable) -> str:
    return ".".join(variable.path) + "'" * variable.is_state


def used(value: Expression | None) -> tuple[str, ...]:
    return () if value is None else tuple(dict.fromkeys(names_in(value)))


def names_in(value: Expression) -> Iterator[str]:
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, Prime):
            yield f"{node.name.text}'"
        elif isinstance(node, Name):
            yield node.text
        else:
            stack += children(node)
