"""The charts with the keys to read them."""

from __future__ import annotations

from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import BindingType
from textual.message import Message

from dockertui.model import DockerObject
from dockertui.store.history import History
from dockertui.widgets.chart_mouse import ChartMouse
from dockertui.widgets.chart_span import RANGES, clock
from dockertui.widgets.chart_titles import UNKNOWN
from dockertui.widgets.command import bindings, command
from dockertui.widgets.row_messages import CopyWanted

_PAGES = 10
"""In how many steps one goes through all that one sees."""


class SeriesWanted(Message):
    """A person wants to keep what was measured in a file."""

    def __init__(self, history: History, target: DockerObject) -> None:
        """Say of what.

        Args:
            history: The figures.
            target: Whose they are.
        """
        super().__init__()
        self.history = history
        self.target = target


class ChartPage(ChartMouse):
    """Charts with a cursor, ranges to choose from, and one that can be seen large."""

    @command("r", "Range", show=True)
    def action_range(self) -> None:
        """See the last 1m, 5m, 15m, 1h, 6h or 24h."""
        self._change_range(1, around=True)

    @command("plus,equals_sign", "Closer")
    def action_closer(self) -> None:
        """See a shorter time in more detail."""
        self._change_range(-1)

    @command("minus", "Wider")
    def action_wider(self) -> None:
        """See a longer time."""
        self._change_range(1)

    @command("left,h", "Earlier", show=True)
    def action_earlier(self) -> None:
        """Look at the moment before; the first time, at the last one."""
        self._move(-1)

    @command("right,l", "Later")
    def action_later(self) -> None:
        """Look at the moment after; after the last one, at now."""
        self._move(1)

    @command("pageup", "Much earlier")
    def action_much_earlier(self) -> None:
        """Look at a moment much earlier."""
        self._move(-self._page)

    @command("pagedown", "Much later")
    def action_much_later(self) -> None:
        """Look at a moment much later."""
        self._move(self._page)

    @command("home,g", "First moment")
    def action_first(self) -> None:
        """Look at the first moment that one sees; if one does already, at one long before."""
        if self.sight is not None:
            self.look_at(-self.sight.span.bars // 2 if self.sight.cursor == 0 else 0)

    @command("end,G", "Last moment")
    def action_last(self) -> None:
        """Look at the last moment of all."""
        self.reading.look_at_now()
        self.redraw()
        self._move(-1)

    @command("n", "Next event", show=True)
    def action_next_event(self) -> None:
        """Go to the next thing that happened; after the last one, to the first."""
        if (sight := self.sight) is not None:
            # Now is after all that has happened.
            bar = sight.span.bars if sight.cursor is None else sight.cursor + 1
            self._go_to(self.reading.next_event(sight.span.moment_of(bar)))

    @command("N", "Previous event")
    def action_previous_event(self) -> None:
        """Go to the thing that happened before; from the first one, to the last."""
        if (sight := self.sight) is not None:
            bar = sight.span.bars if sight.cursor is None else sight.cursor
            self._go_to(self.reading.previous_event(sight.span.moment_of(bar)))

    @command("down,j", "Next chart")
    def action_next_chart(self) -> None:
        """Go to the next chart; those for which there was no room come into view."""
        self.choose(self.chosen + 1)

    @command("up,k", "Previous chart")
    def action_previous_chart(self) -> None:
        """Go to the chart before."""
        self.choose(self.chosen - 1)

    @command("enter", "Large", show=True)
    def action_large(self) -> None:
        """See the chart alone and large, or all of them again."""
        self.toggle_large()

    @command("S", "Save", show=True)
    def action_save(self) -> None:
        """Save all that was measured of it in a file."""
        if (target := self.reading.target) is not None and (history := self.reading.history):
            self.post_message(SeriesWanted(history, target))

    @command("y", "Copy")
    def action_copy(self) -> None:
        """Copy the figures of now, or of the moment that one looks at."""
        if text := self._figures():
            self.post_message(CopyWanted(text, "the figures"))

    @command("escape", "Back")
    def action_escape(self) -> None:
        """Go one step back: look at now, then at all charts."""
        if self.reading.cursor_s is not None:
            self.reading.look_at_now()
        elif self.is_large:
            self.is_large = False
        else:
            raise SkipAction
        self.redraw()

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(locals())]

    @property
    def _page(self) -> int:
        return max(1, self.sight.span.bars // _PAGES) if self.sight is not None else 1

    def _move(self, by: int) -> None:
        if (sight := self.sight) is None:
            return
        last = sight.span.bars - 1
        here = last + 1 if sight.cursor is None else sight.cursor
        if here + by <= last or (sight.is_past and here + by > last):
            self.look_at(here + by)
        elif here < last:
            self.look_at(last)
        else:
            self.reading.look_at_now()
            self.redraw()

    def _go_to(self, moment_s: float | None) -> None:
        if self.sight is not None and moment_s is not None:
            self.reading.look_at(moment_s, self.sight)
            self.redraw()

    def _change_range(self, by: int, *, around: bool = False) -> None:
        names = list(RANGES)
        at = names.index(self.reading.range_name) + by
        self.see(names[at % len(names) if around else max(0, min(at, len(names) - 1))])

    def _figures(self) -> str:
        """What the titles say, a line for each figure."""
        if (sight := self.sight) is None:
            return ""
        lines = []
        if sight.cursor is not None:
            moment = clock(sight.span.moment_of(sight.cursor), seconds=sight.span.by_second)
            lines.append(f"Time {moment}")
        for chart in self.charts:
            for track in chart.tracks:
                part = sight.at(track.metric)
                name = f"{chart.title} {track.label}".strip()
                lines.append(f"{name} {UNKNOWN if part is None else chart.text(part.mean)}")
        return "\n".join(lines)
