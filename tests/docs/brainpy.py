"""BrainPy's ions and channels (2.6 and 2.8), and what of iondsl is each: the tables of docs/parts.md.

What a part has right and BrainPy wrong, its own text says.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`part` is one of the library or, where it is no dotted name, a bundled model.

    `lines` of a `use` give it BrainPy's numbers where it has others, and `own` the reversal potential that classes
    without `v2` have themselves.
    """

    classes: tuple[str, ...]
    part: str
    lines: tuple[str, ...] = ()
    own: str = ""

    @property
    def use(self) -> str:
        """The line to type, for a part."""
        library, _, name = self.part.rpartition(".")
        return f"use {name} from {library}"


@dataclass(frozen=True, slots=True)
class Construct:
    """A name for which iondsl has no part, but a construct of the language; `example` is the heading of its example."""

    names: tuple[str, ...]
    construct: str
    example: str


CONSTRUCTS = (
    Construct(
        ("Ion",),
        "`ion X:` has `z`, concentrations and `E`; what its channels move is booked by `carries`, and `influx(X.i)` is"
        " the sum",
        "Ion",
    ),
    Construct(
        ("Sodium", "Potassium", "Calcium"),
        "`ion Na:`, `ion K:`, `ion Ca:`; the valence `z` and the name behind `carries` are what the marker classes are"
        " for",
        "Sodium, Potassium, Calcium",
    ),
    Construct(
        ("MixIons",),
        "`carries Na, K`, with a share for each: `I.Na =` and `I.K =`",
        "MixIons",
    ),
    Construct(
        ("mix_ions",),
        "nothing: a current reads any ion by its name, and books only what it carries",
        "mix_ions",
    ),
)

IONS = (
    Row(("SodiumFixed",), "ions.sodium_fixed.Na"),
    Row(("PotassiumFixed",), "ions.potassium_fixed.K"),
    Row(("CalciumFixed",), "ions.calcium_fixed.Ca"),
    Row(("CalciumDetailed",), "ions.calcium_detailed.Ca"),
    Row(("CalciumFirstOrder",), "ions.calcium_first_order.Ca"),
)


def both(name: str) -> tuple[str, str]:
    """A class with a reversal potential of its own, and the one that takes that of its ion."""
    return name, f"{name}v2"


HM = "channels.huguenard_mccormick_1992"
AT_ANY_TEMPERATURE = ("p.phi = 1", "q.phi = 1")
K2_OPENING = "p.inf = 1 / (1 + exp(-(u + 43) / 17))"
K2_CLOSING = "1 / (exp((u - 1329) / 200) + exp(-(u + 130) / 7.1))"

CHANNELS = (
    Row(both("INa_Ba2002"), "channels.bazhenov_2002.I_Na", own="Na.E = 50 [mV]"),
    Row(both("INa_TM1991"), "channels.traub_miles_1991.I_Na", ("m.phi = 1", "h.phi = 1"), "Na.E = 50 [mV]"),
    Row(both("INa_HH1952"), "channels.hodgkin_huxley_1952.I_Na", ("m.phi = 1", "h.phi = 1"), "Na.E = 50 [mV]"),
    Row(both("IKDR_Ba2002"), "channels.bazhenov_2002.I_K", own="K.E = -90 [mV]"),
    Row(both("IK_TM1991"), "channels.traub_miles_1991.I_K", ("V_sh = -60 [mV]", "n.phi = 1"), "K.E = -90 [mV]"),
    Row(both("IK_HH1952"), "channels.hodgkin_huxley_1952.I_K", ("g = 10 [mS/cm^2]", "n.phi = 1"), "K.E = -90 [mV]"),
    Row(both("IKA1_HM1992"), f"{HM}.I_A1", AT_ANY_TEMPERATURE, "K.E = -90 [mV]"),
    Row(
        both("IKA2_HM1992"),
        f"{HM}.I_A2",
        (*AT_ANY_TEMPERATURE, "q.tau = recovery if u < -63 else 19"),
        "K.E = -90 [mV]",
    ),
    Row(
        both("IKK2A_HM1992"),
        f"{HM}.I_K2A",
        (*AT_ANY_TEMPERATURE, K2_OPENING, f"q.tau = {K2_CLOSING}"),
        "K.E = -90 [mV]",
    ),
    Row(
        both("IKK2B_HM1992"),
        f"{HM}.I_K2B",
        (*AT_ANY_TEMPERATURE, K2_OPENING, f"q.tau = {K2_CLOSING} if u < -70 else 8.9"),
        "K.E = -90 [mV]",
    ),
    Row(both("IKNI_Ya1989"), "channels.yamada_1989.I_M", ("p.phi = 1",), "K.E = -90 [mV]"),
    Row(("IKL", "IK_Leak"), "channels.leak.I_KL", own="K.E = -90 [mV]"),
    Row(("ICaT_HM1992",), f"{HM}.I_T"),
    Row(("ICaHT_HM1992",), f"{HM}.I_HT"),
    Row(("ICaT_HP1992",), "channels.huguenard_prince_1992.I_T"),
    Row(
        ("ICaHT_Re1993",),
        "channels.reuveni_1993.I_HT",
        ("p.phi = q10(2.3, 23 [degC])", "q.phi = q10(2.3, 23 [degC])"),
    ),
    Row(("ICaL_IS2008",), "channels.inoue_strowbridge_2008.I_L"),
    Row(("ICaN_IS2008",), "channels.inoue_strowbridge_2008.I_CAN", ("p.phi = 1",)),
    Row(both("IAHP_De1994"), "channels.destexhe_1994.I_AHP", ("k_off = 0.09 [1/ms]", "p.phi = 1"), "K.E = -95 [mV]"),
    Row(("Ih_HM1992",), f"{HM}.I_h", ("E = 43 [mV]", "p.phi = 1")),
    Row(("Ih_De1996",), "channels.destexhe_1996.I_h"),
    Row(("IL",), "channels.leak.I_leak"),
    Row(("HH",), "hodgkin_huxley_1952", ("I_leak.g = 0.03 [mS/cm^2]",)),
    Row(("MorrisLecar",), "morris_lecar_1981", ("Ca.E = 130 [mV]",)),
    Row(("WangBuzsakiHH",), "wang_buzsaki_1996"),
)
