"""The physical functions of the language: what each computes, in which unit, after whom.

`computed` is the equation in the language itself. It reads the arguments, the constants and the temperature `T`, which
a file may replace, and converts whatever may have another scale: so every unit of the right dimension fits, and one
that does not is blamed where the user wrote it. Sums over ions, which have no fixed length, are built in `elaborate`.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from iondsl.functions import Signature
from iondsl.immutable import frozen


@frozen
class Law:
    """`equation` is for readers, as papers print it; `unit` is that of the result."""

    signature: Signature
    doc: str
    equation: str
    unit: str
    source: str
    computed: str = ""

    @property
    def temperature(self) -> bool:
        """Whether it reads the temperature of the file."""
        return re.search(r"\bT\b", self.equation) is not None and "T" not in self.signature.arguments


LAWS = MappingProxyType({
    "q10": Law(
        Signature(("factor", "reference")),
        "how much faster a rate is than at the reference temperature",
        "factor^((T - reference)/10 K)",
        "1",
        "van 't Hoff 1884, Études de dynamique chimique",
    ),
    "nernst": Law(
        Signature(("z", "i", "o"), optional=2),
        "the potential at which an ion is in equilibrium: `nernst(X)`, or `nernst(z, i, o)`",
        "R T/(z F) ln(o/i)",
        "mV",
        "Nernst 1889, Zeitschrift für physikalische Chemie 4:129",
        "R * T / (z * F) * log(o / i) in [mV]",
    ),
    "ghk_current": Law(
        Signature(("P", "z", "i", "o", "V"), optional=3),
        "the current of an ion through a membrane with a constant field: `ghk_current(P, X)` at the membrane's V, "
        "or `ghk_current(P, z, i, o, V)`; P z F (i - o) at V = 0",
        "z^2 P V F^2/(R T) (i - o exp(-z F V/(R T)))/(1 - exp(-z F V/(R T)))",
        "that of P F mM: uA/cm^2 with P in cm/s",
        "Goldman 1943, doi:10.1085/jgp.27.1.37; Hodgkin and Katz 1949, doi:10.1113/jphysiol.1949.sp004310",
        # exprel(-u) is (1 - exp(-u))/u: nothing is 0/0 at V = 0, not even where V is a constant.
        "z * P * (F in [C/mol]) * ((i in [mM]) - (o in [mM]) * exp(-z * (V in [mV]) / (R * T / F in [mV])))"
        " / exprel(-z * (V in [mV]) / (R * T / F in [mV]))",
    ),
    "ghk_voltage": Law(
        Signature(("P", "X"), variadic=True),
        "the potential at which the constant-field currents of monovalent ions add up to 0; permeabilities may be "
        "relative: `ghk_voltage(1, K, 0.04, Na, 0.45, Cl)`",
        "R T/F ln((sum of P o over cations, P i over anions)/(sum of P i over cations, P o over anions))",
        "mV",
        "Goldman 1943, doi:10.1085/jgp.27.1.37; Hodgkin and Katz 1949, doi:10.1113/jphysiol.1949.sp004310",
        "(R * T / F in [mV]) * log(above / below)",
    ),
    "activity": Law(
        Signature(("c", "z", "ionic_strength")),
        "the activity of an ion in water at 25 degC, by the equation of Davies; good up to 0.5 mol/L",
        "c 10^(-0.509 z^2 (sqrt(s)/(1 + sqrt(s)) - 0.3 s)), s = ionic_strength/(1 mol/L)",
        "that of c",
        "Davies 1962, Ion Association, Butterworths, London",
        "c * 10^(-0.509 * z^2 * (sqrt((ionic_strength in [M]) / 1 [M]) / (1 + sqrt((ionic_strength in [M]) / 1 [M]))"
        " - 0.3 * (ionic_strength in [M]) / 1 [M]))",
    ),
    "ionic_strength": Law(
        Signature(("space",)),
        "that of all ions with a concentration in a space",
        "1/2 sum of z^2 c",
        "mM",
        "Lewis and Randall 1921, J. Am. Chem. Soc. 43:1112",
    ),
    "charge": Law(
        Signature(("space",)),
        "the charge of all ions with a concentration in a space, as an amount of elementary charges: times F it is in "
        "coulomb; per membrane area in a space with a depth",
        "sum of z c volume",
        "amol; umol/m^2 with a depth",
        "definition",
    ),
    "osmoles": Law(
        Signature(("space",)),
        "the amount of all species with a concentration in a space, charged or not; per membrane area in a space with "
        "a depth",
        "sum of c volume",
        "amol; umol/m^2 with a depth",
        "definition",
    ),
    "donnan": Law(
        Signature(("impermeant", "salt")),
        "the potential of a space whose impermeant charge (signed, per volume) is in equilibrium with a bath of a "
        "monovalent salt",
        "-R T/F ln((sqrt(impermeant^2 + 4 salt^2) - impermeant)/(2 salt))",
        "mV",
        "Donnan 1911, Zeitschrift für Elektrochemie 17:572",
        # R T/F asinh(x) with x = impermeant/(2 salt), without the difference of large numbers.
        "(R * T / F in [mV]) * sign((impermeant in [mM]) / (2 * (salt in [mM])))"
        " * log1p(abs((impermeant in [mM]) / (2 * (salt in [mM]))) + ((impermeant in [mM]) / (2 * (salt in [mM])))^2"
        " / (1 + sqrt(1 + ((impermeant in [mM]) / (2 * (salt in [mM])))^2)))",
    ),
    "eyring": Law(
        Signature(("dG", "T")),
        "the rate at which a barrier of the free energy dG is crossed",
        "k_B T/h exp(-dG/(R T)), h = 6.62607015e-34 J s",
        "1/s",
        "Eyring 1935, doi:10.1063/1.1749604",
        "k_B * T / 6.62607015e-34 [J s] * exp(-(dG in [kJ/mol]) / (R * T in [kJ/mol])) in [1/s]",
    ),
    "nernst_planck": Law(
        Signature(("D", "z", "c", "dc_dx", "dphi_dx")),
        "the flux of an ion that diffuses and drifts along x",
        "-D (dc_dx + z F/(R T) c dphi_dx)",
        "mol/(m^2 s)",
        "Nernst 1888, Zeitschrift für physikalische Chemie 2:613; Planck 1890, doi:10.1002/andp.18902750202",
        "-(D in [um^2/ms]) * ((dc_dx in [mM/um])"
        " + z * (c in [mM]) * (dphi_dx in [mV/um]) / (R * T / F in [mV])) in [mol/(m^2 s)]",
    ),
})

PHYSICAL = MappingProxyType({name: law.signature for name, law in LAWS.items()})
