"""The import rules of docs/architecture.md, read off the source: the stages only look back, never ahead."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Each stage with the modules and packages directly under iondsl/ that belong to it.
# A module may import from its own stage (without a circle) and from the stages above it in this table.
STAGES: dict[str, tuple[str, ...]] = {
    "ground": (
        *("immutable", "source", "errors", "options", "assumed", "resources", "plugins", "reading", "starting"),
        *("functions", "laws", "constants", "syntax", "traversal", "evaluation", "table", "units", "quantity"),
        *("wave", "limits", "recording", "library", "cache"),
    ),
    "text to syntax": ("parser", "formatter", "wrapping", "sentences", "layout", "catalogue"),
    "units of equations": ("inference",),
    "syntax to system": ("checks", "conservation", "elaborate", "linear", "system"),
    "other tools to text": ("importers",),
    "system to model": ("algebra", "order", "symbolic", "model", "values"),
    "facts about a model": ("analysis",),
    "model to step": (
        *("step", "flow", "elimination", "volumes", "holding", "schemes", "steady", "schedule", "passes"),
        *("manifest", "describe", "ranges"),
    ),
    "step to text": ("targets", "render", "show"),
    "text to extension": ("build", "doctor", "pdf"),
    "running": ("simulate",),
    "pipeline": ("pipeline",),
    "public API": ("api",),
    "package": ("__init__",),
    "command line": ("cli", "__main__"),
}

# Who may import what comes from outside. The rest of iondsl uses the standard library alone.
OUTSIDE: dict[str, tuple[str, ...]] = {
    "lark": ("parser",),
    "sympy": (
        "conservation.identities",
        *("algebra", "order", "symbolic", "model", "values", "analysis"),
        *("step", "flow", "elimination", "volumes", "holding", "schemes", "steady", "schedule", "passes"),
        *("targets", "api"),
    ),
    "libcellml": ("importers.cellml.validation",),
    "jinja2": ("render",),
    "Cython": ("build",),
    "subprocess": ("build", "pdf"),
    "numpy": ("targets", "simulate", "api"),
    "matplotlib": ("simulate",),
    "filelock": ("cache",),
    "click": ("cli",),
    "rich": ("cli",),
}

# Text never becomes a program by these. A module that has to is named here, with the reason.
EVALUATORS = ("eval", "exec", "sympify", "parse_expr", "lambdify")
MAY_EVALUATE: dict[str, str] = {}

# The command line's last line of defence is the one place that may catch everything.
MAY_CATCH_ALL = ("cli",)


@dataclass(frozen=True, slots=True)
class Module:
    """A source file; its name is without the leading `iondsl.`, and the package itself is `__init__`."""

    name: str
    tree: ast.Module

    @property
    def head(self) -> str:
        return self.name.partition(".")[0]

    def at(self, node: ast.stmt | ast.expr | ast.excepthandler, message: str) -> str:
        return f"iondsl.{self.name}, line {node.lineno}: {message}"


def on_disk() -> dict[str, Module]:
    found = {}
    for path in sorted((ROOT / "iondsl").rglob("*.py")):
        parts = path.relative_to(ROOT / "iondsl").with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "__init__"
        found[name] = Module(name, ast.parse(path.read_bytes(), filename=str(path)))
    return found


MODULES = on_disk()
KNOWN = MODULES.keys() | {member for members in STAGES.values() for member in members}


def imports(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every import, also those inside functions, as a full dotted name."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def inside(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """The modules of iondsl that a module imports; of a name in a module, the module."""
    for node, name in imports(module):
        parts = name.split(".")
        if parts[0] != "iondsl":
            continue
        while len(parts) > 1 and ".".join(parts[1:]) not in KNOWN:
            parts.pop()
        yield node, ".".join(parts[1:]) or "__init__"


def outside(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    free = (sys.stdlib_module_names | {"_typeshed"}) - OUTSIDE.keys()
    for node, name in imports(module):
        package = name.partition(".")[0]
        if package != "iondsl" and package not in free:
            yield node, package


def stage_of(head: str) -> int | None:
    return next((place for place, members in enumerate(STAGES.values()) if head in members), None)


def matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, pattern) or fnmatch(name, f"{pattern}.*") for pattern in patterns)


def unplaced(module: Module) -> Iterator[str]:
    if stage_of(module.head) is None:
        yield f"iondsl.{module.name} has no stage: add '{module.head}' to STAGES in {Path(__file__).name}"


def turning_back(module: Module) -> Iterator[str]:
    own = stage_of(module.head)
    for node, name in inside(module):
        other = stage_of(name.partition(".")[0])
        if own is not None and other is not None and other > own:
            written = "the package itself" if name == "__init__" else f"iondsl.{name}"
            yield module.at(node, f"imports {written}, of a later stage, '{list(STAGES)[other]}'")


def leaning_on_siblings(module: Module) -> Iterator[str]:
    """A target stands alone; what targets share is in a module named `_...` or `base...`."""
    own = module.name.split(".")[:2]
    if own[0] == "targets" and len(own) == 2:
        for node, name in inside(module):
            other = name.split(".")[:2]
            if other[0] == "targets" and other != own and not other[-1].startswith(("_", "base", "targets")):
                yield module.at(node, f"imports another target, iondsl.{name}")


def foreign(module: Module) -> Iterator[str]:
    for node, package in outside(module):
        allowed = OUTSIDE.get(package, ())
        if not matches(module.name, allowed):
            users = ", ".join(allowed) or "nobody"
            yield module.at(node, f"imports {package}, which OUTSIDE reserves for {users}")


def evaluating(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                names = [name]
            case ast.ImportFrom(names=aliases):
                names = [alias.name for alias in aliases]
            case _:
                continue
        if module.name not in MAY_EVALUATE:
            yield from (module.at(node, f"uses {name}") for name in names if name in EVALUATORS)


def swallowing(module: Module) -> Iterator[str]:
    if matches(module.name, MAY_CATCH_ALL):
        return
    for node in ast.walk(module.tree):
        match node:
            case ast.ExceptHandler(type=None):
                yield module.at(node, "a bare except")
            case ast.ExceptHandler(type=ast.expr() as caught) if catches_all(caught):
                yield module.at(node, f"except {ast.unparse(caught)}")
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress")):
                if any(catches_all(argument) for argument in node.args):
                    yield module.at(node, ast.unparse(node))


def catches_all(caught: ast.expr) -> bool:
    names = (name.id for name in ast.walk(caught) if isinstance(name, ast.Name))
    return any(name in ("Exception", "BaseException") for name in names)


def rebinding(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Global):
            yield module.at(node, f"changes a global, {', '.join(node.names)}")


RULES = (unplaced, turning_back, leaning_on_siblings, foreign, evaluating, swallowing, rebinding)


@pytest.mark.parametrize("rule", RULES)
def test_rule(rule: Callable[[Module], Iterator[str]]) -> None:
    found = dict.fromkeys(message for module in MODULES.values() for message in rule(module))
    assert not found, "\n" + "\n".join(found)


def test_no_circles() -> None:
    graph = {module.name: {name for _, name in inside(module)} for module in MODULES.values()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which prints the circle


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (unplaced, "misplaced", ""),
        (turning_back, "errors", "from iondsl.step import Step"),
        (turning_back, "errors", "def late():\n    import iondsl.step"),
        (leaning_on_siblings, "targets.numpy", "from iondsl.targets.cython import context"),
        (foreign, "formatter", "import lark"),
        (foreign, "units.algebra", "from sympy import Rational"),
        (foreign, "simulate.runs", "import subprocess"),
        (foreign, "api", "import pandas"),
        (evaluating, "symbolic", "import sympy\nsympy.sympify(text)"),
        (evaluating, "symbolic", "from sympy import lambdify as compiled"),
        (evaluating, "artifact", "exec(text)"),
        (swallowing, "parser", "try:\n    pass\nexcept (ValueError, Exception):\n    pass"),
        (swallowing, "parser", "try:\n    pass\nexcept:\n    pass"),
        (swallowing, "parser", "with contextlib.suppress(Exception):\n    pass"),
        (rebinding, "cache", "def store(x):\n    global kept\n    kept = x"),
    ],
)
def test_rule_finds(rule: Callable[[Module], Iterator[str]], name: str, text: str) -> None:
    assert list(rule(Module(name, ast.parse(text))))
