"""What can be read about the selected object."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer

from dockertui.engine import EngineError, EngineUnavailable, TimedOut
from dockertui.model import DockerObject
from dockertui.resources.tab import Facts, Known, Layers, Log, Others, Rows, Sections, Tab, Text
from dockertui.widgets.detail_body import DetailBody
from dockertui.widgets.detail_pages import prepare_log
from dockertui.widgets.detail_sources import DetailSources
from dockertui.widgets.loading import Loading
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.titled_pane import TabbedPane


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


class DetailPane(TabbedPane):
    """Shows one tab at a time, and keeps to it from object to object.

    Nothing is asked of an engine unless somebody can see the answer.
    """

    def __init__(self, sources: DetailSources) -> None:
        """Show nothing yet.

        Args:
            sources: Where what can be read comes from.
        """
        super().__init__()
        self.target: DockerObject | None = None
        self._sources = sources
        self._tabs: Sequence[Tab[Any]] = ()
        self._chosen: dict[str, str] = {}
        self._body = DetailBody()
        self._loading = Loading(self._answered, self._failed, self._waiting)
        self._answer: Any = None
        self._counting: Timer | None = None
        self._in_view = False

    def compose(self) -> ComposeResult:
        """Fill it with the body."""
        yield self._body

    @property
    def reading(self) -> Reading | None:
        """What is read now; `None` while nothing is selected."""
        if self.target is None or not self._tabs:
            return None
        chosen = self._chosen.get(self.target.kind)
        tab = next((it for it in self._tabs if it.title == chosen), self._tabs[0])
        return Reading(self.target, tab)

    def show(self, target: DockerObject | None, tabs: Sequence[Tab[Any]]) -> None:
        """Show another object.

        Args:
            target: The object; `None` when nothing is selected.
            tabs: What can be read about it.
        """
        if target is not None and self.target is not None and target.key == self.target.key:
            self.refresh_target(target)
            return
        self._body.let_go()
        self.target, self._tabs = target, tabs
        self._load()

    def refresh_target(self, target: DockerObject) -> None:
        """Take the new values of the object that is shown."""
        if target != self.target:
            self.target = target
            self._load()

    def reload(self) -> None:
        """Ask the engine again for what is open."""
        self._load()

    def open_tab(self, title: str) -> bool:
        """Open a tab by its title; says whether the object has such a tab."""
        reading = self.reading
        if reading is None or all(it.title != title for it in self._tabs):
            return False
        if reading.tab.title != title:
            self._chosen[reading.target.kind] = title
            self._load()
        return True

    def source_name(self, tag: bytes) -> str:
        """The name of the container whose lines have a tag in the open log; empty if none has."""
        return self._body.source_name(tag)

    def focus_body(self) -> None:
        """Give the focus to what is open."""
        self._body.focus_open()

    def set_stale(self, stale: bool) -> None:
        """Dim what is shown while its engine is lost; ask again when it is back."""
        if stale != self.has_class("-stale"):
            self.set_class(stale, "-stale")
            self._body.set_stale(stale)
            if not stale:
                self._load()

    def on_mount(self) -> None:
        """Ask for nothing while another program has the terminal."""
        self.app.app_suspend_signal.subscribe(self, lambda _: self._rest(), immediate=True)
        self.app.app_resume_signal.subscribe(self, lambda _: self._load(), immediate=True)

    def on_show(self) -> None:
        """Ask for what can be seen now."""
        self._in_view = True
        self._load()

    def on_hide(self) -> None:
        """Ask for nothing that cannot be seen."""
        self._in_view = False
        self._rest()

    def on_unmount(self) -> None:
        """Let go of everything."""
        self._rest()

    def on_log_view_state_changed(self) -> None:
        """Say where in the log one is; by its name, for the log's page is imported late."""
        self._write_foot()

    @on(PositionChanged)
    def _write_foot(self) -> None:
        self.set_foot(Content(self._body.position_text))

    def _load(self) -> None:
        self._rest()
        self._retitle()
        reading = self.reading
        if reading is None:
            self._say("Nothing is selected.")
        elif reason := reading.tab.unless(reading.target):
            self._say(reason)
        elif self._in_view:
            self._ask(reading)

    def _retitle(self) -> None:
        titles = [it.title for it in self._tabs]
        if (reading := self.reading) is None:
            self.set_tabs("", (), 0)
        else:
            self.set_tabs(reading.target.name, titles, titles.index(reading.tab.title))

    def _ask(self, reading: Reading) -> None:
        target, body, known = reading.target, reading.tab.body, self._is_known
        if known:
            self._body.open(reading.page, target.key)
            self._write_foot()
        elif not self._body.is_at(reading.page):
            self._say("")
        if isinstance(body, Sections):
            self._answered(self._sources.opened(target, body))
        elif not (isinstance(body, Log) and known):
            every_s = 0.0
            if isinstance(body, Known | Rows | Layers | Others | Text):
                every_s = body.every_s
            self._loading.ask(lambda: self._ask_for(reading), every_s=every_s)

    async def _ask_for(self, reading: Reading) -> object:
        if isinstance(reading.tab.body, Log) and not self._body.has(reading.page):
            # What draws a log takes a while to be imported: the lists are drawn before.
            drawn = asyncio.Event()
            self.call_after_refresh(drawn.set)
            await drawn.wait()
            await prepare_log()
        return await self._sources.ask(reading.target, reading.tab.body)

    def _answered(self, answer: object) -> None:
        if (reading := self.reading) is None:
            return
        self._answer = answer
        self._fill(reading)
        body = reading.tab.body
        if isinstance(body, Facts | Sections) and body.every_s:
            self._counting = self.set_interval(body.every_s, lambda: self._fill(reading))

    def _fill(self, reading: Reading) -> None:
        page = self._body.page_of(reading.page, reading.tab.body)
        if reason := page.fill(reading.target, self._answer, datetime.now(UTC)):
            self._say(reason)
        else:
            self._body.open(reading.page, reading.target.key)
            self._write_foot()

    def _failed(self, error: EngineError) -> None:
        lost = isinstance(error, EngineUnavailable | TimedOut)
        if not (lost and self._is_known):
            self._say(str(error), failure=True)

    def _waiting(self) -> None:
        if self.target is not None and not self._is_known:
            self._say(f"Waiting for the engine to tell about {self.target.name}.")

    @property
    def _is_known(self) -> bool:
        """Does the page show the object already, as it was a while ago perhaps?"""
        reading = self.reading
        return reading is not None and self._body.shows(reading.page, reading.target.key)

    def _say(self, sentence: str, *, failure: bool = False) -> None:
        self._body.say(sentence, failure=failure)
        self._write_foot()

    def _rest(self) -> None:
        self._loading.stop()
        if self._counting is not None:
            self._counting.stop()
            self._counting = None
