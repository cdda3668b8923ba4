"""Schemes and targets are modules of a package, found by name: adding one is adding a file."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from iondsl.errors import UsageError, suggestion


def names(package: str) -> tuple[str, ...]:
    """The modules on the package's `__path__`, sorted, without helpers, whose names begin with `_`."""
    path = importlib.import_module(package).__path__
    found = {module.name for module in pkgutil.iter_modules(path)}
    return tuple(sorted(name for name in found if not name.startswith("_")))


def load(package: str, name: str) -> ModuleType:
    """The module `package.name`.

    Raises:
        UsageError: there is none; the message lists those that there are.
    """
    known = names(package)
    if name not in known:
        kind = package.rpartition(".")[2].removesuffix("s")
        listed = f"unknown {kind} `{name}`; available: {', '.join(known)}"
        raise UsageError("\n".join(filter(None, (listed, suggestion(name, known)))))
    return importlib.import_module(f"{package}.{name}")
