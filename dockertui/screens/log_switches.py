"""Which filters hold for a log, and whose lines are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from dockertui.screens.dialog import MUTED, Dialog, Frame
from dockertui.screens.item import WordList, padded
from dockertui.text import clean
from dockertui.widgets.command import bindings, command

if TYPE_CHECKING:
    from dockertui.store.log_filter import LogFilter
    from dockertui.store.log_reading import LogReading
    from dockertui.store.log_source import LogSource
    from dockertui.widgets.log_messages import Switching

_WIDEST = 40
SOURCE_COLOURS = 8
"""How many sources have colours of their own; after these they come again."""


class Switch(NamedTuple):
    """One line: a filter, or a source."""

    filter: LogFilter | None
    """The filter."""
    source: LogSource | None
    """The source."""


class LogSwitches(Dialog[None]):
    """Filters and sources, each with its mark: on or off. What is switched shows at once."""

    def __init__(self, reading: LogReading, page: Switching | None = None) -> None:
        """Show what there is.

        Args:
            reading: What is read.
            page: What switches, and stays where one is.
        """
        super().__init__()
        self.reading = reading
        self._page = page
        self._switches: Sequence[Switch] = ()

    def compose(self) -> ComposeResult:
        """List them, and say what to do where there are none."""
        with Frame("Filters and sources", classes="switches"):
            yield WordList(compact=True, markup=False)
            yield Static(
                "There is no filter, and one source alone. & filters the lines.",
                markup=False,
                classes="empty",
            )

    def on_mount(self) -> None:
        """Show what there is."""
        super().on_mount()
        self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Switch what was chosen with enter or a click."""
        event.stop()
        self._switch(event.option_index)

    @command("space,x", "Switch")
    def action_switch(self) -> None:
        """Switch the selected filter or source off or on."""
        if (at := self._at) is not None:
            self._switch(at)

    @command("o", "Only this")
    def action_only(self) -> None:
        """Show the lines of the selected source alone; again: of all."""
        if (at := self._at) is None or (source := self._switches[at].source) is None:
            return
        others = frozenset(self.reading.sources) - {source.tag}
        self._hide(frozenset() if self.reading.hidden == others else others)

    @command("d,delete", "Remove filter")
    def action_remove(self) -> None:
        """Remove the selected filter."""
        if (at := self._at) is not None and (gone := self._switches[at].filter) is not None:
            self._filter([it for it in self.reading.filters if it is not gone])

    @command("q", "Close")
    def action_leave(self) -> None:
        """Go back to the log."""
        self.action_close()

    @property
    def _at(self) -> int | None:
        lists = self.query(WordList)
        return lists.first().highlighted if lists else None

    def _switch(self, at: int) -> None:
        chosen, source = self._switches[at]
        if chosen is not None:
            filters = self.reading.filters
            self._filter([it.switched() if it is chosen else it for it in filters])
        elif source is not None:
            self._hide(self.reading.hidden ^ {source.tag})

    def _filter(self, filters: Sequence[LogFilter]) -> None:
        if self._page is not None:
            self._page.set_filters(filters)
        else:
            self.reading.set_filters(filters, keep=self.reading.store.total)
        self._show()

    def _hide(self, tags: frozenset[bytes]) -> None:
        if self._page is not None:
            self._page.set_hidden(tags)
        else:
            self.reading.set_hidden(tags, keep=self.reading.store.total)
        self._show()

    def _show(self) -> None:
        if not self.query(WordList):
            return  # It was closed before it was open: keys may come that fast.
        reading, options = self.reading, self.query_one(WordList)
        sources = sorted(reading.sources.values(), key=lambda it: it.number)
        self._switches = (
            *(Switch(it, None) for it in reading.filters),
            *(Switch(None, it) for it in sources),
        )
        at = options.highlighted
        options.set_options(map(self._option, self._switches))
        if self._switches:
            options.highlighted = min(at or 0, len(self._switches) - 1)
        self.set_class(not self._switches, "-empty")
        self._show_keys()

    def _show_keys(self) -> None:
        keys = [("space", "on or off")] if self._switches else []
        keys += [("o", "only this")] if self.reading.sources else []
        keys += [("d", "remove filter")] if self.reading.filters else []
        self.query_one(Frame).show_keys(*keys, ("esc", "close"))

    def _option(self, switch: Switch) -> Option:
        if (each := switch.filter) is not None:
            return Option(self._line(each.on, Content(clean(each.text)), "filter"))
        source = switch.source
        if source is None:
            return Option("")
        name = Content.styled(source.name, f"$source-{source.number % SOURCE_COLOURS + 1}")
        return Option(self._line(source.tag not in self.reading.hidden, name, source.image))

    def _line(self, is_on: bool, name: Content, what: str) -> Content:
        """A line: told by its mark, not by colour alone, whether it holds."""
        texts = (it.text for it in self.reading.filters)
        names = (it.name for it in self.reading.sources.values())
        width = min(_WIDEST, max((Content(it).cell_length for it in (*texts, *names)), default=0))
        mark = Content.styled("✓" if is_on else "○", "bold" if is_on else MUTED)
        shown = name if is_on else Content.styled(name.plain, MUTED)
        return Content.assemble(mark, " ", padded(shown, width), "  ", (what, MUTED))

    BINDINGS = bindings(locals())
