"""What an engine tells of registries, and does for us with them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

import pytest

from dockertui.engine import EngineError, ReadOnlyRefused
from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.registry.secret import Credentials, Secret
from tests.contract.subject import Subject

T = TypeVar("T")

ADA = Credentials("ada", Secret("s3cret"))


async def test_an_engine_tells_whom_it_trusts(engine: DockerEngine) -> None:
    trust = await engine.trust()
    assert "127.0.0.0/8" in trust.networks
    assert "docker.io" not in trust.hosts


async def test_a_search_finds_repositories_or_is_told_why_not(subject: Subject) -> None:
    hits, words = await outcome(subject.engine.search("busybox", room=3))
    # A real one has to reach Docker Hub for it.
    assert "index.docker.io" in words if hits is None else len(hits) <= 3
    assert subject.is_real or "busybox" in [it.repository.familiar for it in hits or ()]


async def test_read_only_logs_nobody_in(subject: Subject) -> None:
    engine = subject.another_engine(read_only=True)
    with pytest.raises(ReadOnlyRefused):
        await engine.check_login("localhost:5000", ADA)
    await engine.close()


async def test_a_login_that_nobody_can_check_is_told_with_the_engines_words(
    subject: Subject,
) -> None:
    _, words = await outcome(subject.engine.check_login("127.0.0.1:1", ADA))
    assert ("connection refused" in words) == subject.is_real
    assert "s3cret" not in words


async def outcome(asked: Awaitable[T]) -> tuple[T | None, str]:
    """What comes of a question: the answer, or the engine's words."""
    try:
        return await asked, ""
    except EngineError as error:
        return None, str(error)
