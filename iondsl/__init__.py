"""iondsl: ions, gates and membrane currents as papers print them, compiled to native step functions.

    import iondsl
    model = iondsl.load("hodgkin_huxley_1952")
    result = model.compile().run(until=100.0, protocol="step")
    result.time, result["V"]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iondsl.api import Model, format_text, load, models
    from iondsl.errors import CompilerError, Diagnostic, IonError, ModelError, NumericsError, UsageError
    from iondsl.simulate.cell import Cell
    from iondsl.simulate.result import Result

__version__ = "0.1.0"

__all__ = [
    "Cell",
    "CompilerError",
    "Diagnostic",
    "IonError",
    "Model",
    "ModelError",
    "NumericsError",
    "Result",
    "UsageError",
    "format_text",
    "load",
    "models",
]

HOME = {
    "Model": "api",
    "format_text": "api",
    "load": "api",
    "models": "api",
    "Cell": "simulate.cell",
    "Result": "simulate.result",
    **dict.fromkeys(
        ("CompilerError", "Diagnostic", "IonError", "ModelError", "NumericsError", "UsageError"), "errors"
    ),
}


def __dir__() -> list[str]:
    """Also what has not been loaded yet."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    """Each name is loaded when it is first used: `import iondsl` alone costs nothing."""
    if name not in HOME:
        raise AttributeError(f"module 'iondsl' has no attribute {name!r}")
    return getattr(import_module(f"iondsl.{HOME[name]}"), name)
