"""A table of Docker objects of one kind, with the keys of what can be done to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from textual.binding import Binding
from textual.message import Message

from dockertui.actions import Action, actions_for
from dockertui.model import DockerObject, Key
from dockertui.resources import Column, Resource
from dockertui.widgets.table import VirtualTable


class ResourceTable(VirtualTable[Any]):
    """Draws the objects of a resource; asks for actions to be run on them."""

    resource: ClassVar[Resource[Any]]

    class KeyPressed(Message):
        """The key of an action was pressed, on what was selected or marked at that moment.

        By the time somebody hears of it the next key may have moved on.
        """

        def __init__(self, table: ResourceTable, key: str) -> None:
            """Say which.

            Args:
                table: Where.
                key: As the action declares it.
            """
            super().__init__()
            self.table = table
            self.key = key
            self.selected: DockerObject | None = table.selected
            self.marked: tuple[DockerObject, ...] = table.marked

    @classmethod
    def showing(cls, resource: Resource[Any]) -> type[ResourceTable]:
        """Make the table class of a resource, its actions already bound to their keys.

        A key that several actions share, as start and stop do, is bound once: what it means
        depends on the object. No key goes unanswered, so none is ever switched off.
        """
        first = {each.key: each for each in reversed(actions_for(resource.kind))}
        keys = [
            Binding(key, f"press({key!r})", each.label, show=bool(each.rank), tooltip=each.help)
            for key, each in first.items()
        ]
        name = f"{resource.kind.__name__}Table"
        return type(name, (cls,), {"resource": resource, "BINDINGS": keys})

    def __init__(self, columns: Sequence[Column[Any]] | None = None) -> None:
        """Begin empty.

        Args:
            columns: Those of the resource in another form; `None` for just those.
        """
        super().__init__(
            self.resource.columns if columns is None else columns,
            key=lambda it: it.key,
            sort=self.resource.sort,
            empty="",
        )

    @property
    def in_view(self) -> list[DockerObject]:
        """The objects on the screen, from top to bottom; none while nobody can see them."""
        return [it.row for it in self._entries] if self._is_seen else []

    @property
    def is_ordered_by_figures(self) -> bool:
        """Do objects stand in an order by what was measured of them?"""
        column = self.sorting.column
        return column is not None and self.columns[column].measured

    def remeasured(self, keys: Collection[Key]) -> None:
        """Show what was measured of some objects; in an order by it they move, in time."""
        if self.is_ordered_by_figures:
            self.model.revalue(keys)
            if not self.model.is_settled and self.is_running:
                self._rest.want()
        self._live.forget_some(self.model.versions(keys))
        self.redraw()

    def action_press(self, key: str) -> None:
        """Ask for the action of a key."""
        self.post_message(self.KeyPressed(self, key))

    def actions_now(self) -> list[Action[Any]]:
        """What can be done to the selected object as it is, in the order of declaration."""
        selected: DockerObject | None = self.selected
        return [
            each
            for each in actions_for(self.resource.kind)
            if each.of_pane or (selected is not None and each.applies(selected))
        ]

    def open(self) -> None:
        """Ask what can be done with the selected object, or in a list that is empty."""
        self.touch()
        self.post_message(self.Opened(self, self.selected))
