"""What a reference is, as a real engine sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from dockertui.engine import EngineError, ObjectNotFound
from dockertui.model.reference import parse_reference, reference_in
from tests.contract.subject import Subject, real
from tests.support.real_engine import IMAGE, RealEngine

pytestmark = pytest.mark.engine

SHA = "sha256:" + "0123456789abcdef" * 4
RIGHT = (
    *("nginx", "nginx:1", "a/b", "a/b/c:x", "docker.io/a", "docker.io/library/a", "localhost/a"),
    *("localhost:5000/a:1", "127.0.0.1:5000/a", "ghcr.io/a-b/c__d/e.f:A_b.c-d", "a--b", "UP.io/x"),
    *(f"a@{SHA}", f"ghcr.io/a/b:1@{SHA}", "a:" + "t" * 128, "index.docker.io/a", "localhost:5000"),
)
WRONG = (
    *(
        "Nginx",
        "a/B",
        "ghcr.io/A/b",
        "a:",
        "a:.x",
        "a:-x",
        "a:b:c",
        "a@",
        "a@sha256:12",
        "-a",
        "a-",
    ),
    *("a..b", "a___b", "a._b", "a!b", "a b", "a:" + "t" * 129, "x" * 260, f"a@{SHA}0"),
    *(f"a@{SHA.upper()}", "my host:5000/a", "http://a/b"),
)


@pytest.fixture
async def subject(real_engine: RealEngine) -> AsyncIterator[Subject]:
    """A real engine."""
    async with real(real_engine) as one:
        yield one


async def test_the_engine_takes_for_a_reference_what_we_do(subject: Subject) -> None:
    for name in (*RIGHT, *WRONG):
        with pytest.raises(EngineError) as refused:
            await asyncio.to_thread(subject.api.read, "/images/{0}/json", name)
        takes_it = isinstance(refused.value, ObjectNotFound)
        assert takes_it == (name in RIGHT) == (reference_in(name) is not None), name


async def test_the_engine_shortens_names_as_we_do(subject: Subject) -> None:
    for name in ("docker.io/library/short:1", "index.docker.io/short:2", "docker.io/a/b:1"):
        await asyncio.to_thread(subject.api.tag, IMAGE, name)
        seen = await asyncio.to_thread(subject.api.inspect_image, name)
        assert parse_reference(name).familiar in seen["RepoTags"]
        await asyncio.to_thread(subject.api.remove_image, name)
