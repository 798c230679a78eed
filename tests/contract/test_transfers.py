"""Images that come from a registry and go to one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass

import pytest

from dockertui.engine import EngineError, ReadOnlyRefused
from dockertui.engine.docker_engine import DockerEngine
from dockertui.model.progress import Phase, Progress, Result
from dockertui.model.reference import Reference, parse_reference
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.contract.subject import Subject, real, simulated_by
from tests.contract.told import all_of, tags
from tests.support.images import image_of
from tests.support.real_engine import RealEngine
from tests.support.real_registry import RealRegistry, why_no_registry


@dataclass(frozen=True)
class Place:
    """An engine, and a registry that it reaches."""

    subject: Subject
    host: str
    """The registry's address."""
    stop: Callable[[], None]
    """Lets the registry crash."""
    start: Callable[[], None]
    """Starts it again."""

    @property
    def engine(self) -> DockerEngine:
        return self.subject.engine

    def named(self, name: str) -> Reference:
        return parse_reference(f"{self.host}/{name}")


@pytest.fixture(scope="module")
def registry(request: pytest.FixtureRequest) -> Iterator[RealRegistry]:
    """A real registry that the real engine reaches."""
    if lack := why_no_registry():
        pytest.skip(lack)
    with RealRegistry(engine=request.getfixturevalue("real_engine")) as found:
        yield found


@pytest.fixture(params=["simulated", pytest.param("real", marks=pytest.mark.engine)])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    if request.param == "simulated":
        async with SimulatedEngine(scenario.bare()) as server, simulated_by(server) as subject:
            world = server.world
            world.bytes_per_s = 12_000_000
            yield Place(
                subject,
                "localhost:5000",
                lambda: setattr(world, "registry_is_down", True),
                lambda: setattr(world, "registry_is_down", False),
            )
        return
    engine: RealEngine = request.getfixturevalue("real_engine")
    registry: RealRegistry = request.getfixturevalue("registry")
    async with real(engine) as subject:
        yield Place(subject, registry.host, registry.kill, registry.start)


async def given(place: Place, name: str, size: int = 0) -> Reference:
    """An image of some size that has a name of the registry."""
    if place.subject.is_real:
        await asyncio.to_thread(image_of, place.subject.api, str(place.named(name)), size)
    else:
        await place.engine.images.tag("busybox:1", place.named(name))
    return place.named(name)


async def forgotten(place: Place, reference: Reference) -> None:
    with suppress(EngineError):
        await place.engine.remove_image(reference.familiar)


async def test_what_is_pushed_can_be_pulled_again(place: Place) -> None:
    reference = await given(place, "round/trip:1", 6_000_000)
    pushed = await all_of(place.engine.images.push(reference))
    assert isinstance(pushed[-1], Result)
    assert pushed[-1].image_id == reference.familiar
    await forgotten(place, reference)
    if not place.subject.is_real:
        await place.engine.remove_image("busybox:1")
    assert reference.familiar not in await tags(place.engine)
    pulled = await all_of(place.engine.images.pull(reference))
    moving = [it for it in pulled if it.phase is Phase.MOVING and it.total]
    assert moving
    assert all(0 <= it.done <= it.total for it in moving)
    assert {it.part for it in pulled if it.phase is Phase.DONE} >= {it.part for it in moving}
    assert any("Downloaded newer image" in it.line for it in pulled)
    assert reference.familiar in await tags(place.engine)
    await forgotten(place, reference)


async def test_what_is_there_already_is_said_to_be(place: Place) -> None:
    reference = await given(place, "there/already:1")
    await all_of(place.engine.images.push(reference))
    pulled = await all_of(place.engine.images.pull(reference))
    assert any("Image is up to date" in it.line for it in pulled)
    again = await all_of(place.engine.images.push(reference))
    assert Phase.KEPT in {it.phase for it in again if it.part}
    await forgotten(place, reference)


async def test_a_tag_that_is_not_there_fails_in_the_engines_words(place: Place) -> None:
    reference = await given(place, "known/repo:1")
    await all_of(place.engine.images.push(reference))
    with pytest.raises(EngineError, match="not found"):
        await all_of(place.engine.images.pull(place.named("known/repo:2")))
    await forgotten(place, reference)


async def test_a_failure_within_an_answer_of_200_is_one(place: Place) -> None:
    nowhere = parse_reference("localhost:1/nobody/there:1")
    with pytest.raises(EngineError, match="does not exist locally"):
        await all_of(place.engine.images.push(nowhere))


async def test_one_that_is_left_half_way_leaves_nothing(place: Place) -> None:
    reference = await given(place, "left/behind:1", 60_000_000)
    await all_of(place.engine.images.push(reference))
    await forgotten(place, reference)
    if not place.subject.is_real:
        await place.engine.remove_image("busybox:1")
    async with aclosing(place.engine.images.pull(reference)) as told:
        async for words in told:
            if any(it.phase is Phase.MOVING and it.part for it in words):
                break
        began = time.perf_counter()
    assert time.perf_counter() - began < 0.01
    assert reference.familiar not in await tags(place.engine)
    await all_of(place.engine.images.pull(reference))
    assert reference.familiar in await tags(place.engine)
    await forgotten(place, reference)


async def test_a_registry_that_dies_in_the_middle_of_a_push_is_no_success(place: Place) -> None:
    reference = await given(place, "dies/midway:1", 150_000_000)
    words: list[Progress] = []
    # A real engine tries again and again for a minute, and says so; a simulated one gives up.
    with suppress(EngineError):
        async with aclosing(place.engine.images.push(reference)) as told:
            async for batch in told:
                words += batch
                if any(it.phase is Phase.MOVING and it.part for it in batch):
                    place.stop()
                if any(it.status.startswith("Retrying") for it in batch):
                    break
    assert words
    assert not any(isinstance(it, Result) for it in words)
    with pytest.raises(EngineError, match="refused"):
        await all_of(place.engine.images.push(reference))
    place.start()
    assert isinstance((await all_of(place.engine.images.push(reference)))[-1], Result)
    await forgotten(place, reference)


async def test_nothing_is_moved_when_reading_only(place: Place) -> None:
    engine = place.subject.another_engine(read_only=True)
    for told in (
        engine.images.pull(parse_reference("alpine")),
        engine.images.push(parse_reference("alpine")),
    ):
        with pytest.raises(ReadOnlyRefused):
            await all_of(told)
    await engine.close()
