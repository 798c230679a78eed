"""Steps of the way that are lists."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from textual import on, work
from textual.widget import Widget

from dockertui.engine import EngineError
from dockertui.engine.errors import LoginNeeded
from dockertui.resources.resource import Column
from dockertui.screens.registries.level import Around, Level
from dockertui.store.search import Search
from dockertui.widgets.table import VirtualTable

T = TypeVar("T")

_NEAR_THE_END = 20
"""So many rows before the end of a list, more of it is asked for."""


class ListLevel(Level, Generic[T]):
    """A list, of which more may come when one nears its end."""

    def __init__(
        self,
        room: Around,
        words: str,
        columns: Sequence[Column[Any]],
        texts: Callable[[T], Iterable[str]],
        sort: Callable[[T], Any],
    ) -> None:
        """Prepare.

        Args:
            room: Where it is.
            words: What it is called in the path.
            columns: What is said of each row.
            texts: Where the words of the filter look.
            sort: The usual order.
        """
        super().__init__(room, words)
        self.table: VirtualTable[Any] = VirtualTable(
            columns, key=lambda it: it.key, sort=sort, empty=""
        )
        self._search = Search({"name": texts}, ("name",))
        self.empty = "There is nothing here."
        self._more: Callable[[], None] | None = None

    @property
    def view(self) -> Widget:
        """The table."""
        return self.table

    @property
    def rows(self) -> Mapping[Hashable, T]:
        """Everything in the list, by its key."""
        return self.table.model.rows()

    @property
    def selected(self) -> T | None:
        """The selected row."""
        found: T | None = self.table.selected
        return found

    @property
    def count_text(self) -> str:
        """How many rows there are."""
        table = self.table
        if not table.total_count:
            return ""
        more = "+" if self.has_more else ""
        if table.shown_count != table.total_count:
            return f"{table.shown_count:,}/{table.total_count:,}{more}"
        return f"{table.total_count:,}{more}"

    @property
    def has_more(self) -> bool:
        """Is there more than what has been asked for?"""
        return False

    async def ask_more(self) -> None:
        """Ask for more, and show it.

        Raises:
            EngineError: It cannot be had.
        """

    def show(self, rows: Iterable[T]) -> None:
        """Show rows."""
        listed: dict[Any, Any] = {it.key: it for it in rows}  # type: ignore[attr-defined]
        self.table.set_rows(listed)
        self._say_empty(self.empty)
        self.retitle()

    def say_instead(self, sentences: Sequence[str]) -> None:
        """Say something in the place of rows, or below the list while there are some."""
        if isinstance(self.error, LoginNeeded):
            # What was to be seen is no longer for whoever looks now.
            self.table.set_rows({})
        if self.table.total_count:
            if self.error is not None:
                self.room.fail(self.error)
        else:
            self._say_empty(" ".join(sentences))

    def apply_filter(self) -> None:
        """Show what has the words of the filter."""
        self.table.filter = self._search.condition(self.query_text)
        self._say_empty(self.empty)
        if self.query_text:
            self._near_the_end()

    def _say_empty(self, sentence: str) -> None:
        if self.query_text and self.table.total_count:
            sentence = f"Nothing matches {self.query_text}. esc shows all again."
        self.table.empty_text = sentence

    @on(VirtualTable.Selected)
    def _look_ahead(self) -> None:
        self._near_the_end()
        self.post_message(self.Changed())

    def _near_the_end(self) -> None:
        table = self.table
        if not self.has_more or self.is_loading:
            return
        if table.model.position >= table.shown_count - _NEAR_THE_END:
            self._load_more()

    @work(exclusive=True, group="level")
    async def _load_more(self) -> None:
        self.is_loading = True
        try:
            await self.ask_more()
        except EngineError as error:
            self.room.fail(error)
        finally:
            self.is_loading = False
        self.retitle()
