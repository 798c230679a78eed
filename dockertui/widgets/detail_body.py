"""The pages of the detail, of which one is open, or a sentence in their place."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from typing import Any, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from dockertui.model import DockerObject
from dockertui.resources.tab import Body, Facts, Log, Rows, Tab, Tree
from dockertui.widgets.detail_table import DetailTable
from dockertui.widgets.fact_list import FactList
from dockertui.widgets.inspect_tree import InspectTree
from dockertui.widgets.log_page import LogPage

Page = FactList | DetailTable | InspectTree | LogPage


def page_for(body: Body[Any]) -> Page:
    """Make the widget that shows such a body."""
    match body:
        case Facts():
            return FactList()
        case Rows():
            return DetailTable()
        case Tree():
            return InspectTree()
        case Log():
            return LogPage()


class Reading(NamedTuple):
    """What somebody reads about what."""

    target: DockerObject
    """The selected object."""
    tab: Tab[Any]
    """The open tab."""

    @property
    def page(self) -> Hashable:
        """The name of the page: objects of a kind share it."""
        return self.target.kind, self.tab.title


def fill(page: Page, reading: Reading, answer: Any, now: datetime) -> str:  # noqa: ANN401
    """Show what was answered.

    Args:
        page: Made by `page_for`.
        reading: What somebody reads in it.
        answer: What was loaded; for a log, what opens it.
        now: The time to count from.

    Returns:
        Why there is nothing to show, if so.
    """
    target, key = reading.target, reading.target.key
    match reading.tab.body, page:
        case Facts() as body, FactList():
            if not (facts := tuple(body.facts(target, answer, now))):
                return body.empty
            page.show(facts, key)
        case Rows() as body, DetailTable():
            if not answer.rows:
                return body.empty
            page.show(answer, key)
        case Tree(), InspectTree():
            page.show(answer, key)
        case Log(), LogPage():
            page.follow(answer)
    return ""


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
        self._open: Widget = self._sentence
        self._pages: dict[Hashable, Page] = {}
        self._owners: dict[Hashable, Hashable] = {}

    def compose(self) -> ComposeResult:
        """Fill it with the sentence; pages come when they are first opened."""
        yield self._sentence

    @property
    def page(self) -> Page | None:
        """The open page; `None` while a sentence stands there."""
        return next((it for it in self._pages.values() if it is self._open), None)

    @property
    def position_text(self) -> str:
        """Where in the open page one is."""
        return self.page.position_text if self.page is not None else ""

    def shows(self, name: Hashable, owner: Hashable) -> bool:
        """Is what a page shows about this object?"""
        return self._owners.get(name) == owner

    def is_at(self, name: Hashable) -> bool:
        """Is this page the open one?"""
        return self._open is self._pages.get(name)

    def page_of(self, name: Hashable, body: Body[Any]) -> Page:
        """A page by its name, made if need be, but not open yet."""
        if (page := self._pages.get(name)) is None:
            page = self._pages[name] = page_for(body)
            page.display = False
            _view(page).set_class(self.has_class("-stale"), "-stale")
            self.mount(page)
        return page

    def open(self, name: Hashable, owner: Hashable) -> None:
        """Open a page that has been made.

        Args:
            name: The page's.
            owner: Whom it is about.
        """
        self._owners[name] = owner
        self._turn_to(self._pages[name])

    def let_go(self) -> None:
        """Follow no log any more: another object is about to be shown."""
        for name, page in self._pages.items():
            if isinstance(page, LogPage):
                page.let_go()
                self._owners.pop(name, None)

    def say(self, sentence: str, *, failure: bool = False) -> None:
        """Write a sentence in place of a page."""
        self._sentence.set_class(failure, "-failure")
        if self._sentence.content != sentence:
            self._sentence.update(Content(sentence))
        self._turn_to(self._sentence)

    def set_stale(self, stale: bool) -> None:
        """Dim what is shown, or not."""
        self.set_class(stale, "-stale")
        for page in self._pages.values():
            _view(page).set_class(stale, "-stale")

    def focus_open(self) -> None:
        """Give the focus to what is open."""
        _view(self._open).focus(scroll_visible=False)

    def _turn_to(self, widget: Widget) -> None:
        if widget is self._open:
            return
        had_focus = self.has_focus_within
        self._open, before = widget, self._open
        widget.display = True
        if had_focus:
            self.focus_open()
        before.display = False


def _view(page: Widget) -> Widget:
    return page.tree_view if isinstance(page, InspectTree) else page
