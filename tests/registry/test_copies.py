"""An image copied from one real registry to another, which may die in the middle of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.model.job import Job, JobState
from dockertui.model.reference import Reference, parse_reference
from dockertui.sync.image_copy import Copy
from dockertui.sync.jobs import Jobs
from tests.contract.told import tags
from tests.registry.conftest import APP
from tests.support.images import image_of
from tests.support.real_engine import RealEngine
from tests.support.real_registry import RealRegistry


@pytest.fixture(scope="module")
def other(real_engine: RealEngine) -> Iterator[RealRegistry]:
    """Another registry, with nothing in it."""
    with RealRegistry(engine=real_engine) as registry:
        yield registry


@pytest.fixture
async def engine(real_engine: RealEngine) -> AsyncIterator[DockerEngine]:
    engine = DockerEngine(Address("default", real_engine.base_url))
    yield engine
    await engine.close()


@pytest.fixture
async def jobs() -> AsyncIterator[Jobs]:
    made = Jobs()
    running = asyncio.create_task(made.run())
    yield made
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def named(registry: RealRegistry, name: str) -> Reference:
    return parse_reference(f"{registry.host}/{name}")


def holds(registry: RealRegistry, name: str) -> bool:
    """Has a registry a tag?"""
    repository, _, tag = name.partition(":")
    answer = registry.pool.request("GET", f"{registry.url}/v2/{repository}/tags/list")
    return tag in (answer.json().get("tags") or ())


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.002)


async def copied(jobs: Jobs, engine: DockerEngine, task: Copy) -> Job:
    return await jobs.over(jobs.start(engine, task).id)


async def test_what_is_only_in_a_registry_is_pulled_and_pushed_in_one_go(
    jobs: Jobs, engine: DockerEngine, open_registry: RealRegistry, other: RealRegistry
) -> None:
    source, target = named(open_registry, f"{APP}:1.2"), named(other, "mirror/app:1.2")
    job = await copied(jobs, engine, Copy(source.familiar, target, pull=source))
    assert job.state is JobState.DONE, job
    assert (job.step, job.steps) == (2, 2)
    assert job.title == f"copy {source.familiar} to {target.familiar}"
    assert holds(other, "mirror/app:1.2")
    there = await tags(engine)
    assert source.familiar in there
    assert target.familiar not in there
    await engine.remove_image(source.familiar)


async def test_the_tag_stays_if_that_is_wanted_and_one_that_was_there_is_given_back(
    jobs: Jobs, engine: DockerEngine, other: RealRegistry
) -> None:
    target = named(other, "mirror/box:1")
    kept = await copied(jobs, engine, Copy("busybox:1", target, keeps_tag=True))
    assert kept.state is JobState.DONE
    box = (await engine.image_detail("busybox:1")).id
    assert (await engine.image_detail(target.familiar)).id == box
    # Another image under the same name: here it means afterwards what it meant before.
    assert (await copied(jobs, engine, Copy("app:built", target))).state is JobState.DONE
    assert (await engine.image_detail(target.familiar)).id == box
    await engine.remove_image(target.familiar)


async def test_a_copy_that_fails_leaves_nothing_and_is_tried_again(
    jobs: Jobs, engine: DockerEngine, real_engine: RealEngine, other: RealRegistry
) -> None:
    await asyncio.to_thread(image_of, real_engine.client.api, "large:1", 150_000_000)
    target = named(other, "mirror/large:1")
    job = jobs.start(engine, Copy("large:1", target))

    def now() -> Job:
        found = jobs.get(job.id)
        assert found is not None
        return found

    await until(lambda: now().done_bytes > 0)
    other.kill()
    # The engine itself tries again and again, for a minute.
    await until(lambda: now().state.is_over or any("Retry" in it.status for it in now().bars))
    jobs.cancel(job.id)
    assert now().state in {JobState.CANCELLED, JobState.FAILED}
    await gone(engine, target)

    assert jobs.retry(job.id)
    failed = await jobs.over(job.id)
    assert failed.state is JobState.FAILED
    assert "refused" in failed.error
    assert f"Nothing is left of it here: {target.familiar} is as it was." in failed.error
    assert target.familiar not in await tags(engine)

    other.start()
    assert not holds(other, "mirror/large:1")
    assert jobs.retry(job.id)
    assert (await jobs.over(job.id)).state is JobState.DONE
    assert holds(other, "mirror/large:1")
    await gone(engine, target)
    await engine.remove_image("large:1")


async def gone(engine: DockerEngine, target: Reference) -> None:
    """Wait until a name means nothing here."""
    async with asyncio.timeout(20):
        while target.familiar in await tags(engine):
            await asyncio.sleep(0.02)
