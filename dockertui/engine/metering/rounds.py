"""Has each container read in its turn, and looks after its engine."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dockertui.engine.metering.channel import Dial
from dockertui.engine.metering.kernel import Kernel
from dockertui.engine.metering.post import Post
from dockertui.engine.metering.pulse import Pulse
from dockertui.engine.metering.requests import STREAM_UP_TO_S, Requests
from dockertui.engine.metering.schedule import Schedule
from dockertui.engine.metering.shots import Failure
from dockertui.engine.metering.way import Targets, Way
from dockertui.model.usage import Reading

_LEAD_S = 0.55
"""How long one waits for the tick of an engine that reads at its own, on average."""
_PATIENCE_S = 30.0
_TRY_AGAIN_S = 30.0
_LATE_S = 2.0
"""Streams that come so late make one wonder whether they are the better way."""
_LOOK_AFTER_S = 1.0
_AT_ONCE = 40
"""How many are read before the thread looks up: some 5 ms of work."""
_APART_NS = 100_000_000
"""Two readings closer than this give no rate that means anything."""


class Rounds:
    """Goes round the containers that are wanted."""

    def __init__(
        self,
        dial: Dial,
        targets: Targets,
        post: Post,
        kernel: Kernel,
        *,
        most: int,
        shots: bool,
    ) -> None:
        """Begin with nobody wanted.

        Args:
            dial: Makes connections.
            targets: What to ask for.
            post: Where readings go.
            kernel: Knows the containers that run on this machine.
            most: How many connections there may be.
            shots: Can the engine be asked for a single reading?
        """
        self.behind_s = 0.0
        """How much later than wanted readings come."""
        self.requests = Requests(dial, targets, self, most=most, shots=shots)
        self._kernel = kernel
        self._post = post
        self._schedule = Schedule()
        self._pulse = Pulse(self.requests.ping)
        self._waiting: dict[str, float] = {}
        """Those that the engine is to be asked for as soon as there is room; since when."""
        self._said: dict[str, Reading] = {}
        """What the engine said of those whose place is being asked for."""
        self._last_ns: dict[str, int] = {}
        self._failure: Failure | None = None
        self._looked_s = self._tried_s = -math.inf

    @property
    def is_anybody_wanted(self) -> bool:
        """Is anybody to be read at all?"""
        return len(self._schedule) > 0

    @property
    def way(self) -> str:
        """In which way containers are read, in words."""
        if self.requests.refusal:
            return f"refused by the engine: {self.requests.refusal}"
        if self._kernel.knows_any:
            return "read from this machine's own kernel, as the engine runs here"
        return self.requests.way or "finding out how the engine is best asked"

    def want(self, periods_s: Mapping[str, float], now_s: float) -> None:
        """Read these from now on, and no others."""
        for id_ in self._schedule.want(periods_s, now_s):
            if self._schedule.period_s(id_) is None:
                for known in (self._last_ns, self._said, self._waiting):
                    known.pop(id_, None)
                self._kernel.forget(id_)
            if id_ in self.requests.streamed and not self._is_to_stream(id_):
                self._leave(id_, now_s)

    def next_due_s(self, now_s: float) -> float:
        """When `begin` has something to do; infinite if nothing waits, or there is no room."""
        due_s = self._schedule.next_due_s()
        if (trial_ends_s := self.requests.trial_ends_s(now_s)) is not None:
            return min(due_s, trial_ends_s)
        return now_s if self._waiting and self.requests.room(now_s) > 0 else due_s

    def begin(self, now_s: float) -> None:
        """Read those that are due, or ask for them as far as there is room."""
        for id_ in self._schedule.due(now_s, _AT_ONCE):
            if not self._is_read_here(id_, now_s):
                self._waiting[id_] = now_s
        while self._waiting and self.requests.room(now_s) > 0:
            id_ = next(iter(self._waiting))
            del self._waiting[id_]
            self.requests.ask(id_, now_s, often=self._is_wanted_often(id_))

    def look_after(self, now_s: float) -> None:
        """See whether the engine is there, and whether it is asked in the right way.

        Raises:
            OSError: When it is gone.
            NotHTTPError: The same.
        """
        if self._failure is not None:
            raise self._failure
        # Who is read here says nothing of the engine.
        expects = self.requests.is_waiting or (self._kernel.knows_any and self.is_anybody_wanted)
        self._pulse.check(now_s, expects=expects)
        if now_s - self._looked_s < _LOOK_AFTER_S:
            return
        self._looked_s = now_s
        self.behind_s = self._schedule.behind_s(now_s, min(self._waiting.values(), default=now_s))
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
        """Take what the engine says of a container."""
        id_ = reading.container_id
        if self._schedule.period_s(id_) is None:
            return
        self._send(reading, now_s)
        is_missing = self._kernel.learn(reading) is None
        if is_missing and not self._said and self._kernel.is_to_be_sought(id_):
            # One at a time, for one tells where all the others are.
            self._said[id_] = reading
            self.requests.look(id_, now_s)
        if id_ not in self.requests.streamed:
            lead_s = _LEAD_S if self.requests.way is Way.STREAMS else 0.0
            self._schedule.answered(id_, now_s, lead_s)
            return
        self._schedule.streamed(id_, now_s)
        if self._kernel.knows(id_) or not self._is_wanted_often(id_):
            self._leave(id_, now_s)

    def looked(self, container_id: str, pid: int) -> None:
        """Take the number of a container's first process."""
        self._kernel.locate(container_id, pid)
        if (said := self._said.pop(container_id, None)) is not None:
            self._kernel.learn(said)

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

    def _is_read_here(self, id_: str, now_s: float) -> bool:
        if not self._kernel.knows(id_) or (reading := self._kernel.read(id_)) is None:
            return False
        self._send(reading, now_s)
        self._schedule.answered(id_, now_s)
        return True

    def _send(self, reading: Reading, now_s: float) -> None:
        id_ = reading.container_id
        if abs(reading.read_ns - self._last_ns.get(id_, 0)) >= _APART_NS:
            self._last_ns[id_] = reading.read_ns
            self._post.add(reading, now_s)

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
