"""What one keeps of a log: bookmarks, copies, files; and how its lines are set."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from dockertui.text import counted
from dockertui.widgets.command import bindings, command
from dockertui.widgets.log_desk import LogDesk
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_messages import ProgramWanted, RecordWanted, SaveWanted
from dockertui.widgets.log_view import LogView
from dockertui.widgets.log_window import plain_text
from dockertui.widgets.row_messages import CopyWanted

_MOST_COPIED = 20_000
"""More lines are for a file: no clipboard is meant for them."""
_COPIED_AT_ONCE = 200


class KeepKeys(LogDesk):
    """What a person takes along from a log."""

    @command("enter", "Whole record")
    def action_record(self) -> None:
        """Read the whole line: its fields as a tree, or its text in full."""
        if raw := self._record_here:
            self.post_message(RecordWanted(raw))

    @command("y", "Copy", show=True)
    def action_copy(self) -> None:
        """Copy what is selected, or else the line that one is at."""
        cursor, lines = self.view.cursor, self.view.reader.lines
        selection = cursor.selection
        if selection is None:
            if raw := self._record_here:
                self.post_message(CopyWanted(plain_text(LogLine(raw)), "the line"))
            return
        if selection.row is not None:
            self._copy_cells()
            return
        chosen = range(max(lines.first, selection.lines.start), selection.lines.stop)
        self._copy(chosen, counted(len(selection.lines), "line"))

    @command("Y", "Copy page")
    def action_copy_page(self) -> None:
        """Copy the lines in the window, each of them whole."""
        places = sorted({line for line, _ in self.view.reader.rows()})
        self._copy(places, f"the page, {counted(len(places), 'line')}")

    @command("ctrl+y", "Copy all")
    def action_copy_all(self) -> None:
        """Copy all lines with a hit; without a search, all that the filters leave."""
        lines, search = self.view.reader.lines, self.reading.search
        if search is None:
            self._copy(range(lines.first, lines.total), counted(len(lines), "line"))
            return
        hits: list[int] = []
        number = search.hit_from(lines.number(lines.first) - 1, 1) if len(lines) else None
        while number is not None and len(hits) <= _MOST_COPIED:
            hits.append(lines.place(number))
            number = search.hit_from(number, 1)
        self._copy(hits, counted(len(hits), "hit"))

    @command("S", "Save", show=True)
    def action_save(self) -> None:
        """Save all lines, or what the filters leave of them, in a file."""
        self.post_message(SaveWanted(self.reading, self.feed.title if self.feed else "log"))

    @command("o", "Pager")
    def action_pager(self) -> None:
        """Read on in $PAGER."""
        self._open("PAGER")

    @command("E", "Editor")
    def action_editor(self) -> None:
        """Open the lines in $EDITOR."""
        self._open("EDITOR")

    @command("m", "Bookmark")
    def action_bookmark(self) -> None:
        """Mark the line that one is at, or no longer."""
        if (place := self._place) is None:
            return
        marked = self.reading.toggle_bookmark(self.view.reader.lines.number(place))
        self.view.mark(frozenset(self.reading.bookmarks))
        self.say("bookmarked; ' and \" go through bookmarks" if marked else "bookmark removed")

    @command("apostrophe", "Next bookmark")
    def action_next_bookmark(self) -> None:
        """Go to the next bookmark; after the last one, to the first."""
        self._to_bookmark(1)

    @command("quotation_mark", "Previous bookmark")
    def action_previous_bookmark(self) -> None:
        """Go to the bookmark before; from the first one, to the last."""
        self._to_bookmark(-1)

    @command("J", "Raw or readable")
    def action_raw(self) -> None:
        """Show lines of JSON and key=value as they came, or so that one can read them."""
        raw = not self.layout_now.raw
        self.view.set_layout(replace(self.layout_now, raw=raw))
        self.say("lines as they came" if raw else "fields made readable")

    @command("C", "Controls")
    def action_controls(self) -> None:
        """Show control characters and all else that hides in a line, or not."""
        controls = not self.layout_now.controls
        self.view.set_layout(replace(self.layout_now, controls=controls))
        self.say("control characters shown" if controls else "control characters hidden")

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(locals())]

    @property
    def _place(self) -> int | None:
        """The place of the line that one is at; while the log is followed, of the last."""
        lines, line = self.view.reader.lines, self.view.cursor.line
        if not len(lines):
            return None
        return lines.total - 1 if line is None else max(lines.first, min(line, lines.total - 1))

    @property
    def _record_here(self) -> bytes:
        place = self._place
        found = [] if place is None else self.view.reader.lines.lines(place, place + 1)
        return found[0] if found else b""

    @on(LogView.Opened)
    def _opened(self, event: LogView.Opened) -> None:
        event.stop()
        self.action_record()

    def _open(self, program: str) -> None:
        if (place := self._place) is not None:
            self.post_message(ProgramWanted(self.reading, program, place))

    def _to_bookmark(self, step: int) -> None:
        reading, here = self.reading, self.spot.number
        if not reading.bookmarks:
            self.say("there is no bookmark; m makes one")
            return
        found = reading.bookmark_from(here, step)
        if found is None:
            end = reading.store.first - 1 if step > 0 else reading.store.total
            found = reading.bookmark_from(end, step)
            self.say("from the top again" if step > 0 else "from the end again")
        if found is not None:
            self.go_to_number(found)

    def _copy_cells(self) -> None:
        selection, rows = self.view.cursor.selection, self.view.reader.rows()
        if selection is None:
            return
        for row, (_, strip) in enumerate(rows):
            if self.view.reader.place_at(row) == selection.row:
                text = strip.crop(selection.cells.start, selection.cells.stop).text
                self.post_message(CopyWanted(text, counted(len(text), "character")))

    def _copy(self, places: Sequence[int], what: str) -> None:
        if len(places) > _MOST_COPIED:
            self.say(f"{counted(len(places), 'line')} are too many to copy; S saves them")
        elif places:
            self.run_worker(self._copied(places, what), group="copy", exclusive=True)
        else:
            self.say("there is nothing to copy")

    async def _copied(self, places: Iterable[int], what: str) -> None:
        """Copy lines without keeping the screen waiting."""
        lines, texts = self.view.reader.lines, list[str]()
        for place in places:
            texts += [plain_text(LogLine(raw)) for raw in lines.lines(place, place + 1)]
            if len(texts) % _COPIED_AT_ONCE == 0:
                await asyncio.sleep(0)
        self.post_message(CopyWanted("\n".join(texts), what))
