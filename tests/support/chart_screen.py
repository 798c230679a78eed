"""Charts alone in an app, and what a test does with them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from rich.style import Style
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.filter import LineFilter, NoColor
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Button

from dockertui.resources.usage_charts import CONTAINER_CHARTS
from dockertui.themes import THEMES
from dockertui.widgets.chart_page import ChartPage, SeriesWanted
from dockertui.widgets.row_messages import CopyWanted
from tests.support.detail_screen import container
from tests.support.told_measurements import NOW_S, ToldMeasurements

PATIENCE_S = 5.0
MIB = 1024.0**2


def local(moment_s: float, form: str = "%H:%M:%S") -> str:
    """A moment on the clock of who runs the tests."""
    return datetime.fromtimestamp(moment_s).strftime(form)


class ChartApp(App[None]):
    """Nothing but charts, and something else that can have the focus."""

    CSS = "ChartPage { height: 1fr; } Button { display: none; }"
    BINDINGS = [("escape", "back", "Back")]  # noqa: RUF012 - as Textual has it

    def __init__(self, *, colours: bool = True) -> None:
        super().__init__()
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = "dark"
        self.no_color = not colours
        self.page = ChartPage(CONTAINER_CHARTS)
        self.wanted: list[Message] = []
        self.times_back = 0

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return [*filters, NoColor()] if self.no_color else filters

    def compose(self) -> ComposeResult:
        with Vertical(id="pane"):
            yield self.page
        yield Button("elsewhere")

    def on_copy_wanted(self, message: CopyWanted) -> None:
        self.wanted.append(message)

    def on_series_wanted(self, message: SeriesWanted) -> None:
        self.wanted.append(message)

    async def action_back(self) -> None:
        self.times_back += 1


class ChartScreen:
    """What a test does with the app."""

    def __init__(self, app: ChartApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.page = app.page
        self.told = ToldMeasurements()
        self.web = container("web-1")

    def follow(self, idle: str = "") -> None:
        """Show the container."""
        self.page.follow(self.web, self.told, idle)

    def measure(self, seconds: int = 900, **figures: float | None) -> None:
        """Have it measured each second up to now: CPU counts up to 99 again and again."""
        usual = {"memory_bytes": 64 * MIB, "memory_limit_bytes": 128 * MIB, "processes": 7.0}
        for ago_s in range(seconds, -1, -1):
            cpu = float(-ago_s % 100)
            self.told.note(self.web, NOW_S - ago_s, **({"cpu_percent": cpu} | usual | figures))
        self.told.tell()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    def begin_anew(self, seconds: int) -> None:
        """Show it as if it had been measured for so long."""
        self.page.let_go()
        self.told = ToldMeasurements()
        self.measure(seconds)
        self.follow()

    def styles(self) -> set[Style]:
        """All styles that are on the screen."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001
        return {it.style for strip in strips for it in strip if it.style is not None}

    def lines(self) -> list[str]:
        """The lines of the screen."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001
        return ["".join(segment.text for segment in strip) for strip in strips]

    def text(self) -> str:
        """Everything on the screen, as characters."""
        return "\n".join(self.lines())

    def line(self, part: str) -> str:
        """The line of the screen that has a text in it."""
        return next(it for it in self.lines() if part in it)

    async def see(self, text: str) -> None:
        """Wait until a text is on the screen."""
        await self.until(lambda: text in self.text(), f"to see {text!r}")

    async def no_longer_see(self, text: str) -> None:
        """Wait until a text has left the screen."""
        await self.until(lambda: text not in self.text(), f"no longer to see {text!r}")

    async def until(self, condition: Callable[[], Any], what: str = "") -> None:
        """Wait for something to be so."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not condition():
                    await asyncio.sleep(0.002)
        except TimeoutError:
            raise AssertionError(f"waited in vain {what}; the screen:\n{self.text()}") from None


@asynccontextmanager
async def chart_screen(
    size: tuple[int, int] = (100, 40), *, colours: bool = True
) -> AsyncGenerator[ChartScreen]:
    """Open the app, with the focus in the charts."""
    app = ChartApp(colours=colours)
    async with app.run_test(size=size) as pilot:
        screen = ChartScreen(app, pilot)
        app.page.focus()
        await screen.until(lambda: app.page.has_focus)
        yield screen
