"""Whole screens that lie over the main one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from dockertui.sync.log_feed import LogFeed
from dockertui.widgets.log_page import LogPage

if TYPE_CHECKING:
    from dockertui.screens.panes import PanesScreen


def cover(main: PanesScreen, screen: Screen[None]) -> None:
    """Show a screen, and follow nothing below it meanwhile; then go on where it was left off."""
    if not main.is_current:
        return  # Keys come faster than screens: another one is there already.
    feeds = [it.feed for it in main.detail.query(LogPage) if isinstance(it.feed, LogFeed)]

    def go_on(_: None) -> None:
        for feed in feeds:
            feed.go_on()
        main.detail.on_show()

    main.detail.on_hide()
    for feed in feeds:
        feed.pause()
    main.app.push_screen(screen, go_on)
