"""The jobs: how far each is, and what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from dockertui.model.job import JobState
from dockertui.resources.job_columns import COLUMNS
from dockertui.screens.chrome import offered
from dockertui.screens.job_keys import JobKeys
from dockertui.screens.job_pane import JobPane, JobTable
from dockertui.sync.job_feed import JobFeed
from dockertui.sync.jobs import Jobs
from dockertui.text import counted
from dockertui.widgets.command import bindings, command, key_name
from dockertui.widgets.key_bar import KeyBar, KeyHint
from dockertui.widgets.message_bar import MessageBar
from dockertui.widgets.status_bar import Part, StatusBar
from dockertui.widgets.table import VirtualTable

_EMPTY = (
    "No jobs yet. What lasts goes on here while you do something else: a pull, a push, a build. "
    "esc goes back to the lists; there, p pulls the selected image anew."
)
_LAST_KEYS = (KeyHint("?", "help", "question_mark"), KeyHint("esc", "back", "escape"))
_STATES = (
    (JobState.RUNNING, "running", "$busy"),
    (JobState.QUEUED, "queued", "$dim"),
    (JobState.DONE, "done", "$container-running"),
    (JobState.FAILED, "failed", "$container-failed"),
    (JobState.CANCELLED, "cancelled", "$dim"),
)
_HINTED = ("enter", "c", "r", "d", "D", "Y", "tab")
_HINTED_READING = ("c", "r", "slash", "w", "f", "S", "tab")


class JobsRoom(JobKeys):
    """Shows all jobs, and the selected one whole."""

    CSS_PATH = "../styles/jobs_room.tcss"
    ALLOW_SELECT = False
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]  # noqa: RUF012

    def __init__(self, jobs: Jobs) -> None:
        """Show jobs."""
        super().__init__()
        self.jobs = jobs
        self.table = JobTable(
            COLUMNS, key=lambda it: it.id, sort=lambda it: -it.id, empty=_EMPTY, id="jobs"
        )
        self.pane = JobPane()
        self.message_bar = MessageBar()
        self._bar = StatusBar()
        self._keys = KeyBar()
        self._number: int | None = None
        self._leave: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Put the list above the selected job."""
        yield self._bar
        with Vertical(id="room"):
            yield self.table
            yield self.pane
        yield self._keys
        yield self.message_bar

    def on_mount(self) -> None:
        """Follow every change."""
        self._leave = self.jobs.subscribe(self._changed)
        self._changed()
        self.set_focus(self.table)

    def on_unmount(self) -> None:
        """Listen no more."""
        self._leave()

    def name_of(self, tag: bytes) -> str:  # noqa: ARG002 - there is one source
        """What the selected job does."""
        return self.job.title if self.job is not None else ""

    # What the jobs say

    def _changed(self) -> None:
        if not self.is_running:
            return
        rows = {it.id: it for it in self.jobs.all()}
        few = min(len(rows), max(2, self.size.height // 3)) if rows else 0
        if self.table.styles.height is None or self._few != few:
            self._few = few
            self.table.styles.height = few + 2 if few else "1fr"
            self.pane.display = bool(few)
        self.table.set_rows(rows)
        self._show_job()
        self._draw()

    _few = -1

    def _show_job(self) -> None:
        job = self.job
        self.pane.show(job)
        number = job.id if job is not None else None
        if number != self._number and number is not None:
            self._number = number
            self.pane.page.follow(partial(JobFeed, self.jobs, number))

    @on(VirtualTable.Selected)
    def _selected(self) -> None:
        self._show_job()
        self._draw()

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        self.set_focus(self.pane.page.view)

    @command("tab,shift+tab", "Jobs or output")
    def action_turn(self) -> None:
        """Go from the list to the job's output, or back."""
        in_pane = self.pane.has_focus_within or not self.pane.display
        self.set_focus(self.table if in_pane else self.pane.page.view)

    @command("z", "Zoom")
    def action_zoom(self) -> None:
        """Give the selected job the whole screen, or show the list again."""
        self.toggle_class("-zoomed")
        self.set_focus(self.pane.page.view if self.has_class("-zoomed") else self.table)

    @command("escape", "Back")
    def action_back(self) -> None:
        """Go one step back: a message, the zoom, the output, then to the lists."""
        if self.message_bar.dismiss():
            return
        if self.has_class("-zoomed"):
            self.action_zoom()
        elif self.pane.has_focus_within:
            self.set_focus(self.table)
        else:
            self.dismiss(None)

    # The lines above and below

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self.set_class(self.pane.has_focus_within, "-reading")
        self._draw()

    def _draw(self) -> None:
        if self.is_running:
            self._bar.show(*self._summary())
            typing = isinstance(self.focused, Input) and offered(self, self.focused)
            self._keys.show(typing or [*self._hints(), *_LAST_KEYS])

    def _hints(self) -> Iterator[KeyHint]:
        active = self.active_bindings
        for key in _HINTED_READING if self.pane.has_focus_within else _HINTED:
            if (found := active.get(key)) is not None and self._makes_sense(key):
                label = found.binding.description.rstrip("…").lower()
                yield KeyHint(key_name(key), label, key)

    def _makes_sense(self, key: str) -> bool:
        job = self.job
        if job is None:
            return False
        match key:
            case "c":
                return not job.state.is_over
            case "r":
                return job.state in {JobState.FAILED, JobState.CANCELLED}
            case "d" | "D":
                return job.state.is_over
            case _:
                return True

    def _summary(self) -> tuple[list[Part], list[Part]]:
        counts = Counter(it.state for it in self.jobs.all())
        left = [Part(" jobs ", "bold $key", 100)]
        left += [
            Part(f"  {counts[state]} {word}", style, 80)
            for state, word, style in _STATES
            if counts[state]
        ]
        gone = self.jobs.forgotten
        older = f"{counted(gone, 'older one')} {'is' if gone == 1 else 'are'} no longer kept "
        return left, [Part(older, "$dim", 20)] if gone else []

    BINDINGS: ClassVar = bindings(locals())
