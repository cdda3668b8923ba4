"""The variables of the model, each with all that the file says of it; and what no file may say."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.importers.cellml.annotations import Annotations
from iondsl.importers.cellml.circles import Computed, circles
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.instances import Declared
from iondsl.importers.cellml.values import Values
from iondsl.importers.foreign import TIME, Path, Variable
from iondsl.syntax import Expression, Name, Prime
from iondsl.traversal import walk

CONNECT = "connect it with the variable that it means"
DEFINE = "give it an equation, or an initial value"
ONE_TIME = "all derivatives are in one independent variable, the time"
NO_LOOPS = "solve the equations for one of the variables"


def variables(values: Values, findings: Findings) -> tuple[Variable, ...]:
    """In the order of the file. What nothing defines is left out, with a warning; it is an error if it is used."""
    check(values, findings)
    used = {each.path for right in every(values) for each in walk(right) if isinstance(each, Name)}
    annotations = Annotations(values.sources)
    found = ((each, variable(each, values, used, findings)) for each in dict.fromkeys(values.sources.values()))
    return tuple(annotations.annotated(source, each) for source, each in found if each is not None)


def variable(source: Declared, values: Values, used: set[Path], findings: Findings) -> Variable | None:
    place, start = source.element.tag, values.starts.get(source)
    if source in values.times:
        return Variable(source.path, place, source.unit, binding=TIME)
    if source in values.rates:
        if start is None:
            findings.add("E652", f"`{source.text}` is a state without initial value", place, "add `initial_value`")
        return Variable(source.path, place, source.unit, values.rates[source], start)
    value = values.values.get(source, start)
    if value is None:
        undefined(source, source.path in used, findings)
        return None
    return Variable(source.path, place, source.unit, value)


def undefined(source: Declared, used: bool, findings: Findings) -> None:
    place = source.element.tag
    if not used:
        findings.add("W631", f"`{source.text}` has no value and is not used: it is left out", place)
    elif source.is_input:
        findings.add("E641", f"`{source.text}` is an input, and nothing gives it a value", place, CONNECT)
    else:
        findings.add("E650", f"nothing defines `{source.text}`", place, DEFINE)


def every(values: Values) -> Iterator[Expression]:
    """All right sides."""
    for table in (values.rates, values.values, values.starts):
        yield from table.values()


def check(values: Values, findings: Findings) -> None:
    check_times(values, findings)
    check_derivatives(values, findings)
    check_starts(values, findings)
    check_circles(values, findings)


def check_times(values: Values, findings: Findings) -> None:
    """E653 where there are several, or where one is computed."""
    for other in list(values.times)[1:]:
        message = f"a derivative in `{other.text}`, and others in `{next(iter(values.times)).text}`"
        findings.add("E653", message, values.times[other], ONE_TIME)
    for each, place in values.times.items():
        if each in values.rates or each in values.values:
            findings.add("E653", f"a derivative in `{each.text}`, which an equation defines", place, ONE_TIME)


def check_derivatives(values: Values, findings: Findings) -> None:
    """E650 for the derivative of what is no state."""
    states = {each.path for each in values.rates}
    for right in every(values):
        for each in walk(right):
            if isinstance(each, Prime) and each.name.path not in states:
                findings.add("E650", f"no equation gives the derivative of `{each.name.text}`", each.span)


def check_starts(values: Values, findings: Findings) -> None:
    """E652 for a state that starts from what is known only while it runs."""
    moving = {each.path for each in (*values.rates, *values.times)}
    for each, start in values.starts.items():
        for name in walk(start):
            if isinstance(name, Name) and name.path in moving:
                message = f"`{each.text}` starts from `{name.text}`, which is no constant"
                findings.add("E652", message, name.span)


def check_circles(values: Values, findings: Findings) -> None:
    constants = {each: right for each, right in values.starts.items() if each not in values.rates}
    equations = constants | values.values
    in_order = tuple(dict.fromkeys(values.sources.values()))
    algebraic: dict[Path, Expression] = {each.path: equations[each] for each in in_order if each in equations}
    differential: dict[Path, Expression] = {each.path: values.rates[each] for each in in_order if each in values.rates}
    for circle in circles(algebraic, differential):
        path, is_rate = circle[0]
        right = differential[path] if is_rate else algebraic[path]
        findings.add("E651", f"an algebraic loop: {needs(circle)}", right.span, NO_LOOPS)


def needs(circle: list[Computed]) -> str:
    return f"{shown(circle[0])} needs itself" if len(circle) == 2 else " needs ".join(map(shown, circle))


def shown(computed: Computed) -> str:
    path, is_rate = computed
    return f"the derivative of `{'.'.join(path)}`" if is_rate else f"`{'.'.join(path)}`"
