"""Logs beside each other, or merged in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.events import Resize

from dockertui.model import Container
from dockertui.resources.containers import mark
from dockertui.screens.log_pane import LogPane, columns
from dockertui.widgets.log_page import LogPage, OpenLog


class LogGrid(Grid):
    """The page of a merged log, or a frame for each of the logs that are in it."""

    def __init__(self, open_merged: OpenLog, open_one: Callable[[Container], OpenLog]) -> None:
        """Show the merged log.

        Args:
            open_merged: Begins to follow it.
            open_one: From a container, what begins to follow its log alone.
        """
        super().__init__()
        self.page = LogPage()
        self.panes: Sequence[LogPane] = ()
        self.shown: Sequence[Container] = ()
        self._open_merged = open_merged
        self._open_one = open_one

    def compose(self) -> ComposeResult:
        """Fill it with the merged log."""
        yield self.page

    def on_mount(self) -> None:
        """Follow the merged log."""
        self.page.follow(self._open_merged)

    def on_unmount(self) -> None:
        """Leave no stream behind, not even of a log that was just about to be shown."""
        for pane in self.panes:
            pane.close()

    def on_resize(self, _: Resize) -> None:
        """Put logs below each other where they would be too narrow."""
        self._arrange()

    @property
    def names_off(self) -> set[tuple[str, str]]:
        """The engine and name of each source that is switched off in the merged log."""
        reading = self.page.reading
        return {
            (it.engine, it.name) for tag, it in reading.sources.items() if tag in reading.hidden
        }

    @property
    def container(self) -> Container | None:
        """Whose log has the focus; `None` for the merged one."""
        pairs = zip(self.panes, self.shown, strict=True)
        return next((it for pane, it in pairs if pane.has_focus_within), None)

    async def split(self, shown: Sequence[Container]) -> None:
        """Put logs beside each other, with the filters of the merged one."""
        if not self.is_running:
            return
        self.shown = shown
        self.panes = [LogPane(_title_of(it), self._open_one(it)) for it in shown]
        self.page.let_go()
        self.page.display = False
        self._arrange()
        await self.mount(*self.panes)
        for pane in self.panes:
            pane.page.set_filters(self.page.filters)
        self.screen.set_focus(self.panes[0].page.view)

    async def merge(self) -> None:
        """Show all in one again; what was switched off stays so."""
        panes, self.panes, self.shown = self.panes, (), ()
        self.remove_class("-zoomed")
        self._arrange()
        filters, off = self.page.filters, self.names_off
        self.page.follow(self._open_merged)
        self.page.set_filters(filters)
        sources = self.page.reading.sources.items()
        self.page.set_hidden([tag for tag, it in sources if (it.engine, it.name) in off])
        self.page.display = True
        self.screen.set_focus(self.page.view)
        for pane in panes:
            await pane.remove()

    def turn_zoom(self) -> None:
        """Give the log that has the focus all the room, or show all again."""
        chosen = next((it for it in self.panes if it.has_focus_within), None)
        self.set_class(chosen is not None and not self.has_class("-zoomed"), "-zoomed")
        for pane in self.panes:
            pane.set_class(pane is chosen, "-zoomed")
        self._arrange()

    def retitle(self, now: Callable[[Container], Container | None]) -> None:
        """Write the titles anew.

        Args:
            now: How a container is now; `None` if it is gone.
        """
        for pane, each in zip(self.panes, self.shown, strict=True):
            pane.set_title(_title_of(now(each) or each))

    def _arrange(self) -> None:
        shown = 1 if self.has_class("-zoomed") else len(self.panes)
        count = columns(shown, self.screen.size.width) if shown > 1 else 1
        self.styles.grid_size_columns = count
        for place, pane in enumerate(self.panes, 1):
            # The last of three takes the whole row where two stand above it.
            is_alone = place == shown and shown % count == 1
            pane.styles.column_span = count if is_alone else 1


def _title_of(container: Container) -> Content:
    return Content.assemble(mark(container), " ", container.name)
