"""What the tests of the LaTeX target share."""

from __future__ import annotations

from iondsl.pipeline import resolve
from iondsl.source import Source
from iondsl.system import System
from iondsl.targets.latex.naming import symbols_of
from iondsl.targets.latex.printer import Printer


def system_of(text: str) -> System:
    """A model of these lines; `model` is put before them."""
    return resolve(Source("test.ion", f"model test:\n    \"a test\"\n{text}\n"))


def equation(right: str, others: str = "") -> str:
    """The right-hand side of `y`, printed; V, x and z are states; a, b and u (in mV) parameters."""
    parameters = "param a = 1\nparam b = 1\nparam u = 1 [mV]"
    states = "\n".join(f"state {name} = 0\n{name}' = 0" for name in "Vxz")
    system = system_of(f"{others}\n{parameters}\n{states}\ny = {right}")
    quantity = next(each for each in system.quantities if each.name == "y")
    assert quantity.value is not None
    return Printer(system, symbols_of(system)).box(quantity.value.written).tex


def symbols(text: str) -> dict[str, str]:
    return {name: symbol.tex for name, symbol in symbols_of(system_of(text)).items()}
