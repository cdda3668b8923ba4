"""Names in expressions → full paths, and calls of the user's functions → calls of functions with names of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from iondsl.errors import Diagnostic, suggestion
from iondsl.importers.foreign import Function, Path
from iondsl.importers.mmt.draft import Draft, DraftVariable
from iondsl.importers.mmt.functions import OWN, counted
from iondsl.importers.naming import safe
from iondsl.syntax import Call, Expression, Name, Prime
from iondsl.traversal import rewrite

MOST_SUGGESTIONS = 10  # each is held against every name of the model


class Names:
    """Looks names up in a draft. What is not found is reported once for each place, and left as it is."""

    def __init__(self, draft: Draft, findings: list[Diagnostic]) -> None:
        self.draft = draft
        self.findings = findings
        self.variables: Mapping[Path, DraftVariable] = {each.path: each for each in draft.variables()}
        self.functions: dict[tuple[str, int], str] = {}
        self.sought = 0

    def check_aliases(self) -> None:
        for component in self.draft.components.values():
            for alias in component.aliases.values():
                if alias.target.path[:1] != component.path:
                    self.lookup(alias.target, None)

    def in_variable(self, expression: Expression, owner: DraftVariable) -> Expression:
        """The right side of a variable, with full names."""
        return rewrite(expression, lambda node: self.changed(node, owner))

    def in_start(self, expression: Expression) -> Expression:
        """An initial value: it stands outside all components, and its names are full ones."""
        return rewrite(expression, lambda node: self.changed(node, None))

    def in_function(self, function: Function) -> Function:
        """A function, whose names are its arguments; those declared above it may be called."""

        def change(node: Expression) -> Expression:
            if isinstance(node, Name) and node.text not in function.parameters:
                cure = suggestion(node.text, function.parameters) or "a function knows its arguments alone"
                self.unknown(Diagnostic("E614", f"`{node.text}` is no argument of `{function.name}`", node.span, cure))
            if isinstance(node, Prime):
                self.unknown(Diagnostic("E617", "no derivative can stand in a function", node.span))
            return self.called(node) if isinstance(node, Call) else node

        value = rewrite(function.value, change)
        return replace(function, name=self.own_name(function), value=value)

    def own_name(self, function: Function) -> str:
        """The name; with the number of arguments, if another function has the same."""
        name, count = function.name, len(function.parameters)
        if name in OWN:
            cure = "give it another name"
            self.findings.append(Diagnostic("E615", f"`{name}` is a function of the format", function.span, cure))
        taken = set(self.functions.values())
        unique = f"{name}_{count}" if name in taken else safe(name)
        while unique in taken:
            unique += "_"
        self.functions[name, count] = unique
        return unique

    def changed(self, node: Expression, owner: DraftVariable | None) -> Expression:
        match node:
            case Name():
                return self.lookup(node, owner)
            case Prime():
                return self.derivative(replace(node, name=self.lookup(node.name, owner)))
            case Call():
                return self.called(node)
        return node

    def derivative(self, node: Prime) -> Prime:
        variable = self.variables.get(node.name.path)
        if variable is not None and not variable.is_state:
            cure = f"it becomes one by `dot({variable.path[-1]}) = ...`"
            self.findings.append(Diagnostic("E616", f"`{variable.name}` is no state", node.span, cure))
        return node

    def called(self, call: Call) -> Call:
        name, count = call.function.text, len(call.arguments)
        if name in OWN:
            return call
        if (name, count) in self.functions:
            return replace(call, function=replace(call.function, path=(self.functions[name, count],)))
        counts = [others for known, others in self.functions if known == name]
        message, known = f"unknown function `{name}`", [*OWN, *(each for each, _ in self.functions)]
        if counts:
            message, cure = f"`{name}` with {counted(count)}", f"it takes {counted(counts[0])}"
        elif (name, count) in self.draft.functions:
            cure = "it is declared further down: move it up"
        else:
            cure = suggestion(name, known)
        self.unknown(Diagnostic("E617", message, call.function.span, cure))
        return call

    def lookup(self, name: Name, owner: DraftVariable | None) -> Name:
        path = self.find(name.path, owner)
        if path is None:
            self.sought += 1
            cure = self.cure(name, owner) if self.sought <= MOST_SUGGESTIONS else ""
            self.unknown(Diagnostic("E614", f"unknown name `{name.text}`", name.span, cure))
            return name
        return replace(name, path=path)

    def find(self, path: Path, owner: DraftVariable | None) -> Path | None:
        if len(path) == 2:
            return path if path in self.variables else None
        if owner is None:
            return None
        component = self.draft.components[owner.path[0]]
        if path[0] in component.aliases:
            return component.aliases[path[0]].target.path
        return next((each for each in seen_from(owner, path[0]) if each in self.variables), None)

    def unknown(self, finding: Diagnostic) -> None:
        """Say that something is missing, unless it may stand in a line that could not be read."""
        if not self.draft.lost:
            self.findings.append(finding)

    def cure(self, name: Name, owner: DraftVariable | None) -> str:
        *_, last = name.path
        full = {".".join(path): path for path in self.variables if len(path) == 2}
        elsewhere = [text for text, path in full.items() if path[1] == last]
        inside = next((path for path in self.variables if len(path) > 2 and path[-1] == last), None)
        if elsewhere:
            return f"did you mean `{elsewhere[0]}`?"
        if inside is not None:
            return f"`{last}` is nested in `{'.'.join(inside[:-1])}`, and seen only there"
        component = self.draft.components[owner.path[0]] if owner is not None else None
        near = [] if component is None or len(name.path) > 1 else [*component.aliases, *component.nested]
        return suggestion(name.text, [*near, *full])


def seen_from(owner: DraftVariable, name: str) -> Iterator[Path]:
    """Where a name is looked for: in the variable, then in what it is nested in, up to its component."""
    yield from ((*owner.path[:size], name) for size in range(len(owner.path), 0, -1))
