"""What does not fit a model is refused, with every finding at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from iondsl.errors import UsageError
from tests.simulate.kernels import drive, membrane_cell, wave

PULSE = (drive("I", wave("pulse", start=5, width=40, height=2)),)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"parameters": {"r": 1, "Tau": 2}}, "unknown parameter `r`: did you mean `R`?\n"
         "unknown parameter `Tau`: did you mean `tau`?"),
        ({"parameters": {"zzz": 1}}, "unknown parameter `zzz`: the model has `R`, `C`, `tau`"),
        ({"parameters": {"I": 1}}, "`I` is an input: give it in `inputs`"),
        ({"parameters": {"V": 1}}, "`V` is a state: set it in the initial `state`"),
        ({"inputs": {"R": 1}}, "`R` is a parameter: give it in `parameters`"),
        ({"inputs": {"V": 1}}, "`V` is a state: a protocol clamps it, and then it can be set here"),
        ({"inputs": {"i": 1}}, "unknown input `i`: did you mean `I`?"),
        ({"inputs": {"I": float("nan")}}, "input `I` is not a number (nan)"),
        ({"inputs": {"I": [1, 2, float("nan")]}}, "input `I` is not a number (nan) in cell 2"),
        ({"inputs": ["I"]}, "`inputs` gives values by name: it must be a dict, not list"),
        ({"parameters": [1, 2]}, "`parameters` gives values by name: it must be a dict, not list"),
        ({"parameters": {"R": np.ones(2, bool)}},
         "parameter `R` must be a number or one number per cell, not an array of bool"),
        ({"parameters": {"R": "10"}}, "parameter `R` must be a number or one number per cell, not str"),
        ({"parameters": {"R": [[1, 2]]}}, "parameter `R` must be a number or one number per cell, not list"),
        ({"parameters": {"R": np.ones((2, 2))}},
         "parameter `R` must be a number or one number per cell, not an array of shape (2, 2)"),
        ({"inputs": {"I": np.ones((5, 2))}},
         "input `I` must be a number or one number per cell, not an array of shape (5, 2): "
         "what varies in time is a protocol, or a loop of `cell.step`"),
        ({"inputs": {"I": np.sin}}, "input `I` must be a number or one number per cell, not ufunc: "
         "what varies in time is a protocol, or a loop of `cell.step`"),
        ({"parameters": {"R": [1, 2]}, "cells": 3},
         "the number of cells is 3 by `cells`, but 2 by parameter `R`"),
        ({"parameters": {"R": [1, 2]}, "inputs": {"I": [1, 2, 3]}},
         "the number of cells is 2 by parameter `R`, but 3 by input `I`"),
        ({"state": np.zeros((2, 4)), "cells": 3}, "the number of cells is 3 by `cells`, but 4 by `state`"),
        ({"state": np.zeros((3, 1))}, "`state` must have the shape (states, cells) = (2, cells), not (3, 1)"),
        ({"state": "rest"}, "`state` must be an array of numbers, (states, cells)"),
        ({"cells": 0}, "cells must be a positive integer, not 0"),
        ({"cells": 2.5}, "cells must be a positive integer, not 2.5"),
        ({"threads": 0}, "threads must be a positive integer, not 0"),
        ({"protocol": "stop"}, "unknown protocol `stop`: did you mean `step`?"),
        ({"record": ("W", "rate_m", "R")},
         "unknown quantity to record `W`: the model has `V`, `n`, `V'`, `n'`, `I`\n"
         "unknown quantity to record `rate_m`: did you mean `rate_n`?\n"
         "`R` is a parameter: it does not change in a run"),
        ({"record": "v"}, "unknown quantity to record `v`: did you mean `V`?"),
        ({"every": 0.015}, "every = 0.015 ms is not a multiple of dt = 0.01 ms: "
         "the nearest are 0.01 ms and 0.02 ms"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        membrane_cell(step=PULSE).run(until=1, **arguments)
    assert str(caught.value) == message
