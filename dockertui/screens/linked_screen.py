"""The main screen goes where its pages lead to."""

from __future__ import annotations

from textual import on

from dockertui.model import Container, Key
from dockertui.screens.panes import PanesScreen
from dockertui.widgets.row_messages import ObjectWanted, TabWanted


class LinkedScreen(PanesScreen):
    """Selects what a person wants to go to, and opens what they want to read."""

    @on(ObjectWanted)
    def _object_wanted(self, event: ObjectWanted) -> None:
        if not self.lists.show(event.kind, event.key):
            self.dispatcher.say(f"That {event.kind.kind} is gone.")

    @on(TabWanted)
    def _tab_wanted(self, event: TabWanted) -> None:
        self.lists.open_tab(event.title)

    def go_to(self, key: Key) -> None:
        """Show a container in its list, whatever that is filtered by."""
        self.lists.show(Container, key)
