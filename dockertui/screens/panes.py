"""What the main screen shows: the lists at the left, what can be read about an object right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container as Box
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from dockertui.model import DockerObject
from dockertui.resources import EVERY_RESOURCE
from dockertui.screens.chrome import banner, hints, next_try, summary
from dockertui.screens.dispatcher import Dispatcher
from dockertui.screens.job_watch import JobWatch
from dockertui.screens.log_host import LogHost
from dockertui.screens.log_of import open_log_of
from dockertui.screens.screen_lists import ScreenLists
from dockertui.screens.shown_figures import ShownFigures
from dockertui.sync import Fleet, FleetDiff
from dockertui.widgets.detail_pane import DetailPane
from dockertui.widgets.detail_sources import DetailSources
from dockertui.widgets.key_bar import KeyBar
from dockertui.widgets.message_bar import MessageBar
from dockertui.widgets.no_engine import NoEngine
from dockertui.widgets.resource_pane import ResourcePane
from dockertui.widgets.resource_table import ResourceTable
from dockertui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from dockertui.widgets.measurements import Measurements


class PanesScreen(LogHost):
    """Wires the panes to the fleet and to each other."""

    ALLOW_SELECT = False
    """Textual fails at the first click of a selection on a widget that is just being replaced."""
    HORIZONTAL_BREAKPOINTS = [(0, "-cramped"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (15, "-low"), (22, "-high")]  # noqa: RUF012

    def __init__(self, fleet: Fleet, *, use_demo: Callable[[], None]) -> None:
        """Show a fleet.

        Args:
            fleet: The engines; somebody else runs it.
            use_demo: Leaves them for the demo engine.
        """
        super().__init__()
        self._use_demo = use_demo
        self._drawing = False
        self._build(fleet)

    def _build(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.figures = ShownFigures(fleet)
        figures_of = self.figures.of if fleet.measures else None
        self.panes = [ResourcePane(each, figures_of) for each in EVERY_RESOURCE]
        self.list_pane = self.panes[0]
        self.detail = DetailPane(
            DetailSources(
                engine_of=lambda it: fleet.of(it).engine,
                open_log=partial(open_log_of, fleet),
                measurements=self.measurements,
                member_of=fleet.of,
            )
        )
        self.status_bar = StatusBar()
        self.no_engine = NoEngine()
        self.body = Box(id="body")
        self.message_bar = MessageBar()
        self.key_bar = KeyBar()
        jobs = JobWatch(self, fleet)
        self.lists = ScreenLists(self)
        self.dispatcher = Dispatcher(self.app, fleet, self.message_bar.say, jobs, self.lists)

    def measurements(self) -> Measurements:
        """What was measured over time, of anything on the screen."""
        from dockertui.sync.measurements import FleetMeasurements

        return FleetMeasurements(self.fleet, self.figures.hindrance)

    def name_of(self, tag: bytes) -> str:
        """The name of the container whose line has a tag in the log that is read."""
        if name := self.detail.source_name(tag):
            return name
        return self.selected.name if self.selected is not None else ""

    async def take(self, fleet: Fleet) -> None:
        """Show another fleet in place of this one."""
        self.figures.let_go()
        self._build(fleet)
        await self.recompose()
        self._begin()

    def compose(self) -> ComposeResult:
        """Lay out the panes; style sheets decide what is where at which size."""
        yield self.status_bar
        yield self.no_engine
        with self.body:
            with Vertical(id="lists"):
                yield from self.panes
            yield self.detail
        yield Static("dockertui needs a terminal of 60x15 at least.", id="too-small", markup=False)
        yield self.key_bar
        yield self.message_bar

    def on_mount(self) -> None:
        """Draw what is known already, then follow every change."""
        self.set_interval(1.0, self._tick)
        self._begin()

    def _begin(self) -> None:
        for pane in self.panes:
            self._follow(pane)
        for member in self.fleet:
            member.watcher.on_link(lambda _: self._link_changed())
        if self.fleet.measures:
            # Nothing of it is needed for the first picture.
            self.call_after_refresh(self.figures.follow, self)
        self.list_pane.table.focus()
        self.list_pane.add_class("-current")
        self._link_changed()

    # What the fleet says

    def _follow(self, pane: ResourcePane) -> None:
        kind: type[Any] = pane.resource.kind

        def changed(change: FleetDiff) -> None:
            pane.apply(change)
            self._refresh_detail(change)
            self.draw_soon()

        pane.load({it.key: it for it in self.fleet.objects(kind)}, known=self.fleet.knows(kind))
        self.fleet.subscribe(kind, changed)

    @property
    def is_seen(self) -> bool:
        """Is it on the screen, if only under a dialog?"""
        return all(isinstance(it, ModalScreen) for it in self.app.screen_stack[1:])

    def _refresh_detail(self, change: FleetDiff) -> None:
        selected = self.selected
        if selected is not None and any(it.key == selected.key for it in change.changed):
            self.detail.refresh_target(selected)

    def _link_changed(self) -> None:
        link = next(iter(self.fleet)).watcher.link
        lost = link.problem is not None and not link.is_up
        hidden = lost and link.never_answered
        self.no_engine.set_class(hidden, "-shown")
        self._hide_panes(hidden)
        for pane in self.panes:
            pane.table.stale = lost
            if link.is_up and not pane.known:
                pane.load({}, known=True)
        self.detail.set_stale(lost)
        self.draw_soon()

    def _hide_panes(self, hidden: bool) -> None:
        """Leave the screen to what explains why there is no engine, and keep keys off the panes."""
        if hidden is not self.body.disabled:
            self.body.set_class(hidden, "-unknown")
            self.body.disabled = hidden
            if not hidden:
                self.call_after_refresh(self.list_pane.table.focus)

    def _tick(self) -> None:
        """Count the seconds of a loss; nothing else on this screen counts by itself."""
        if any(member.watcher.link.problem is not None for member in self.fleet):
            self.draw_soon()

    # The lines above and below

    def draw_soon(self) -> None:
        """Draw both lines once, however much has changed before the next frame."""
        if not self._drawing and self.is_attached:
            self._drawing = True
            self.call_next(self._draw)

    def _draw(self) -> None:
        self._drawing = False
        if not self.is_running:
            return
        member = next(iter(self.fleet))
        link = member.watcher.link
        bar = self.status_bar
        if link.problem is not None and not link.is_up and not link.never_answered:
            bar.show(*banner(member), lost=True)
        else:
            bar.show(*summary(member, self.fleet.active_jobs))
        if link.problem is not None and link.never_answered:
            self.no_engine.show(member.engine.address, link.problem, next_try(link))
        self.key_bar.show(hints(self))

    # The selection

    @property
    def selected(self) -> DockerObject | None:
        """The object under the cursor of the current list."""
        found: DockerObject | None = self.list_pane.table.selected
        return found

    @on(ResourceTable.Selected)
    def _selected(self, event: ResourceTable.Selected) -> None:
        if event.table is self.list_pane.table:
            self._show_selected()

    def _show_selected(self) -> None:
        self.detail.show(self.selected, self.list_pane.resource.tabs)
        self.draw_soon()

    def on_descendant_focus(self) -> None:
        """The list that has the focus is the one whose object is shown."""
        pane = next((it for it in self.panes if it.has_focus_within), None)
        if pane is not None:
            self.turn_to(pane)
        self.set_class(pane is None and self.detail.has_focus_within, "-reading")
        self.draw_soon()

    def turn_to(self, pane: ResourcePane) -> None:
        """Show the selected object of another list."""
        if pane is not self.list_pane:
            self.list_pane.remove_class("-current")
            self.list_pane = pane
            pane.add_class("-current")
            self._show_selected()
