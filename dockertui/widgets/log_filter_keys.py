"""Filters of a log: what leaves lines out, and what brings them back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from dockertui.store.log_filter import LogFilter, parse_filter
from dockertui.store.log_pattern import BadPattern
from dockertui.text import counted
from dockertui.widgets.command import bindings, command
from dockertui.widgets.log_chips import Chip, LogChips
from dockertui.widgets.log_desk import LogDesk
from dockertui.widgets.log_messages import SourcesWanted
from dockertui.widgets.log_prompt import Asking

_ERRORS = ("level>=warn", "level>=error")
"""What the key for errors goes through; then it shows all again."""
_CLEARED, _SOURCES = "cleared", "sources"


class FilterKeys(LogDesk):
    """The filters of a log's page. Whatever changes, the line that one reads stays in its row."""

    def __init__(self) -> None:
        """Leave nothing out yet."""
        super().__init__()
        self._before_esc: tuple[LogFilter, ...] = ()
        self._filtering = Asking(
            mark="&",
            hint="words, !not, /regex/, level>=warn, stderr, service:web, status>=500",
            typed=self._filter_typed,
            kept=self._filter_kept,
            left=lambda: None,
        )

    @command("ampersand", "Filter", show=True)
    async def action_filter(self) -> None:
        """Show only lines that match, as in `timeout !noise level>=warn status>=500`."""
        await self.ask(self._filtering)

    @command("x", "Filters off")
    def action_filters(self) -> None:
        """Switch all filters off, or on again; after esc, take them back."""
        if not self.filters and self._before_esc:
            self.set_filters(self._before_esc)
        elif not self.filters:
            self.say("there is no filter; & adds one")
        else:
            are_on = any(it.on for it in self.filters)
            self.set_filters([it.switched() if it.on is are_on else it for it in self.filters])

    @command("X", "Filters, sources…")
    def action_sources(self) -> None:
        """Switch single filters and sources off and on, or remove them."""
        self.post_message(SourcesWanted(self.reading, self))

    @command("e", "Errors")
    def action_errors(self) -> None:
        """Show warnings and worse alone, then errors alone, then all again."""
        chosen = next((it.text for it in self.filters if it.text in _ERRORS and it.on), "")
        others = [it for it in self.filters if it.text not in _ERRORS]
        place = _ERRORS.index(chosen) + 1 if chosen else 0
        self.set_filters([*others, *map(parse_filter, _ERRORS[place : place + 1])])

    @command("c", "Clear")
    def action_clear(self) -> None:
        """Hide all lines up to now, or show them again; nothing is lost."""
        if self.reading.cleared:
            self.change(lambda _: self.reading.unclear())
        else:
            self.view.action_last_line()
            self.change(lambda _: self.reading.clear())

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(locals())]

    @property
    def filters(self) -> tuple[LogFilter, ...]:
        """All filters, also those that are switched off."""
        return self.reading.filters

    @property
    def left_words(self) -> str:
        """How much the filters leave."""
        reading = self.reading
        if reading.lines is reading.store:
            return ""
        count = sum(it.on for it in self.filters)
        why = f"{counted(count, 'filter')}: " if count else ""
        words = f"{why}{len(reading.lines):,} of {counted(len(reading.store), 'line')}"
        return f"{words}, looking {reading.scanned:.0%}" if reading.is_scanning else words

    @property
    def chips_now(self) -> list[Chip]:
        """A chip for each filter, for the sources that are off, and for a view that is cleared."""
        reading = self.reading
        fault = bool(reading.problem) and reading.search is None
        chips = [Chip(it.title, str(at), it.on, fault) for at, it in enumerate(self.filters)]
        if reading.hidden:
            names = [it.short for it in reading.sources.values() if it.tag in reading.hidden]
            few = ", ".join(names) if len(names) <= 2 else counted(len(names), "source")  # noqa: PLR2004
            chips.append(Chip(f"without {few}", _SOURCES))
        if reading.cleared:
            chips.append(Chip(f"{counted(reading.cleared, 'line')} cleared", _CLEARED))
        return chips

    def set_filters(self, filters: Sequence[LogFilter]) -> None:
        """Have these filters, some of them off perhaps."""
        self.change(lambda number: self.reading.set_filters(filters, keep=number))

    def set_hidden(self, tags: Collection[bytes]) -> None:
        """Leave out the lines of the sources with these tags."""
        self.change(lambda number: self.reading.set_hidden(tags, keep=number))

    def end_filters(self) -> bool:
        """Leave nothing out any more; returns whether anything was."""
        reading = self.reading
        if not self.filters and not reading.hidden and not reading.cleared:
            return False
        self._before_esc = self.filters or self._before_esc

        def end(number: int) -> None:
            if reading.cleared:
                reading.unclear()
            reading.set_hidden((), keep=number)
            reading.set_filters((), keep=number)

        self.change(end)
        return True

    def explain(self) -> None:
        """Say why no line is left."""
        reading = self.reading
        if reading.lines is reading.store or not len(reading.store) or len(reading.lines):
            super().explain()
        else:
            self.view.explain(self._why_nothing_is_left())

    def _why_nothing_is_left(self) -> str:
        reading = self.reading
        if reading.problem:
            return reading.problem
        if reading.is_scanning:
            return f"Looking through {counted(len(reading.store), 'line')}."
        hidden = counted(len(reading.store), "line")
        if active := [it.title for it in self.filters if it.on]:
            return (
                f"No line matches {' and '.join(active)}: {hidden} hidden. "
                "x shows them, esc ends the filters."
            )
        if reading.hidden:
            return f"The sources of all lines are switched off: {hidden} hidden. X switches them."
        return f"Cleared: {hidden} hidden. c shows them again. What comes next appears here."

    def _filter_typed(self, text: str) -> str:
        try:
            parse_filter(text or "-")
        except BadPattern as fault:
            return str(fault)
        return ""

    def _filter_kept(self, text: str) -> str:
        if not text.strip():
            return ""
        try:
            added = parse_filter(text)
        except BadPattern as fault:
            return str(fault)
        self.set_filters([*(it for it in self.filters if it.text != added.text), added])
        return ""

    @on(LogChips.Clicked)
    def _chip_clicked(self, event: LogChips.Clicked) -> None:
        event.stop()
        if event.name == _CLEARED:
            self.action_clear()
        elif event.name == _SOURCES:
            self.action_sources()
        elif event.name.isdecimal():
            at = int(event.name)
            self.set_filters(
                [it.switched() if n == at else it for n, it in enumerate(self.filters)]
            )
