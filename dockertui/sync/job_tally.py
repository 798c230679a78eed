"""How far a job is, added up from what is said of it."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from dockertui.model.job import Bar, Job
from dockertui.model.progress import Phase, Progress

_PARTS = 500
"""How many parts are told apart; an image has at most some 130 layers."""
_WINDOW_S = 4.0
_STEP_S = 0.25
_LEAST_S = 0.5
_UNPACKS = 2
_NUMBERS = re.compile(r"\d+")


@dataclass(slots=True)
class _Part:
    """A part of the work, as it was said last."""

    status: str
    phase: Phase
    done: int = 0
    total: int = 0
    size: int = 0
    """How many bytes come, or go, with it; 0 if that is not known yet."""
    moved: int = 0
    """How many of them have."""
    is_about: bool = False
    step: int = 0
    """The step that it belongs to; 0 if there is none."""


class Tally:
    """Adds up how far the parts of a job are.

    A layer that is pulled comes and is then unpacked; both count for how much of the work is
    done, and only what comes counts as bytes.
    """

    speed: ClassVar[tuple[float, int, float] | None] = None
    """What the last seconds are said to be for all tallies; `None` to measure them, as is usual.
    Pictures that shall not depend on a machine's speed set it."""

    def __init__(
        self,
        *,
        unpacks: bool = False,
        by_steps: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with nothing.

        Args:
            unpacks: Is what has come unpacked then?
            by_steps: Is the work one of steps, to which bytes only add?
            clock: The time in seconds.
        """
        self.step = 0
        """The step that it is at; 0 if it has none."""
        self.steps = 0
        """How many there are; 0 if nobody knows."""
        self._unpacks = unpacks
        self._by_steps = by_steps
        self._clock = clock
        self._parts: dict[str, _Part] = {}
        self._share = 0.0
        self._marks: deque[tuple[float, int, float]] = deque([(clock(), 0, 0.0)])

    def take(self, word: Progress) -> str:
        """Take in a word; the line of output that it makes, or nothing."""
        if word.step:
            self.step, self.steps = word.step, word.steps
        if not word.part:
            return word.line
        part = self._parts.get(word.part)
        if part is None:
            if len(self._parts) >= _PARTS:
                return ""
            part = self._parts[word.part] = _Part("", Phase.WAITING, step=self.step)
        is_news = _NUMBERS.sub("", part.status) != _NUMBERS.sub("", word.status)
        part.status, part.phase = word.status, word.phase
        part.done, part.total, part.is_about = word.done, word.total, word.is_about
        self._size(part)
        return f"{word.part}: {word.status}" if is_news else ""

    @staticmethod
    def _size(part: _Part) -> None:
        match part.phase:
            case Phase.MOVING:
                part.size = max(part.total, part.size, part.done)
                part.moved = min(part.done, part.size)
            case Phase.MOVED | Phase.UNPACKING:
                part.moved = part.size
            case Phase.DONE:
                part.size = part.moved = max(part.size, part.total)
            case Phase.WAITING | Phase.KEPT:
                pass

    @property
    def bars(self) -> tuple[Bar, ...]:
        """How far each part is, in the order in which they were first heard of."""
        return tuple(
            Bar(name, it.status, it.phase, it.done, it.total) for name, it in self._parts.items()
        )

    @property
    def done_bytes(self) -> int:
        """How many bytes have come, or gone."""
        return sum(it.moved for it in self._parts.values())

    @property
    def total_bytes(self) -> int:
        """How many there are, as far as is known."""
        return sum(it.size for it in self._parts.values())

    @property
    def is_total_sure(self) -> bool:
        """Is that all of them, and exactly?"""
        return not any(
            it.is_about or (it.phase is Phase.WAITING and not it.size)
            for it in self._parts.values()
        )

    def mark(self) -> None:
        """Note how far it is at this moment; speeds follow from two such notes."""
        now_s = self._clock()
        if now_s - self._marks[-1][0] >= _STEP_S:
            self._marks.append((now_s, self.done_bytes, self.share or 0.0))
        while len(self._marks) > 2 and self._marks[1][0] <= now_s - _WINDOW_S:  # noqa: PLR2004
            self._marks.popleft()

    @property
    def share(self) -> float | None:
        """How much is done, from 0 to 1; `None` if nobody can tell. It never falls."""
        if self.steps:
            self._share = min(1.0, max(self._share, (self.step - 1) / self.steps))
        if self._by_steps:
            return self._share if self.steps else None
        work = list(self._work())
        total = sum(it for _, it in work)
        if not total:
            return self._share or None
        share = sum(it for it, _ in work) / total
        if self.steps:
            share = (max(0, self.step - 1) + share) / self.steps
        self._share = min(1.0, max(self._share, share))
        return self._share

    @property
    def bytes_per_s(self) -> float:
        """How fast bytes have come, or gone, in the last seconds."""
        took_s, more, _ = self._lately
        return more / took_s if took_s >= _LEAST_S else 0.0

    @property
    def left_s(self) -> float | None:
        """How long it lasts still, going on as in the last seconds; `None` if nobody can tell."""
        took_s, _, share = self._lately
        if took_s < _LEAST_S or share <= 0 or self._by_steps:
            return None
        return (1 - (self.share or 0.0)) * took_s / share

    def shown_in(self, job: Job) -> Job:
        """A job with how far it is."""
        return replace(
            job,
            bars=self.bars,
            done_bytes=self.done_bytes,
            total_bytes=self.total_bytes,
            is_total_sure=self.is_total_sure,
            share=self.share,
            step=self.step,
            steps=self.steps,
            bytes_per_s=self.bytes_per_s,
            left_s=self.left_s,
        )

    @property
    def _lately(self) -> tuple[float, int, float]:
        """For how long it is noted how far it was, and how much was done in that time."""
        if self.speed is not None:
            return self.speed
        then_s, done, share = self._marks[0]
        return self._clock() - then_s, self.done_bytes - done, (self.share or 0.0) - share

    def _work(self) -> Iterator[tuple[float, float]]:
        """How much of the work with each part is done, and how much there is."""
        parts = [
            it
            for it in self._parts.values()
            if it.phase is not Phase.KEPT and it.step in {0, self.step}
        ]
        known = [it.size for it in parts if it.size]
        # What has yet to say how large it is may be as large as the others.
        usual = sum(known) / len(known) if known else 0.0
        for it in parts:
            size = it.size or (usual if it.phase is Phase.WAITING else 0)
            if not self._unpacks:
                yield it.moved, size
                continue
            unpacked = 0.0
            if it.phase is Phase.DONE:
                unpacked = size
            elif it.phase is Phase.UNPACKING and it.total:
                unpacked = size * min(1.0, it.done / it.total)
            yield it.moved + unpacked, size * _UNPACKS
