"""Sections in one column, or in two where there is room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from dockertui.resources.tab import Sections
from dockertui.sync import Member
from dockertui.widgets.command import bindings, command
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.section_list import SectionList
from dockertui.widgets.tick import Rest

_TWO_COLUMNS = 110
"""Cells from which on two columns are read more easily than one."""


class SectionPage(Horizontal):
    """Shows what is known of an engine, and asks it what must be asked.

    While one goes through it nothing moves: it is written anew once one rests.
    """

    DEFAULT_CSS = """
    SectionPage {
        & > SectionList { width: 11fr; height: 1fr; }
        & > .beside { width: 9fr; display: none; padding-left: 2; }
        &.-two > .beside { display: block; }
    }
    """

    def __init__(self, body: Sections) -> None:
        """Show nothing yet.

        Args:
            body: What to show.
        """
        super().__init__()
        self.first, self.second = SectionList(), SectionList()
        self.second.add_class("beside")
        self._body = body
        self._member: Member | None = None
        self._let_go: Callable[[], None] | None = None
        self._rest = Rest(self._show)

    def compose(self) -> ComposeResult:
        """Put both columns beside each other; style sheets hide the second where it is narrow."""
        yield self.first
        yield self.second

    @property
    def position_text(self) -> str:
        """Where in it one is."""
        at = self.second if self.second.has_focus else self.first
        return at.position_text

    def follow(self, member: Member) -> None:
        """Show what is known of an engine, now and as it changes."""
        if member is not self._member:
            self.let_go()
            self._member = member
            if self._body.asks is not None:
                self._let_go = self._body.asks(member).subscribe(self._answered)
            self._show()
        else:
            self._rest.want()

    def let_go(self) -> None:
        """Follow nothing any more."""
        self._rest.stop()
        self._member = None
        if self._let_go is not None:
            self._let_go()
            self._let_go = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        member, asks = self._member, self._body.asks
        if action == "ask":
            return asks is not None and not self._body.at_once
        if action == "give_up":
            return member is not None and asks is not None and asks(member).is_asking
        return super().check_action(action, parameters)

    @command("r", "Ask", show=True)
    def action_ask(self) -> None:
        """Ask the engine; or ask it again, for what is shown is as old as it says."""
        if self._member is not None and self._body.asks is not None:
            self._body.asks(self._member).ask()

    @command("left,h", "Left column")
    def action_left(self) -> None:
        """Go to the left column."""
        self.first.focus(scroll_visible=False)

    @command("right,l", "Right column")
    def action_right(self) -> None:
        """Go to the right column."""
        if self.second.display:
            self.second.focus(scroll_visible=False)

    @command("escape", "Give up")
    def action_give_up(self) -> None:
        """Wait for the engine no longer."""
        if self._member is not None and self._body.asks is not None:
            self._body.asks(self._member).give_up()

    def on_key(self) -> None:
        """Let nothing move while one goes through it."""
        self._rest.touch()

    def on_mouse_scroll_down(self) -> None:
        """Let nothing move while one goes through it."""
        self._rest.touch()

    def on_mouse_scroll_up(self) -> None:
        """Let nothing move while one goes through it."""
        self._rest.touch()

    def on_resize(self, event: events.Resize) -> None:
        """Put the sections into as many columns as there is room for."""
        two = event.size.width >= _TWO_COLUMNS
        if two is not self.has_class("-two"):
            had_focus = self.second.has_focus
            self.set_class(two, "-two")
            if had_focus:
                self.first.focus(scroll_visible=False)
            self._show()

    def on_unmount(self) -> None:
        """Follow nothing any more."""
        self.let_go()

    def on_descendant_focus(self) -> None:
        """Say where one is in the column that has the focus."""
        self.post_message(PositionChanged(self))

    def _answered(self) -> None:
        if self.is_attached:
            self.refresh_bindings()
            self._show()

    def _show(self) -> None:
        if self._member is None:
            return
        sections = self._body.sections(self._member, datetime.now(UTC))
        two = self.has_class("-two") and any(it.beside for it in sections)
        self.second.display = two
        self.first.show([it for it in sections if not (two and it.beside)])
        self.second.show([it for it in sections if two and it.beside])

    BINDINGS: ClassVar = bindings(locals())
