"""Has each container read in its turn, and looks after its engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from dockertui.engine.metering.channel import Dial
from dockertui.engine.metering.post import Post
from dockertui.engine.metering.pulse import Pulse
from dockertui.engine.metering.requests import STREAM_UP_TO_S, Requests
from dockertui.engine.metering.schedule import Schedule
from dockertui.engine.metering.shots import Failure
from dockertui.engine.metering.way import Way
from dockertui.model.usage import Reading

_LEAD_S = 0.55
"""How long one waits for the tick of an engine that reads at its own, on average."""
_PATIENCE_S = 30.0
_TRY_AGAIN_S = 30.0
_LATE_S = 2.0
"""Streams that come so late make one wonder whether they are the better way."""
_LOOK_AFTER_S = 1.0
_APART_NS = 100_000_000
"""Two readings closer than this give no rate that means anything."""


class Rounds:
    """Goes round the containers that are wanted."""

    def __init__(
        self, dial: Dial, target: Callable[[Way, str], str], post: Post, *, most: int, shots: bool
    ) -> None:
        """Begin with nobody wanted.

        Args:
            dial: Makes connections.
            target: Makes the path and query for a container.
            post: Where readings go.
            most: How many connections there may be.
            shots: Can the engine be asked for a single reading?
        """
        self.behind_s = 0.0
        """How much later than wanted readings come."""
        self.requests = Requests(dial, target, self, most=most, shots=shots)
        self._post = post
        self._schedule = Schedule()
        self._pulse = Pulse(self.requests.ping)
        self._last_ns: dict[str, int] = {}
        self._failure: Failure | None = None
        self._looked_s = self._tried_s = -math.inf

    @property
    def is_anybody_wanted(self) -> bool:
        """Is anybody to be read at all?"""
        return len(self._schedule) > 0

    def want(self, periods_s: Mapping[str, float], now_s: float) -> None:
        """Read these from now on, and no others."""
        for id_ in self._schedule.want(periods_s, now_s):
            if self._schedule.period_s(id_) is None:
                self._last_ns.pop(id_, None)
            if id_ in self.requests.streamed and not self._is_to_stream(id_):
                self._leave(id_, now_s)

    def next_due_s(self, now_s: float) -> float:
        """When `begin` has something to do; infinite if nothing waits, or there is no room."""
        if (trial_ends_s := self.requests.trial_ends_s(now_s)) is not None:
            return trial_ends_s
        return self._schedule.next_due_s() if self.requests.room(now_s) > 0 else math.inf

    def begin(self, now_s: float) -> None:
        """Ask for those that are due, as far as there is room."""
        room = self.requests.room(now_s)
        self._schedule.lead_s = _LEAD_S if self.requests.way is Way.STREAMS else 0.0
        for id_ in self._schedule.due(now_s, room):
            self.requests.ask(id_, now_s, often=self._is_wanted_often(id_))

    def look_after(self, now_s: float) -> None:
        """See whether the engine is there, and whether it is asked in the right way.

        Raises:
            OSError: When it is gone.
            NotHTTPError: The same.
        """
        if self._failure is not None:
            raise self._failure
        self._pulse.check(now_s, expects=self.requests.is_waiting)
        if now_s - self._looked_s < _LOOK_AFTER_S:
            return
        self._looked_s = now_s
        self.behind_s = self._schedule.behind_s(now_s)
        self.requests.give_up(now_s - _PATIENCE_S)
        if self.requests.way is Way.SHOTS:
            self.rest(now_s)
        elif self._are_streams_late(now_s):
            self._tried_s = now_s
            self.requests.try_again(now_s)

    def rest(self, now_s: float) -> None:
        """Have nothing streamed, until `begin` is called again."""
        for id_ in tuple(self.requests.streamed):
            self._leave(id_, now_s)

    def read(self, reading: Reading, now_s: float) -> None:
        """Take a reading."""
        id_ = reading.container_id
        if self._schedule.period_s(id_) is None:
            return
        if abs(reading.read_ns - self._last_ns.get(id_, 0)) >= _APART_NS:
            self._last_ns[id_] = reading.read_ns
            self._post.add(reading, now_s)
        if id_ not in self.requests.streamed:
            self._schedule.answered(id_, now_s)
            return
        self._schedule.streamed(id_, now_s)
        if not self._is_wanted_often(id_):
            self._leave(id_, now_s)

    def passed_over(self, container_id: str, now_s: float) -> None:
        """Leave one alone for a while that does not run."""
        self._schedule.passed_over(container_id, now_s)

    def heard(self, now_s: float) -> None:
        """Take note that the engine is there."""
        self._pulse.heard(now_s)

    def doubted(self) -> None:
        """Take note that it may not be there."""
        self._pulse.doubt()

    def gone(self, error: Failure) -> None:
        """Take note that it is not there."""
        self._failure = error

    def _is_wanted_often(self, id_: str) -> bool:
        return (self._schedule.period_s(id_) or math.inf) <= STREAM_UP_TO_S

    def _is_to_stream(self, id_: str) -> bool:
        """May a stream go on? One that is wanted seldom ends with its next reading, at best."""
        is_wanted = self._schedule.period_s(id_) is not None
        return is_wanted and (self._is_wanted_often(id_) or not self.requests.can_shoot)

    def _leave(self, id_: str, now_s: float) -> None:
        self.requests.leave(id_)
        self._schedule.released(id_, now_s)

    def _are_streams_late(self, now_s: float) -> bool:
        requests = self.requests
        may_try = requests.can_shoot and requests.streamed and now_s - self._tried_s > _TRY_AGAIN_S
        return bool(may_try) and self.behind_s > _LATE_S
