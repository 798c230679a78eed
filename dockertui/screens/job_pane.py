"""The parts of the jobs' screen: the list, and one job whole."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from dockertui.model.job import Bar, Job
from dockertui.resources.job_columns import amount, bar_done, mark
from dockertui.text import clean
from dockertui.widgets.bar_list import BarList, BarRow
from dockertui.widgets.log_page import LogPage
from dockertui.widgets.log_view import LogView
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.table import VirtualTable
from dockertui.widgets.titled_pane import TitledPane

_ON_A_JOB = (
    Binding("c", "screen.cancel", "Cancel…", tooltip="End the job; what it has done stays."),
    Binding("r", "screen.retry", "Retry", tooltip="Do it again, if it failed or was cancelled."),
    Binding("d,delete", "screen.forget", "Remove", tooltip="Take a job off the list that is over."),
    Binding("D", "screen.forget_all", "Remove all", tooltip="Take all off the list that are over."),
    Binding("Y", "screen.copy", "Copy output", tooltip="Copy all that the job has said."),
)


class JobTable(VirtualTable[Job]):
    """The jobs, the newest first."""

    BINDINGS: ClassVar = [*_ON_A_JOB]


class JobPage(LogPage):
    """What a job says. Its keys for the job stand in for those that only a container's log has."""

    BINDINGS: ClassVar = [*_ON_A_JOB]


class JobPane(TitledPane):
    """One job: its bars, why it failed, and its output."""

    def __init__(self) -> None:
        """Show no job yet."""
        super().__init__(id="job")
        self.bars = BarList()
        self.trouble = Static(markup=False, classes="trouble")
        self.page = JobPage()

    def compose(self) -> ComposeResult:
        """Put the bars above the output."""
        yield self.bars
        yield self.trouble
        yield self.page

    def show(self, job: Job | None) -> None:
        """Show how a job is now."""
        room = max(3, self.size.height // 2 - 2)
        bars = job.bars if job is not None else ()
        is_over = job is not None and job.state.is_over
        self.bars.show([_row(it) for it in bars], room, is_still=is_over)
        lines = [*job.error.splitlines()[-3:], job.hint] if job is not None and job.error else []
        self.trouble.display = bool(lines)
        if lines:
            self.trouble.update(Content("\n".join(filter(None, lines))))
        if job is None:
            self.set_title(Content("No job"))
        else:
            self.set_title(Content.assemble(mark(job), " ", job.title))

    @on(LogView.StateChanged)
    @on(PositionChanged)
    def _write_foot(self) -> None:
        self.set_foot(Content(self.page.position_text))


def _row(each: Bar) -> BarRow:
    sure = amount(each.done_bytes, each.total_bytes)
    return BarRow(clean(each.name), clean(each.status), each.share, sure, bar_done(each))
