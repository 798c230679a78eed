"""Where pictures are taken, and how one waits there for what they will show."""

from __future__ import annotations

import html
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from textual.pilot import Pilot

from dockertui.app import DockerTUI
from dockertui.sim.server import SimulatedEngine

MOMENT = datetime(2026, 11, 23, 14, 7, 32, tzinfo=UTC)
"""When all pictures are taken."""
SEED = 7
PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class Stage:
    """Where pictures are taken."""

    app: DockerTUI
    """The application."""
    pilot: Pilot[Any]
    """Who presses keys in it."""
    engine: SimulatedEngine
    """What it shows."""

    async def select(self, name: str) -> None:
        """Select a container or an image."""
        for pane in self.app.main.panes:
            for row in pane.table.model.rows().values():
                if row.name == name:
                    pane.table.focus()
                    pane.table.select(row.key)
                    await until_shown(self.pilot, f"{name} ─")
                    return
        raise LookupError(f"nothing is called {name}")


async def until_shown(pilot: Pilot[Any], text: str) -> None:
    """Wait until a text is on the screen."""
    end_s = time.monotonic() + PATIENCE_S
    while text not in words(shown := pilot.app.export_screenshot()):
        if time.monotonic() > end_s:
            raise TimeoutError(f"{text!r} is not on the screen:\n{words(shown)}")
        await pilot.pause(0.05)


def words(svg: str) -> str:
    """The text in a picture, a line each."""
    lines: dict[float, list[str]] = {}
    for y, text in re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>([^<]*)', svg):
        lines.setdefault(float(y), []).append(html.unescape(text).replace("\xa0", " ").strip("\n"))
    return "\n".join("".join(parts) for _, parts in sorted(lines.items()))
