"""Registries on the whole screen: from the list of them down to one image."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container as Box
from textual.widgets import Input

from dockertui.model import Image
from dockertui.model.job import Job
from dockertui.screens.chrome import offered
from dockertui.screens.job_watch import report_of
from dockertui.screens.registries.image_level import ImageLevel
from dockertui.screens.registries.level import Level
from dockertui.screens.registries.lines import LAST_KEYS, hints, summary
from dockertui.screens.registries.lists import RegistriesLevel
from dockertui.screens.registries.tag_keys import TagKeys
from dockertui.sync import Fleet, Member
from dockertui.widgets.command import bindings, command
from dockertui.widgets.key_bar import KeyBar
from dockertui.widgets.message_bar import MessageBar
from dockertui.widgets.status_bar import StatusBar
from dockertui.widgets.table import VirtualTable

if TYPE_CHECKING:
    from dockertui.sync.jobs import Task


class RegistriesRoom(TagKeys):
    """Shows registries, one step of the way at a time."""

    CSS_PATH = "../../styles/registries.tcss"
    ALLOW_SELECT = False

    def __init__(self, member: Member, fleet: Fleet, start_job: Callable[[Task], Job]) -> None:
        """Show the registries of an engine.

        Args:
            member: The engine.
            fleet: All engines, whose jobs are counted.
            start_job: Lets something go on in the background, on that engine.
        """
        super().__init__(member, start_job)
        self.message_bar = MessageBar()
        self._fleet = fleet
        self._bar = StatusBar()
        self._keys = KeyBar()
        self._box = Box(id="way")
        self._levels: list[Level] = [RegistriesLevel(self)]
        self._let_go: list[Callable[[], None]] = []
        self._drawing = False

    @property
    def level(self) -> Level:
        """The step of the way that is shown."""
        return self._levels[-1]

    def compose(self) -> ComposeResult:
        """Put the way between the line that says how things stand and that of its keys."""
        yield self._bar
        with self._box:
            yield self._levels[0]
        yield self._keys
        yield self.message_bar

    def on_mount(self) -> None:
        """Follow the engine's images, and jobs."""
        self._let_go = [
            self.member.store.subscribe(Image, lambda _: self._images_changed()),
            self._fleet.jobs.subscribe(self._jobs_changed),
        ]
        self.set_focus(self.level.view)
        self.draw_soon()

    def on_unmount(self) -> None:
        """Listen no more."""
        for let_go in self._let_go:
            let_go()

    def _images_changed(self) -> None:
        if self.is_running:
            for each in self._levels:
                each.images_changed()

    def _jobs_changed(self) -> None:
        """Tell what became of a pull that was begun here."""
        for id_ in tuple(self.pulling):
            job = self._fleet.jobs.get(id_)
            if job is None or job.state.is_over:
                self.pulling.discard(id_)
                report = report_of(job) if job is not None else None
                if report is not None and self.is_running:
                    self.message_bar.say(report)
        self.draw_soon()

    # The way

    def enter(self, level: Level) -> None:
        """Go one step further."""
        before = self.level
        level.path = (*before.path, before.words)
        self._levels.append(level)
        before.display = False
        self._box.mount(level)
        self.set_focus(level.view)
        self.draw_soon()

    def leave(self) -> None:
        """Go one step back; what is waited for there is cut off."""
        gone = self._levels.pop()
        self.level.display = True
        self.set_focus(self.level.view)
        gone.remove()
        self.draw_soon()

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        if (following := self.level.open_selected()) is not None:
            self.enter(following)

    @command("slash", "Filter")
    def action_filter(self) -> None:
        """Show only what has these words; !word shows what has it not."""
        self.level.open_filter()

    @command("right_square_bracket", "Platform")
    def action_next_platform(self) -> None:
        """Show the image for the next platform."""
        self._turn_platform(1)

    @command("left_square_bracket", "Platform before")
    def action_previous_platform(self) -> None:
        """Show the image for the platform before."""
        self._turn_platform(-1)

    def _turn_platform(self, by: int) -> None:
        level = self.level
        if not isinstance(level, ImageLevel) or not level.turn_platform(by):
            self.say("Platform: there is but one here.")

    @command("ctrl+r,f5", "Ask again")
    def action_reload(self) -> None:
        """Ask the registry again for what is shown."""
        self.level.reload()

    @command("J", "Jobs")
    def action_jobs(self) -> None:
        """See what goes on in the background: how far pulls are."""
        from dockertui.screens.jobs_room import JobsRoom

        self.app.push_screen(JobsRoom(self._fleet.jobs))

    @command("escape", "Back")
    def action_back(self) -> None:
        """Go one step back: a message, what is waited for, marks, the filter, the way."""
        if self.message_bar.dismiss() or self.call_off():
            return
        for table in self.level.query(VirtualTable):
            if table.marked:
                table.clear_marks()
                return
        if self.level.clear_filter():
            return
        if len(self._levels) > 1:
            self.leave()
        else:
            self.dismiss(None)

    @command("exclamation_mark", "Failures")
    def action_failures(self) -> None:
        """Read what has failed here, in full, the last first."""
        from dockertui.screens.message import failures

        if (shown := failures(self.message_bar.failures)) is None:
            self.say("Nothing has failed.")
            return
        self.message_bar.dismiss()
        self.app.push_screen(shown)

    # The lines above and below

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self.draw_soon()

    @on(Level.Changed)
    def draw_soon(self) -> None:
        """Draw both lines once, however much has changed before the next frame."""
        if not self._drawing and self.is_attached:
            self._drawing = True
            self.call_next(self._draw)

    def _draw(self) -> None:
        self._drawing = False
        if self.is_running:
            self._bar.show(*summary(self, self._fleet.active_jobs))
            typing = isinstance(self.focused, Input) and offered(self, self.focused)
            self._keys.show(typing or [*hints(self), *LAST_KEYS])

    BINDINGS: ClassVar = bindings(locals())
