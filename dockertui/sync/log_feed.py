"""A container's log, followed into a store through stops, losses and lives."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from dockertui.engine import EngineError
from dockertui.model import Container
from dockertui.store.log_record import RULE
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.sync.container_log import ContainerLog
from dockertui.sync.fleet import Member
from dockertui.sync.last_words import Life
from dockertui.sync.log_history import last_lines, without_known
from dockertui.sync.log_reasons import LOST_AMID
from dockertui.sync.log_span import LogSpan
from dockertui.sync.log_times import ns_of, stamp_in

OLDER_AT_ONCE = 20_000
"""The most lines that come before the first one at a time."""
_SAME_STAMP = 1_000


class LogFeed:
    """Follows the log of one container until closed.

    Its log goes on through its lives: see `ContainerLog`. Those of containers that stood in its
    place before and are gone can be looked at meanwhile.
    """

    def __init__(
        self,
        member: Member,
        container: Container,
        changed: Callable[[], None],
        *,
        span: LogSpan = LogSpan(),  # noqa: B008 - frozen
    ) -> None:
        """Begin to follow, on the running loop.

        Args:
            member: The engine that has the container.
            container: Whose log.
            changed: Called when there are lines, or when anything else that it says changes.
            span: Which part of the log to begin with.
        """
        self.sources: Mapping[bytes, LogSource] = {}
        """Nobody: its lines need no telling apart."""
        self.explanation = ""
        """Why there are no lines; empty when there are, or when that is not known yet."""
        self.status = ""
        """What keeps it from being up to date, in words; empty at rest."""
        self.title = container.name
        """Whose log it is, and of which life."""
        self.has_older = False
        """Are there lines before the first one that can be had?"""
        self._member = member
        self._changed = changed
        self._loop = asyncio.get_running_loop()
        self._life: Life | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._loading: asyncio.Task[None] | None = None
        self._begin(container, span)

    def close(self) -> None:
        """Let go of the stream, at once."""
        self._log.close()
        for each in (self._timer, self._loading):
            if each is not None:
                each.cancel()

    def pause(self) -> None:
        """Read nothing while nobody looks; `go_on` misses nothing."""
        self._log.pause()

    def go_on(self) -> None:
        """Read on at the last line there is."""
        self._log.go_on()

    # What may be asked of it

    def set_span(self, span: LogSpan) -> None:
        """Begin again with another part of the log, in a new store."""
        self.close()
        self._loading = None
        self._begin(self._log.container, span)
        self._tell()

    def load_older(self) -> None:
        """Put older lines before the first one, if there are any; `changed` tells of it."""
        if self.has_older and self._loading is None:
            self._loading = self._loop.create_task(self._load_older(self._log, self.store))
            self._tell()

    def previous_life(self) -> bool:
        """Show the container that stood in the place before; false when none is known."""
        lives = self._member.last_words.lives_of(self._log.container)
        return self._show_life(lives, 1 if self._life else 0)

    def next_life(self) -> bool:
        """Show the container that came after; false when this is the last."""
        if self._life is None:
            return False
        return self._show_life(self._member.last_words.lives_of(self._log.container), -1)

    def _begin(self, container: Container, span: LogSpan) -> None:
        self.span = span
        self.store = self._live_store = LogStore()
        self._life = None
        self._log = ContainerLog(self._member, container, self._take, self._tell_if_live, span=span)

    def _take(self, block: bytes) -> None:
        self._live_store.append(block)
        self._expect_quiet()
        self._tell_if_live()

    def _tell_if_live(self) -> None:
        if self._life is None:
            self._tell()

    def _tell(self) -> None:
        log, life = self._log, self._life
        self.explanation = "" if life else log.explanation
        self.title = life.title if life else log.container.name
        self.status = "" if life else self._live_status()
        self.has_older = life is None and log.has_older and not self.store.dropped
        self._changed()

    def _live_status(self) -> str:
        if self._log.is_waiting:
            return LOST_AMID
        if self._loading is not None:
            return "loading older lines"
        return self._log.pace.status(time.time(), self._log.count)

    def _expect_quiet(self) -> None:
        """Have it noticed when what was said of the pace is no longer true."""
        if self._timer is None and (quiet_s := self._log.pace.quiet_in_s(time.time())) is not None:
            self._timer = self._loop.call_later(quiet_s, self._quiet)

    def _quiet(self) -> None:
        self._timer = None
        self._tell_if_live()
        self._expect_quiet()

    def _show_life(self, lives: Sequence[Life], step: int) -> bool:
        places = [it.container.id for it in lives]
        here = places.index(self._life.container.id) + step if self._life else 0
        if here >= len(lives):
            return False
        self._life = lives[here] if here >= 0 else None
        self.store = self._live_store if self._life is None else LogStore()
        if self._life is not None:
            self.store.append(self._life.records)
        self._tell()
        return True

    async def _load_older(self, log: ContainerLog, store: LogStore) -> None:
        wanted = min(self.span.tail or OLDER_AT_ONCE, OLDER_AT_ONCE)
        first_ns, known = _first_lines(store)
        try:
            block, more = await log.older(first_ns, wanted + sum(known.values()))
        except EngineError:
            log.has_no_older()
        else:
            older = without_known(block, known)
            if not (more and older):
                log.has_no_older()
            if older:
                store.prepend(log.past.placed(last_lines(older, wanted)))
        finally:
            self._loading = None
        self._tell_if_live()


def _first_lines(store: LogStore) -> tuple[int, Counter[bytes]]:
    """The time of a store's first line, and all lines that bear it."""
    lines = store.lines(store.first, store.first + _SAME_STAMP)
    records = [line + b"\n" for line in lines if not line.startswith(RULE)]
    first_ns = ns_of(stamp_in(records[0])) if records else 0
    same = (it for it in records if ns_of(stamp_in(it)) == first_ns)
    return first_ns, Counter(same)
