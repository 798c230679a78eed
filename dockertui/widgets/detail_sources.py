"""Where what can be read about an object comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from dockertui.engine import Engine
from dockertui.model import DockerObject
from dockertui.resources.tab import (
    Body,
    Charts,
    Facts,
    Files,
    Known,
    Layers,
    Log,
    Others,
    Rows,
    Sections,
    Text,
    Tree,
)

if TYPE_CHECKING:
    from dockertui.sync import Member
    from dockertui.widgets.followed_log import Feed
    from dockertui.widgets.measurements import Measurements


@dataclass(frozen=True, kw_only=True)
class DetailSources:
    """Whom the detail asks; nobody is asked before something of theirs is in view."""

    engine_of: Callable[[DockerObject], Engine]
    """Finds the engine that has an object."""
    open_log: Callable[[Any, Callable[[], None]], Feed]
    """Follows the log of an object, and calls back whenever it changes."""
    measurements: Callable[[], Measurements]
    """Finds what was measured over time."""
    member_of: Callable[[DockerObject], Member]
    """Finds what is known of the engine that has an object."""

    async def ask(self, target: DockerObject, body: Body[Any]) -> Any:  # noqa: ANN401 - see `Page`
        """What a page is filled with.

        Raises:
            EngineError: The engine does not say.
        """
        match body:
            case Log():
                return partial(self.open_log, target)
            case Charts():
                return self.measurements()
            case Facts() | Rows() | Tree():
                return await body.load(self.engine_of(target), target)
            case Known() | Layers() | Files() | Others() | Text():
                return await body.load(self.member_of(target), target)
            case Sections():
                return self.opened(target, body)

    def opened(self, target: DockerObject, body: Sections) -> Member:
        """What lists are drawn from that follow what is known, at once."""
        return body.opened(self.member_of(target))
