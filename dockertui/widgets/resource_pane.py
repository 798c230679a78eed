"""A pane of the main screen: a table of objects, its title, and its filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from dockertui.model import Key
from dockertui.resources import Resource
from dockertui.resources.gauge import FiguresOf, columns_of
from dockertui.store.search import Search
from dockertui.sync import FleetDiff
from dockertui.text import counted
from dockertui.widgets.command import bindings, command
from dockertui.widgets.resource_table import ResourceTable
from dockertui.widgets.row_messages import TabWanted
from dockertui.widgets.tick import Tick
from dockertui.widgets.titled_pane import TitledPane

_LEARNED_AT_ONCE = 500
_FEW = 3
"""So many rows need no more than a small pane."""


class FilterLine(Input):
    """Where the filter is typed, at the foot of its table."""

    def __init__(self, leave: Callable[[bool], None]) -> None:
        """Begin empty.

        Args:
            leave: Called with whether to clear the filter when one is done with typing.
        """
        super().__init__(placeholder="words, !not, state: image: label: …", compact=True)
        self._leave = leave

    @command("enter,down,tab", "Keep the filter", show=True)
    def action_keep(self) -> None:
        """Go back to the rows that the filter leaves."""
        self._leave(False)

    @command("escape", "Show all again", show=True)
    def action_clear(self) -> None:
        """Clear the filter and go back to the rows."""
        self._leave(True)

    BINDINGS = bindings(locals())


class ResourcePane(TitledPane):
    """Shows the objects of one resource."""

    def __init__(self, resource: Resource[Any], figures_of: FiguresOf | None = None) -> None:
        """Make a pane.

        Args:
            resource: What to show in it.
            figures_of: Finds what was measured of an object; `None` where nothing is measured,
                and columns of figures are left out.
        """
        super().__init__(id=resource.title.lower())
        self.resource = resource
        self.table = ResourceTable.showing(resource)(columns_of(resource, figures_of))
        self._fresh: set[Key] = set()
        self._refreshing = Tick(self._show_fresh)
        self.query_text = ""
        self.lens_on = False
        self._search = Search(resource.fields, resource.plain)
        self.known = False

    def compose(self) -> ComposeResult:
        """Fill the pane with its table; the filter line comes when it is first wanted."""
        yield self.table

    def on_mount(self) -> None:
        """Say how things stand."""
        self.retitle()

    def load(self, objects: dict[Key, Any], *, known: bool) -> None:
        """Show all objects there are; `known` says whether an engine has told us yet."""
        self.known = known
        self.table.set_rows(objects)
        self.retitle()

    def apply(self, change: FleetDiff) -> None:
        """Show a change."""
        self.known = True
        self.table.apply(change.added, change.changed, change.removed)
        self.retitle()

    def remeasured(self, keys: Iterable[Key]) -> None:
        """Show what was measured of some objects, once a second."""
        self._fresh.update(keys)
        if self._fresh:
            self._refreshing.within(0)

    def _show_fresh(self) -> None:
        fresh, self._fresh = self._fresh, set()
        self.table.remeasured(fresh)

    def on_unmount(self) -> None:
        """Leave no timer behind."""
        self._refreshing.stop()

    def retitle(self) -> None:
        """Write the title and the empty sentence anew."""
        table, resource = self.table, self.resource
        narrowed = table.shown_count != table.total_count
        count = (
            f"{table.shown_count:,}/{table.total_count:,}" if narrowed else f"{table.total_count:,}"
        )
        parts: list[Content | str | tuple[str, str]] = [
            f"{resource.order} {resource.title} {count}"
        ]
        if self.lens_on and resource.lens:
            parts.append(f" · {resource.lens.title}")
        if self.query_text:
            parts.append((f" /{self.query_text}", "$hit"))
        self.set_title(Content.assemble(*parts))
        marked = len(table.marked)
        self.set_foot(Content(f"{marked} marked" if marked else ""))
        table.empty_text = self._why_empty()
        self.set_class(self.known and not table.total_count, "-empty")
        self.set_class(self.known and table.total_count <= _FEW, "-few")

    @on(ResourceTable.MarksChanged)
    @on(ResourceTable.Counted)
    def _other_numbers(self) -> None:
        self.retitle()

    @command("slash", "Filter", show=True)
    def action_filter(self) -> None:
        """Show only rows that have these words: `web !test state:exited label:env=prod`."""
        if not (lines := self.query(FilterLine)):
            line = FilterLine(self.end_filter)
            self.mount(line)
        else:
            line = lines.first()
        self._learn(iter(tuple(self.table.model.rows().values())))
        line.display = True
        line.value = self.query_text
        self.screen.set_focus(line)

    @command("h", "Hide some")
    def action_lens(self) -> None:
        """Hide what is at rest (stopped containers, used images), or show all again."""
        self.lens_on = not self.lens_on
        self._apply_filter()

    @command("l", "Logs")
    def action_logs(self) -> None:
        """Read its log."""
        self.post_message(TabWanted("Logs"))

    @command("i", "Inspect")
    def action_inspect(self) -> None:
        """Read all that the engine knows of it."""
        self.post_message(TabWanted("Inspect"))

    @command("c", "Stats")
    def action_stats(self) -> None:
        """See what it uses, over time."""
        self.post_message(TabWanted("Stats"))

    @command("t", "Processes")
    def action_processes(self) -> None:
        """See the processes in it."""
        self.post_message(TabWanted("Processes"))

    def _learn(self, rows: Iterator[Any]) -> None:
        """Get ready to filter, a few milliseconds at a time, before the first word is typed."""
        if self._search.learn(islice(rows, _LEARNED_AT_ONCE)):
            self.call_later(self._learn, rows)

    def end_filter(self, clear: bool) -> None:
        """Leave the filter line for the table."""
        if clear:
            self.clear_filter()
        for line in self.query(FilterLine):
            line.display = False
        self.screen.set_focus(self.table)

    def clear_filter(self) -> bool:
        """Show all rows again.

        Returns:
            Whether any words were in the way.
        """
        filtered, self.query_text = bool(self.query_text), ""
        for line in self.query(FilterLine):
            line.display = False
        self._apply_filter()
        return filtered

    def reveal(self, key: Key) -> bool:
        """Select an object, and show again all that would hide it; says whether it is there."""
        if key not in self.table.model.rows():
            return False
        if not self.table.select(key):
            self.show_all()
            self.table.select(key)
        return True

    def show_all(self) -> None:
        """Show all rows again, those too that are hidden because they are at rest."""
        self.lens_on = False
        self.clear_filter()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        event.stop()
        if event.value != self.query_text:
            self.query_text = event.value
            self._apply_filter()

    def _apply_filter(self) -> None:
        found = self._search.condition(self.query_text)
        lens = self.resource.lens.shows if self.lens_on and self.resource.lens else None
        if found is None or lens is None:
            self.table.filter = found or lens
        else:
            self.table.filter = lambda row: lens(row) and found(row)
        self.retitle()

    def _why_empty(self) -> str:
        table, resource = self.table, self.resource
        if not self.known:
            return resource.nothing_yet
        if not table.total_count:
            return resource.empty
        hidden = counted(table.total_count, resource.kind.kind)
        if self.query_text:
            return f"Nothing matches {self.query_text}. esc shows all again: {hidden}."
        return f"Nothing left to show. h shows all again: {hidden}."

    BINDINGS = bindings(locals())
