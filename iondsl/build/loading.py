"""What was generated or built, imported."""

from __future__ import annotations

import sys
import threading
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from iondsl.cache.fingerprint import digest
from iondsl.errors import CompilerError, UsageError

LOADING = threading.Lock()


def load(path: Path, module: str) -> ModuleType:
    """Import an extension or a Python file under a name that only this path has.

    So models of one name, or one model with several options, live side by side, and no `import` of the
    user's meets them. Loading one path twice gives the same module. Raises CompilerError where it fails, UsageError
    for a file that is no module of Python.
    """
    name = f"_iondsl_{digest(str(path))}.{module}"
    with LOADING:
        if name not in sys.modules:
            sys.modules[name] = execute(path, name)
            # Cython enters a module under its bare name as well, where that is free.
            if sys.modules.get(module) is sys.modules[name]:
                del sys.modules[module]
        return sys.modules[name]


def execute(path: Path, name: str) -> ModuleType:
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path.name} cannot be run here, since Python does not import it; `iondsl compile` writes it")
    try:
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
    except (ImportError, OSError) as error:
        raise CompilerError(f"{path} was built, but cannot be loaded: {error}") from error
    return module
