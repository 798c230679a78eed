"""A whole screen for logs: those of several containers in one, or beside each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from dockertui.model import Container, ContainerState
from dockertui.screens.chrome import offered
from dockertui.screens.log_choices import Together
from dockertui.screens.log_grid import LogGrid
from dockertui.screens.log_host import LogHost
from dockertui.screens.log_pane import room_for
from dockertui.screens.room import Room
from dockertui.sync import Fleet
from dockertui.sync.log_feed import LogFeed
from dockertui.text import counted
from dockertui.widgets.command import bindings, command, key_name
from dockertui.widgets.key_bar import KeyBar, KeyHint
from dockertui.widgets.log_page import OpenLog
from dockertui.widgets.log_view import LogView
from dockertui.widgets.message_bar import MessageBar
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.status_bar import Part, StatusBar

_HINTED = ("slash", "ampersand", "X", "vertical_line", "e", "f", "w", "S", "m")
"""Which keys are named below a merged log, in order."""
_HINTED_BESIDE = ("tab", "z", "vertical_line", "slash", "ampersand", "e", "f", "w", "S", "m")
"""Which are where there are several."""
_LAST_KEYS = (KeyHint("?", "help", "question_mark"), KeyHint("esc", "back", "escape"))


class LogRoom(Room, LogHost):
    """Shows one log on the whole screen, or those that it is merged from beside each other."""

    CSS_PATH = "../styles/log_room.tcss"
    ALLOW_SELECT = False

    def __init__(
        self, title: str, open_log: OpenLog, fleet: Fleet, together: Together | None = None
    ) -> None:
        """Show a log.

        Args:
            title: What is read.
            open_log: Begins to follow it.
            fleet: The engines.
            together: Whose logs are in it; `None` for what nobody writes any more.
        """
        super().__init__()
        self.heading = title
        self.grid = LogGrid(open_log, self._opener)
        self.message_bar = MessageBar()
        self._together = together
        self._fleet = fleet
        self._bar = StatusBar()
        self._keys = KeyBar()
        self._found: Sequence[Container] | None = None
        self._keys_of: tuple[Widget | None, int] = None, -1
        self._drawing = False
        self._turning = asyncio.Lock()
        self._let_go: Sequence[Callable[[], None]] = ()

    def compose(self) -> ComposeResult:
        """Put the log between the line that says what it is and that of its keys."""
        yield self._bar
        yield self.grid
        yield self._keys
        yield self.message_bar

    def on_mount(self) -> None:
        """Follow who is in it."""
        self._let_go = [it.store.subscribe(Container, self._listed) for it in self._fleet]
        self.set_focus(self.grid.page.view)
        self._draw()

    def on_unmount(self) -> None:
        """Listen no more."""
        for let_go in self._let_go:
            let_go()

    def name_of(self, tag: bytes) -> str:
        """The name of the container whose lines have a tag, in the log that has the focus."""
        if (container := self.grid.container) is not None:
            return container.name
        source = self.grid.page.reading.sources.get(tag)
        return source.name if source else self.heading

    @property
    def containers(self) -> Sequence[Container]:
        """Who is read here and still there, in the order of their names."""
        # There may be ten thousand, and every picture of a log that grows asks for them.
        if self._found is None:
            wanted = self._together.wants if self._together is not None else _nobody
            found = filter(wanted, self._fleet.objects(Container))
            self._found = sorted(found, key=lambda it: (it.engine, it.name))
        return self._found

    def _listed(self, _: object) -> None:
        self._found = None
        self._draw_soon()

    @command("vertical_line", "Side by side", show=True)
    @work
    async def action_side_by_side(self) -> None:
        """Put up to four of the logs beside each other, or merge them again."""
        # Keys may come faster than panes.
        async with self._turning:
            await self._turn()
        self._draw_soon()

    async def _turn(self) -> None:
        off = self.grid.names_off
        wanted = [it for it in self.containers if (it.engine, it.name) not in off]
        if self.grid.panes:
            await self.grid.merge()
        elif len(wanted) > 1:
            await self.grid.split(wanted[: room_for(*self.size)])
        else:
            self.say("There is nothing to put beside it: the log of one container is read.")

    @command("z", "Zoom")
    def action_zoom(self) -> None:
        """Give the log that has the focus the whole screen, or show all again."""
        self.grid.turn_zoom()

    @command("escape", "Back")
    def action_back(self) -> None:
        """Go one step back: a message, the zoom, then to the lists."""
        if self.message_bar.dismiss():
            return
        if self.grid.has_class("-zoomed"):
            self.grid.turn_zoom()
        else:
            self.dismiss(None)

    @on(LogView.StateChanged)
    @on(PositionChanged)
    def _moved(self) -> None:
        self._draw_soon()

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self._draw_soon()

    def _opener(self, container: Container) -> OpenLog:
        return lambda changed: LogFeed(self._fleet.of(container), container, changed)

    # The lines above and below

    def _draw_soon(self) -> None:
        """Draw both lines once, however much has changed before the next frame."""
        if not self._drawing and self.is_attached:
            self._drawing = True
            self.call_next(self._draw)

    def _draw(self) -> None:
        self._drawing = False
        if self.is_running:
            self.grid.retitle(lambda it: self._fleet.find(Container, it.key))
            self._bar.show(*self._summary())
            self._show_keys()

    def _show_keys(self) -> None:
        """Name the keys that matter now, when they may be others than before."""
        focus = self.focused, len(self.grid.panes)
        if focus != self._keys_of:
            self._keys_of = focus
            typing = isinstance(self.focused, Input) and offered(self, self.focused)
            self._keys.show(typing or [*self._hints(), *_LAST_KEYS])

    def _hints(self) -> Iterator[KeyHint]:
        active, panes = self.active_bindings, self.grid.panes
        for key in _HINTED_BESIDE if panes else _HINTED:
            if (found := active.get(key)) is not None:
                label = found.binding.description.rstrip("…").lower()
                is_split = panes and key == "vertical_line"
                yield KeyHint(key_name(key), "merge" if is_split else label, key)

    def _summary(self) -> tuple[list[Part], list[Part]]:
        """What is read, how many containers are in it, and where one is."""
        found, panes = self.containers, self.grid.panes
        running = sum(it.state is ContainerState.RUNNING for it in found)
        left = [Part(" logs ", "bold $key", 50), Part(f" {self.heading}", "bold", 100)]
        if self._together is not None:
            left.append(Part(f"  {counted(len(found), 'container')}", "", 60))
            left.append(Part(f"  {running} running", "$container-running" if running else "", 70))
        if panes:
            right = [Part(f"{len(panes)} of {len(found)} side by side", "$dim", 65)]
            if len(panes) < len(found):
                right.append(Part("; X in the merged log chooses", "$dim", 40))
            return left, [*right, Part(" ", "", 66)]
        return left, [Part(f"{self.grid.page.position_text} ", "$dim", 80)]

    BINDINGS: ClassVar = [
        *bindings(locals()),
        Binding("tab", "app.focus_next", "Next log", tooltip="Go to the next log.", show=False),
        Binding(
            "shift+tab",
            "app.focus_previous",
            "Last log",
            tooltip="Go to the log before.",
            show=False,
        ),
    ]


def _nobody(_: Container) -> bool:
    return False
