"""The laws of bundled models in runs of 10,000 steps: what a scheme keeps stays to rounding, stated fluxes account for
the rest. All but rk4 add up the fluxes themselves, since pools take Euler steps; of rk4 their integral by trapezia
will do."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import sympy

import iondsl
from iondsl.simulate.result import Result
from tests.reference.models import Array

STEPS = {  # ms
    "hubel_dahlem_2014": 0.05,
    "kay_2017": 1.0,
    "cressman_2009": 0.002,
    "courtemanche_1998": 0.005,
    "fabbri_2017": 0.005,
    "ohara_rudy_2011": 0.005,
    "ten_tusscher_2006": 0.002,
    "difrancesco_noble_1985": 0.01,
    "tor_ord_2019": 0.002,
}
SCHEMES = ("forward_euler", "rush_larsen", "exponential_euler", "rk4")
# These compile for minutes under the schemes of several stages.
HUGE = ("fabbri_2017", "ohara_rudy_2011", "tor_ord_2019")
PAIRS = [(name, scheme) for name in STEPS for scheme in SCHEMES if name not in HUGE or scheme == "rush_larsen"]
DRIFT = 1e-12
# V is not stepped like the concentrations here: the charge is kept to the error of the scheme.
LOOSE = {("exponential_euler", "Q"): 1e-4}
# Rapid buffers are no sums of states: these laws are kept to the error of every scheme.
BUFFERED = ("courtemanche_1998", "ohara_rudy_2011", "ten_tusscher_2006", "tor_ord_2019")
NONLINEAR = dict.fromkeys(BUFFERED, ("calcium", "Q"))


@cache
def load(name: str) -> iondsl.Model:
    return iondsl.load(name)


def run(name: str, scheme: str, steps: int, target: str) -> Result:
    """A run that records every law, and all that the fluxes consist of."""
    laws = load(name).conserved
    symbols = {str(each) for law in laws if law.flux is not None for each in law.flux.free_symbols}
    record = [*(law.name for law in laws), *sorted(symbols - {each.name for each in load(name).parameters})]
    cell = load(name).compile(scheme=scheme, target=target)
    return cell.run(until=steps * STEPS[name], dt=STEPS[name], every=STEPS[name], record=record)


def check(name: str, scheme: str, steps: int, target: str) -> None:
    result = run(name, scheme, steps, target)
    laws = load(name).conserved
    for law in laws:
        sizes = [np.abs(result[each.name]).max() for each in laws if each.unit == law.unit]
        loose = 1e-6 if law.name in NONLINEAR.get(name, ()) else DRIFT
        within = max(loose, LOOSE.get((scheme, law.name), 0)) * max(sizes)
        change = np.ravel(result[law.name] - result[law.name][0])
        if law.flux is None:
            assert np.abs(change).max() <= within, law.name
        elif scheme != "rk4" and (scheme == "forward_euler" or is_stepped_by_euler(name, scheme, law.name)):
            stated = np.cumsum(flux(name, law, result)[:-1]) * STEPS[name]
            assert np.abs(change[1:] - stated).max() <= within, law.name
        else:
            rates = flux(name, law, result)
            stated = np.cumsum((rates[1:] + rates[:-1]) / 2) * STEPS[name]
            assert np.abs(change[1:] - stated).max() <= max(within, 1e-2 * np.abs(change).max()), law.name


def is_stepped_by_euler(name: str, scheme: str, law: str) -> bool:
    """Whether a law is a sum of pools, and of V where the scheme takes that by Euler."""
    return (scheme, law) not in LOOSE and law not in NONLINEAR.get(name, ())


def flux(name: str, law: iondsl.api.Conserved, result: Result) -> Array:
    """What a law is stated to change by, at every sample."""
    assert law.flux is not None
    symbols = sorted(law.flux.free_symbols, key=str)
    parameters = {each.name: each.value for each in load(name).parameters}
    values = [np.ravel(result[str(each)]) if str(each) not in parameters else parameters[str(each)] for each in symbols]
    found: Array = sympy.lambdify(symbols, law.flux, "numpy")(*values)
    return found


@pytest.mark.parametrize("name", STEPS)
def test_laws_are_kept(name: str) -> None:
    check(name, "forward_euler", 300, "numpy")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "scheme"), PAIRS)
def test_laws_are_kept_for_long(name: str, scheme: str) -> None:
    check(name, scheme, 10_000, "c")
