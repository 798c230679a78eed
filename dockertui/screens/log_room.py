"""A whole screen for logs: those of several containers in one, or beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Grid
from textual.content import Content
from textual.events import Resize

from dockertui.model import Container
from dockertui.resources.containers import mark
from dockertui.screens.log_choices import Together
from dockertui.screens.log_host import LogHost
from dockertui.screens.log_pane import LogPane, columns, room_for
from dockertui.sync import Fleet
from dockertui.sync.log_feed import LogFeed
from dockertui.text import counted
from dockertui.widgets.command import bindings, command, key_name
from dockertui.widgets.key_bar import KeyBar, KeyHint
from dockertui.widgets.log_page import LogPage, OpenLog
from dockertui.widgets.log_view import LogView
from dockertui.widgets.message_bar import MessageBar
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.status_bar import Part, StatusBar

_HINTED = ("tab", "z", "slash", "ampersand", "e", "X", "vertical_line", "f", "w", "S", "m")
"""Which keys are named below, in order; the first two only where there are several logs."""
_LAST_KEYS = (KeyHint("?", "help", "question_mark"), KeyHint("esc", "back", "escape"))


class LogRoom(LogHost):
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
        self.page = LogPage()
        self.panes: Sequence[LogPane] = ()
        self.message_bar = MessageBar()
        self._open_log = open_log
        self._together = together
        self._fleet = fleet
        self._bar = StatusBar()
        self._keys = KeyBar()
        self._grid = Grid()
        self._shown: Sequence[Container] = ()
        self._drawing = False
        self._let_go: Sequence[Callable[[], None]] = ()

    def compose(self) -> ComposeResult:
        """Put the log between the line that says what it is and that of its keys."""
        yield self._bar
        with self._grid:
            yield self.page
        yield self._keys
        yield self.message_bar

    def on_mount(self) -> None:
        """Follow the log, and who is in it."""
        self._let_go = [
            it.store.subscribe(Container, lambda _: self._draw_soon()) for it in self._fleet
        ]
        self.page.follow(self._open_log)
        self.set_focus(self.page.view)
        self._draw()

    def on_unmount(self) -> None:
        """Listen no more."""
        for let_go in self._let_go:
            let_go()

    def name_of(self, tag: bytes) -> str:
        """The name of the container whose lines have a tag, in the log that has the focus."""
        for pane, container in zip(self.panes, self._shown, strict=True):
            if pane.has_focus_within:
                return container.name
        source = self.page.reading.sources.get(tag)
        return source.name if source else self.heading

    # What it shows

    @property
    def containers(self) -> Sequence[Container]:
        """Who is read here and still there, in the order of their names."""
        if self._together is None:
            return ()
        found = filter(self._together.wants, self._fleet.objects(Container))
        return sorted(found, key=lambda it: (it.engine, it.name))

    @command("vertical_line", "Side by side", show=True)
    @work(exclusive=True)
    async def action_side_by_side(self) -> None:
        """Put up to four of the logs beside each other, or merge them again."""
        if self.panes:
            await self._merge()
        elif len(shown := self._wanted_panes()) > 1:
            await self._split(shown)
        else:
            self.say("There is nothing to put beside it: one container alone is read.")
        self._draw_soon()

    @command("z", "Zoom")
    def action_zoom(self) -> None:
        """Give the log that has the focus the whole screen, or show all again."""
        focused = next((it for it in self.panes if it.has_focus_within), None)
        zoomed = focused is not None and not self._grid.has_class("-zoomed")
        self._grid.set_class(zoomed, "-zoomed")
        for pane in self.panes:
            pane.set_class(pane is focused, "-zoomed")
        self._arrange()

    @command("escape", "Back")
    def action_back(self) -> None:
        """Go one step back: a message, the zoom, then to the lists."""
        if self.message_bar.dismiss():
            return
        if self._grid.has_class("-zoomed"):
            self.action_zoom()
        else:
            self.dismiss(None)

    @command("question_mark", "Help")
    def action_help(self) -> None:
        """Show every key, those of what has the focus first."""
        from dockertui.screens.help import Help
        from dockertui.screens.offers import command_groups

        self.app.push_screen(Help(command_groups(self)))

    @command("colon,ctrl+p", "Do…")
    @work
    async def action_palette(self) -> None:
        """Find anything that can be done here by a few letters of its name."""
        from dockertui.screens.offers import command_items, run_command
        from dockertui.screens.palette import Palette

        run_command(self, await self.app.push_screen_wait(Palette(command_items(self))))

    @on(LogView.StateChanged)
    @on(PositionChanged)
    def _moved(self) -> None:
        self._draw_soon()

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self._draw_soon()

    def on_resize(self, _: Resize) -> None:
        """Put the logs below each other where they would be too narrow."""
        self._arrange()

    async def _split(self, shown: Sequence[Container]) -> None:
        """Put logs beside each other, with the filters that hold for all."""
        self._shown = shown
        self.panes = [LogPane(self._title_of(it), self._opener(it)) for it in shown]
        self.page.let_go()
        self.page.display = False
        self._grid.add_class("-split")
        self._arrange()
        await self._grid.mount(*self.panes)
        for pane in self.panes:
            pane.page.set_filters(self.page.filters)
        self.set_focus(self.panes[0].page.view)

    async def _merge(self) -> None:
        """Show all in one again; what was switched off stays so."""
        panes, self.panes, self._shown = self.panes, (), ()
        self._grid.remove_class("-split", "-zoomed")
        self._arrange()
        filters, off = self.page.filters, self._names_off
        self.page.follow(self._open_log)
        self.page.set_filters(filters)
        sources = self.page.reading.sources.items()
        self.page.set_hidden([tag for tag, it in sources if (it.engine, it.name) in off])
        self.page.display = True
        self.set_focus(self.page.view)
        for pane in panes:
            await pane.remove()

    @property
    def _names_off(self) -> set[tuple[str, str]]:
        """The engine and name of each source that is switched off."""
        reading = self.page.reading
        return {
            (it.engine, it.name) for tag, it in reading.sources.items() if tag in reading.hidden
        }

    def _wanted_panes(self) -> Sequence[Container]:
        """The containers that are switched on, as many as there is room for."""
        off = self._names_off
        shown = [it for it in self.containers if (it.engine, it.name) not in off]
        return shown[: room_for(*self.size)]

    def _opener(self, container: Container) -> OpenLog:
        return lambda changed: LogFeed(self._fleet.of(container), container, changed)

    @staticmethod
    def _title_of(container: Container) -> Content:
        return Content.assemble(mark(container), " ", container.name)

    def _arrange(self) -> None:
        shown = 1 if self._grid.has_class("-zoomed") else len(self.panes)
        count = columns(shown, self.size.width) if shown > 1 else 1
        self._grid.styles.grid_size_columns = count
        # The last of three takes the whole row where two stand above it.
        for place, pane in enumerate(self.panes, 1):
            alone = place == shown and shown % count
            pane.styles.column_span = count if alone else 1

    # The lines above and below

    def _draw_soon(self) -> None:
        """Draw both lines once, however much has changed before the next frame."""
        if not self._drawing and self.is_attached:
            self._drawing = True
            self.call_next(self._draw)

    def _draw(self) -> None:
        self._drawing = False
        if not self.is_running:
            return
        for pane, container in zip(self.panes, self._shown, strict=True):
            now = self._fleet.find(Container, container.key)
            pane.set_title(self._title_of(now or container))
        self._bar.show(*self._summary())
        self._keys.show([*self._hints(), *_LAST_KEYS])

    def _hints(self) -> Iterator[KeyHint]:
        """The keys that matter now, in order of use."""
        active = self.active_bindings
        for key in _HINTED if self.panes else _HINTED[2:]:
            if (found := active.get(key)) is not None:
                label = found.binding.description.rstrip("…").lower()
                if self.panes and key == "vertical_line":
                    label = "merge"
                yield KeyHint(key_name(key), label, key)

    def _summary(self) -> tuple[list[Part], list[Part]]:
        """What is read, how many containers are in it, and where one is."""
        found = self.containers
        running = sum(it.state.is_live for it in found)
        left = [Part(" logs ", "bold $key", 50), Part(f" {self.heading}", "bold", 100)]
        if self._together is not None:
            left.append(Part(f"  {counted(len(found), 'container')}", "", 60))
            left.append(Part(f"  {running} running", "$container-running" if running else "", 70))
        if self.panes:
            off = len(found) - len(self.panes)
            words = f"{len(self.panes)} of {len(found)} side by side; X in the merged log chooses "
            return left, [Part(words if off > 0 else "side by side ", "$dim", 40)]
        return left, [Part(f"{self.page.position_text} ", "$dim", 80)]

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
