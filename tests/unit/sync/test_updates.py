"""Looking for newer images: what is asked of registries and when, and what rows say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from dockertui.engine.errors import EngineError, NotInRegistry, RateLimited, RegistryUnreachable
from dockertui.engine.errors import Unreachable as Kind
from dockertui.model import Container, Image
from dockertui.model.container_detail import ContainerDetail
from dockertui.model.image_detail import ImageDetail
from dockertui.model.reference import Reference
from dockertui.model.registry import Freshness, RateLimit, UpdateCheck
from dockertui.model.remote_image import Platform
from dockertui.model.update_word import Update
from dockertui.store import Store
from dockertui.sync.update_manners import REFUSED_S
from dockertui.sync.updates import AT_ONCE, FIRST_AFTER_S, Clock, Updates

HOST = "registry.test"
OLD, NEW = f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"
START = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR_S = 3600.0


def digest(letter: str) -> str:
    return f"sha256:{letter * 64}"


def image(tag: str, id_: str = OLD, letter: str = "a", **more: Any) -> Image:
    repository = tag.rpartition(":")[0]
    known = (f"{repository}@{digest(letter)}",) if letter else ()
    return Image(**{"id": id_, "name": tag, "tags": (tag,), "digests": known, **more})


def container(name: str, image: str, id_: str = OLD) -> Container:
    return Container(id=name, name=name, image=image, image_id=id_)


class Time(Clock):
    """A clock that is wound by whoever sleeps, once everybody else has nothing to do."""

    def __init__(self) -> None:
        self.time = START
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        for _ in range(50):
            await asyncio.sleep(0)
        self.time += timedelta(seconds=seconds)
        self.slept.append(seconds)


class Registry:
    """A registry in which tags mean digests."""

    def __init__(self, clock: Time) -> None:
        self.clock = clock
        self.means: dict[str, str] = {}
        self.asked: list[tuple[str, datetime]] = []
        self.platforms: list[Platform | None] = []
        self.error: EngineError | None = None
        self.limit_left: RateLimit | None = None
        self.at_once = self.most_at_once = 0
        self.gate: asyncio.Event | None = None

    async def check(
        self,
        reference: Reference,
        *,
        image_id: str,
        digests: Iterable[str],
        platform: Platform | None = None,
    ) -> UpdateCheck:
        self.asked.append((reference.familiar, self.clock.now()))
        self.platforms.append(platform)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await (self.gate.wait() if self.gate is not None else asyncio.sleep(0))
        finally:
            self.at_once -= 1
        if self.error is not None:
            raise self.error
        means = self.means.get(reference.familiar, digest("a"))
        is_same = any(it.endswith(means) for it in digests)
        state = Freshness.CURRENT if is_same else Freshness.NEWER
        return UpdateCheck(
            reference=reference, freshness=state, digest=means, checked=self.clock.now()
        )

    def limit(self, _: str) -> RateLimit | None:
        return self.limit_left


class Engine:
    """What inspections say."""

    def __init__(self) -> None:
        self.created_from: dict[str, str] = {}

    async def image_detail(self, image_id: str) -> ImageDetail:
        return ImageDetail(id=image_id, os="linux", architecture="arm64/v8")

    async def detail(self, container_id: str) -> ContainerDetail:
        return ContainerDetail(id=container_id, image=self.created_from[container_id])


class Stage:
    """Everybody who takes part."""

    def __init__(self) -> None:
        self.store, self.clock, self.engine = Store(), Time(), Engine()
        self.registry = Registry(self.clock)
        self.is_up = True
        self.updates = Updates(
            self.engine,
            self.store,
            self.registry,
            clock=self.clock,
            is_up=lambda: self.is_up,
        )
        self.told: list[str] = []

    def has(self, *objects: Container | Image) -> None:
        for kind in (Container, Image):
            self.store.replace(kind, [it for it in objects if isinstance(it, kind)])

    async def check(self, *names: str) -> str:
        """Ask about objects as a person does; what is told of it."""
        all_: dict[str, Container | Image] = {it.name: it for it in self.images}
        all_ |= {it.name: it for it in self.containers}
        self.updates.check([all_[name] for name in names], self.told.append)
        await self.updates.settled()
        return self.told[-1]

    @property
    def images(self) -> list[Image]:
        return [*self.store.snapshot(Image).values()]

    @property
    def containers(self) -> list[Container]:
        return [*self.store.snapshot(Container).values()]

    def update(self, name: str) -> Update:
        images, containers = self.images, self.containers
        found = [it.update for it in images if it.name == name]
        return (found or [it.update for it in containers if it.name == name])[0]

    async def at_pace(self, pace_s: float, until: Callable[[], bool]) -> None:
        running = asyncio.create_task(self.updates.run(pace_s))
        async with asyncio.timeout(10):
            while not until():
                await asyncio.sleep(0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def stage() -> Stage:
    return Stage()


NGINX = f"{HOST}/nginx:1"


async def test_a_row_says_that_there_is_a_newer_one(stage: Stage) -> None:
    stage.has(image(NGINX), container("web", NGINX))
    assert await stage.check(NGINX) == f"{NGINX} is current: its registry has no other."
    assert stage.update(NGINX) is stage.update("web") is Update.CURRENT
    stage.registry.means[NGINX] = digest("b")
    stage.clock.time += timedelta(hours=1)
    assert "newer one" in await stage.check("web")
    assert stage.update(NGINX) is stage.update("web") is Update.NEWER
    assert stage.registry.platforms[-1] == Platform("linux", "arm64", "v8")


async def test_what_is_compared_is_what_runs_and_not_what_the_tag_means_here(
    stage: Stage,
) -> None:
    # Pulled a moment ago: the tag means the newest, the container runs what it meant before.
    stage.registry.means[NGINX] = digest("b")
    before = image(NGINX, tags=(), name="111111111111")
    stage.has(before, image(NGINX, NEW, "b"), container("web", NGINX), container("api", NGINX, NEW))
    await stage.check("web")
    assert stage.update("web") is Update.OLDER
    assert stage.update(NGINX) is Update.CURRENT
    assert stage.update("api") is Update.CURRENT


async def test_an_older_one_is_told_without_asking_anybody(stage: Stage) -> None:
    stage.engine.created_from["web"] = NGINX
    stage.has(image(NGINX, tags=(), name="x"), image(NGINX, NEW, "b"), container("web", OLD))
    await stage.at_pace(0, lambda: stage.update("web") is Update.OLDER)
    assert not stage.registry.asked


async def test_after_a_pull_the_image_is_current_and_the_container_runs_an_older_one(
    stage: Stage,
) -> None:
    stage.registry.means[NGINX] = digest("b")
    stage.has(image(NGINX), container("web", NGINX))
    await stage.check(NGINX)
    assert stage.update("web") is Update.NEWER
    stage.has(image(NGINX, tags=(), name="x"), image(NGINX, NEW, "b"), container("web", NGINX))
    assert stage.update("web") is Update.OLDER
    assert stage.update(NGINX) is Update.CURRENT
    stage.has(image(NGINX, NEW, "b"), container("web-2", NGINX, NEW))
    assert stage.update("web-2") is Update.CURRENT
    assert len(stage.registry.asked) == 1


async def test_where_both_are_old_it_is_to_be_pulled_first(stage: Stage) -> None:
    stage.registry.means[NGINX] = digest("c")
    stage.has(image(NGINX, tags=(), name="x"), image(NGINX, NEW, "b"), container("web", NGINX))
    await stage.check("web")
    assert stage.update("web") is Update.NEWER


@pytest.mark.parametrize(
    ("had", "says"),
    [
        (image("app:1", letter=""), "built here"),
        (image(NGINX, tags=(f"{NGINX}@{digest('a')}",)), "pinned to a digest"),
        (image(NGINX, tags=(), name=NGINX), "no tag"),
    ],
)
async def test_what_cannot_be_told_is_told_why_and_nobody_is_asked(
    stage: Stage, had: Image, says: str
) -> None:
    stage.has(had)
    assert says in await stage.check(had.name)
    assert not stage.registry.asked


async def test_a_container_of_an_id_has_nothing_to_compare(stage: Stage) -> None:
    stage.engine.created_from["web"] = "1" * 12
    stage.has(image(NGINX), container("web", OLD))
    assert "created from the ID" in await stage.check("web")


async def test_why_a_registry_does_not_say_is_told_and_what_it_said_before_is_kept(
    stage: Stage,
) -> None:
    stage.has(image(NGINX))
    await stage.check(NGINX)
    stage.clock.time += timedelta(hours=1)
    stage.registry.error = NotInRegistry("registry.test has no nginx:1.")
    assert await stage.check(NGINX) == f"{NGINX}: not checked again. {stage.registry.error}"
    assert stage.update(NGINX) is Update.CURRENT
    finding = stage.updates.notes.finding(stage.updates.notes.subjects_of(stage.images[0])[0])
    assert finding.check is not None
    assert finding.check.checked == START


async def test_an_answer_counts_for_a_minute(stage: Stage) -> None:
    stage.has(image(NGINX))
    for _ in range(3):
        await stage.check(NGINX)
    assert len(stage.registry.asked) == 1
    stage.clock.time += timedelta(seconds=61)
    await stage.check(NGINX)
    assert len(stage.registry.asked) == 2


async def test_a_few_questions_are_asked_at_once_and_told_of_together(stage: Stage) -> None:
    names = [f"{HOST}/app:{number}" for number in range(20)]
    stage.has(*(image(name, digest(f"{place:x}"[-1])) for place, name in enumerate(names[:16])))
    stage.registry.means[names[0]] = digest("b")
    told = await stage.check(*names[:16])
    assert stage.registry.most_at_once == AT_ONCE
    assert told == f"Checked 16 images: 1 with an update ({names[0]}), 1 unknown." or told == (
        f"Checked 16 images: 1 with an update ({names[0]})."
    )
    assert len(stage.told) == 1


async def test_one_that_is_asked_too_often_is_left_alone(stage: Stage) -> None:
    one, two = f"{HOST}/a:1", f"{HOST}/b:1"
    stage.has(image(one), image(two, NEW))
    stage.registry.error = RateLimited("It was asked too often.", 5.0)
    assert "asked too often" in await stage.check(one)
    stage.registry.error = None
    assert "left alone for now" in await stage.check(two)
    assert len(stage.registry.asked) == 1
    assert stage.update(two) is Update.UNKNOWN
    stage.clock.time += timedelta(seconds=REFUSED_S + 1)
    await stage.check(two)
    assert stage.update(two) is Update.CURRENT


async def test_each_refusal_doubles_the_time_that_a_registry_is_left_alone(stage: Stage) -> None:
    stage.has(image(NGINX))
    stage.registry.error = RateLimited("It was asked too often.")
    for round_ in range(3):
        await stage.check(NGINX)
        stage.clock.time += timedelta(seconds=REFUSED_S * 2**round_ - 1)
        await stage.check(NGINX)
        assert len(stage.registry.asked) == round_ + 1
        stage.clock.time += timedelta(seconds=2)


async def test_one_that_is_not_there_is_asked_again_soon_but_not_for_each_image(
    stage: Stage,
) -> None:
    names = [f"{HOST}/app:{number}" for number in range(9)]
    stage.has(*(image(name, digest(str(place))) for place, name in enumerate(names)))
    stage.registry.error = RegistryUnreachable(Kind.REFUSED, "It is not there.")
    await stage.check(*names)
    assert len(stage.registry.asked) <= AT_ONCE
    assert {stage.update(it) for it in names} == {Update.UNKNOWN}
    stage.registry.error = None
    stage.clock.time += timedelta(seconds=11)
    await stage.check(*names)
    assert {stage.update(it) for it in names} == {Update.CURRENT}


async def test_a_part_of_what_a_registry_allows_is_left_for_pulls(stage: Stage) -> None:
    one, two = f"{HOST}/a:1", f"{HOST}/b:1"
    stage.has(image(one), image(two, NEW))
    stage.registry.limit_left = RateLimit(100, 10, 6 * 3600, START, "")
    await stage.check(one)
    assert "10 more pulls of 100" in await stage.check(two)
    assert len(stage.registry.asked) == 1
    stage.clock.time += timedelta(hours=6)
    await stage.check(two)
    assert len(stage.registry.asked) == 2


async def test_at_a_pace_all_in_use_is_asked_about_one_after_the_other(stage: Stage) -> None:
    names = [f"{HOST}/app:{number}" for number in range(4)]
    images = [image(name, digest(str(place))) for place, name in enumerate(names)]
    unused = image(f"{HOST}/unused:1", digest("9"))
    used = [container(it.tags[0], it.tags[0], it.id) for it in images]
    stage.has(*images, *used, unused)
    await stage.at_pace(6 * HOUR_S, lambda: len(stage.registry.asked) >= 8)
    first = [name for name, _ in stage.registry.asked[:4]]
    assert sorted(first) == names
    times = [at for _, at in stage.registry.asked]
    assert times[0] - START == timedelta(seconds=FIRST_AFTER_S)
    assert all(later - one >= timedelta(seconds=2) for one, later in pairwise(times))
    assert times[4] - times[0] >= timedelta(hours=6)
    assert stage.registry.most_at_once == 1


async def test_at_a_pace_half_of_what_a_registry_allows_is_left(stage: Stage) -> None:
    names = [f"{HOST}/app:{number}" for number in range(4)]
    images = [image(name, digest(str(place))) for place, name in enumerate(names)]
    stage.has(*images, *(container(it.tags[0], it.tags[0], it.id) for it in images))
    stage.registry.limit_left = RateLimit(100, 50, 6 * 3600, START, "")
    await stage.at_pace(HOUR_S, lambda: len(stage.clock.slept) > 20)
    assert len(stage.registry.asked) == 1
    assert stage.update(names[0]) in {Update.NONE, Update.CURRENT}


async def test_nothing_is_asked_at_a_pace_while_the_engine_is_lost(stage: Stage) -> None:
    stage.has(image(NGINX), container("web", NGINX))
    stage.is_up = False
    await stage.at_pace(HOUR_S, lambda: len(stage.clock.slept) > 20)
    assert not stage.registry.asked
    stage.is_up = True
    await stage.at_pace(HOUR_S, lambda: bool(stage.registry.asked))


async def test_a_question_that_nobody_waits_for_any_more_leaves_the_row_as_it_was(
    stage: Stage,
) -> None:
    stage.has(image(NGINX))
    stage.registry.gate = asyncio.Event()
    stage.updates.check(stage.images)
    async with asyncio.timeout(5):
        while stage.update(NGINX) is not Update.CHECKING:
            await asyncio.sleep(0)
    stage.updates.close()
    await stage.updates.settled()
    assert stage.update(NGINX) is Update.NONE
    assert not stage.registry.at_once
