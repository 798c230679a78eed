"""The lists on the way: registries, repositories, what a search found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from dockertui.engine.errors import CredentialsError, RegistryCannot
from dockertui.model.reference import HUB, Reference
from dockertui.model.registry import Origin, Registry
from dockertui.resources.registries.columns import HITS, REGISTRIES, REPOSITORIES
from dockertui.resources.registries.rows import (
    HitRow,
    RepositoryRow,
    references_of,
    repositories_here,
    tags_here,
    without_store,
)
from dockertui.screens.registries.level import Around, Level
from dockertui.screens.registries.list_level import ListLevel
from dockertui.screens.registries.tags import TagsLevel
from dockertui.widgets.table import VirtualTable

_A_PAGE = 500
_HITS = 100


class RegistriesLevel(ListLevel[Registry]):
    """Every registry that we know of."""

    HINTS: ClassVar[Sequence[str]] = ("enter", "S", "i", "o", "a", "d", "n", "slash")

    def __init__(self, room: Around) -> None:
        """Prepare; nothing is asked yet."""
        super().__init__(
            room,
            "Registries",
            REGISTRIES,
            lambda it: (it.name, it.host, it.username, it.store),
            _first_the_hub,
        )
        self.wanted = ""
        self._note = Static(id="note", markup=False)

    def compose(self) -> ComposeResult:
        """Leave room below the table for what does not fit into a row."""
        yield self.table
        yield self._note

    def retitle(self) -> None:
        """Say in full what stands in the way of the selected one."""
        super().retitle()
        self._moved()

    @on(VirtualTable.Selected)
    def _moved(self) -> None:
        problem = self.selected.problem if self.selected is not None else ""
        self._note.update(Content(problem))
        self._note.display = bool(problem)

    @property
    def host(self) -> str:
        """The selected registry."""
        return self.selected.host if self.selected is not None else ""

    async def ask(self) -> None:
        """Read the configuration, ask the helpers, and look where images come from."""
        added = await self.room.added.hosts()
        images = self.room.images
        try:
            found = await self.room.registries.registries(images, added)
        except CredentialsError as error:
            found = without_store(images, added, " ".join((str(error), *error.advice)))
        self.show(found)
        for each in found:
            if each.host == self.wanted:
                self.table.select(each.key)
                self.wanted = ""

    def images_changed(self) -> None:
        """Count anew what comes from where; the store of passwords need not be asked for that."""
        counts = Counter(
            host for image in self.room.images for host in {it.host for it in references_of(image)}
        )
        if set(counts) - {it.host for it in self.rows.values()}:
            self.reload()
        else:
            self.show([replace(it, images=counts[it.host]) for it in self.rows.values()])

    def open_selected(self) -> Level | None:
        """Go to the repositories of the selected one."""
        return RepositoriesLevel(self.room, self.host) if self.host else None

    @property
    def is_added(self) -> bool:
        """Has the person added the selected one?"""
        return self.selected is not None and Origin.ADDED in self.selected.origins


class RepositoriesLevel(ListLevel[RepositoryRow]):
    """The repositories of a registry, as far as it lets them be listed."""

    HINTS: ClassVar[Sequence[str]] = ("enter", "S", "n", "p", "y", "i", "A", "slash")

    def __init__(self, room: Around, host: str) -> None:
        """Prepare; nothing is asked yet."""
        super().__init__(
            room,
            room.name_of_host(host),
            REPOSITORIES,
            lambda it: (it.reference.short,),
            lambda it: it.reference.short,
        )
        self._host = host
        self._after = ""

    @property
    def host(self) -> str:
        """The registry."""
        return self._host

    @property
    def reference(self) -> Reference | None:
        """The selected repository."""
        return self.selected.reference if self.selected is not None else None

    @property
    def has_more(self) -> bool:
        """Did the registry say that there are more?"""
        return bool(self._after)

    async def ask(self) -> None:
        """Ask for the catalogue; where there is none, show where images of the engine come from."""
        self._after = ""
        name = self.room.name_of_host(self._host)
        self.empty = f"{name} has no repositories that you may see. n names one."
        why = ""
        if self._host == HUB:
            listed: Sequence[Reference] = ()
            why = "Docker Hub does not list its repositories. S searches, n names one."
        else:
            try:
                found = await self.room.registries.repositories(self._host, room=_A_PAGE)
                self._after, listed = found.after, found.repositories
            except RegistryCannot as error:
                listed, why = (), str(error)
        here = repositories_here(self.room.images, self._host)
        self.show(self._rows({*listed, *here}))
        self._explain(why)

    async def ask_more(self) -> None:
        """Ask for the next page."""
        found = await self.room.registries.repositories(self._host, after=self._after, room=_A_PAGE)
        self._after = found.after
        self.show([*self.rows.values(), *self._rows(found.repositories)])

    def images_changed(self) -> None:
        """Count anew what comes from where."""
        self.show(self._rows([it.reference for it in self.rows.values()]))

    def _rows(self, repositories: Iterable[Reference]) -> Iterator[RepositoryRow]:
        images = self.room.images
        here = repositories_here(images, self._host)
        for each in repositories:
            yield RepositoryRow(each, here[each], tags_here(images, each) if here[each] else ())

    def open_selected(self) -> Level | None:
        """Go to the tags of the selected one."""
        return TagsLevel(self.room, self.reference) if self.reference is not None else None

    def _explain(self, sentence: str) -> None:
        """Say in the foot why these are not all, or in the pane itself while it is empty."""
        is_empty = not self.table.total_count
        self.set_foot(Content("" if is_empty else sentence))
        if sentence and is_empty:
            self.empty = sentence
            self.say_instead((sentence,))


class SearchLevel(ListLevel[HitRow]):
    """What was found on Docker Hub."""

    HINTS: ClassVar[Sequence[str]] = ("enter", "p", "y", "S", "n", "slash", "ctrl+r")

    def __init__(self, room: Around, term: str) -> None:
        """Prepare to look for a term."""
        super().__init__(
            room,
            f"search: {term}",
            HITS,
            lambda it: (it.hit.repository.short, it.hit.description),
            lambda it: it.place,
        )
        self._term = term
        self.empty = f"Docker Hub has nothing like {term}. S looks for something else."

    @property
    def host(self) -> str:
        """Docker Hub."""
        return HUB

    @property
    def reference(self) -> Reference | None:
        """The selected repository."""
        return self.selected.hit.repository if self.selected is not None else None

    async def ask(self) -> None:
        """Ask Docker Hub's web, or the engine where that is not reached."""
        hits = await self.room.registries.search(self._term, room=_HITS)
        here = repositories_here(self.room.images, HUB)
        self.show(HitRow(it, place, here[it.repository]) for place, it in enumerate(hits))

    def images_changed(self) -> None:
        """Count anew what comes from where."""
        here = repositories_here(self.room.images, HUB)
        self.show([replace(it, images=here[it.key]) for it in self.rows.values()])

    def open_selected(self) -> Level | None:
        """Go to the tags of the selected one."""
        return TagsLevel(self.room, self.reference) if self.reference is not None else None


def _first_the_hub(registry: Registry) -> tuple[bool, str]:
    return not registry.is_hub, registry.host
