"""What a Foreign says in numbers, at its initial values and the time 0."""

from __future__ import annotations

from functools import cache

from iondsl.evaluation import evaluated
from iondsl.importers.foreign import TIME, Foreign
from iondsl.importers.mmt import read
from iondsl.source import Source
from iondsl.syntax import Call, Expression, Name
from iondsl.traversal import rewrite


def model(body: str, head: str = "") -> str:
    """A whole file around the variables of a component."""
    return f"[[model]]\n{head}\n[engine]\ntime = 0 bind time\n\n[c]\n{body}\n"


def read_text(text: str) -> Foreign:
    return read(Source("cell.mmt", text))


def values(foreign: Foreign) -> dict[str, float]:
    """Each variable by its full name; of a state, its derivative."""
    variables = {".".join(each.path): each for each in foreign.variables}

    @cache
    def number(name: str) -> float:
        variable = variables[name.removesuffix("'")]
        if variable.binding == TIME:
            return 0.0
        value = variable.start if variable.is_state and not name.endswith("'") else variable.value
        assert value is not None
        return evaluated(called(value, foreign), number)

    return {name: number(f"{name}'" if each.is_state else name) for name, each in variables.items()}


def called(expression: Expression, foreign: Foreign) -> Expression:
    """The expression with the functions of the user put in."""
    functions = {each.name: each for each in foreign.functions}

    def change(node: Expression) -> Expression:
        if not isinstance(node, Call) or node.function.text not in functions:
            return node
        function = functions[node.function.text]
        arguments = dict(zip(function.parameters, node.arguments, strict=True))
        inner = called(function.value, foreign)
        return rewrite(inner, lambda each: arguments.get(each.text, each) if isinstance(each, Name) else each)

    return rewrite(expression, change)
