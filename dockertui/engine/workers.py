"""The parts of an engine that are imported when they are first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dockertui.engine.surveys import Surveys

if TYPE_CHECKING:
    from dockertui.engine.image_worker import ImageWorker
    from dockertui.engine.run_worker import RunWorker


class Workers(Surveys):
    """What nobody wants for the first screen, and what costs 10 ms to import each."""

    @cached_property
    def images(self) -> ImageWorker:
        """What moves, makes and removes images."""
        from dockertui.engine.image_worker import ImageWorker

        return ImageWorker(self, self._address)

    @cached_property
    def runs(self) -> RunWorker:
        """What makes containers, and other things of containers."""
        from dockertui.engine.run_worker import RunWorker

        return RunWorker(self, self._address)
