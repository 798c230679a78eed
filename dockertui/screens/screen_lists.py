"""What actions may know of the lists on the main screen, and where they may lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from dockertui.model import DockerObject, Image, Key

if TYPE_CHECKING:
    from dockertui.screens.panes import PanesScreen
    from dockertui.widgets.resource_pane import ResourcePane

T = TypeVar("T", bound=DockerObject)


class ScreenLists:
    """The lists of the main screen, as actions see them."""

    def __init__(self, screen: PanesScreen) -> None:
        """Serve actions; `screen` has the lists."""
        self._screen = screen

    def marked(self, kind: type[T]) -> Sequence[T]:
        """Every object of a kind that is marked."""
        return [it for pane in self._panes_of(kind) for it in pane.table.marked]

    def show(self, kind: type[DockerObject], key: Key, *, tab: str = "") -> bool:
        """Select an object, and open a tab of it if one is named; says whether it is there."""
        pane = next(self._panes_of(kind), None)
        if pane is None or not pane.reveal(key):
            return False
        # Not `focus()`, which takes effect later: the next key may be there already.
        self._screen.set_focus(pane.table)
        self._screen.turn_to(pane)
        if tab:
            self.open_tab(tab)
        return True

    def open_tab(self, title: str) -> None:
        """Read something about the selected object, if there is such a thing to read."""
        screen = self._screen
        if screen.detail.open_tab(title):
            screen.detail.focus_body()
        else:
            kind = screen.list_pane.resource.kind.kind
            article = "an" if kind[0] in "aeiou" else "a"
            screen.dispatcher.say(f"{title}: {article} {kind} has none.")

    def compare(self, one: Image, other: Image) -> None:
        """Show what is different in two images."""
        from dockertui.screens.compare_room import CompareRoom
        from dockertui.screens.cover import cover

        fleet = self._screen.fleet
        cover(self._screen, CompareRoom((one, other), (fleet.of(one), fleet.of(other))))

    def _panes_of(self, kind: type[DockerObject]) -> Iterator[ResourcePane]:
        return (it for it in self._screen.panes if it.resource.kind is kind)
