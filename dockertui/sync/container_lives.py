"""The lives of a container whose log is followed: its ends, its returns and its successors."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from dockertui.model import Container, ContainerState, Event
from dockertui.store import Diff
from dockertui.sync.fleet import Member
from dockertui.sync.link import Link
from dockertui.sync.log_rules import (
    Coroner,
    Death,
    RuleQueue,
    first_after,
    listed_death,
    same_place,
)
from dockertui.sync.log_times import SECOND_NS

GRACE_S = 1.0
"""What has not been started again after this has stopped."""


class ContainerLives:
    """Follows one container through its lives, and makes a rule of each of its ends.

    There is one rule for each end: that it was restarted, that it stopped or was removed if
    nothing followed within a moment, or that another container took its place.
    """

    def __init__(self, member: Member, container: Container, changed: Callable[[], None]) -> None:
        """Begin to listen, on the running loop.

        Args:
            member: The engine that has the container.
            container: Whom to follow.
            changed: Called when its log may go on, and when there is a new rule.
        """
        self.container = container
        """Who it is now."""
        self.rules = RuleQueue()
        """The rules that the log does not have yet."""
        self.is_removed = False
        """Is it gone, and nobody in its place?"""
        self.ancestors = 0
        """How many containers have stood in its place before it."""
        self._member = member
        self._changed = changed
        self._coroner = Coroner()
        self._death: Death | None = None
        self._last_death_ns = 0
        self._known_deaths: set[int] = set()
        self._was_live = container.state.is_live
        self._loop = asyncio.get_running_loop()
        self._timers: set[asyncio.TimerHandle] = set()
        self._let_go: tuple[Callable[[], None], ...] = (
            member.store.subscribe(Container, self._listed),
            member.watcher.on_link(self._link_changed),
            member.watcher.on_event(self._heed),
        )

    def close(self) -> None:
        """Listen no more."""
        for let_go in self._let_go:
            let_go()
        for timer in self._timers:
            timer.cancel()
        self._let_go, self._timers = (), set()

    @property
    def listed(self) -> Container | None:
        """How the engine lists it; `None` if it does not."""
        return self._member.store.snapshot(Container).get(self.container.id)

    def remember(self, death: Death) -> None:
        """Make a rule of a death that was told of after it had been started again."""
        if death.time_ns not in self._known_deaths:
            self._known_deaths.add(death.time_ns)
            self.rules.add(death.time_ns, death.restarted)

    def ended(self) -> None:
        """Take note that its log has come to an end: if nobody says why, ask in a moment."""
        self._later(self._look_for_a_death)

    def wrote(self, block: bytes) -> None:
        """Take note of lines: who writes after an end lives again, though no event says so yet."""
        if self._death is not None and first_after(block, self._death.time_ns) is not None:
            self._was_live = True
            self._returns()

    def _heed(self, event: Event) -> None:
        if event.kind != "container" or event.actor_id != self.container.id:
            return
        if death := self._coroner.heed(event):
            if death.time_ns not in self._known_deaths:
                self._dies(death)
        elif event.action == "start":
            self._was_live = True
            self._returns()
        elif event.action == "destroy":
            self._goes()

    def _dies(self, death: Death) -> None:
        self._death = death
        self._known_deaths.add(death.time_ns)
        self._last_death_ns = death.time_ns
        self._was_live = False
        self._later(lambda: self._conclude(death))

    def _returns(self) -> None:
        if death := self._settled_death():
            self.rules.add(death.time_ns, death.restarted)
        self._changed()

    def _conclude(self, death: Death) -> None:
        """Say that it has stopped, unless it goes on or is about to."""
        now = self.listed
        if self._death is not death or (now is not None and now.state.is_live):
            return
        self._death = None
        verb = "removed" if now is None or self.is_removed else "stopped"
        self.rules.add(death.time_ns, f"{verb}: {death.words}")
        self._changed()

    def _look_for_a_death(self) -> None:
        now = self.listed
        if self._was_live and now is not None and now.state in _ENDED:
            self._dies(listed_death(now, time.time_ns()))

    def _goes(self) -> None:
        if not self.is_removed:
            self.is_removed = True
            self._changed()
            self._look_for_a_successor()

    def _look_for_a_successor(self) -> None:
        for each in self._member.store.snapshot(Container).values():
            if each.id != self.container.id and same_place(each, self.container):
                self._go_over_to(each)
                return

    def _go_over_to(self, successor: Container) -> None:
        created_ns = int(successor.created.timestamp()) * SECOND_NS if successor.created else 0
        death = self._settled_death()
        time_ns = death.time_ns if death else max(created_ns, self._last_death_ns + 1)
        words = f"created anew: {death.words}" if death else "created anew"
        if successor.image != self.container.image:
            words += f", now {successor.image}"
        self.rules.add(time_ns, words)
        self.container = successor
        self.is_removed = False
        self.ancestors += 1
        self._coroner = Coroner()
        self._was_live = successor.state.is_live
        self._changed()

    def _settled_death(self) -> Death | None:
        death, self._death = self._death, None
        return death

    def _listed(self, change: Diff[Container]) -> None:
        for each in (*change.changed, *change.added):
            if each.id == self.container.id:
                self.container = each
                if each.state.is_live:
                    self._changed()
                elif self._was_live:
                    self.ended()
        if self.container.id in change.removed:
            self._goes()
        if self.is_removed:
            self._look_for_a_successor()

    def _link_changed(self, _: Link) -> None:
        self._changed()

    def _later(self, deed: Callable[[], None]) -> None:
        def act() -> None:
            self._timers.discard(timer)
            deed()

        timer = self._loop.call_later(GRACE_S, act)
        self._timers.add(timer)


_ENDED = {ContainerState.EXITED, ContainerState.DEAD}
