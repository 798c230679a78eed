"""Search in a log: highlights while one types, and goes from hit to hit."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, NamedTuple

from textual.binding import BindingType

from dockertui.store.log_pattern import BadPattern, Pattern
from dockertui.store.log_search import LogSearch
from dockertui.text import counted
from dockertui.widgets.command import bindings, command
from dockertui.widgets.followed_log import Feed
from dockertui.widgets.log_desk import LogDesk, Spot
from dockertui.widgets.log_position import search_words
from dockertui.widgets.log_prompt import Asking
from dockertui.widgets.log_view import LogView


class _Before(NamedTuple):
    """How things were when one began to type."""

    spot: Spot
    following: bool
    pattern: Pattern | None


class SearchKeys(LogDesk):
    """The search of a log's page."""

    def __init__(self) -> None:
        """Search for nothing yet."""
        super().__init__()
        self._regex = False
        self._before: _Before | None = None
        self._aims = False
        self._step_to_come = 0
        self._searching = Asking(
            mark="/",
            hint="words to find; a capital letter makes it exact",
            typed=self._typed,
            kept=self._kept,
            left=self._left,
            switch=self._switch_way,
            way=self._way,
        )

    @command("slash", "Search", show=True)
    async def action_search(self) -> None:
        """Find text as one types; enter keeps the search, esc goes back to where one was."""
        search = self.reading.search
        pattern = search.pattern if search is not None else None
        self._before = _Before(self.spot, self.view.reader.following, pattern)
        await self.ask(self._searching, pattern.text if pattern else "")

    @command("n", "Next hit")
    def action_next_hit(self) -> None:
        """Go to the next hit; after the last one, to the first."""
        self._step(1)

    @command("N", "Previous hit")
    def action_previous_hit(self) -> None:
        """Go to the hit before; from the first one, to the last."""
        self._step(-1)

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(locals())]

    @property
    def words(self) -> list[str]:
        """What to say of the log, the search after what was just said."""
        words, here = super().words, self.spot.number if self.view.cursor.line is not None else None
        search = search_words(self.reading, here)
        if search:
            words.insert(1 if self._word else 0, search)
        return words

    def begin(self, feed: Feed) -> None:
        """Read another log, and search for nothing in it."""
        super().begin(feed)
        self._before, self._aims, self._step_to_come = None, False, 0
        self.view.set_layout(replace(self.layout_now, pattern=None))

    def end_search(self) -> bool:
        """Search for nothing any more; returns whether there was a search."""
        had = self.reading.search is not None
        self._seek(None)
        return had

    def prompt_closed(self, back: bool) -> None:
        """Keep the search if one went elsewhere while typing."""
        if not back:
            self._before = None
        super().prompt_closed(back)

    def look(self) -> None:
        """Go to what was found, if that is awaited."""
        if self._aims:
            self._aim()
        if self._step_to_come:
            self._step(self._step_to_come)

    def worked(self) -> None:
        """Say in the prompt, too, what was found."""
        super().worked()
        if self._prompt is not None and self._prompt.is_open and self._before is not None:
            self._prompt.say_again()

    def _typed(self, text: str) -> str:
        try:
            pattern = Pattern(text, regex=self._regex) if text else None
        except BadPattern as fault:
            return str(fault)
        search = self.reading.search
        if pattern != (search.pattern if search is not None else None):
            self._seek(pattern)
            self._aims = pattern is not None
            self.work()
        return ""

    def _kept(self, text: str) -> str:
        if fault := self._typed(text):
            return fault
        before, self._before = self._before, None
        if text and before is not None and not before.following and not self._aims:
            self._point_at_hit()
        return ""

    def _left(self) -> None:
        before, self._before = self._before, None
        self._aims = False
        if before is None:
            return
        self._seek(before.pattern)
        self._go_back(before)

    def _go_back(self, before: _Before) -> None:
        if before.following:
            self.view.action_last_line()
        else:
            self.view.keep_at(*before.spot)

    def _way(self) -> str:
        search = self.reading.search
        found = ""
        if search is not None and search.count:
            found = f"{counted(search.count, 'hit')}{'' if search.complete else '…'}  "
        elif search is not None:
            found = "nothing found  " if search.complete else "searching  "
        return f"{found}{'regex' if self._regex else 'literal'} ^r"

    def _switch_way(self) -> None:
        self._regex = not self._regex

    def _seek(self, pattern: Pattern | None) -> None:
        self._aims, self._step_to_come = False, 0
        near = self._before.spot.number if self._before is not None else self.spot.number
        self.reading.seek(pattern, near=near)
        self.view.set_layout(replace(self.layout_now, pattern=pattern))
        self.work_soon()
        self.tell()

    def _aim(self) -> None:
        """Go to the nearest hit if there is none in sight, and there is one."""
        search, before = self.reading.search, self._before
        if search is None or _hit_in_sight(self.view, self.reading.search) is not None:
            self._aims = False
            return
        number = before.spot.number if before is not None else self.spot.number
        found = [search.hit_from(number - 1, 1), search.hit_from(number, -1)]
        near = sorted((abs(it - number), it) for it in found if it is not None)
        if near:
            self._aims = False
            self.go_to_number(near[0][1])
        elif search.complete:
            self._aims = False
            if before is not None:
                self._go_back(before)

    def _point_at_hit(self) -> None:
        if (number := _hit_in_sight(self.view, self.reading.search)) is not None:
            self._go_to_hit(number)

    def _step(self, step: int) -> None:
        search = self.reading.search
        self._step_to_come = 0
        if search is None:
            self.say("nothing is searched for; / searches")
            return
        found = search.hit_from(self._from_here(step), step)
        if found is None and not search.complete:
            self._step_to_come = step
            return
        if found is None:
            store = self.reading.store
            found = search.hit_from(store.first - 1 if step > 0 else store.total, step)
            if found is not None:
                self.say("from the top again" if step > 0 else "from the end again")
        if found is not None:
            self._go_to_hit(found)
        self.tell()

    def _from_here(self, step: int) -> int:
        """Where a search goes on: while one follows, with what is in sight."""
        reader = self.view.reader
        if step > 0 and reader.following and len(reader.lines):
            return reader.lines.number(reader.top.line) - 1
        return self.spot.number

    def _go_to_hit(self, number: int) -> None:
        """Go to a line with a hit, and sideways if there is none of its hits to be seen."""
        self.go_to_number(number)
        search, line = self.reading.search, self.view.cursor.line
        if search is not None and line is not None:
            self.view.reader.show_cells(line, search.pattern.spans)
            self.view.after_move()


def _hit_in_sight(view: LogView, search: LogSearch | None) -> int | None:
    """The hit in the window that comes next from where one is, or else the last before."""
    reader, cursor = view.reader, view.cursor
    rows = reader.rows()[: max(1, reader.height - cursor.covered)]
    if search is None or not rows:
        return None
    first, last = (reader.lines.number(it) for it in (rows[0][0], rows[-1][0]))
    here = last if cursor.line is None else reader.lines.number(cursor.line)
    below, above = search.hit_from(here - 1, 1), search.hit_from(here, -1)
    if below is not None and below <= last:
        return below
    return above if above is not None and above >= first else None
