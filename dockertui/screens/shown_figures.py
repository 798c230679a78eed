"""The figures on the main screen: where they come from, and which of them are looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from dockertui.model import Container, DockerObject, Key, Project
from dockertui.model.system import ENGINE
from dockertui.resources.gauge import Figures
from dockertui.screens.fitted import FittedScreen
from dockertui.sync import Fleet
from dockertui.text import age

if TYPE_CHECKING:
    from dockertui.screens.panes import PanesScreen
    from dockertui.sync.attention import Attention


class ShownFigures:
    """Brings what is measured to the panes, and says to who measures what they show."""

    def __init__(self, fleet: Fleet) -> None:
        """Know a fleet, and nothing of what is shown yet.

        Args:
            fleet: Whose containers are measured.
        """
        self._fleet = fleet
        self._let_go: list[Callable[[], None]] = []

    def of(self, target: DockerObject) -> Figures | None:
        """What was measured of an object; `None` if nothing is known of it now."""
        measured = self._fleet.of(target).measured
        now, history = measured.now(target.id), measured.history(target.id)
        return None if now is None or history is None else Figures(now, history)

    def hindrance(self, target: DockerObject) -> str:
        """What keeps an object from being measured as it should be; empty at rest."""
        if not self._fleet.measures:
            return "Nothing is measured: it was switched off with --no-stats."
        late_s = self._fleet.of(target).sampler.behind_s
        return f"Figures come {age(late_s)} late." if late_s else ""

    def follow(self, screen: PanesScreen) -> None:
        """Show what is measured from now on, and have what is looked at measured more often."""
        for member in self._fleet:
            name = member.engine.name
            member.sampler.attention = partial(self._attention, screen, name)
            remeasured = partial(self._remeasured, screen, name)
            self._let_go.append(member.measured.subscribe(remeasured))

    def let_go(self) -> None:
        """Show nothing more."""
        for each in self._let_go:
            each()
        self._let_go.clear()

    def _remeasured(self, screen: PanesScreen, engine: str, ids: Collection[str]) -> None:
        for pane in screen.panes:
            rows = pane.table.model
            pane.remeasured(key for id_ in ids if (key := Key(engine, id_)) in rows)
        if ENGINE in ids:
            screen.draw_soon()

    def _attention(self, screen: PanesScreen, engine: str) -> Attention:
        # Not for the first picture.
        from dockertui.sync.attention import Attention

        seen: set[str] = set()
        tables = [it.table for it in screen.panes]
        if screen.is_seen:
            seen = {it.id for table in tables for it in table.in_view if it.engine == engine}
        if (selected := screen.selected) is not None and selected.engine == engine:
            seen |= {selected.id, *self._members(selected)}
        return Attention(
            frozenset(seen),
            all_count=screen.app.screen.SHOWS_ALL_FIGURES
            if isinstance(screen.app.screen, FittedScreen) and not screen.is_current
            else any(it.is_ordered_by_figures for it in tables),
            is_away=not screen.app.app_focus,
        )

    def _members(self, selected: DockerObject) -> Collection[str]:
        if not isinstance(selected, Project):
            return ()
        containers = self._fleet.of(selected).store.snapshot(Container).values()
        return [it.id for it in containers if it.project == selected.name]
