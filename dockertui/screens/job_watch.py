"""What becomes of jobs, told on the main screen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dockertui.model import DockerObject, Image
from dockertui.model.job import Job, JobState
from dockertui.text import clean
from dockertui.widgets.message_bar import Report

if TYPE_CHECKING:
    from dockertui.screens.panes import PanesScreen
    from dockertui.sync import Fleet
    from dockertui.sync.jobs import Task

_SELECTED = frozenset(("build", "load", "import"))
"""After which jobs the image that came of them is selected."""
_DOING = {"push": "pushing", "pull": "pulling", "save": "saving"}
"""What the row of an image says meanwhile."""


class JobWatch:
    """Tells of each job that is over, and shows in the lists what jobs are at."""

    def __init__(self, screen: PanesScreen, fleet: Fleet) -> None:
        """Watch the jobs of a fleet, from the first one on.

        Args:
            screen: Where it is told.
            fleet: The engines that jobs run on.
        """
        self._screen = screen
        self._fleet = fleet
        self._is_watching = False
        self._targets: dict[int, DockerObject] = {}
        self._awaited: tuple[str, str] | None = None

    def start(self, target: DockerObject, task: Task) -> Job:
        """Let something go on in the background, show in its object's row that it does."""
        jobs = self._fleet.jobs
        if not self._is_watching:
            self._is_watching = True
            jobs.subscribe(self._screen.draw_soon)
            jobs.on_end(self._ended)
            self._fleet.subscribe(Image, lambda _: self._select())
        job = jobs.start(self._fleet.of(target).engine, task)
        if isinstance(target, Image) and job.kind in _DOING:
            self._targets[job.id] = target
            self._fleet.of(target).store.set_activity(Image, target.id, _DOING[job.kind])
        self._screen.message_bar.say(Report(_begun(job, len(self._fleet.active_jobs))))
        return job

    async def over(self, job: Job) -> Job:
        """Wait until a job is over, however it ends; how it is then."""
        return await self._fleet.jobs.over(job.id)

    def _ended(self, job: Job) -> None:
        if (target := self._targets.pop(job.id, None)) is not None:
            self._fleet.of(target).store.set_activity(type(target), target.id, "")
        if self._screen.fleet is not self._fleet or not self._screen.is_running:
            return
        self._screen.draw_soon()
        if (report := report_of(job)) is not None:
            self._screen.message_bar.say(report)
        if job.state is JobState.DONE and job.kind in _SELECTED and job.result:
            self._awaited = job.engine, job.result
            self._select()

    def _select(self) -> None:
        """Select the image that came of a job, as soon as it is listed."""
        if self._awaited is None or self._screen.fleet is not self._fleet:
            return
        engine, result = self._awaited
        for image in self._fleet.objects(Image):
            if image.engine == engine and result in (image.id, image.short_id, *image.tags):
                self._awaited = None
                self._screen.call_later(self._show, image)
                return

    def _show(self, image: Image) -> None:
        for pane in self._screen.panes:
            if pane.resource.kind is Image:
                pane.table.select(image.key)


def _begun(job: Job, active: int) -> str:
    goes_on = "It goes on in the background" if active == 1 else f"{active} jobs go on"
    return f"{job.title[:1].upper()}{job.title[1:]}. {goes_on}; J shows how far it is."


def report_of(job: Job) -> Report | None:
    """What to say of a job that is over; nothing of one that was cancelled, who did it knows."""
    title = f"{job.title[:1].upper()}{job.title[1:]}"
    if job.state is JobState.FAILED:
        lines = job.error.splitlines() or ["it failed"]
        detail = "\n".join(filter(None, (job.error, f"\n{job.hint}" if job.hint else "")))
        return Report(
            f"{title}: {clean(lines[-1])}  J shows it.",
            failed=True,
            detail=detail,
            at=datetime.now(UTC),
        )
    if job.state is JobState.DONE:
        took = f" after {job.took_s:.0f} s" if job.took_s and job.took_s >= 1 else ""
        outcome = f": {job.outcome}" if job.outcome else " is done"
        return Report(f"{title}{outcome}{took}.")
    return None
