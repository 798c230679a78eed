"""A log's page alone in an app, and what a test does with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Static

from dockertui.store.log_source import LogSource
from dockertui.themes import THEMES
from dockertui.widgets.log_messages import ProgramWanted, RecordWanted, SaveWanted, SourcesWanted
from dockertui.widgets.log_page import LogPage
from dockertui.widgets.log_stamps import Stamps
from dockertui.widgets.row_messages import CopyWanted
from tests.support.detail_screen import container as a_container
from tests.support.told_feed import ToldFeed

PATIENCE_S = 5.0
WANTED = (CopyWanted, ProgramWanted, RecordWanted, SaveWanted, SourcesWanted)


class PageApp(App[None]):
    """Nothing but a log's page, and what its foot says."""

    CSS = "Static { height: 1; }"
    BINDINGS = [("escape", "back", "Back")]  # noqa: RUF012 - as Textual has it

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = "dark"
        self.page = LogPage()
        self.foot = Static("", markup=False)
        self.wanted: list[Message] = []
        self.times_back = 0

    def compose(self) -> ComposeResult:
        yield self.page
        yield self.foot

    def on_event_of_page(self) -> None:
        """Write the foot."""
        self.foot.update(self.page.position_text)

    on_position_changed = on_log_view_state_changed = on_event_of_page

    def keep(self, message: Message) -> None:
        """Keep what a person wanted."""
        self.wanted.append(message)

    on_copy_wanted = on_program_wanted = on_record_wanted = on_save_wanted = on_sources_wanted = (
        keep
    )

    async def action_back(self) -> None:
        """Count."""
        self.times_back += 1


class PageScreen:
    """What a test does with the app."""

    def __init__(self, app: PageApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.page = app.page
        self.view = app.page.view
        self.feed = self.opened()

    def opened(self, name: str = "web-1") -> ToldFeed:
        """Follow a new log."""
        feeds: list[ToldFeed] = []

        def open_log(changed: Callable[[], None]) -> ToldFeed:
            feeds.append(ToldFeed(a_container(name), changed))
            return feeds[0]

        self.page.follow(open_log)
        self.feed = feeds[0]
        return self.feed

    def write(self, *texts: str, stream: str = "1", minute: int = 3, tag: str = "") -> None:
        """Give the log lines, and say so."""
        stamp = f"2026-11-23T12:{minute:02}:11.123456789Z"
        self.feed.append("".join(f"{tag}{stream}{stamp} {text}\n" for text in texts))

    def count(self, start: int, end: int) -> None:
        """Write numbered lines."""
        self.write(*(f"line {number}" for number in range(start, end)))

    def know(self, *names: str) -> None:
        """Say whose lines there are; their tags are A, B and so on."""
        self.feed.sources = {
            chr(65 + at).encode(): LogSource(
                tag=chr(65 + at).encode(), number=at, name=name, short=name
            )
            for at, name in enumerate(names)
        }

    def texts(self) -> list[str]:
        """The lines in the window, without marks and blanks."""
        rows = [strip.text[:-1].strip() for _, strip in self.view.reader.rows()]
        return [row for row in rows if row]

    def screen_text(self) -> str:
        """Everything on the screen, as characters."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    def row_of(self, text: str) -> int:
        """The row of the screen that has a text in it."""
        rows = self.screen_text().splitlines()
        return next(at for at, row in enumerate(rows) if text in row)

    @property
    def here(self) -> str:
        """The text of the line that one is at."""
        line = self.view.cursor.line
        if line is None:
            return ""
        return self.view.reader.lines.lines(line, line + 1)[0].decode().partition("Z ")[2]

    @property
    def foot(self) -> str:
        """What the foot says."""
        return self.page.position_text

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str, *keys: str) -> None:
        """Type letters, then press keys."""
        await self.pilot.press(*text, *keys)

    async def until(self, condition: Callable[[], Any], what: str = "") -> None:
        """Wait for something to be so."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not condition():
                    await asyncio.sleep(0.002)
        except TimeoutError:
            said = f"waited in vain {what}; {self.foot!r}\n{self.screen_text()}"
            raise AssertionError(said) from None

    async def see(self, text: str) -> None:
        """Wait until a text is on the screen."""
        await self.until(lambda: text in self.screen_text(), f"to see {text!r}")

    async def shows(self, texts: list[str]) -> None:
        """Wait for these rows, which must be all."""
        await self.until(lambda: self.texts() == texts, f"for {texts}")

    async def is_at(self, text: str) -> None:
        """Wait until the cursor is at a line."""
        await self.until(lambda: self.here == text, f"to be at {text!r}, not {self.here!r}")

    async def says(self, words: str) -> None:
        """Wait until the foot says something."""
        await self.until(lambda: words in self.foot, f"for {words!r}")


@asynccontextmanager
async def opened_page(width: int = 60, height: int = 12) -> AsyncGenerator[PageScreen]:
    """A focused page with an empty log without times; one more row is for the foot."""
    app = PageApp()
    async with app.run_test(size=(width, height + 1)) as pilot:
        screen = PageScreen(app, pilot)
        screen.view.set_layout(replace(screen.view.reader.layout, stamps=Stamps.OFF))
        screen.view.focus()
        await pilot.pause()
        yield screen
