"""Panes whose border says things."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region

from dockertui.widgets.tab_strip import TabStrip, tab_strip

_CORNER = 3
"""Cells of the border before its title, and behind it."""


class TitledPane(Vertical):
    """A pane whose title and foot change often: only the line that changes is drawn again.

    Assigning Textual's own `border_title` draws the pane anew, with everything in it.
    """

    DEFAULT_CSS = """
    TitledPane { border: round $border-blurred; border-subtitle-align: left; }
    """

    def set_title(self, title: Content) -> None:
        """Write into the upper border."""
        if self._border_title is None or not title.is_same(self._border_title):
            self._border_title = title
            self.refresh(Region(-1, -1, self.outer_size.width, 1))

    def set_foot(self, foot: Content) -> None:
        """Write into the lower border."""
        if self._border_subtitle is None or not foot.is_same(self._border_subtitle):
            self._border_subtitle = foot
            self.refresh(Region(-1, self.outer_size.height - 2, self.outer_size.width, 1))


class TabbedPane(TitledPane):
    """A pane that names an object and its tabs in the border; they can be clicked."""

    def __init__(self) -> None:
        """Begin without tabs."""
        super().__init__()
        self._object = ""
        self._titles: Sequence[str] = ()
        self._active = 0
        self._strip = TabStrip(Content(""), ())

    def set_tabs(self, name: str, titles: Sequence[str], active: int) -> None:
        """Write the title anew.

        Args:
            name: What the object is called.
            titles: Its tabs; none at all when there is no object.
            active: The number of the open tab.
        """
        self._object, self._titles, self._active = name, titles, active
        room = self.outer_size.width - 2 * _CORNER
        self._strip = tab_strip(name, titles, active, room)
        self.set_title(self._strip.line)

    def open_tab(self, title: str) -> bool:
        """Open a tab by its title; says whether there is such a tab."""
        raise NotImplementedError

    def action_next_tab(self) -> None:
        """Open the next tab."""
        self._go(1)

    def action_previous_tab(self) -> None:
        """Open the previous tab."""
        self._go(-1)

    def on_resize(self) -> None:
        """Fit the tabs to the width there is."""
        self.set_tabs(self._object, self._titles, self._active)

    def on_click(self, event: events.Click) -> None:
        """Open the tab that was clicked."""
        x, y = event.screen_offset - self.region.offset
        if y == 0 and (tab := self._strip.at(x - _CORNER)) is not None:
            self.open_tab(self._titles[tab])

    def _go(self, by: int) -> None:
        if self._titles:
            self.open_tab(self._titles[(self._active + by) % len(self._titles)])
