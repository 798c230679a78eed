"""Somebody at the keyboard: presses keys, reads the screen, waits for what should appear."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from dockertui.app import DockerTUI
from dockertui.engine import Engine
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.model import DockerObject
from dockertui.screens.main import MainScreen
from dockertui.sim.server import SimulatedEngine

PATIENCE_S = 8.0


class Person:
    """A pilot with eyes."""

    def __init__(self, app: DockerTUI, pilot: Pilot[None], sim: SimulatedEngine) -> None:
        """Sit down.

        Args:
            app: What is on the screen.
            pilot: The hands.
            sim: What the app shows.
        """
        self.app = app
        self.pilot = pilot
        self.sim = sim

    @classmethod
    @asynccontextmanager
    async def at(
        cls,
        sim: SimulatedEngine,
        *,
        size: tuple[int, int] = (160, 50),
        read_only: bool = False,
        measures: bool = True,
        loaded: bool = True,
        start_demo: Callable[[], Any] | None = None,
    ) -> AsyncIterator[Person]:
        """Open the app on an engine, and wait until it shows what there is."""
        engine = DockerEngine(
            Address("default", sim.base_url, stand_in=sim.stand_in), read_only=read_only
        )
        app = DockerTUI([engine], start_demo or _no_demo, measures=measures)
        async with app.run_test(size=size) as pilot:
            person = cls(app, pilot, sim)
            if loaded:
                await person.until(lambda: person.main.list_pane.table.total_count)
                await person.until(lambda: person.main.panes[1].table.total_count)
            yield person

    @property
    def main(self) -> MainScreen:
        """The screen with the panes, whatever dialog lies over it."""
        return self.app.main

    @property
    def selected(self) -> DockerObject:
        """The selected object."""
        selected = self.main.selected
        assert selected is not None
        return selected

    def state(self, name: str) -> str:
        """The state of a container, as the engine has it."""
        return self.sim.world.container(name).state

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type letters."""
        await self.pilot.press(*text)

    async def select(self, name: str) -> None:
        """Go to a container or an image by its name."""
        for pane in self.main.panes:
            for row in pane.table.model.rows().values():
                if row.name == name:
                    pane.table.focus()
                    pane.table.select(row.key)
                    await self.until(lambda: self.main.selected is not None)
                    await self.until(lambda: self.selected.name == name)
                    return
        raise AssertionError(f"nothing is called {name}")

    def text(self) -> str:
        """Everything on the screen, as characters."""
        screen = self.app.screen
        return "\n".join(
            "".join(segment.text for segment in strip)
            for strip in screen._compositor.render_strips()  # noqa: SLF001
        )

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
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"waited in vain {what}; the screen:\n{self.text()}") from None


async def _no_demo() -> Engine:
    raise OSError("there is no demo in this test")
