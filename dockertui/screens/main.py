"""The main screen: the lists at the left, what can be read about the selected object right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container as Box
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from dockertui.actions import Action, actions_for, targets_of
from dockertui.model import DockerObject
from dockertui.resources import EVERY_RESOURCE
from dockertui.screens.chrome import banner, hints, next_try, summary
from dockertui.screens.dispatcher import Dispatcher
from dockertui.screens.offers import every_item, key_groups, menu_items, run_item
from dockertui.sync import Fleet, FleetDiff, LogFeed
from dockertui.widgets.command import bindings, command
from dockertui.widgets.detail_pane import DetailPane
from dockertui.widgets.key_bar import KeyBar
from dockertui.widgets.message_bar import MessageBar
from dockertui.widgets.no_engine import NoEngine
from dockertui.widgets.resource_pane import ResourcePane
from dockertui.widgets.resource_table import ResourceTable
from dockertui.widgets.status_bar import StatusBar


class MainScreen(Screen[None]):
    """Wires the panes to the fleet and to each other."""

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
        self.panes = [ResourcePane(each) for each in EVERY_RESOURCE]
        self.list_pane = self.panes[0]
        self.detail = DetailPane(
            engine_of=lambda it: fleet.of(it).engine,
            open_log=lambda it, changed: LogFeed(fleet.of(it), it, changed),
        )
        self.status_bar = StatusBar()
        self.no_engine = NoEngine()
        self.body = Box(id="body")
        self.message_bar = MessageBar()
        self.key_bar = KeyBar()
        self.dispatcher = Dispatcher(self.app, fleet, self.message_bar.say)

    async def take(self, fleet: Fleet) -> None:
        """Show another fleet in place of this one."""
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
        self.list_pane.table.focus()
        self.list_pane.add_class("-current")
        self._link_changed()

    # What the fleet says

    def _follow(self, pane: ResourcePane) -> None:
        kind: type[Any] = pane.resource.kind

        def changed(change: FleetDiff) -> None:
            pane.apply(change)
            self._refresh_detail(change)
            self._draw_soon()

        pane.load({it.key: it for it in self.fleet.objects(kind)}, known=self.fleet.knows(kind))
        self.fleet.subscribe(kind, changed)

    def _refresh_detail(self, change: FleetDiff) -> None:
        selected = self.selected
        if selected is not None and any(it.key == selected.key for it in change.changed):
            self.detail.refresh_target(selected)

    def _link_changed(self) -> None:
        link = next(iter(self.fleet)).watcher.link
        lost = link.problem is not None and not link.is_up
        hidden = lost and link.never_answered
        self.no_engine.set_class(hidden, "-shown")
        self.body.set_class(hidden, "-unknown")
        for pane in self.panes:
            pane.table.stale = lost
            if link.is_up and not pane.known:
                pane.load({}, known=True)
        self.detail.set_stale(lost)
        self._draw_soon()

    def _tick(self) -> None:
        """Count the seconds of a loss; nothing else on this screen counts by itself."""
        if any(member.watcher.link.problem is not None for member in self.fleet):
            self._draw_soon()

    # The lines above and below

    def _draw_soon(self) -> None:
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
            bar.show(*summary(member))
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
        self._draw_soon()

    def on_descendant_focus(self) -> None:
        """The list that has the focus is the one whose object is shown."""
        pane = next((it for it in self.panes if it.has_focus_within), None)
        if pane is not None and pane is not self.list_pane:
            self.list_pane.remove_class("-current")
            self.list_pane = pane
            pane.add_class("-current")
            self._show_selected()
        self.set_class(pane is None and self.detail.has_focus_within, "-reading")
        self._draw_soon()

    @on(ResourcePane.TabWanted)
    def _tab_wanted(self, event: ResourcePane.TabWanted) -> None:
        if self.detail.open_tab(event.title):
            self.detail.focus_body()
        else:
            kind = self.list_pane.resource.kind.kind
            self.dispatcher.say(
                f"{event.title}: an {kind} has none."
                if kind[0] in "aeiou"
                else f"{event.title}: a {kind} has none."
            )

    # Actions

    @on(ResourceTable.KeyPressed)
    def _key_pressed(self, event: ResourceTable.KeyPressed) -> None:
        table, resource = event.table, event.table.resource
        sharing = [it for it in actions_for(resource.kind) if it.key == event.key]
        for each in sharing:
            if targets := targets_of(table.marked, table.selected, each):
                self.perform(each, targets)
                return
        self.dispatcher.say(self._why_not(sharing[0], table.selected))

    @staticmethod
    def _why_not(action: Action[Any], selected: DockerObject | None) -> str:
        if selected is None:
            return f"{action.label}: nothing is selected."
        state = getattr(selected, "state", "")
        return f"{action.label.rstrip('…')}: not possible, {selected.name} is {state or 'not fit'}."

    @work(group="actions")
    async def perform(self, action: Action[Any], targets: tuple[DockerObject, ...]) -> None:
        """Run an action on objects."""
        await self.dispatcher.run(action, targets)

    @on(ResourceTable.Opened)
    @work
    async def _open_menu(self) -> None:
        from dockertui.screens.menu import Menu

        if (selected := self.selected) is None:
            return
        chosen = await self.app.push_screen_wait(Menu(selected.name, menu_items(self)))
        run_item(self, chosen)

    @command("colon,ctrl+p", "Do…", show=True)
    @work
    async def action_palette(self) -> None:
        """Find anything that can be done by a few letters of its name."""
        from dockertui.screens.palette import Palette

        run_item(self, await self.app.push_screen_wait(Palette(every_item(self))))

    @command("question_mark", "Help", show=True)
    def action_help(self) -> None:
        """Show every key, those of what has the focus first."""
        from dockertui.screens.help import Help

        self.app.push_screen(Help(key_groups(self)))

    @command("exclamation_mark", "Failures")
    def action_failures(self) -> None:
        """Read the failures of this session in the engine's own words, the last first."""
        from dockertui.screens.message import Message

        bar = self.message_bar
        if not bar.failures:
            self.dispatcher.say("Nothing has failed.")
            return
        texts = [
            f"{it.at.astimezone():%H:%M:%S}  {it.sentence}\n{it.detail}" if it.at else it.detail
            for it in reversed(bar.failures)
        ]
        bar.dismiss()
        self.app.push_screen(Message("Failures, the last first", "\n\n".join(texts)))

    # The view

    def action_go(self, order: int) -> None:
        """Go to the list of that number."""
        next(it for it in self.panes if it.resource.order == order).table.focus()

    def action_read(self) -> None:
        """Go to what can be read about the selected object."""
        self.detail.focus_body()

    @command("z", "Zoom")
    def action_zoom(self) -> None:
        """Give the pane that has the focus the whole screen, or show all panes again."""
        self.toggle_class("-zoomed")

    @command("right_square_bracket", "Next tab")
    def action_next_tab(self) -> None:
        """Read the next thing about the selected object."""
        self.detail.action_next_tab()

    @command("left_square_bracket", "Previous tab")
    def action_previous_tab(self) -> None:
        """Read the previous thing about the selected object."""
        self.detail.action_previous_tab()

    @command("ctrl+r,f5", "Refresh")
    def action_refresh_all(self) -> None:
        """List everything again; try to reach a lost engine at once."""
        for member in self.fleet:
            member.watcher.retry_now()
        self.dispatcher.say("Asking the engine again.")

    @command("escape", "Back")
    def action_back(self) -> None:
        """Go one step back: a message, marks, a filter, the zoom, the detail."""
        if self.message_bar.dismiss():
            return
        if self.list_pane.table.marked:
            self.list_pane.table.clear_marks()
        elif self.detail.has_focus_within:
            self.list_pane.table.focus()
        elif self.list_pane.clear_filter():
            return
        else:
            self.remove_class("-zoomed")

    @command("D", "Demo engine")
    def action_demo(self) -> None:
        """Leave this engine for the built-in demo engine, which harms nothing."""
        self._use_demo()

    BINDINGS: ClassVar = [
        *bindings(locals()),
        Binding("tab", "app.focus_next", "Next pane", tooltip="Go to the next pane."),
        Binding("shift+tab", "app.focus_previous", "Last pane", tooltip="Go to the pane before."),
        *(
            Binding(
                str(it.order), f"go({it.order})", it.title, tooltip=f"Go to the {it.kind.kind}s."
            )
            for it in EVERY_RESOURCE
        ),
        Binding(
            str(len(EVERY_RESOURCE) + 1),
            "read",
            "Detail",
            tooltip="Go to what can be read about the selected object.",
        ),
    ]
