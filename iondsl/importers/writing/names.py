"""Names in the shortest form that means the same where they stand, by the language's own rules of lookup."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from iondsl.elaborate.names import Names
from iondsl.elaborate.physics.arguments import blocks_named
from iondsl.elaborate.scope import Scope
from iondsl.immutable import frozen
from iondsl.importers.lines import announced, changed, with_sides
from iondsl.syntax import Call, Expression, Function, Name, Prime, Program, Statement
from iondsl.traversal import rewrite, walk

Path = tuple[str, ...]


def shortened(program: Program) -> Program:
    """The program with short names, where every name that stood in it was a full path from the root.

    What has no meaning there stays as it is: the arguments of a function, ions and pools in calls, and what stands in
    variants, events and protocols. Raises LookupError for what cannot be named from where it stands.
    """
    names = announced(program)
    return changed(program, names.root, Shortening(names).line)


@frozen
class Shortening:
    """Shortens the names in lines."""

    names: Names

    def line(self, line: Statement, scope: Scope) -> Statement:
        """A line with its names; the parameters of a function hide what has their names."""
        bound = line.parameters if isinstance(line, Function) else ()
        return with_sides(line, partial(self.expression, scope=scope, bound=bound))

    def expression(self, value: Expression, scope: Scope, bound: tuple[str, ...]) -> Expression:
        calls = [node for node in walk(value) if isinstance(node, Call)]
        no_numbers = {id(name) for call in calls for name in blocks_named(call)}

        def change(node: Expression) -> Expression:
            match node:
                case Name() if id(node) not in no_numbers and node.text not in bound:
                    return self.short(node, scope, bound)
                case Prime():
                    return replace(node, name=self.short(node.name, scope, bound))
            return node

        return rewrite(value, change)

    def short(self, name: Name, scope: Scope, bound: tuple[str, ...]) -> Name:
        meaning = self.names.find(name.path, self.names.root)
        if meaning is None:
            return name
        forms = (form for form in self.forms(meaning, name) if ".".join(form) not in bound)
        found = next((form for form in forms if self.names.find(form, scope) == meaning), None)
        if found is None:
            raise LookupError(f"`{name.text}` cannot be named inside `{'.'.join(scope.path)}`, which has that name")
        return replace(name, path=found)

    def forms(self, meaning: str, name: Name) -> list[Path]:
        """What the name may be called, the shortest first: a current also by its `I`, as it is inside of itself."""
        path = tuple(meaning.split("."))
        block = self.names.root.block_at(path)
        paths = [path, name.path, *([(*path, block.main)] if block is not None and block.main else [])]
        forms = {each[-count:] for each in paths for count in range(1, len(each) + 1)}
        return sorted(forms, key=lambda form: (len(form), len(".".join(form)), form))
