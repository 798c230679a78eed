"""The tags of a repository."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work

from dockertui.engine import EngineError
from dockertui.engine.errors import NotInRegistry, RegistryCannot, RegistryError
from dockertui.model.reference import Reference
from dockertui.resources.registries.columns import TAGS
from dockertui.resources.registries.rows import TagRow, looked_at, tag_row, tags_here
from dockertui.screens.registries.level import Around, Level
from dockertui.screens.registries.list_level import ListLevel
from dockertui.text import clean
from dockertui.widgets.table import VirtualTable

_REST_S = 0.25
"""How long a tag must be selected before it is looked at."""
_AROUND = 25
"""How many tags before the selected one, and after it, are looked at."""
_A_PAGE = 100


class TagsLevel(ListLevel[TagRow]):
    """Tags in reading order; on Docker Hub, those pushed last first, as its web has them.

    Elsewhere only names are listed: the selected one is looked at when one rests on it, and those
    around it then. Docker Hub would count a pull for each, but its web tells it all for nothing.
    """

    HINTS: ClassVar[Sequence[str]] = ("enter", "p", "y", "d", "A", "i", "slash", "ctrl+r")

    def __init__(self, room: Around, repository: Reference) -> None:
        """Prepare to list the tags of a repository."""
        super().__init__(
            room, repository.short, TAGS, lambda it: (it.reference.tag,), lambda it: it.place
        )
        self.repository = repository.repository
        self.empty = f"{repository.short} has no tags."
        self._page = 0

    @property
    def host(self) -> str:
        """The registry."""
        return self.repository.host

    @property
    def reference(self) -> Reference | None:
        """The selected tag."""
        return self.selected.reference if self.selected is not None else None

    @property
    def has_more(self) -> bool:
        """May Docker Hub's web know more of them?"""
        return self._page > 0

    async def ask(self) -> None:
        """Ask for the tags."""
        self._page = 0
        if self.repository.is_on_hub and await self._ask_web():
            return
        found = await self.room.registries.tags(self.repository)
        here = tags_here(self.room.images, self.repository)
        self.show(
            TagRow(self.repository.with_tag(name), place, name in here)
            for place, name in enumerate(found.names)
        )
        self._look_soon()

    async def ask_more(self) -> None:
        """Ask Docker Hub's web for the next page."""
        await self._ask_web()

    async def _ask_web(self) -> bool:
        """Ask Docker Hub's web for a page; says whether it answers."""
        try:
            tags = await self.room.registries.hub_tags(self.repository, page=self._page + 1)
        except RegistryError:
            if self._page:
                raise
            return False
        here = tags_here(self.room.images, self.repository)
        before = [*self.rows.values()] if self._page else []
        rows = [
            tag_row(self.repository, len(before) + place, it, is_here=it.name in here)
            for place, it in enumerate(tags)
        ]
        self._page = self._page + 1 if len(tags) == _A_PAGE else 0
        self.show([*before, *rows])
        return True

    def images_changed(self) -> None:
        """See anew which of them are here."""
        here = tags_here(self.room.images, self.repository)
        self.show([replace(it, is_here=it.key in here) for it in self.rows.values()])

    def open_selected(self) -> Level | None:
        """Go to the image that the selected tag stands for."""
        from dockertui.screens.registries.image_level import ImageLevel

        return ImageLevel(self.room, self.reference) if self.reference is not None else None

    @on(VirtualTable.Selected)
    def _look_soon(self) -> None:
        if not self.repository.is_on_hub:
            self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        """Look at the selected tag, then at those around it, one after the other."""
        await asyncio.sleep(_REST_S)
        for row in self._near():
            if not (row.digest or row.problem) and not await self._look_at(row):
                return

    def _near(self) -> list[TagRow]:
        at, shown = self.table.model.position, self.table.model.shown
        near = shown[max(0, at - _AROUND) : at + _AROUND]
        rows: list[TagRow] = [it.row for it in near]
        return sorted(rows, key=lambda it: it is not self.selected)

    async def _look_at(self, row: TagRow) -> bool:
        """Look at a tag; false if the registry would rather not be asked any more."""
        error: EngineError | None = None
        try:
            seen = looked_at(row, await self.room.registries.image(row.reference))
        except EngineError as failure:
            error = failure
            seen = replace(row, problem=clean(str(error)))
        if (now := self.rows.get(row.key)) is not None:
            seen = replace(seen, is_here=now.is_here, place=now.place)
            self.table.apply((), (seen,), ())
        return error is None or isinstance(error, NotInRegistry | RegistryCannot)
