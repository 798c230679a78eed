"""What a job says, followed as a log is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dockertui.model.job import JobState
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.sync.jobs import Jobs
from dockertui.sync.log_span import LogSpan


class JobFeed:
    """Holds on to one job's output, also after the job is no longer kept."""

    def __init__(self, jobs: Jobs, number: int, changed: Callable[[], None]) -> None:
        """Follow a job.

        Args:
            jobs: All of them.
            number: Which.
            changed: Called when there is more.
        """
        self._jobs = jobs
        self._number = number
        self.store: LogStore = jobs.output(number) or LogStore()
        """The lines so far."""
        job = jobs.get(number)
        self.title = job.title if job is not None else ""
        """What is done."""
        self.sources: Mapping[bytes, LogSource] = {}
        """One job alone."""
        self.span = LogSpan()
        """All there is; there is no other part to choose."""
        self.has_older = False
        """What was dropped is gone."""
        self.status = ""
        """Empty: nothing keeps it from being up to date."""
        self._leave = jobs.subscribe(changed)

    @property
    def explanation(self) -> str:
        """Why there are no lines."""
        job = self._jobs.get(self._number)
        if len(self.store) or job is None:
            return ""
        waits = job.state is JobState.QUEUED
        return "It waits for its turn." if waits else "It has said nothing yet."

    def set_span(self, span: LogSpan) -> None:
        """Do nothing: there is no other part."""

    def load_older(self) -> None:
        """Do nothing: there are none."""

    def previous_life(self) -> bool:
        """Say that there is none."""
        return False

    def next_life(self) -> bool:
        """Say that there is none."""
        return False

    def close(self) -> None:
        """Follow no more."""
        self._leave()
