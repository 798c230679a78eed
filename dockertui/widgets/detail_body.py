"""The pages of the detail, of which one is open, or a sentence in their place."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import AwaitMount, Widget
from textual.widgets import Static

from dockertui.resources.tab import Body
from dockertui.widgets.detail_pages import Page, page_for


class Sentence(Static, can_focus=True):
    """Says why there is nothing to read."""

    DEFAULT_CSS = """
    Sentence { padding: 0 1; color: $text-muted; }
    Sentence.-failure { color: $text-error; }
    """


class DetailBody(Vertical):
    """Holds a page for each tab that was opened. The focus, once here, stays with what is open."""

    DEFAULT_CSS = """
    DetailBody > * { height: 1fr; }
    """

    def __init__(self) -> None:
        """Begin with an empty sentence."""
        super().__init__()
        self._sentence = Sentence()
        self._said = ""
        self._open: Page | None = None
        self._pages: dict[Hashable, Page] = {}
        self._owners: dict[Hashable, Hashable] = {}
        self._mounting: AwaitMount | None = None

    def compose(self) -> ComposeResult:
        """Fill it with the sentence; pages come when they are first opened."""
        yield self._sentence

    @property
    def position_text(self) -> str:
        """Where in the open page one is."""
        return self._open.position() if self._open is not None else ""

    def shows(self, name: Hashable, owner: Hashable) -> bool:
        """Is what a page shows about this object?"""
        return self._owners.get(name) == owner

    def has(self, name: Hashable) -> bool:
        """Has a page been made?"""
        return name in self._pages

    def is_at(self, name: Hashable) -> bool:
        """Is this page the open one?"""
        return self._open is not None and self._open is self._pages.get(name)

    def page_of(self, name: Hashable, body: Body[Any]) -> Page:
        """A page by its name, made if need be, but not open yet."""
        if (page := self._pages.get(name)) is None:
            page = self._pages[name] = page_for(body)
            page.widget.display = False
            page.set_stale(self.has_class("-stale"))
            self._mounting = self.mount(page.widget)
        return page

    async def ready(self) -> Widget:
        """Wait until what is open can take the focus, which may be part of a page made just now.

        Returns:
            What takes it.
        """
        if self._mounting is not None:
            await self._mounting
        return self._view

    def open(self, name: Hashable, owner: Hashable) -> None:
        """Open a page that has been made.

        Args:
            name: The page's.
            owner: Whom it is about.
        """
        self._owners[name] = owner
        self._turn_to(self._pages[name])

    def source_name(self, tag: bytes) -> str:
        """The name of the container whose lines have a tag in the open log; empty if none has."""
        return self._open.source_name(tag) if self._open is not None else ""

    def let_go(self) -> None:
        """Follow no log any more: another object is about to be shown."""
        for page in self._pages.values():
            page.let_go()
        self._owners.clear()

    def say(self, sentence: str, *, failure: bool = False) -> None:
        """Write a sentence in place of a page."""
        self._sentence.set_class(failure, "-failure")
        if self._said != sentence:
            self._said = sentence
            self._sentence.update(Content(sentence))
        self._turn_to(None)

    def set_stale(self, stale: bool) -> None:
        """Dim what is shown, or not."""
        self.set_class(stale, "-stale")
        for page in self._pages.values():
            page.set_stale(stale)

    def focus_open(self) -> None:
        """Give the focus to what is open."""
        if self._view.is_attached:
            # Not `focus()`, which takes effect later: something else may be open by then.
            self.screen.set_focus(self._view, scroll_visible=False)
        else:  # It is part of a page that was made just now.
            self.call_after_refresh(self.focus_open)

    def _turn_to(self, page: Page | None) -> None:
        if page is self._open:
            return
        had_focus = self.has_focus_within
        before, self._open = self._widget, page
        self._widget.display = True
        if had_focus:
            self.focus_open()
        before.display = False

    @property
    def _view(self) -> Widget:
        return self._sentence if self._open is None else self._open.view

    @property
    def _widget(self) -> Widget:
        return self._sentence if self._open is None else self._open.widget
