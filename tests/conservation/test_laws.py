"""Laws that hold are proven, and laws that do not are refused, each with what is left over."""

from __future__ import annotations

import pytest

from iondsl.conservation import Verdict, proofs
from iondsl.pipeline import resolve
from iondsl.reading import read
from tests.conservation.laws import CELL, MOVING, examined, proven, refused

TRUE = {
    "sodium and its other carrier": """
conserved Na_total = Na.i * i.volume + Na.o * o.volume
Na_total' = 0
""",
    "potassium, in other units": "conserved K_total [fmol] = (K.i * i.volume + K.o * o.volume) in [fmol]",
    "calcium by a share, two stores and a buffer": """
conserved Ca_total = (Ca.i + CaB) * i.volume + Ca.er * er.volume
Ca_total' = -I_h.I.Ca * membrane.area / (2 * F) + CaB' * i.volume
""",
    "charge of membrane and cell": """
conserved Q [amol] = membrane.C * membrane.area * V / F - charge(i) - charge(er)
Q' = -I_leak * membrane.area / F
""",
    "charge with F on the other side": """
conserved Q [fC] = membrane.C * membrane.area * V - F * (charge(i) + charge(er))
Q' = -I_leak * membrane.area * (F / F)
""",
    "a flux in another unit": """
conserved inside [amol] = K.i * i.volume
inside' [fmol/s] = (-I_K - (-2 * I_pump) * membrane.area + I_s) / F
""",
    "a buffer": "conserved B_total = B + CaB",
    "multiples": "conserved some = 3 * Na.i * i.volume + 3 * Na.o * o.volume - (B + CaB) * 2 * i.volume",
    "a function of a law": "conserved some = exp(-(B + CaB)^2 / 1 [mM^2]) / (1 + sqrt((B + CaB) / 1 [mM]))",
    "a law in another": """
conserved B_total = B + CaB
conserved twice = B_total * 2 + B
twice' = -binding
""",
    "an oscillator": """
part osc:
    param w = 0.3 [1/ms]
    state p = 1
    state q = 0
    p' = w * q
    q' = -w * p
    conserved energy = p^2 + q^2
    conserved angle = atan(q / p) + w * t
""",
    "a pendulum": """
state angle = 1
state speed [1/ms] = 0 [1/ms]
angle' = speed
speed' = -0.01 [1/ms^2] * sin(angle)
conserved energy = speed^2 / 2 - 0.01 [1/ms^2] * cos(angle)
""",
    "predators and prey": """
state a = 1
state b = 2
a' = a * (1 - b) / 1 [ms]
b' = b * (a - 1) / 1 [ms]
conserved v = a - log(a) + b - log(b)
""",
    "an epidemic": """
param beta = 0.4 [1/ms]
param gamma = 0.1 [1/ms]
state S = 0.99
state I = 0.01
S' = -beta * S * I
I' = beta * S * I - gamma * I
conserved h = I + S - gamma / beta * log(S)
""",
    "rapid buffering": """
param total = 0.1 [mM]
param K_d = 0.001 [mM]
state c = 1e-4 [mM]
state out = 0 [mM]
bound = total * c / (c + K_d)
c' = -0.1 [1/ms] * c / (1 + total * K_d / (c + K_d)^2)
out' = 0.1 [1/ms] * c
conserved calcium = c + bound + out
""",
    "one state defined by the others": """
state a = 1
state b = 0
c = 1 - a - b
a' = (c - 2 * a) / 1 [ms]
b' = a / 1 [ms]
conserved occupied = a + b + c
""",
}
TRUE_WHERE_VOLUMES_MOVE = {
    "amounts": "conserved Na_total = Na.i * i.volume + Na.o * o.volume",
    "amounts by name": "conserved Na_total [amol] = osmoles(i) + osmoles(o)",
    "volumes": "conserved whole = i.volume + o.volume",
    "charge": "conserved Q [amol] = membrane.C * membrane.area * V / F - charge(i)",
    "a concentration with its dilution": """
conserved c = Na.i
c' = -I_Na * membrane.area / (F * i.volume) - Na.i * i.volume' / i.volume
""",
}

FALSE = {
    "a flow left out": (
        "conserved Na_total = Na.i * i.volume",
        "`Na_total` is not conserved; residual: -(I_Na + 3 * I_pump + I_h.I.Na) * membrane.area / F",
    ),
    "a store left out": (
        "conserved Ca_total = Ca.i * i.volume\nCa_total' = -I_h.I.Ca * membrane.area / (2 * F)",
        "this is not what `Ca_total` changes by; residual: J_er * i.volume - 1e-3 * J_up",
    ),
    "a wrong sign": (
        "conserved Na_total = Na.i * i.volume - Na.o * o.volume",
        "`Na_total` is not conserved; residual: -2 * (I_Na + 3 * I_pump + I_h.I.Na) * membrane.area / F",
    ),
    "a wrong sign of the flux": (
        "conserved Q [amol] = membrane.C * membrane.area * V / F - charge(i) - charge(er)\n"
        "Q' = I_leak * membrane.area / F",
        "this is not what `Q` changes by; residual: -2 * I_leak * membrane.area / F",
    ),
    "a wrong valence": (
        "conserved Ca_total = Ca.i * i.volume + Ca.er * er.volume\nCa_total' = -I_h.I.Ca * membrane.area / F",
        "this is not what `Ca_total` changes by; residual: 1/2 * I_h.I.Ca * membrane.area / F",
    ),
    "a factor 1000": (
        "conserved K_total = K.i * i.volume + 1000 * K.o * o.volume",
        "`K_total` is not conserved; residual: 999 * (-2 * I_pump * membrane.area + I_K - I_s) / F",
    ),
    "a volume exchanged": (
        "conserved Na_total = Na.i * i.volume + Na.o * i.volume",
        "`Na_total` is not conserved; residual: "
        "(I_Na + 3 * I_pump + I_h.I.Na) * (-1 + i.volume / o.volume) * membrane.area / F",
    ),
    "volumes left out": (
        "conserved Na_total = Na.i + Na.o",
        "`Na_total` is not conserved; residual: "
        "(I_Na + 3 * I_pump + I_h.I.Na) * (-1 / i.volume + 1 / o.volume) * membrane.area / F",
    ),
    "a flux in another unit": (
        "conserved inside [amol] = Na.i * i.volume\n"
        "inside' = -(I_Na + 3 * I_pump + I_h.I.Na) * membrane.area / F * 0.001 [1]",
        "this is not what `inside` changes by; residual: "
        "-999 * (I_Na + 3 * I_pump + I_h.I.Na) * membrane.area / (1000 * F)",
    ),
    "a buffer without its factor": (
        "conserved some = B + 2 * CaB",
        "`some` is not conserved; residual: binding",
    ),
    "charge without a store": (
        "conserved Q [amol] = membrane.C * membrane.area * V / F - charge(i)\nQ' = -I_leak * membrane.area / F",
        "this is not what `Q` changes by; residual: -2 * J_er * i.volume + 1/500 * J_up",
    ),
    "charge without its leak": (
        "conserved Q [amol] = membrane.C * membrane.area * V / F - charge(i) - charge(er)",
        "`Q` is not conserved; residual: -I_leak * membrane.area / F",
    ),
    "a wrong sign of the charge": (
        "conserved Q [amol] = membrane.C * membrane.area * V / F + charge(i) + charge(er)",
        "`Q` is not conserved; residual: (-2 * I_Na * membrane.area - 2 * I_pump * membrane.area "
        "- 2 * I_h.I.Na * membrane.area - 2 * I_h.I.Ca * membrane.area - I_leak * membrane.area - 2 * I_K "
        "+ 2 * I_s) / F",
    ),
    "a product": (
        "conserved some = B * CaB",
        "`some` is not conserved; residual: (B - CaB) * binding",
    ),
    "equal only at the start": (
        "state a = 1\na' = -a^2 / 1 [ms]\nstate b = 1\nb' = a / 1 [ms]\nconserved some = a + b",
        "`some` is not conserved; residual: (1 - a) * a",
    ),
    "equal only for these parameters": (
        "param k = 2 [1/ms]\nstate a = 1\na' = -k * a\nstate b = 1\nb' = 2 [1/ms] * a\nconserved some = a + b",
        "`some` is not conserved; residual: (2 - k) * a",
    ),
}
FALSE_WHERE_VOLUMES_MOVE = {
    "a concentration alone": (
        "conserved c = Na.i\nc' = -I_Na * membrane.area / (F * i.volume)",
        "this is not what `c` changes by; residual: -Na.i * i.volume' / i.volume",
    ),
    "a volume alone": (
        "conserved whole = i.volume",
        "`whole` is not conserved; residual: i.volume'",
    ),
}


@pytest.mark.parametrize("law", TRUE.values(), ids=TRUE)
def test_true_laws_are_proven(law: str) -> None:
    found = proven(CELL + law)
    assert found
    assert {proof.verdict for proof in found} == {Verdict.PROVEN}


@pytest.mark.parametrize("law", TRUE_WHERE_VOLUMES_MOVE.values(), ids=TRUE_WHERE_VOLUMES_MOVE)
def test_true_laws_are_proven_where_volumes_move(law: str) -> None:
    assert [proof.verdict for proof in proven(MOVING + law)] == [Verdict.PROVEN]


@pytest.mark.parametrize(("law", "message"), FALSE.values(), ids=FALSE)
def test_false_laws_are_refused(law: str, message: str) -> None:
    assert refused(CELL + law) == message


@pytest.mark.parametrize(("law", "message"), FALSE_WHERE_VOLUMES_MOVE.values(), ids=FALSE_WHERE_VOLUMES_MOVE)
def test_false_laws_are_refused_where_volumes_move(law: str, message: str) -> None:
    assert refused(MOVING + law) == message


def test_sympy_is_asked_for_what_remains() -> None:
    """sin(2 x) is 2 sin(x) cos(x): no sum of products says so."""
    (found,) = proven("""
state x = 0.3
state y = 1
state z = 2
x' = 0.1 / 1 [ms]
y' = sin(2 * x) / 1 [ms]
z' = -2 * sin(x) * cos(x) / 1 [ms]
conserved some = y + z
""")
    assert found.how == "follows from the definitions, by SymPy"


def test_what_cannot_be_decided_is_an_error() -> None:
    """sqrt(x^2) is x where x is positive, which nobody states."""
    lines = """
state x = 0.3
state y = 1
x' = sqrt(x^2) / 1 [ms]
y' = -x / 1 [ms]
conserved some = x + y
"""
    assert refused(lines) == "whether `some` is conserved could not be decided; residual: -x + (x^2)^(1/2)"


def test_parameters_are_not_taken_at_their_values() -> None:
    """A law has to hold for every value that a run may set, also where one parameter is computed from another."""
    lines = """
param a = 2
param b = 3 * a
state x = 1
state y = 1
x' = b * y / 1 [ms]
y' = -6 * y / 1 [ms]
conserved some = x + y
"""
    assert refused(lines) == "`some` is not conserved; residual: (-6 + b) * y"


def test_long_chains_of_definitions_need_no_stack() -> None:
    chain = "".join(f"c{k} = c{k - 1} + 1\n" for k in range(1, 3000))
    lines = f"state x = 1\nx' = -x / 1 [ms]\nstate y = 0\ny' = x / 1 [ms]\nc0 = x\n{chain}"
    assert proven(f"{lines}conserved some = c2999 + y")[0].verdict is Verdict.PROVEN


@pytest.mark.parametrize("law", ["(x + 1)^9^9 + 2^(1000000 * x)", "exp(exp(exp(x)))^2000 + (1 + x)^50000"])
def test_hostile_powers_end_quickly(law: str) -> None:
    lines = f"state x = 1\nx' = x / 1 [ms]\nconserved some = {law}\n"
    assert refused(lines).startswith("whether `some` is conserved could not be decided")


SLOPES = {
    "exp(x)": "exp(x)",
    "expm1(x)": "exp(x)",
    "exprel(x)": "(x * exp(x) - exp(x) + 1) / x^2",
    "log(x)": "1 / x",
    "log1p(x)": "1 / (1 + x)",
    "log10(x)": "1 / (x * log(10))",
    "sqrt(x)": "1 / (2 * sqrt(x))",
    "sin(x)": "cos(x)",
    "cos(x)": "-sin(x)",
    "tan(x)": "1 / cos(x)^2",
    "asin(x)": "1 / sqrt(1 - x^2)",
    "acos(x)": "-1 / sqrt(1 - x^2)",
    "atan(x)": "1 / (1 + x^2)",
    "sinh(x)": "cosh(x)",
    "cosh(x)": "sinh(x)",
    "tanh(x)": "1 / cosh(x)^2",
    "sigmoid(x)": "exp(-x) / (1 + exp(-x))^2",
    "x^k": "k * x^(k - 1)",
    "k^x": "log(k) * k^x",
    "x^3": "3 * x^2",
    "x^-2": "-2 / x^3",
    "x^1.5": "1.5 * sqrt(x)",
    "1 / (x + x^2)": "-(1 + 2 * x) / (x + x^2)^2",
}


@pytest.mark.parametrize(("function", "slope"), SLOPES.items(), ids=SLOPES)
def test_slopes(function: str, slope: str) -> None:
    """As tables of derivatives give them; with a sign changed they are refused."""
    lines = f"param k = 0.7\nstate x = 0.4\nx' = 1 / 1 [ms]\nconserved f = {function}\nf' = "
    assert proven(f"{lines}({slope}) / 1 [ms]")[0].verdict is Verdict.PROVEN
    assert "changes by; residual: " in refused(f"{lines}-({slope}) / 1 [ms]")


SCHEME = """
state v = -70
v' = -v / 10 [ms]
markov ch:
    states C2, C1, O, I
    C2 <-> C1 : 2 * a, b
    C1 <-> O : a, 2 * b
    O -> I : 0.3 [1/ms]
    I -> C2 : 0.1 [1/ms]
    a = 0.1 * exp(v / 20)
    b = 0.2 * exp(-v / 20)
"""


@pytest.mark.parametrize("eliminated", ["", "    eliminate C1\n"], ids=["all", "one eliminated"])
def test_occupancies_are_conserved(eliminated: str) -> None:
    law = "conserved all = ch.C2 + ch.C1 + ch.O + ch.I\n"
    flux = "conserved active = ch.C2 + ch.C1 + ch.O\nactive' = 0.1 [1/ms] * ch.I - 0.3 [1/ms] * ch.O\n"
    assert {proof.verdict for proof in proven(f"{SCHEME}{eliminated}{law}{flux}")} == {Verdict.PROVEN}


def test_a_state_of_a_scheme_that_is_left_out_is_missing() -> None:
    message = refused(f"{SCHEME}conserved some = ch.C2 + ch.C1 + ch.O")
    assert message == "`some` is not conserved; residual: -ch.O * ch.O->I + ch.I * ch.I->C2"


REACTIONS = """
space i:
    volume = 1000 [um^3]
space er:
    state volume = 100 [um^3]
    volume' = 0.01 [um^3/ms] * sin(t / 10 [ms])
ion Ca:
    z = +2
    state i = 1e-4 [mM]
    state er = 1 [mM]
state B = 0.1 [mM]
state CaB = 0 [mM]
state P = 0.1 [mM]
state PCa = 0 [mM]
reaction buffer:
    Ca.i + B <-> CaB : 1 [1/(mM ms)], 1e-3 [1/ms]
reaction pump:
    2 Ca.i + P <-> PCa : 1 [1/(mM^2 ms)], 1 [1/ms]
    PCa <-> 2 Ca.er + P : 2 [1/ms], 1 [1/(mM^2 ms)]
"""


def test_reactions_conserve_what_they_bind() -> None:
    laws = """
conserved Ca_total = (Ca.i + CaB + 2 * PCa) * i.volume + Ca.er * er.volume
conserved B_total = B + CaB
conserved P_total = P + PCa
"""
    assert {proof.verdict for proof in proven(REACTIONS + laws)} == {Verdict.PROVEN}


def test_stoichiometry_counts() -> None:
    (error,) = examined(f"{REACTIONS}conserved some = (Ca.i + CaB + PCa) * i.volume + Ca.er * er.volume")
    assert error.message == "`some` is not conserved; residual: (-pump.rate + pump.rate_2) * i.volume"
    assert error.cure.startswith("`pump.rate` is booked on `Ca.i` and `PCa`, whose factors in the sum do not fit; ")


def test_the_rate_of_a_diluted_concentration_is_known() -> None:
    """(Na.i' w + Na.i w') is what enters, a constant here."""
    lines = """
space i:
    state volume = 100 [um^3]
    volume' = 0.1 [um^3/ms] * sin(t / 10 [ms])
ion Na:
    z = +1
    state i = 10 [mM]
flux J_Na carries Na from o to i:
    J = 2 [amol/ms]
"""
    law = "conserved entering = Na.i' * i.volume + Na.i * i.volume'\n"
    assert [proof.verdict for proof in proven(lines + law)] == [Verdict.PROVEN]
    assert "`rate` is not conserved; residual: " in refused(f"{lines}conserved rate = Na.i'")


def test_values_at_the_start_are_constant() -> None:
    lines = "state a = 1\na' = -a / 3 [ms]\nb = 2 + initial(a) - a\nconserved some = a + b + initial(a * b)\n"
    assert [proof.verdict for proof in proven(lines)] == [Verdict.PROVEN]


COMPARTMENTS = """
temperature = 300 [K]
ion Na:
    z = +1
    o = 140 [mM]
compartment soma:
    membrane:
        state V = -65 [mV]
        C = 1 [uF/cm^2]
        area = 900 [um^2]
    space i:
        volume = 1000 [um^3]
    ion Na:
        state i = 10 [mM]
    current I_link:
        I [pA] = 3 [nS] * (V - dend.V)
    conserved Q [amol] = membrane.C * membrane.area * V / F - charge(i)
    Q' = -I_link / F
compartment dend:
    membrane:
        state V = -60 [mV]
        C = 1 [uF/cm^2]
        area = 500 [um^2]
    space i:
        volume = 2000 [um^3]
    ion Na:
        state i = 10 [mM]
    current I_link:
        I [pA] = 3 [nS] * (V - soma.V)
    current I_Na carries Na:
        I = 0.1 [mS/cm^2] * (V - Na.E)
    conserved Na_total = Na.i * i.volume
    Na_total' = -I_Na * membrane.area / F
"""


def test_laws_of_compartments() -> None:
    laws = "conserved Q = soma.Q + dend.membrane.C * dend.membrane.area * dend.V / F - dend.Na.i * dend.i.volume\n"
    found = {proof.law.name: proof.how for proof in proven(COMPARTMENTS + laws)}
    assert found == {
        "soma.Q": "rates leave the stated flux",
        "dend.Na_total": "booked flows leave the stated flux",
        "Q": "follows from the definitions",  # that one link is what the other takes up
    }


def test_flows_of_compartments_are_named() -> None:
    (error,) = examined(f"{COMPARTMENTS}conserved all = soma.Na.i * soma.i.volume + dend.Na.i * dend.i.volume")
    assert error.message == "`all` is not conserved; residual: -dend.I_Na * dend.membrane.area / F"
    assert error.cure.startswith("`dend.I_Na` is booked on `dend.Na.i` and on nothing else in the sum; ")


def test_laws_use_what_is_proven_before_them_and_nothing_that_is_refused() -> None:
    """Of the charge of a large cell only currents are left; a wrong law makes no other one right."""
    found = {proof.law.name: proof.how for proof in proofs(resolve(read("tor_ord_2019")))}
    assert (found["calcium"], found["Q"]) == ("follows from the definitions", "booked flows cancel")
    wrong, other = examined(f"{CELL}conserved some = Na.i * i.volume\nconserved twice = some * 2\n")
    assert (wrong.code, other.code) == ("E360", "E360")
