"""What holds a bundled model to something from outside: a record of its source's derivatives, tests that name it."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent.parent
# These compare a model with itself, and the last one with the records.
UNSAID = ("test_agreement", "test_conserved", "test_finite", "test_derivatives")
REFERENCE = re.compile(r"from tests\.reference import (.+)")


def held(name: str) -> tuple[str, ...]:
    """Links to the record and the tests, each with what it says of itself."""
    records = sorted((TESTS / "reference" / "derivatives").glob(f"{name}*.json"))
    files = [path for path in sorted((TESTS / "models").glob("test_*.py")) if path.stem not in UNSAID]
    tests = [described(path) for path in files if re.search(rf"\b{name}\b", read(path))]
    return (*filter(None, (derivatives(path, name) for path in records)), *tests)


@cache
def read(path: Path) -> str:
    """A test, and the tables of numbers that it takes."""
    own = path.read_text(encoding="utf-8")
    imported = [name.strip() for found in REFERENCE.findall(own) for name in found.split(",")]
    tables = (TESTS / "reference" / f"{name}.py" for name in imported if name.startswith("golden"))
    return "\n".join([own, *(each.read_text(encoding="utf-8") for each in tables)])


def derivatives(path: Path, name: str) -> str:
    """Nothing for a record of another model whose name begins with this one."""
    record = json.loads(path.read_text(encoding="utf-8"))
    if record["model"] != name:
        return ""
    of = f" of `{record['variant']}`" if "variant" in record else ""
    link = f"[derivatives](../tests/reference/derivatives/{path.name})"
    return f"{link}{of} at six states, in 50 digits: {record['source']}"


def described(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(text.split("\n\n")[0].split())
    return f"[{path.name}](../tests/models/{path.name}): {paragraph}"
