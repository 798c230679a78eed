"""Screens that fit the terminal as it is now."""

from __future__ import annotations

import asyncio
from typing import ClassVar, TypeVar

from textual.events import Event, Resize, ScreenResume
from textual.geometry import Size
from textual.screen import Screen

Result = TypeVar("Result")


class FittedScreen(Screen[Result]):
    """A screen that is laid out once for each size, and for none that is out of date.

    Textual tells a screen of its new layout by the very message that tells it of a new size. With
    two sizes on their way, each would be laid out, told, and laid out again, without an end; and
    the first layout of all would be done three times, the first time for no size at all.
    """

    SHOWS_ALL_FIGURES: ClassVar[bool] = False
    """Do all containers' figures matter while it is shown?"""

    _fits = Size()

    async def on_event(self, event: Event) -> None:
        """Take what happens, but for a size that is out of date or was taken before."""
        size = self.app.size
        if isinstance(event, ScreenResume):
            self._suit(size)
        elif isinstance(event, Resize):
            if event.size != size or event.size == self._fits:
                return
            self._fits = size
        await super().on_event(event)
        if isinstance(event, ScreenResume | Resize):
            # All that waits for a screen is done in one turn of the loop; not after such work.
            await asyncio.sleep(0)

    def _suit(self, size: Size) -> None:
        """Have the classes for a size before the first layout, which would be done twice else."""
        steps = (self.HORIZONTAL_BREAKPOINTS, size.width), (self.VERTICAL_BREAKPOINTS, size.height)
        for classes, cells in steps:
            fitting = [name for least, name in sorted(classes or ()) if cells >= least]
            for _, name in classes or ():
                self.set_class(name in fitting[-1:], name, update=False)
