"""The part of a table that draws: only lines that changed, a scroll bar, texts that count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import ClassVar, Generic, TypeVar

from textual.content import Content
from textual.strip import Strip

from dockertui.resources.resource import Column
from dockertui.widgets.column_layout import ColumnLayout
from dockertui.widgets.live_texts import LiveTexts
from dockertui.widgets.painted_lines import PaintedLines
from dockertui.widgets.row_order import Entry
from dockertui.widgets.table_model import TableModel
from dockertui.widgets.table_painter import Line, Look, Sorting, TablePainter
from dockertui.widgets.table_styles import TableStyles
from dockertui.widgets.tick import Tick

T = TypeVar("T")

_MARK_CELLS = 1
_BAR_CELLS = 1


class TableView(PaintedLines, Generic[T]):
    """Draws the rows of a model.

    It scrolls by itself, since Textual's own scrolling lays the whole screen out anew for each
    row that comes, and it repaints only the lines that look different from before.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--heading",
        "table--row",
        "table--cursor",
        "table--resting-cursor",
        "table--stale",
        "table--empty",
        "table--thumb",
    }

    def __init__(
        self,
        columns: Sequence[Column[T]],
        model: TableModel[T],
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Begin with what the model has.

        Args:
            columns: The columns from left to right.
            model: The rows.
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.model = model
        self.sorting = Sorting()
        self._grid = ColumnLayout(self.columns)
        self._looks = TableStyles(self)
        self._painter = TablePainter(self._grid, self._looks)
        self._empty: str | Content = ""
        self._top = 0
        self._entries: Sequence[Entry[T]] = ()
        self._picture: list[Line | None] = []
        self._live = LiveTexts()
        self._tick = Tick(self.redraw)
        self._is_seen = True

    @property
    def page(self) -> int:
        """How many rows there is room for."""
        return max(0, self.size.height - 1)

    @property
    def ticks(self) -> bool:
        """Is it waiting for a text in view to change by itself?"""
        return self._tick.is_coming

    @property
    def empty_text(self) -> str | Content:
        """What to say while no row is shown; a `str` is no markup."""
        return self._empty

    @empty_text.setter
    def empty_text(self, text: str | Content) -> None:
        if text != self._empty:
            self._empty = text
            if not self.model.shown:
                self.draw_anew()

    @property
    def stale(self) -> bool:
        """Is what it shows old? Then everything is dimmed."""
        return self.has_class("-stale")

    @stale.setter
    def stale(self, stale: bool) -> None:
        if stale != self.stale:
            self.set_class(stale, "-stale")
            self.draw_anew()

    def scroll_to_row(self, top: int) -> None:
        """Have a row first on the page, as far as there are rows to fill it."""
        last = len(self.model.shown) - self.page
        self._top = max(0, min(top, last))

    def keep_selected_in_view(self) -> None:
        """Scroll as little as makes the selected row visible."""
        position = self.model.position
        self.scroll_to_row(max(position - self.page + 1, min(self._top, position)))

    def measure(self, rows: Iterable[T]) -> None:
        """Widen columns for the texts of rows."""
        now, numbers = datetime.now(UTC), [it.number for it in self._grid.slots]
        numbers += self._grid.absent
        read = [(number, self.columns[number].read) for number in numbers]
        if self._grid.need([(number, each(row, now)[0]) for row in rows for number, each in read]):
            self.draw_anew()

    def redraw(self) -> None:
        """Repaint the lines that look different from what is on the screen."""
        before, had_rows = self._picture, bool(self._entries)
        self._look()
        if len(before) != len(self._picture) or had_rows != bool(self._entries):
            self.repaint_all()
            return
        # What changed of a row may be in no column: then its line looks as it did.
        pairs = enumerate(zip(before, self._picture, strict=True), 1)
        self.repaint_if_different(y for y, (old, new) in pairs if old != new)

    def redraw_heading(self) -> None:
        """Repaint the headings if they look different."""
        self.repaint_if_different([0])

    def draw_anew(self) -> None:
        """Repaint everything: widths, styles or texts are others."""
        self._looks.forget()
        self._painter.forget()
        self._live.forget()
        self._look()
        self.repaint_all()

    def draw(self, y: int) -> Strip:
        """Draw a line of the screen: the headings, a row, or a part of the empty text."""
        if y == 0:
            return self._painter.heading(self.sorting)
        if y <= len(self._entries) and (line := self._picture[y - 1]) is not None:
            return self._painter.row(self._entries[y - 1], line)
        said = {} if self._entries else self._painter.explanation(self, self._empty)
        return said.get(y) or Strip.blank(self.size.width, self._looks(Look.ROW)[""])

    def notify_style_update(self) -> None:
        """Draw with the styles there are now."""
        super().notify_style_update()
        self.draw_anew()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show where the keys go."""
        super().watch_has_focus(has_focus)
        self.redraw()

    def on_resize(self) -> None:
        """Use the room there is now."""
        self.lay_out()

    def lay_out(self) -> None:
        """Lay the columns out for the width there is, from what the texts in view need now."""
        self._grid.start_anew(max(0, self.size.width - _MARK_CELLS - _BAR_CELLS))
        self.keep_selected_in_view()
        self.measure(it.row for it in self.model.shown[self._top : self._top + self.page])
        self.draw_anew()

    def on_mount(self) -> None:
        """Count no texts while another program has the terminal."""
        self.app.app_suspend_signal.subscribe(self, lambda _: self._watch(False), immediate=True)
        self.app.app_resume_signal.subscribe(self, lambda _: self._watch(True), immediate=True)

    def on_hide(self) -> None:
        """Count no texts while nobody can see them."""
        self._watch(False)

    def on_show(self) -> None:
        """Count again."""
        self._watch(True)

    def on_unmount(self) -> None:
        """Leave no timer behind."""
        self._watch(False)

    def _watch(self, seen: bool) -> None:
        self._is_seen = seen
        if seen:
            self.redraw()
        else:
            self._tick.stop()

    def _look(self) -> None:
        """Find what each line of the screen should show, and until when that holds."""
        model, top, page = self.model, self._top, self.page
        self._entries = model.shown[top : top + page]
        cursor = Look.CURSOR if self.has_focus else Look.RESTING_CURSOR
        thumb = thumb_rows(top, page, len(model.shown))
        live = [it.column.live for it in self._grid.slots if it.column.live is not None]
        texts = self._live.of(self._entries, live)
        picture: list[Line | None] = [None] * page
        for y, it in enumerate(self._entries):
            look = cursor if it is model.selected else Look.ROW
            picture[y] = Line(it.version, look, model.is_marked(it), texts[y], y in thumb)
        self._picture = picture
        if self._is_seen:
            self._tick.within(self._live.holds_s)


def thumb_rows(top: int, page: int, total: int) -> range:
    """The lines with the thumb of a scroll bar; none while every row is in view.

    >>> thumb_rows(0, 10, 10), thumb_rows(0, 10, 100), thumb_rows(90, 10, 100)
    (range(0, 0), range(0, 1), range(9, 10))
    """
    if total <= page:
        return range(0)
    length = max(1, page * page // total)
    start = round(top * (page - length) / (total - page))
    return range(start, start + length)
