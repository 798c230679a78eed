"""Is there a newer one? Registries are asked about images in use, on demand or at a pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Protocol

from dockertui.engine.errors import EngineError
from dockertui.model import Container, Image
from dockertui.model.container_detail import ContainerDetail
from dockertui.model.image_detail import ImageDetail
from dockertui.model.reference import Reference
from dockertui.model.registry import RateLimit, UpdateCheck
from dockertui.model.remote_image import Platform
from dockertui.model.update import Finding, Subject
from dockertui.store import Store
from dockertui.store.update_notes import UpdateNotes
from dockertui.sync.update_manners import LEAST_S, Manners
from dockertui.sync.update_summary import summary

AT_ONCE = 3
"""How many questions are under way at the same time."""
FIRST_AFTER_S = 30.0
"""How long after the start the first question is asked that no person has asked for."""
_LONGEST_GAP_S = 60.0
_SHORTEST_GAP_S = 2.0

Told = Callable[[str], None]
"""Is told what came of it, in a sentence."""
Target = Container | Image
"""What one may ask about."""


def _nobody(_: str) -> None:
    pass


class Registries(Protocol):
    """Who compares images with their tags."""

    async def check(
        self,
        reference: Reference,
        *,
        image_id: str,
        digests: Iterable[str],
        platform: Platform | None = None,
    ) -> UpdateCheck:
        """Compare an image with what its tag means in its registry."""
        ...

    def limit(self, host: str) -> RateLimit | None:
        """What a registry last said of the pulls that are left."""
        ...


class Engine(Protocol):
    """Who knows what an image is made for, and what a container was made from."""

    async def image_detail(self, image_id: str) -> ImageDetail:
        """What an inspection says of an image."""
        ...

    async def detail(self, container_id: str) -> ContainerDetail:
        """What an inspection says of a container."""
        ...


class Clock:
    """The time, and waiting."""

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Updates:
    """Asks, keeps what came of it with its age, and leaves registries alone that ask for it."""

    def __init__(
        self,
        engine: Engine,
        store: Store,
        registries: Registries,
        *,
        clock: Clock | None = None,
        is_up: Callable[[], bool] = lambda: True,
    ) -> None:
        """Ask nothing yet.

        Args:
            engine: Whom images and containers belong to.
            store: Which there are; its rows say what is found.
            registries: Whom to ask.
            clock: The time; `None` for that of the world.
            is_up: Does the engine answer? Nothing is asked at a pace while it does not.
        """
        self.notes = UpdateNotes(store)
        """What is known by now."""
        self._engine = engine
        self._store = store
        self._registries = registries
        self._clock = clock or Clock()
        self._is_up = is_up
        self._manners = Manners()
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._wanted: list[Target] = []
        self._told: Told = _nobody
        self._round: asyncio.Task[None] | None = None

    def check(self, targets: Iterable[Target], told: Told = _nobody) -> None:
        """Ask about objects, in the background.

        Args:
            targets: Containers and images.
            told: Is told what came of it when all have been asked that were asked for meanwhile.
        """
        self._wanted += targets
        self._told = told
        if self._round is None or self._round.done():
            self._round = asyncio.get_running_loop().create_task(self._rounds())

    @property
    def is_checking(self) -> bool:
        """Are registries asked because a person wants to know?"""
        return self._round is not None and not self._round.done()

    async def settled(self) -> None:
        """Wait until everything was asked that a person has asked for."""
        while self._round is not None and not self._round.done():
            await asyncio.wait({self._round})

    def limit(self, host: str) -> RateLimit | None:
        """What a registry last said of the pulls that are left; `None` if it never did."""
        return self._registries.limit(host)

    def close(self) -> None:
        """Ask nothing more, at once."""
        if self._round is not None:
            self._round.cancel()

    async def run(self, pace_s: float = 0.0) -> None:
        """Keep what needs nobody to be asked, and ask about all in use, until cancelled.

        Args:
            pace_s: How old an answer may become; 0 to ask nobody unless a person wants to know.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._keep_names())
            if pace_s:
                tasks.create_task(self._keep_pace(pace_s))

    # On demand

    async def _rounds(self) -> None:
        """Ask about all that is wanted, and what is wanted meanwhile; then tell of it once."""
        seen: dict[Subject, None] = {}
        nameless: list[Target] = []
        while self._wanted:
            await asyncio.sleep(0)
            targets, self._wanted = self._wanted, []
            await self._learn_names(it for it in targets if isinstance(it, Container))
            fresh = [(it, self.notes.subjects_of(it)) for it in targets]
            nameless += [target for target, subjects in fresh if not subjects]
            new = dict.fromkeys(each for _, it in fresh for each in it if each not in seen)
            seen |= new
            await asyncio.gather(*(self._ask(it, by_person=True) for it in new))
        self._told(summary([self.notes.finding(it) for it in seen], nameless))

    async def _ask(self, subject: Subject, *, by_person: bool) -> None:
        async with self._gate:
            now = self._clock.now()
            known = self.notes.finding(subject)
            if why := self.notes.silence_of(subject):
                self.notes.note(Finding(subject=subject, problem=why, tried=now))
            elif known.check is None or known.problem or _age_s(known, now) >= LEAST_S:
                await self._ask_registry(subject, known, by_person=by_person)

    async def _ask_registry(self, subject: Subject, known: Finding, *, by_person: bool) -> None:
        host = subject.reference.host
        if why := self._manners.why_not(host, self._clock.now(), by_person=by_person):
            self.notes.note(known.failed(why, self._clock.now()))
            return
        self.notes.note(known.asked())
        found = known
        try:
            check = await self._compared(subject)
            found = known.answered(check, self._clock.now())
            self._manners.answered(host, self._registries.limit(host))
        except EngineError as error:
            found = known.failed(str(error), self._clock.now())
            self._manners.refused(host, error, self._clock.now())
        finally:
            # As it was, where one has stopped waiting.
            self.notes.note(found)

    async def _compared(self, subject: Subject) -> UpdateCheck:
        image = self._store.snapshot(Image).get(subject.image_id)
        return await self._registries.check(
            subject.reference,
            image_id=subject.image_id,
            digests=image.digests if image is not None else (),
            platform=_platform(await self._engine.image_detail(subject.image_id)),
        )

    # At a pace

    async def _keep_pace(self, pace_s: float) -> None:
        await self._clock.sleep(FIRST_AFTER_S)
        while True:
            gap_s = _LONGEST_GAP_S
            if self._is_up() and (due := self._due(pace_s)):
                await self._ask(due, by_person=False)
                gap_s = pace_s / max(1, len(self.notes.in_use()))
            await self._clock.sleep(min(max(gap_s, _SHORTEST_GAP_S), _LONGEST_GAP_S))

    def _due(self, pace_s: float) -> Subject | None:
        """Whom it is time to ask about: those first that nobody has asked about yet."""
        now = self._clock.now()
        due = [
            (_age_s(finding, now), it)
            for it in self.notes.in_use()
            if _age_s(finding := self.notes.finding(it), now) >= pace_s
            and not self.notes.silence_of(it)
            and not self._manners.why_not(it.reference.host, now, by_person=False)
        ]
        return max(due)[1] if due else None

    # Names

    async def _keep_names(self) -> None:
        """Find out what containers run of which the engine lists an ID, whenever there are new."""
        changed = asyncio.Event()
        let_go = self._store.subscribe(Container, lambda _: changed.set())
        try:
            while True:
                changed.clear()
                await self._learn_names(self.notes.nameless())
                await changed.wait()
        finally:
            let_go()

    async def _learn_names(self, containers: Iterable[Container]) -> None:
        nameless = {it.id for it in self.notes.nameless()}
        for each in containers:
            if each.id in nameless:
                try:
                    detail = await self._engine.detail(each.id)
                except EngineError:
                    continue  # It is asked again with the next change.
                self.notes.name(each.id, detail.image or each.image)


def _age_s(finding: Finding, now: datetime) -> float:
    if finding.tried is None:
        return float("inf")
    return (now - finding.tried).total_seconds()


def _platform(detail: ImageDetail) -> Platform | None:
    architecture, _, variant = detail.architecture.partition("/")
    return Platform(detail.os, architecture, variant) if detail.os else None
