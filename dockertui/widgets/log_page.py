"""The live log of a container, or of several: the page that a person works in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import monotonic
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.binding import BindingType

from dockertui.store.log_record import split_record
from dockertui.store.log_source import LogSource
from dockertui.widgets.command import bindings, command
from dockertui.widgets.followed_log import Feed, OpenLog
from dockertui.widgets.log_filter_keys import FilterKeys
from dockertui.widgets.log_keep_keys import KeepKeys
from dockertui.widgets.log_search_keys import SearchKeys
from dockertui.widgets.log_time_keys import TimeKeys
from dockertui.widgets.log_view import LogView

__all__ = ["LogPage", "OpenLog"]

_FOOT_MARGIN = 4
_TAKEN_UP_S = 0.05
"""The least time between two looks through lines as they come, for a search or a filter."""


class LogPage(KeepKeys, TimeKeys, FilterKeys, SearchKeys):
    """Follows one feed at a time."""

    def __init__(self) -> None:
        """Follow nothing yet."""
        super().__init__()
        self._sources: Mapping[bytes, LogSource] = {}
        self._taken_up_at = 0.0
        self._status = ""

    @command("escape", "Back")
    def action_escape(self) -> None:
        """Go one step back: the selection, the search, the filters."""
        if self.view.cursor.drop_selection():
            self.view.after_move()
        elif not self.end_search() and not self.end_filters():
            raise SkipAction

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(locals())]

    @property
    def position_text(self) -> str:
        """Where one is and what is going on, for a border: as much as fits into it."""
        between = f" {self.layout_now.marks.rule} "
        said, *rest = self.words or [""]
        for each in rest:
            if len(longer := f"{said}{between}{each}") <= self.size.width - _FOOT_MARGIN:
                said = longer
        return said

    @property
    def visible_text(self) -> str:
        """The lines in the window, whole, as plain text."""
        return self.view.visible_text

    def follow(self, open_log: OpenLog) -> None:
        """Show another log, and keep to it as it grows."""
        self.let_go()
        feed = open_log(self._changed)
        self.begin(feed)
        self.chips.show(self.chips_now)
        self.view.show(feed.store)
        self._take_sources(feed)
        self.explain()
        self._begin_work()

    def let_go(self) -> None:
        """Follow no more; the lines stay to be read."""
        if self.feed is not None:
            self.feed.close()
            self.feed = None

    def on_unmount(self) -> None:
        """Leave no stream behind."""
        self.let_go()

    @on(LogView.StateChanged)
    def _moved(self) -> None:
        if self._rate is not None:
            self._show_rate()

    def _changed(self) -> None:
        """Take up what the feed has, or says."""
        if (feed := self.feed) is None:
            return
        if feed.store is not self.reading.store:
            # What is read stays until there is something to take its place.
            if len(feed.store) or feed.explanation:
                self._turn_to(feed)
        else:
            self._take_sources(feed)
            self.explain()
            if self.has_work:
                self._begin_work()
            else:
                self.view.grew()
        if self._status != feed.status:
            self._status = feed.status
            self.tell()

    def _turn_to(self, feed: Feed) -> None:
        """Read another part of the same log, at the same time if one was not following it."""
        stamp = b"" if self.view.reader.following else split_record(self._record_here).stamp
        self.reading.move_to(feed.store, feed.sources)
        self.view.show(self.reading.lines)
        self._take_sources(feed)
        self.explain()
        number = feed.store.at_time(stamp) if stamp else feed.store.total
        if number < feed.store.total:
            self.go_to_number(number)
        self.rearrange(lambda: self.chips.show(self.chips_now))
        self.work_soon()
        self.tell()

    def _take_sources(self, feed: Feed) -> None:
        sources = feed.sources
        if len(sources) != len(self._sources) or self.reading.sources is not sources:
            self._sources = dict(sources)
            self.reading.sources = sources
            self.view.set_layout(replace(self.layout_now, sources=self._sources))

    def _begin_work(self) -> None:
        """Look through new lines: the first at once, then not more often than one can see."""
        if self._next_slice is None and self.is_attached:
            wait_s = self._taken_up_at + _TAKEN_UP_S - monotonic()
            self._taken_up_at = monotonic() + max(0.0, wait_s)
            if wait_s <= 0:
                self.work()
            else:
                self._next_slice = self.set_timer(wait_s, self.work)
