"""A line of a log with all that is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from dockertui.resources.tab import Fact
from dockertui.screens.dialog import MUTED, Dialog, Frame
from dockertui.store.log_fields import fields_of
from dockertui.store.log_record import RULE, STDERR, STDOUT, TERMINAL, split_record, time_of
from dockertui.sync.log_export import plain_text
from dockertui.text import clean, clean_json
from dockertui.widgets.command import bindings, command
from dockertui.widgets.fact_list import FactList
from dockertui.widgets.inspect_tree import InspectTree
from dockertui.widgets.row_messages import CopyWanted, PositionChanged
from dockertui.widgets.wrapping import wrapped

_STREAMS = {
    TERMINAL: "terminal",
    STDOUT: "stdout",
    STDERR: "stderr",
    RULE: "said by dockertui",
}
_FRACTION = re.compile(rb"\.\d+")
_WIDTH, _FRAME_CELLS, _FRAME_LINES = 100, 10, 8
"""How wide the frame is, and how much of it is no text."""


class WholeRecord(Dialog[None]):
    """One record: whose it is, when it came, and its fields as a tree or its text in full."""

    AUTO_FOCUS = ""

    def __init__(self, raw: bytes, container: str) -> None:
        """Show a record.

        Args:
            raw: As a store holds it.
            container: Whose it is.
        """
        super().__init__()
        self.record = split_record(raw)
        self.container = container
        self.text = plain_text(self.record.text)
        self.fields: Mapping[str, Any] | None = clean_json(fields_of(self.record.text))
        self.shows_text = self.fields is None
        self._tree: InspectTree | None = None
        self._lines = FactList()

    def compose(self) -> ComposeResult:
        """Put what is known of it above what it says."""
        with Frame(clean(self.container), classes="record"):
            yield Static(classes="when", markup=False)
            with Vertical(classes="body"):
                if self.fields is not None:
                    self._tree = InspectTree()
                    yield self._tree
                yield self._lines

    def on_mount(self) -> None:
        """Fill it."""
        if not self.query(".body"):
            return  # It was closed before it was open: keys may come that fast.
        self._lines.show(
            (Fact("", clean(line)) for line in self.text.split("\r") if line), self.record
        )
        if self._tree is not None:
            self._tree.show(self.fields, self.record)
            self._tree.action_open_all()
        self._turn()

    def on_resize(self, event: Resize) -> None:
        """Fit the room there is now."""
        super().on_resize(event)
        if self.query(".body"):
            self._fit()

    @command("J", "Tree or text")
    def action_turn(self) -> None:
        """Show the fields as a tree, or the text as it was written."""
        if self.fields is not None:
            self.shows_text = not self.shows_text
            self._turn()

    @command("q", "Close")
    def action_leave(self) -> None:
        """Go back to the log."""
        self.action_close()

    @on(CopyWanted)
    def _copy(self, event: CopyWanted) -> None:
        """Put it in the clipboard, and say so where the keys are."""
        event.stop()
        whole = self.shows_text
        self.app.copy_to_clipboard(self.text if whole else event.text)
        if whole:
            self._show_keys("copied")
        else:
            self._say(f"copied {event.what}")

    @on(PositionChanged)
    def _moved(self, event: PositionChanged) -> None:
        """Say where in the tree one is."""
        event.stop()
        self._say("" if self.shows_text or self._tree is None else self._tree.position_text)

    def _turn(self) -> None:
        self._lines.display = self.shows_text
        if self._tree is not None:
            self._tree.display = not self.shows_text
        (self._lines if self.shows_text or self._tree is None else self._tree.tree_view).focus()
        self._fit()
        self._say("")

    def _say(self, words: str) -> None:
        """Say below the time where in the tree one is, or what was just done."""
        lines = [*self._times(), *((Content.styled(words, MUTED),) if not self.shows_text else ())]
        for place in self.query(".when").results(Static):
            place.update(Content("\n").join(lines))
        self._show_keys()

    def _show_keys(self, copy: str = "copy") -> None:
        turn = (("J", "tree" if self.shows_text else "text"),) if self.fields is not None else ()
        tree = () if self.shows_text else (("enter", "open"), ("/", "search"))
        for frame in self.query(Frame):
            frame.show_keys(*tree, *turn, ("y", copy), ("esc", "close"))

    def _times(self) -> Iterator[Content]:
        stream = _STREAMS.get(self.record.stream, "no stream known")
        if (when := time_of(self.record.stamp)) is None:
            yield Content.assemble("no time known", (f"  ·  {stream}", MUTED))
            return
        local, utc = when.astimezone(), when.astimezone(UTC)
        digits = _FRACTION.search(self.record.stamp)
        exact = f"{utc:%Y-%m-%d %H:%M:%S}{digits[0].decode() if digits else ''} UTC"
        yield Content.assemble(
            (f"{local:%A %d %B %H:%M:%S}.{local.microsecond // 1000:03}", "bold"),
            (f" {clean(local.tzname() or '')}  ·  {stream}", MUTED),
        )
        yield Content.styled(exact, MUTED)

    def _fit(self) -> None:
        """Take as many lines as there are, as far as the screen has them."""
        width = min(_WIDTH, self.size.width) - _FRAME_CELLS
        rows = len(self._tree.tree_view.document.nodes) + 1 if self._tree else 1
        if self.shows_text:
            rows = sum(len(wrapped(it.value, width)) for it in self._lines.rows)
        most = max(3, self.size.height - _FRAME_LINES)
        self.query_one(".body").styles.height = max(1, min(rows, most))

    BINDINGS = bindings(locals())
