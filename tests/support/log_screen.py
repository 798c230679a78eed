"""A log view alone in an app, and what a test does with it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from dockertui.store.log_store import LogStore
from dockertui.widgets.log_stamps import Stamps
from dockertui.widgets.log_view import LogView

WIDTH, HEIGHT = 40, 10


class LogApp(App[None]):
    """Nothing but a log."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[LogView.StateChanged] = []

    def compose(self) -> ComposeResult:
        yield LogView()

    def on_log_view_state_changed(self, message: LogView.StateChanged) -> None:
        self.told.append(message)


class LogScreen:
    """What a test does with the app."""

    def __init__(self, app: LogApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.view = app.query_one(LogView)
        self.store = LogStore()

    def write(self, *texts: str | bytes, stream: str = "1", second: int = 11) -> None:
        """Give the store lines, and say so."""
        for text in texts:
            raw = text if isinstance(text, bytes) else text.encode()
            self.store.append(
                f"{stream}2026-11-23T12:03:{second:02}.123456789Z ".encode() + raw + b"\n"
            )
        self.view.grew()

    def count(self, start: int, end: int) -> None:
        """Write numbered lines."""
        self.write(*(f"line {number}" for number in range(start, end)))

    def rows(self) -> list[str]:
        """The text on screen, scroll bar included."""
        return [strip.text for strip in self.strips()]

    def strips(self) -> list[Strip]:
        """What is on screen."""
        return self.view.render_lines(Region(0, 0, *self.view.size))

    def texts(self) -> list[str]:
        """The text on screen, without marks and blanks."""
        return [row[:-1].strip() for row in self.rows() if row[:-1].strip()]

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something to come true."""
        for _ in range(200):
            if is_so():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(self.rows())

    async def shows(self, texts: list[str]) -> None:
        """Wait for these rows, which must be all."""
        await self.until(lambda: self.texts() == texts)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)


@asynccontextmanager
async def opened_log() -> AsyncGenerator[LogScreen]:
    """A focused, empty log without times."""
    app = LogApp()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = LogScreen(app, pilot)
        screen.view.set_layout(replace(screen.view.reader.layout, stamps=Stamps.OFF))
        screen.view.show(screen.store)
        screen.view.focus()
        await pilot.pause()
        app.told.clear()
        yield screen


def numbered(start: int, end: int) -> list[str]:
    """What `count` writes, as it is shown."""
    return [f"line {number}" for number in range(start, end)]
