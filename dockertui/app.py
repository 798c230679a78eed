"""The application: it owns the fleet and the screens, and sees to a clean end."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.filter import LineFilter, NoColor
from textual.screen import Screen
from textual.worker import Worker

from dockertui.crash import write_report
from dockertui.engine import Engine, EngineError
from dockertui.loop_watch import watch_loop
from dockertui.resources import EVERY_RESOURCE
from dockertui.screens.main import MainScreen
from dockertui.sync import Fleet
from dockertui.themes import THEMES, suggested
from dockertui.widgets.command import bindings, command
from dockertui.widgets.keys_in_order import KeysInOrder

_GC_THRESHOLDS = 20_000, 20, 50
_TURN_S = 0.001
"""How long a thread that works may go on while the event loop waits for its turn. A key waits for
some turns: among half a million files that are being read 6 ms instead of 18 with Python's 5 ms."""

StartDemo = Callable[[], Awaitable[Engine]]
"""Starts the demo engine, or finds it running."""


class DockerTUI(KeysInOrder[None]):
    """A terminal for Docker."""

    TITLE = "dockertui"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar = ["styles/main.tcss"]

    def __init__(
        self,
        engines: Sequence[Engine],
        start_demo: StartDemo,
        *,
        measures: bool = True,
        updates_every_s: float = 0.0,
    ) -> None:
        """Show engines.

        Args:
            engines: At least one.
            start_demo: How to come by the demo engine, should the person ask for it.
            measures: Measure what containers use?
            updates_every_s: How often to look for newer images; 0 for when a person asks.
        """
        super().__init__()
        self._measures = measures
        self._updates_every_s = updates_every_s
        self.fleet = self._fleet_of(engines)
        self._start_demo = start_demo
        self._demo: Worker[None] | None = None
        self._changing = False
        self._is_asking = False
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = suggested(os.environ)

    def get_default_screen(self) -> Screen[None]:
        """Begin with the main screen: a blank one under it would be laid out for nothing."""
        self.main = MainScreen(self.fleet, use_demo=self.use_demo)
        return self.main

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no colour through where `NO_COLOR` asks for none; Textual lets greys through."""
        filters = super().get_line_filters()
        return [*filters, NoColor()] if self.no_color else filters

    @property
    def heeds_input(self) -> bool:
        """Do keys and clicks count? Not while the panes of one engine make way for another's."""
        return super().heeds_input and not self._changing

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The screens that can be seen through the one on top: none, where that is opaque.

        Textual always counts the first of them, and draws all of what is on top again for each
        second that a hidden list counts.
        """
        opaque = bool(self._screen_stack) and self.screen.styles.background.a == 1
        return [] if opaque else super()._background_screens

    def on_mount(self) -> None:
        """Reach for the engines; who has answered already is in the first frame."""
        self.call_after_refresh(self._settle_down)
        loop = asyncio.get_running_loop()
        if not self.is_headless:
            for each in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(each, self.exit)
        if report := os.environ.get("DOCKERTUI_LOOP_WATCH"):
            self.run_worker(watch_loop(Path(report)))
        self._watch()

    @staticmethod
    def _settle_down() -> None:
        # What was made during start-up lives as long as the app; it need not be looked at again.
        gc.freeze()
        # Looking at all that lives, as the default has it, stops the screen for 100 ms and more.
        gc.set_threshold(*_GC_THRESHOLDS)
        gc.enable()
        sys.setswitchinterval(_TURN_S)

    def _watch(self) -> None:
        self.run_worker(self.fleet.run(), group="watch", exclusive=True)

    async def on_unmount(self) -> None:
        """Let go of the engines."""
        await self.fleet.close()

    def use_demo(self) -> None:
        """Show the demo engine in place of what is shown."""
        if self._demo is None:
            self._demo = self.run_worker(self._change_to_demo())
        else:
            self.main.dispatcher.say("This is the demo engine.")

    async def _change_to_demo(self) -> None:
        try:
            engine = await self._start_demo()
        except (EngineError, OSError, RuntimeError) as error:
            self._demo = None
            self.main.dispatcher.say(f"The demo engine did not start: {error}")
            return
        if not await self._may_end_jobs("Leave this engine"):
            self._demo = None
            return
        before, self.fleet = self.fleet, self._fleet_of([engine])
        self.workers.cancel_group(self, "watch")
        await before.close()
        self._changing = True
        try:
            await self.main.take(self.fleet)
        finally:
            self._changing = False
        self._watch()

    @command("q,ctrl+q", "Quit", show=True)
    async def action_quit(self) -> None:
        """Leave; containers go on as they are."""
        if not self.fleet.active_jobs:
            self.exit()
        elif not self._is_asking:
            self.run_worker(self._quit())

    async def _quit(self) -> None:
        if await self._may_end_jobs("Quit"):
            self.exit()

    async def _may_end_jobs(self, verb: str) -> bool:
        """Ask before jobs are ended that still run; true when there are none, too."""
        if not (jobs := self.fleet.active_jobs):
            return True
        from dockertui.screens.ask import Ask
        from dockertui.screens.job_keys import leave_question

        self._is_asking = True
        try:
            return await self.push_screen_wait(Ask(leave_question(jobs, verb))) is not None
        finally:
            self._is_asking = False

    @command("T", "Theme")
    def action_theme(self) -> None:
        """Go on to the next theme: dark, light, high contrast, colour-blind."""
        names = list(THEMES)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def _fleet_of(self, engines: Sequence[Engine]) -> Fleet:
        kinds = [each.kind for each in EVERY_RESOURCE]
        return Fleet(engines, kinds, measures=self._measures, updates_every_s=self._updates_every_s)

    def _fatal_error(self) -> None:
        """End with a sentence in place of a trace, which could show what an environment hides."""
        if self._exit_renderables:
            return  # What goes wrong while it ends follows from the first mistake.
        where = write_report(self._exception)
        self._exit_renderables.append(
            f"dockertui ended because of a mistake of its own. What is known of it: {where}\n"
            "Your containers are not touched by this."
        )
        self._close_messages_no_wait()

    BINDINGS: ClassVar = bindings(locals())
