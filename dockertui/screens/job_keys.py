"""What can be done to jobs, and what is asked first."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work

from dockertui.actions.question import Question
from dockertui.model.job import Job
from dockertui.screens.job_pane import JobTable
from dockertui.screens.log_host import LogHost
from dockertui.screens.room import Room
from dockertui.sync.jobs import Jobs
from dockertui.text import counted


class JobKeys(Room, LogHost):
    """A screen with a list of jobs, one of which is selected."""

    jobs: Jobs
    """All of them."""
    table: JobTable
    """The list."""

    @property
    def job(self) -> Job | None:
        """The selected job."""
        selected = self.table.selected
        return None if selected is None else self.jobs.get(selected.id)

    @work(exclusive=True, group="cancel")
    async def action_cancel(self) -> None:
        """End the selected job, once the person is sure."""
        from dockertui.screens.ask import Ask

        if (job := self._checked(not_over=True, verb="Cancel")) is None:
            return
        if await self.app.push_screen_wait(Ask(cancel_question([job]))) is None:
            return
        if self.jobs.cancel(job.id):
            self.say(f"{job.title} was cancelled.")
        else:
            self.say(f"{job.title} was over by then.")

    def action_retry(self) -> None:
        """Do the selected job again."""
        if (job := self.job) is None:
            self.say("Retry: there is no job.")
        elif not self.jobs.retry(job.id):
            self.say(f"Retry: not possible, {job.title} is {job.state}.")

    def action_forget(self) -> None:
        """Take the selected job off the list."""
        if (job := self._checked(not_over=False, verb="Remove")) is not None:
            self.jobs.forget(job.id)

    def action_forget_all(self) -> None:
        """Take all jobs off the list that are over."""
        gone = sum(self.jobs.forget(it.id) for it in self.jobs.all() if it.state.is_over)
        self.say(f"{counted(gone, 'job')} removed from the list.")

    def action_copy(self) -> None:
        """Copy what the selected job has said."""
        output = self.jobs.output(self.job.id) if self.job is not None else None
        if output is None:
            self.say("Copy output: there is no job.")
            return
        self.app.copy_to_clipboard(output.text())
        self.say(f"Copied {counted(len(output), 'line')}.")

    def _checked(self, *, not_over: bool, verb: str) -> Job | None:
        job = self.job
        if job is None:
            self.say(f"{verb}: there is no job.")
            return None
        if job.state.is_over is not_over:
            self.say(f"{verb}: not possible, {job.title} is {job.state}.")
            return None
        return job


def cancel_question(jobs: list[Job], verb: str = "Cancel") -> Question:
    """What to ask before jobs are ended."""
    one = jobs[0].title if len(jobs) == 1 else counted(len(jobs), "job")
    return Question(
        title=f"{verb} {one}?",
        sentence="What it has done by then stays, and it can be tried again.",
        verb="Cancel it" if len(jobs) == 1 else "Cancel them",
        refusal="Let it go on" if len(jobs) == 1 else "Let them go on",
        destroys=True,
    )


def leave_question(jobs: Sequence[Job], verb: str) -> Question:
    """What to ask before one leaves what jobs run on.

    Args:
        jobs: Those that are not over.
        verb: What is about to be done: `Quit`.
    """
    is_one = len(jobs) == 1
    return Question(
        title=f"{counted(len(jobs), 'job')} {'runs' if is_one else 'run'}"
        + (f": {jobs[0].title}" if is_one else ""),
        sentence=f"{verb} and cancel {'it' if is_one else 'them'}?",
        gone=() if is_one else tuple(it.title for it in jobs),
        verb=f"{verb} and cancel {'it' if is_one else 'them'}",
        refusal="Stay",
        destroys=True,
    )
