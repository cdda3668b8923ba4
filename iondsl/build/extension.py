"""Generated text to an importable module: Cython, one call of the C compiler, and the import."""

from __future__ import annotations

import sys
import threading
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from iondsl.build.call import compile_extension, run
from iondsl.build.compiler import Compiler, find
from iondsl.cache.fingerprint import digest, installed
from iondsl.cache.store import Cache, keep, obtain
from iondsl.errors import CompilerError, UsageError
from iondsl.options import Options

SUFFIX = EXTENSION_SUFFIXES[0]  # names Python's version and ABI as well
LOADING = threading.Lock()
# Cython takes it for itself and compiles no module of this name.
RESERVED = "cython"


def extension(source: str, module: str, options: Options, cache: Cache) -> Path:
    """The path of a compiled `.pyx` text, built once for this compiler, its flags, processor and Python.

    Raises CompilerError where there is no compiler or it fails; the message then says where the source is. Raises
    UsageError for a module that cannot be built under its name.
    """
    if module == RESERVED:
        raise UsageError(f"a model called `{module}` cannot be built: Cython keeps this name; rename the model")
    compiler = find(cache, options.portable)
    key = digest(source, module, SUFFIX, *installed("cython"), *compiler.key())

    def make(folder: Path) -> None:
        (folder / f"{module}.pyx").write_text(source, encoding="utf-8", newline="\n")
        try:
            build(folder, module, compiler)
        except CompilerError as error:
            kept = keep(cache, folder)
            message = str(error).replace(str(folder), str(kept))
            raise CompilerError(f"{message}\n  the source is kept in {kept}") from error

    return obtain(cache, "extensions", key, make) / f"{module}{SUFFIX}"


def build(folder: Path, module: str, compiler: Compiler) -> None:
    """`module`.pyx in a folder becomes the extension beside it; nothing else stays."""
    pyx, c = folder / f"{module}.pyx", folder / f"{module}.c"
    # A process of its own: Cython is not made for threads. -P: no module of the folder is taken for Python's.
    run((sys.executable, "-P", "-m", "cython", "-3", pyx.name, "-o", c.name), what="Cython", folder=folder)
    compile_extension((*compiler.command, *compiler.flags), c, folder / f"{module}{SUFFIX}")
    pyx.unlink()
    c.unlink()


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
    except ImportError as error:
        raise CompilerError(f"{path} was built, but cannot be loaded: {error}") from error
    return module
