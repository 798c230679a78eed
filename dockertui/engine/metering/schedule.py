"""Which containers are to be read when. Pure: whoever asks brings the time along."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from heapq import heappop, heappush

REST_S, LONGEST_REST_S = 1.0, 30.0
"""How long one that does not run is left alone: at first, and twice as long each time."""
_TOGETHER_S = 0.1
"""Who is due within this is asked together."""
_SPREAD_FROM_S = 2.0
_GOLDEN = (math.sqrt(5) - 1) / 2
_WEIGHT = 0.1
"""How much one reading counts in the mean lateness."""
_PUNCTUAL_S = 0.3
"""Lateness up to this is jitter."""


@dataclass(slots=True)
class _Turn:
    period_s: float
    due_s: float
    """When to ask."""
    hoped_s: float
    """When its next reading should be there."""
    asked_s: float | None = None
    """Since when it is asked, or streams; `None` while it waits for its turn."""
    came_s: float | None = None
    """When it was read last."""
    lead_s: float = 0.0
    """How long its answer takes to come, and thus how much earlier one has to ask."""
    rest_s: float = 0.0
    """How long it is left alone, as it was found not to run; 0 for one that was read."""


class Schedule:
    """Whose turn it is."""

    def __init__(self) -> None:
        """Begin with nobody wanted."""
        self._turns: dict[str, _Turn] = {}
        self._periods: dict[str, float] = {}
        self._queue: list[tuple[float, str]] = []
        self._late_s = 0.0
        self._firsts = 0

    def __len__(self) -> int:
        """How many are wanted."""
        return len(self._turns)

    def want(self, periods_s: Mapping[str, float], now_s: float) -> Set[str]:
        """Read these from now on, and no others.

        Returns:
            Those that are no longer wanted, and those wanted at another period than before.
        """
        periods, before = dict(periods_s), self._periods
        gone = before.keys() - periods.keys()
        for id_ in gone:
            del self._turns[id_]
        # Set operations run at C's speed: of ten thousand, only those that differ are looked at.
        changed = dict(periods.items() - before.items())
        for id_, period_s in changed.items():
            if (turn := self._turns.get(id_)) is None:
                self._turns[id_] = _Turn(period_s, now_s, now_s)
                heappush(self._queue, (now_s, id_))
                continue
            turn.period_s = period_s
            if turn.asked_s is None and not turn.rest_s and turn.came_s is not None:
                self._wait(id_, turn, max(now_s, turn.came_s + period_s - turn.lead_s))
        self._periods = periods
        return gone | changed.keys()

    def period_s(self, id_: str) -> float | None:
        """How often it is wanted; `None` if it is not."""
        return self._periods.get(id_)

    def due(self, now_s: float, most: int) -> list[str]:
        """Those whose turn it is, the most urgent first, which are taken as asked now."""
        chosen: list[str] = []
        while len(chosen) < most and self._due_s() <= now_s + _TOGETHER_S:
            _, id_ = heappop(self._queue)
            self._turns[id_].asked_s = now_s
            chosen.append(id_)
        return chosen

    def next_due_s(self) -> float:
        """When somebody's turn comes; infinite if nobody waits."""
        due_s = self._due_s()
        return due_s - _TOGETHER_S / 2 if due_s < math.inf else due_s

    def streamed(self, id_: str, now_s: float) -> None:
        """One that streams was read; its turn goes on."""
        if (turn := self._turns.get(id_)) is not None:
            self._came(turn, now_s)
            turn.hoped_s = now_s + turn.period_s

    def answered(self, id_: str, now_s: float, lead_s: float = 0.0) -> None:
        """One that was asked was read; its next turn comes in a period.

        Args:
            id_: Which.
            now_s: The time.
            lead_s: How long it waits for an answer, where an engine reads at a tick of its own.
        """
        if (turn := self._turns.get(id_)) is None:
            return
        first, asked_s = turn.came_s is None, turn.asked_s or now_s
        self._came(turn, now_s)
        turn.lead_s = lead_s
        if lead_s:
            # The tick keeps together those that are read at it.
            due_s = now_s + turn.period_s * self._share(turn, first) - lead_s
        else:
            step_s = 1.0 if turn.period_s % 1 == 0 else min(0.5, turn.period_s)
            due_s = asked_s + turn.period_s * self._share(turn, first)
            due_s = max(round(due_s / step_s) * step_s, now_s + step_s / 4)
        self._wait(id_, turn, due_s)

    def passed_over(self, id_: str, now_s: float) -> None:
        """One that was asked, or streamed, does not run: it is left alone for a while."""
        if (turn := self._turns.get(id_)) is not None:
            turn.rest_s, turn.came_s = min(LONGEST_REST_S, turn.rest_s * 2 or REST_S), None
            self._wait(id_, turn, now_s + max(turn.rest_s, turn.period_s))

    def released(self, id_: str, now_s: float) -> None:
        """One that streamed does so no more, though it may run: it has a turn as others."""
        if (turn := self._turns.get(id_)) is not None and turn.asked_s is not None:
            came_s = now_s if turn.came_s is None else turn.came_s
            self._wait(id_, turn, max(now_s, came_s + turn.period_s - turn.lead_s))

    def behind_s(self, now_s: float, waiting_s: float) -> float:
        """How much later than wanted readings come; 0 while that is but jitter.

        Args:
            now_s: The time.
            waiting_s: Since when the first of those waits whose turn it is.
        """
        if not self._turns:
            self._late_s = 0.0
        late_s = max(self._late_s, now_s - min(waiting_s, self._due_s()))
        return late_s if late_s > _PUNCTUAL_S else 0.0

    def _due_s(self) -> float:
        queue, turns = self._queue, self._turns
        while queue:
            due_s, id_ = queue[0]
            turn = turns.get(id_)
            if turn is not None and turn.asked_s is None and turn.due_s == due_s:
                return due_s
            heappop(queue)
        return math.inf

    def _wait(self, id_: str, turn: _Turn, due_s: float) -> None:
        turn.due_s, turn.hoped_s, turn.asked_s = due_s, due_s + turn.lead_s, None
        heappush(self._queue, (due_s, id_))

    def _came(self, turn: _Turn, now_s: float) -> None:
        if turn.came_s is not None:
            late_s = max(0.0, now_s - turn.hoped_s)
            self._late_s += (late_s - self._late_s) * _WEIGHT
        turn.came_s, turn.rest_s = now_s, 0.0

    def _share(self, turn: _Turn, first: bool) -> float:
        """Which part of its period one waits: the first time less, to spread those of long ones."""
        if not first or turn.period_s < _SPREAD_FROM_S:
            return 1.0
        self._firsts += 1
        return 0.3 + 0.7 * (self._firsts * _GOLDEN % 1)
