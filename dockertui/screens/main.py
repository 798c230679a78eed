"""The main screen: what its keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding

from dockertui.actions import Action, actions_for, targets_of
from dockertui.model import DockerObject
from dockertui.resources import EVERY_RESOURCE
from dockertui.screens.doors import Doors
from dockertui.widgets.command import bindings, command
from dockertui.widgets.resource_table import ResourceTable

if TYPE_CHECKING:
    from dockertui.store.history import History
    from dockertui.widgets.chart_page import SeriesWanted


class MainScreen(Doors):
    """Gives keys to the panes, and what they ask for to the dispatcher."""

    # Actions

    @on(ResourceTable.KeyPressed)
    def _key_pressed(self, event: ResourceTable.KeyPressed) -> None:
        resource = event.table.resource
        sharing = [it for it in actions_for(resource.kind) if it.key == event.key]
        for each in sharing:
            engine = next(iter(self.fleet)).engine.name
            if targets := targets_of(event.marked, event.selected, each, engine):
                self.perform(each, targets)
                return
        self.dispatcher.say(self._why_not(sharing[0], event.selected))

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

    @work
    async def show_removed(self) -> None:
        """Show what a container wrote that is gone."""
        from dockertui.screens.log_opening import open_removed

        await open_removed(self)

    @on(ResourceTable.Opened)
    @work
    async def _open_menu(self) -> None:
        from dockertui.screens.offers import offer_menu

        await offer_menu(self)

    @command("o", "Order…")
    @work
    async def action_order(self) -> None:
        """Choose what the list is sorted by: any column, also one that does not fit."""
        from dockertui.screens.menu import Menu
        from dockertui.screens.ordering import USUAL, order_items

        table = self.list_pane.table
        items = [*order_items(table.columns, table.sorting.column)]
        menu = Menu(f"Order of {self.list_pane.resource.title.lower()}", items)
        answer = await self.app.push_screen_wait(menu)
        if answer == USUAL:
            table.sort_by(None)
        elif answer is not None:
            table.sort_by_title(int(answer))

    @command("colon,ctrl+p", "Do…", show=True)
    @work
    async def action_palette(self) -> None:
        """Find anything that can be done by a few letters of its name."""
        from dockertui.screens.offers import every_item, run_item
        from dockertui.screens.palette import Palette

        run_item(self, await self.app.push_screen_wait(Palette(every_item(self))))

    @command("question_mark", "Help", show=True)
    def action_help(self) -> None:
        """Show every key, those of what has the focus first."""
        from dockertui.screens.help import Help
        from dockertui.screens.offers import key_groups

        self.app.push_screen(Help(key_groups(self)))

    @command("exclamation_mark", "Failures")
    def action_failures(self) -> None:
        """Read the failures of this session in the engine's own words, the last first."""
        from dockertui.screens.message import failures

        if (shown := failures(self.message_bar.failures)) is None:
            self.dispatcher.say("Nothing has failed.")
            return
        self.message_bar.dismiss()
        self.app.push_screen(shown)

    def on_series_wanted(self, event: SeriesWanted) -> None:
        """Save what was measured; heard by its name, for charts are imported late."""
        self._save_series(event.history, event.target)

    @work(group="stats")
    async def _save_series(self, history: History, target: DockerObject) -> None:
        from dockertui.screens.usage_keep import keep

        await keep(self, history, target)

    # The view

    def action_go(self, order: int) -> None:
        """Go to the list of that number."""
        # Not `focus()`, which takes effect later: the next key may be there already.
        self.set_focus(next(it for it in self.panes if it.resource.order == order).table)

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
        self.detail.reload()
        self.dispatcher.say("Asking the engine again.")

    @command("escape", "Back")
    def action_back(self) -> None:
        """Go one step back: a message, marks, a filter, the zoom, the detail."""
        if self.message_bar.dismiss():
            return
        if self.list_pane.table.marked:
            self.list_pane.table.clear_marks()
        elif self.detail.has_focus_within:
            self.set_focus(self.list_pane.table)
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
