"""The functions of templates/vecmath.h, built for each processor that this one can be and for each type of number."""

from __future__ import annotations

import pytest

from tests.templates.vecmath import BUILDS, Built, build


@pytest.fixture(scope="module", params=BUILDS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def built(request: pytest.FixtureRequest) -> Built:
    return build(*request.param)
