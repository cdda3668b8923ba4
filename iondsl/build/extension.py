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
from iondsl.errors import CompilerError
from iondsl.options import Options

SUFFIX = EXTENSION_SUFFIXES[0]  # names Python's version and ABI as well
LOADING = threading.Lock()


def extension(source: str, module: str, options: Options, cache: Cache) -> Path:
    """The path of a compiled `.pyx` text, built once for this compiler, its flags, processor and Python.

    Raises CompilerError where there is no compiler or it fails; the message then says where the source is.
    """
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
    user's meets them. Loading one path twice gives the same module. Raises CompilerError where it fails.
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
        raise ValueError(f"{path} has no suffix of a Python module")
    try:
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
    except ImportError as error:
        raise CompilerError(f"{path} was built, but cannot be loaded: {error}") from error
    return module
