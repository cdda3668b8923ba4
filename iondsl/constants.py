"""The physical constants of the language: exact quantities, since the SI of 2019 defines them.

Source: CODATA 2018, https://physics.nist.gov/cuu/Constants; F = N_A q_e and R = N_A k_B to their last digit. A
quantity of the same name at the top of a file replaces one.
"""

from __future__ import annotations

from types import MappingProxyType

from iondsl.immutable import frozen
from iondsl.units import Unit, read_unit


@frozen
class Constant:
    """`text` are all digits of the value."""

    text: str
    unit: Unit
    doc: str


CONSTANTS = MappingProxyType({
    "F": Constant("96485.3321233100184", read_unit("C/mol"), "Faraday constant"),
    "R": Constant("8.31446261815324", read_unit("J/(mol K)"), "gas constant"),
    "k_B": Constant("1.380649e-23", read_unit("J/K"), "Boltzmann constant"),
    "q_e": Constant("1.602176634e-19", read_unit("C"), "elementary charge"),
    "N_A": Constant("6.02214076e23", read_unit("1/mol"), "Avogadro constant"),
})
