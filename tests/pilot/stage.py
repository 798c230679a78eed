"""Somewhere to open a dialog, and questions to ask in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Static

from dockertui.actions.question import Check, Choice, Entry, Question
from dockertui.screens.dialog import Dialog
from dockertui.screens.item import Item

Result = TypeVar("Result")
HOSTILE = "[red]x[/] [/red] \\[ $primary"
"""A name that is markup, and bad markup."""

REMOVE = Question(
    title="Remove 27 containers?",
    sentence="They are stopped first.",
    gone=tuple(f"worker-{number}" for number in range(27)),
    fields=(Check("force", "Kill what does not stop"), Check("volumes", "Remove volumes", True)),
    verb="Remove 27 containers",
    destroys=True,
)
RENAME = Question(
    title="Rename web-1",
    fields=(
        Entry("name", "New name", "web-1", problem=lambda it: "" if it != "web-1" else "Same."),
    ),
    verb="Rename",
)
SIGNAL = Question(
    title="Send a signal",
    fields=(Choice("signal", "Signal", (("TERM", "asks"), ("KILL", "ends"), ("HUP", "")), "KILL"),),
    verb="Send",
    refusal="Cancel",
)
TYPED = Question(
    title="Take shop down?",
    fields=(Entry("name", "Type shop", problem=lambda it: "" if it == "shop" else "Type shop."),),
    verb="Remove shop",
    destroys=True,
)
ITEMS = (
    Item(id="logs", key="l", label="Logs", help="See what it writes.", group="web-1"),
    Item(id="start", key="s", label="Start", group="web-1", enabled=False, why_not="it runs"),
    Item(id="stop", key="s", label="Stop", help="Ask it to exit.", group="web-1"),
    Item(id="unpause", key="p", label="Unpause", enabled=False, why_not="it is not paused"),
    Item(id="remove", key="d,delete", label="Remove", help="Remove it.", group="web-1"),
    Item(id="prune", key="ctrl+x", label="Prune", help="Remove what no one uses.", group="images"),
)


class Stage(App[None]):
    """Something to dim, and an error that a clipped text would raise."""

    def __init__(self) -> None:
        super().__init__()
        self.copied: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("behind " * 500, id="behind")

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)


class Opened(Generic[Result]):
    """An open dialog, and what it answers."""

    def __init__(self, pilot: Pilot[None], dialog: Dialog[Result]) -> None:
        self.pilot = pilot
        self.app = pilot.app
        self.dialog = dialog
        self.results: list[Result | None] = []

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                await self.pilot.pause()

    @property
    def closed(self) -> bool:
        return bool(self.results)

    def text(self, selector: str) -> str:
        """The words on a widget."""
        widget = self.dialog.query_one(selector)
        region = widget.region
        lines = widget.render_lines(Region(0, 0, region.width, region.height))
        return "\n".join(line.text.rstrip() for line in lines)


@asynccontextmanager
async def opened(
    dialog: Dialog[Result], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Opened[Result]]:
    app = Stage()
    async with app.run_test(size=size) as pilot:
        opening = Opened(pilot, dialog)
        app.push_screen(dialog, opening.results.append)
        await pilot.pause()
        yield opening


def screen_lines(it: Opened[Result]) -> Sequence[str]:
    return [strip.text for strip in it.dialog._compositor.render_strips()]  # noqa: SLF001
