"""Jobs: they run in the background, some at once, and can be cancelled and tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from dockertui.engine import Engine, EngineError
from dockertui.model.job import Job, JobState
from dockertui.model.progress import Progress
from dockertui.sync.job_hints import hint_for
from dockertui.sync.job_output import JobOutput
from dockertui.sync.job_tally import Tally
from dockertui.sync.news import News
from dockertui.text import clean

AT_ONCE = 6
"""How many jobs run at the same time; others wait for their turn."""
KEPT = 50
"""How many jobs that are over can still be read about."""
TOLD_S = 0.1
"""The least time between two times that listeners are told."""

_BY_STEPS = frozenset(("build", "prune"))
"""The kinds of job that are done step by step."""

Tell = Callable[[Iterable[Progress]], None]
"""Says how far work is; whoever works calls it as often as there is something to say."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job."""

    sentence: str
    """In words that follow its title: `71.0 MB in 5 layers`."""
    image: str = ""
    """The image that there is now, by its ID or a reference; empty for none."""


class Task(Protocol):
    """What a job does. It may be done again, from the beginning."""

    @property
    def kind(self) -> str:
        """What is done, in one word: `pull`."""
        ...

    @property
    def title(self) -> str:
        """What is done, to what: `pull nginx:1.27`."""
        ...

    async def run(self, engine: Engine, tell: Tell) -> Outcome:
        """Do it.

        Raises:
            EngineError: It failed, and why.
        """
        ...


@dataclass(slots=True, eq=False)
class _Entry:
    """A job with what it needs to run."""

    job: Job
    task: Task
    engine: Engine
    over: asyncio.Future[Job]
    output: JobOutput = field(default_factory=JobOutput)
    tally: Tally = field(default_factory=Tally)
    work: asyncio.Task[None] | None = None
    said: str = ""
    is_fresh: bool = True
    """Is `job` up to date with the tally?"""


class Jobs:
    """All jobs, those that run and those that are over. It is for one event loop."""

    def __init__(self) -> None:
        """Begin with none; `run` does them."""
        self.forgotten = 0
        """How many that were over are not kept any more."""
        self._entries: dict[int, _Entry] = {}
        self._number = 0
        self._more = asyncio.Event()
        self._news = News(TOLD_S)
        self._enders: list[Callable[[Job], None]] = []

    # What there is

    def all(self) -> list[Job]:
        """Every job as it is now, the newest first."""
        return [self._now(it) for it in reversed(self._entries.values())]

    def active(self) -> list[Job]:
        """Those that are not over, the oldest first."""
        return [self._now(it) for it in self._entries.values() if not it.job.state.is_over]

    def get(self, number: int) -> Job | None:
        """A job by its number; `None` if it is not kept any more."""
        entry = self._entries.get(number)
        return None if entry is None else self._now(entry)

    def output(self, number: int) -> JobOutput | None:
        """What a job has said, with the time of each line; `None` if it is not kept any more."""
        entry = self._entries.get(number)
        return None if entry is None else entry.output

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when anything has changed, at most ten times a second.

        Returns:
            What ends that.
        """
        return self._news.subscribe(listener)

    def on_end(self, listener: Callable[[Job], None]) -> None:
        """Call `listener` with each job that is over, at once."""
        self._enders.append(listener)

    # What can be done

    def start(self, engine: Engine, task: Task) -> Job:
        """Let something be done in the background, as soon as there is room for it."""
        self._number += 1
        job = Job(
            id=self._number,
            kind=task.kind,
            title=clean(task.title),
            engine=engine.name,
            created=datetime.now(UTC),
        )
        over: asyncio.Future[Job] = asyncio.get_running_loop().create_future()
        self._entries[job.id] = _Entry(job, task, engine, over)
        self._forget_old()
        self._more.set()
        self._news.tell_soon()
        return job

    async def over(self, number: int) -> Job:
        """Wait until a job is over, however it ends."""
        return await asyncio.shield(self._entries[number].over)

    def cancel(self, number: int) -> bool:
        """End a job at once; says whether there was anything to end."""
        entry = self._entries.get(number)
        if entry is None or entry.job.state.is_over:
            return False
        if entry.work is not None:
            entry.work.cancel()
        entry.output.note("cancelled")
        self._end(entry, JobState.CANCELLED)
        return True

    def retry(self, number: int) -> bool:
        """Do again what failed or was cancelled; says whether that was possible."""
        entry = self._entries.get(number)
        if entry is None or entry.job.state not in {JobState.FAILED, JobState.CANCELLED}:
            return False
        attempt = entry.job.attempt + 1
        again = replace(entry.job, state=JobState.QUEUED, attempt=attempt, error="", hint="")
        entry.job = replace(again, started=None, ended=None, bars=(), share=None, left_s=None)
        entry.tally, entry.said, entry.work = Tally(), "", None
        entry.over = asyncio.get_running_loop().create_future()
        entry.output.note(f"once more, attempt {attempt}")
        self._more.set()
        self._news.tell_soon()
        return True

    def forget(self, number: int) -> bool:
        """Keep a job no longer that is over; says whether it was."""
        entry = self._entries.get(number)
        if entry is None or not entry.job.state.is_over:
            return False
        del self._entries[number]
        self._news.tell_soon()
        return True

    async def run(self) -> None:
        """Do what is to be done, until cancelled; then everything is."""
        try:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    for entry in self._next():
                        entry.work = tasks.create_task(self._do(entry))
                    self._more.clear()
                    await self._more.wait()
        finally:
            self.cancel_all()

    def cancel_all(self) -> None:
        """End every job at once."""
        for entry in tuple(self._entries.values()):
            self.cancel(entry.job.id)

    # How it is done

    def _next(self) -> list[_Entry]:
        """Those whose turn has come."""
        entries = self._entries.values()
        running = sum(it.job.state is JobState.RUNNING for it in entries)
        queued = [it for it in entries if it.job.state is JobState.QUEUED]
        chosen = queued[: max(0, AT_ONCE - running)]
        for each in chosen:
            each.job = replace(each.job, state=JobState.RUNNING, started=datetime.now(UTC))
        return chosen

    async def _do(self, entry: _Entry) -> None:
        attempt = entry.job.attempt
        kind = entry.job.kind
        entry.tally = Tally(unpacks=kind == "pull", by_steps=kind in _BY_STEPS)
        self._news.tell_soon()

        def tell(words: Iterable[Progress]) -> None:
            if entry.job.attempt == attempt and entry.job.state is JobState.RUNNING:
                self._take(entry, words)

        try:
            outcome = await entry.task.run(entry.engine, tell)
        except EngineError as error:
            if entry.job.attempt == attempt and not entry.job.state.is_over:
                self._fail(entry, error)
            return
        if entry.job.attempt == attempt and not entry.job.state.is_over:
            words = clean(outcome.sentence)
            entry.job = replace(self._now(entry), outcome=words, result=outcome.image)
            entry.output.note(f"done: {words}" if words else "done")
            self._end(entry, JobState.DONE)

    def _take(self, entry: _Entry, words: Iterable[Progress]) -> None:
        lines = [line for line in map(entry.tally.take, words) if line]
        if lines:
            entry.said = clean(lines[-1])
            entry.output.say(*lines)
        entry.tally.mark()
        entry.is_fresh = False
        self._news.tell_soon()

    def _fail(self, entry: _Entry, error: EngineError) -> None:
        words = str(error)
        lines = "\n".join(clean(it) for it in words.splitlines())
        hint = hint_for(entry.job.kind, words)
        entry.job = replace(self._now(entry), error=lines, hint=hint)
        for line in lines.splitlines():
            entry.output.note(line)
        self._end(entry, JobState.FAILED)

    def _end(self, entry: _Entry, state: JobState) -> None:
        share = 1.0 if state is JobState.DONE else entry.tally.share
        ended = replace(
            self._now(entry), state=state, ended=datetime.now(UTC), left_s=None, share=share
        )
        entry.job = replace(ended, bytes_per_s=0.0)
        entry.is_fresh = True
        if not entry.over.done():
            entry.over.set_result(entry.job)
        self._more.set()
        for listener in tuple(self._enders):
            listener(entry.job)
        self._news.tell_soon()

    def _now(self, entry: _Entry) -> Job:
        """A job with how far it is, which is added up only when somebody looks."""
        if entry.job.state is JobState.RUNNING and not entry.is_fresh:
            entry.is_fresh = True
            entry.job = replace(entry.tally.shown_in(entry.job), said=entry.said)
        return entry.job

    def _forget_old(self) -> None:
        over = [it.job.id for it in self._entries.values() if it.job.state.is_over]
        for number in over[: max(0, len(over) - KEPT)]:
            del self._entries[number]
            self.forgotten += 1
