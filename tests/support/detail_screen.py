"""The detail alone in an app, over an engine that answers when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, ClassVar, cast

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button

from dockertui.engine import Engine, EngineError
from dockertui.model import Container, ContainerState, Image, Layer, ProcessTable
from dockertui.model.container_detail import ContainerDetail
from dockertui.model.image_detail import ImageDetail
from dockertui.resources.container_tabs import TABS
from dockertui.store import Store
from dockertui.sync import Member, Watcher
from dockertui.widgets.detail_pane import DetailPane
from dockertui.widgets.detail_sources import DetailSources
from dockertui.widgets.row_messages import CopyWanted
from tests.support.told_feed import ToldFeed
from tests.support.told_measurements import ToldMeasurements

PATIENCE_S = 5.0


def container(name: str, **values: Any) -> Container:
    """A running container, whose ID is made from its name."""
    return Container(
        **{"id": name * 8, "name": name, "state": ContainerState.RUNNING, "image": "x"} | values
    )


class ToldEngine:
    """Answers with what a test put in it, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, Any] = {
            "detail": lambda id_: ContainerDetail(
                id=id_, env=(("NAME", id_), ("API_KEY", "s3cret"))
            ),
            "inspect": lambda it: {"Name": it.name, "Config": {"Env": ["API_KEY=s3cret", "A=b"]}},
            "processes": lambda _: ProcessTable(("PID", "CMD"), (("1", "init"), ("2", "work"))),
            "image_detail": lambda id_: ImageDetail(id=id_, layers=("sha256:1",)),
            "history": lambda _: (Layer("", None, "RUN make " + "all " * 60, 5),),
        }
        self.error: EngineError | None = None
        self.answering = asyncio.Event()
        self.answering.set()

    def has_asked(self, what: str, times: int) -> bool:
        """Was it asked so often?"""
        return self.asked.count(what) >= times

    async def detail(self, container_id: str) -> ContainerDetail:
        return cast("ContainerDetail", await self._answer("detail", container_id))

    async def inspect(self, target: Container | Image) -> dict[str, Any]:
        return cast("dict[str, Any]", await self._answer("inspect", target))

    async def processes(self, container_id: str) -> ProcessTable:
        return cast("ProcessTable", await self._answer("processes", container_id))

    async def image_detail(self, image_id: str) -> ImageDetail:
        return cast("ImageDetail", await self._answer("image_detail", image_id))

    async def history(self, image_id: str) -> tuple[Layer, ...]:
        return cast("tuple[Layer, ...]", await self._answer("history", image_id))

    async def _answer(self, what: str, about: Any) -> Any:
        self.asked.append(what)
        await self.answering.wait()
        if self.error is not None:
            raise self.error
        return self.answers[what](about)


class DetailApp(App[None]):
    """A detail pane, and something else that can have the focus."""

    CSS = "DetailPane { height: 1fr; }"
    BINDINGS: ClassVar = [("escape", "back", "Back")]

    def __init__(self) -> None:
        super().__init__()
        self.engine = ToldEngine()
        self.feeds: list[ToldFeed] = []
        self.copied: list[tuple[str, str]] = []
        self.times_back = 0
        self.member = Member(cast("Engine", self.engine), Store(), cast("Watcher", None))
        self.measurements = ToldMeasurements()
        self.pane = DetailPane(
            DetailSources(
                engine_of=lambda _: cast("Engine", self.engine),
                open_log=self._open_log,
                measurements=lambda: self.measurements,
                member_of=lambda _: self.member,
            )
        )

    def compose(self) -> ComposeResult:
        yield self.pane
        yield Button("elsewhere")

    def on_copy_wanted(self, message: CopyWanted) -> None:
        self.copied.append((message.text, message.what))

    async def action_back(self) -> None:
        self.times_back += 1

    def _open_log(self, container: Container, changed: Callable[[], None]) -> ToldFeed:
        self.feeds.append(ToldFeed(container, changed))
        return self.feeds[-1]


class DetailScreen:
    """What a test does with the app."""

    def __init__(self, app: DetailApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.pane = app.pane
        self.engine = app.engine

    def show(self, target: Container, tab: str = "") -> None:
        """Select a container, and open a tab."""
        self.pane.show(target, TABS)
        if tab:
            self.pane.open_tab(tab)

    async def read(self, target: Container, tab: str, text: str) -> None:
        """Open a tab with the focus in it, and wait for a text."""
        self.show(target, tab)
        await self.see(text)
        self.pane.focus_body()
        await self.until(lambda: self.pane.has_focus_within)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    def text(self) -> str:
        """Everything on the screen, as characters."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    def line(self, part: str) -> str:
        """The line of the screen that has a text in it."""
        return next(it for it in self.text().splitlines() if part in it)

    @property
    def foot(self) -> str:
        """What the lower border says."""
        return self.text().splitlines()[self.pane.outer_size.height - 1].strip("╰─╯ ")

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

    def watch_repaints(self, widget: Widget, monkeypatch: Any) -> list[tuple[Any, ...]]:
        """Keep what a widget wants drawn from now on."""
        wanted: list[tuple[Any, ...]] = []
        refresh = widget.refresh

        def kept(*regions: Any, **how: Any) -> Widget:
            wanted.append(regions)
            return refresh(*regions, **how)

        monkeypatch.setattr(widget, "refresh", kept)
        return wanted


@asynccontextmanager
async def detail_screen(size: tuple[int, int] = (90, 24)) -> AsyncGenerator[DetailScreen]:
    """Open the app."""
    app = DetailApp()
    async with app.run_test(size=size) as pilot:
        yield DetailScreen(app, pilot)
