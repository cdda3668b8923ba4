"""Protocols → waves, as numbers in the unit of the input and the model's time."""

from __future__ import annotations

import pytest

from iondsl.wave import Wave
from tests.elaborate.systems import meaning, valid

PROTOCOLS = {
    protocol.name: {drive.target: drive for drive in protocol.drives} for protocol in valid("protocols").protocols
}


def waves(protocol: str, target: str) -> tuple[Wave, ...]:
    return PROTOCOLS[protocol][target].waves


def test_pulses() -> None:
    """0.005 s are 5 ms, 1 mA/cm^2 are 1000 uA/cm^2; a bare number already is in the unit that is asked for."""
    assert waves("pulses", "I_app") == (Wave("pulse", (("start", 5.0), ("width", 2.0), ("height", 1000.0))),)
    assert waves("pulses", "pump.on") == (
        Wave("constant", (("value", 1.0),)),
        Wave("pulse", (("start", 10.0), ("width", 5.0), ("height", 1.0), ("every", 20.0), ("count", 3.0)), -1.0),
    )


def test_sums_and_factors() -> None:
    assert waves("sums", "I_app") == (
        Wave("ramp", (("start", 0.0), ("width", 10.0), ("first", 1.0), ("last", 2.0)), 2.0),
        Wave("sine", (("start", 0.0), ("width", 10.0), ("amplitude", 3.0), ("frequency", 0.04)), -2.0),
        Wave("constant", (("value", 50.0),)),
    )


def test_steps_and_clamps() -> None:
    steps = (("value", -65.0), ("time", 5.0), ("value", 20.0), ("time", 10.0), ("value", -65.0))
    assert waves("levels", "V") == (Wave("steps", steps),)
    assert PROTOCOLS["levels"]["V"].clamp
    assert not PROTOCOLS["pulses"]["I_app"].clamp


def test_temperature_is_driven_in_kelvin() -> None:
    assert waves("levels", "T") == (Wave("steps", (("value", 293.15), ("time", 100.0), ("value", 303.15))),)


def test_a_unit_left_of_the_equals_sign() -> None:
    """Bare heights are in it: 500 nA/cm^2 are 0.5 uA/cm^2. Times are not."""
    assert waves("stated", "I_app") == (Wave("pulse", (("start", 1.0), ("width", 2.0), ("height", 0.5))),)


def test_arithmetic_on_numbers() -> None:
    assert waves("arithmetic", "I_app") == (Wave("pulse", (("start", 7.0), ("width", 2.5), ("height", -2.0))),)


def test_another_unit_of_time() -> None:
    system = meaning("time s [s]\ninput u = 0\nprotocol p:\n    u = pulse(5 [ms], 1, 2) + sine(0, 1, 1, 50 [Hz])\n")
    pulse, sine = system.protocols[0].drives[0].waves
    assert dict(pulse.arguments)["start"] == 0.005
    assert dict(sine.arguments)["frequency"] == 50


@pytest.mark.parametrize(("height", "value"), [("1", 1.0), ("1 [uA/cm^2]", 1.0), ("1e-6 [A/cm^2]", 1.0)])
def test_conversion_is_exact(height: str, value: float) -> None:
    system = meaning(f"input i [uA/cm^2] = 0\nprotocol p:\n    i = pulse(0, 1, {height})\n")
    assert dict(system.protocols[0].drives[0].waves[0].arguments)["height"] == value


@pytest.mark.parametrize(
    ("written", "kelvin"),
    [
        ("-5 [degC]", 268.15),
        ("+5 [degC]", 278.15),
        ("5 [degC] + 2 [K]", 280.15),
        ("-5 [degC] - 2 [K]", 266.15),
        ("steps(-5 [degC], 10 [ms], +5 [degC])", 268.15),
        ("steps(-5 [degC] + 2 [K], 10 [ms], 5 [degC])", 270.15),
        ("5 [degC] + pulse(1, 2, height = 3 [K])", 278.15),
    ],
)
def test_temperatures_with_a_sign(written: str, kelvin: float) -> None:
    system = meaning(f"temperature = 20 [degC]\nprotocol p:\n    temperature = {written}\n")
    waves = [wave for wave in system.protocols[0].drives[0].waves if wave.shape != "pulse"]
    assert sum(wave.arguments[0][1] for wave in waves) == pytest.approx(kelvin, rel=1e-15)


def test_an_input_of_that_name() -> None:
    """Only the temperature needs a unit."""
    system = meaning("input T = 1\nprotocol p:\n    T = 2\n")
    assert system.protocols[0].drives[0].waves == (Wave("constant", (("value", 2.0),)),)
