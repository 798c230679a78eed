"""Every contract is held to a simulated and to a real engine."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dockertui.engine.docker_engine import DockerEngine
from tests.contract.subject import Subject, real, simulated
from tests.support.real_engine import RealEngine


@pytest.fixture(params=["simulated", pytest.param("real", marks=pytest.mark.engine)])
async def subject(request: pytest.FixtureRequest) -> AsyncIterator[Subject]:
    """An engine under test."""
    if request.param == "simulated":
        async with simulated() as one:
            yield one
    else:
        engine: RealEngine = request.getfixturevalue("real_engine")
        async with real(engine) as one:
            yield one


@pytest.fixture
def engine(subject: Subject) -> DockerEngine:
    """Our side of the engine under test."""
    return subject.engine
