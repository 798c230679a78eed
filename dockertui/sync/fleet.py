"""All the engines that are shown, as one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from dockertui.engine import Engine
from dockertui.model import Container, DockerObject, Event, Key
from dockertui.model.system import ENGINE
from dockertui.store import Diff, ImageUse, Projects, Store
from dockertui.sync.recollection import recall
from dockertui.sync.watcher import Watcher

if TYPE_CHECKING:
    from dockertui.engine.outside import Outside
    from dockertui.engine.registry.registries import Registries
    from dockertui.model.disk import DiskUsage
    from dockertui.model.host import Host
    from dockertui.model.job import Job
    from dockertui.model.usage import Usage
    from dockertui.store.chronicle import Chronicle
    from dockertui.store.measured import Measured
    from dockertui.sync.image_study import ImageStudy
    from dockertui.sync.inquiry import Inquiry
    from dockertui.sync.jobs import Jobs
    from dockertui.sync.last_words import LastWords
    from dockertui.sync.sampler import Sampler
    from dockertui.sync.updates import Updates

T = TypeVar("T", bound=DockerObject)


@dataclass(frozen=True)
class Member:
    """An engine, what we believe of it, and who keeps that true."""

    engine: Engine
    """Whom we ask."""
    store: Store
    """What we believe."""
    watcher: Watcher
    """Who keeps it true."""

    # What follows is imported when something happens, not for the first screen.

    @cached_property
    def chronicle(self) -> Chronicle:
        """What has happened to its containers."""
        from dockertui.store.chronicle import Chronicle

        return Chronicle()

    @cached_property
    def measured(self) -> Measured:
        """What its containers use."""
        from dockertui.store.measured import Measured

        return Measured()

    @property
    def usage(self) -> Usage | None:
        """What all its containers use together; `None` if that is not measured."""
        return self.measured.now(ENGINE) if "measured" in self.__dict__ else None

    @cached_property
    def sampler(self) -> Sampler:
        """Who keeps what they use up to date."""
        from dockertui.sync.sampler import Sampler

        return Sampler(self)

    @cached_property
    def last_words(self) -> LastWords:
        """The last lines of its containers that are gone."""
        from dockertui.sync.last_words import LastWords

        return LastWords(self.engine)

    @cached_property
    def study(self) -> ImageStudy:
        """What is learned of its images when somebody looks closely at one."""
        from dockertui.sync.image_study import ImageStudy

        return ImageStudy(self.engine, self.store)

    @cached_property
    def registries(self) -> Registries:
        """The registries, asked as the person who is logged in to them."""
        from dockertui.engine.registry.registries import Registries

        outside = self.outside
        return Registries(
            outside.environ,
            outside.home,
            sockets=outside.sockets,
            engine=self.engine,
            read_only=self.engine.read_only,
        )

    @property
    def outside(self) -> Outside:
        """What is outside of it: the person's own configuration, and registries."""
        from dockertui.engine.outside import outside_of

        return outside_of(self.engine.stand_in)

    @cached_property
    def updates(self) -> Updates:
        """Who finds out whether there are newer images than those in use."""
        from dockertui.sync.updates import Updates

        def is_up() -> bool:
            return self.watcher.link.is_up

        return Updates(self.engine, self.store, self.registries, is_up=is_up)

    @cached_property
    def host(self) -> Inquiry[Host]:
        """What it says of itself and of its machine."""
        from dockertui.sync.inquiry import Inquiry

        return Inquiry(self.engine.host)

    @cached_property
    def disk(self) -> Inquiry[DiskUsage]:
        """What everything takes on its disk: this may take it minutes."""
        from dockertui.sync.inquiry import Inquiry

        return Inquiry(self.engine.disk_usage)

    def heed(self, event: Event) -> None:
        """Note what happens, and let the last words of a container that ends be kept."""
        if event.kind == "container":
            self.chronicle.heed(event)
            self.last_words.heed(event)

    async def refresh(self, target: DockerObject) -> DockerObject | None:
        """List an object again, now.

        Returns:
            How it is; `None` if it is gone.

        Raises:
            EngineError: If the engine does not say.
        """
        kind = type(target)
        if not kind.is_listed:
            return self.store.snapshot(kind).get(target.id)
        listed = await self.engine.list(kind, (target.id,))
        self.store.update(
            kind, (each for each in listed if each.id == target.id), asked=(target.id,)
        )
        return self.store.snapshot(kind).get(target.id)

    async def close(self) -> None:
        """Let go of the engine."""
        if "last_words" in self.__dict__:
            self.last_words.close()
        if "study" in self.__dict__:
            self.study.close()
        for name in {"host", "disk"} & self.__dict__.keys():
            getattr(self, name).give_up()
        if "updates" in self.__dict__:
            self.updates.close()
        if "registries" in self.__dict__:
            await self.registries.close()
        await self.engine.close()


@dataclass(frozen=True, slots=True)
class FleetDiff:
    """A change to the objects of a kind, by their identity among all engines."""

    added: tuple[Any, ...]
    """New objects."""
    changed: tuple[Any, ...]
    """Known objects, as they are now."""
    removed: tuple[Key, ...]
    """Who is gone."""


class Fleet:
    """Every engine with its store and watcher. One engine is the case of a fleet of one."""

    def __init__(
        self,
        engines: Iterable[Engine],
        kinds: Sequence[type[DockerObject]],
        *,
        measures: bool = False,
        updates_every_s: float = 0.0,
    ) -> None:
        """Describe the fleet; `run` keeps it true.

        Args:
            engines: Whom to watch; their names differ.
            kinds: The kinds of object to keep.
            measures: Also measure what containers use.
            updates_every_s: How often to look for newer images; 0 for when a person asks.
        """
        self.measures = measures
        self.updates_every_s = updates_every_s
        self._jobs_wanted = asyncio.Event()
        self.members: dict[str, Member] = {}
        for engine in engines:
            store = Store()
            # The member's own derivations; held by the store's listeners.
            ImageUse(store)
            Projects(store, engine.name)
            watcher = Watcher(engine, store, [kind for kind in kinds if kind.is_listed])
            member = Member(engine, store, watcher)
            member.watcher.on_event(member.heed)
            self.members[engine.name] = member

    def __iter__(self) -> Iterator[Member]:
        """Go through the engines in the order they were given."""
        return iter(self.members.values())

    def of(self, target: DockerObject | Key) -> Member:
        """The member that has an object."""
        return self.members[target.engine]

    def objects(self, kind: type[T]) -> list[T]:
        """Every object of a kind, of all engines."""
        return [each for it in self for each in it.store.snapshot(kind).values()]

    def find(self, kind: type[T], key: Key) -> T | None:
        """An object by its identity; `None` if it is gone."""
        return self.of(key).store.snapshot(kind).get(key.id)

    def knows(self, kind: type[DockerObject]) -> bool:
        """Has any engine told us of a kind yet?"""
        return any(it.store.knows(kind) for it in self)

    def subscribe(self, kind: type[T], listener: Callable[[FleetDiff], None]) -> None:
        """Call `listener` with each change to a kind, for as long as the fleet lives."""
        for name, it in self.members.items():

            def tell(change: Diff[T], name: str = name) -> None:
                gone = tuple(Key(name, id_) for id_ in change.removed)
                listener(FleetDiff(change.added, change.changed, gone))

            it.store.subscribe(kind, tell)

    # Not for the first screen: nothing lasts that nobody has asked for yet.
    @cached_property
    def jobs(self) -> Jobs:
        """What goes on in the background, on any engine; `run` does it."""
        from dockertui.sync.jobs import Jobs

        self._jobs_wanted.set()
        return Jobs()

    @property
    def active_jobs(self) -> Sequence[Job]:
        """The jobs that are not over."""
        return self.jobs.active() if "jobs" in self.__dict__ else ()

    async def run(self) -> None:
        """Watch every engine, and do the jobs, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._do_jobs())
            for it in self:
                tasks.create_task(it.watcher.run())
                if self.measures:
                    tasks.create_task(_measure(it))
                tasks.create_task(recall(it))
                tasks.create_task(_look_for_updates(it, self.updates_every_s))

    async def _do_jobs(self) -> None:
        await self._jobs_wanted.wait()
        await self.jobs.run()

    async def close(self) -> None:
        """Let go of every engine."""
        for it in self:
            await it.close()


async def _measure(member: Member) -> None:
    """Measure what a member's containers use, from when there are any on."""
    await _listed(member, lambda: member.store.knows(Container))
    await member.sampler.run()


async def _look_for_updates(member: Member, every_s: float) -> None:
    """Say of containers that their image is an old one, from when there is anything to say."""
    if not every_s:
        await _listed(member, lambda: any(map(_runs_old_one, _containers(member))))
    await member.updates.run(every_s)


async def _listed(member: Member, condition: Callable[[], bool]) -> None:
    """Wait until a condition is true of a member's containers."""
    changed = asyncio.Event()
    let_go = member.store.subscribe(Container, lambda _: changed.set())
    while not condition():
        await changed.wait()
        changed.clear()
    let_go()


def _runs_old_one(container: Container) -> bool:
    """Does the engine list an ID because the tag means another image by now?"""
    return container.image.startswith("sha256:")


def _containers(member: Member) -> Iterable[Container]:
    return member.store.snapshot(Container).values()
