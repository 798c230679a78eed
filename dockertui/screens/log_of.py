"""The log of what is selected in a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dockertui.model import Container, DockerObject
from dockertui.sync import Fleet

if TYPE_CHECKING:
    from dockertui.widgets.followed_log import Feed


def open_log_of(fleet: Fleet, target: DockerObject, changed: Callable[[], None]) -> Feed:
    """Follow the log of a container, or those of a project's containers as one.

    Args:
        fleet: The engines.
        target: Whose log.
        changed: Called whenever the log changes.
    """
    # What reads a log is imported when the first one is opened: the lists come first.
    member = fleet.of(target)
    if isinstance(target, Container):
        from dockertui.sync.log_feed import LogFeed

        return LogFeed(member, target, changed)
    from dockertui.sync.merged_feed import MergedFeed

    def belongs(it: Container) -> bool:
        return it.engine == target.engine and it.project == target.name

    return MergedFeed([member], belongs, changed, title=f"project {target.name}")
