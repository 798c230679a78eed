"""Texts that change by themselves, such as an uptime."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dockertui.resources.resource import Live
from dockertui.widgets.row_order import Entry


class _Said(NamedTuple):
    texts: tuple[str, ...]
    until_s: float


class LiveTexts:
    """What some columns say of the rows in view; a row is asked only when its text changes."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._said: dict[int, _Said] = {}
        self.holds_s = float("inf")
        """For how many seconds all that was last asked for stays true."""

    def forget(self) -> None:
        """Ask every row anew: the columns are others."""
        self._said = {}

    def forget_some(self, versions: Iterable[int]) -> None:
        """Ask some rows anew: what was measured of them has changed."""
        for each in versions:
            self._said.pop(each, None)

    def of(self, entries: Iterable[Entry[Any]], live: Sequence[Live[Any]]) -> list[tuple[str, ...]]:
        """The texts of some rows now; those of other rows are forgotten."""
        if not live:
            self.holds_s = float("inf")
            return [() for _ in entries]
        now = datetime.now(UTC)
        now_s = now.timestamp()
        said = {}
        for it in entries:
            known = self._said.get(it.version)
            if known is None or known.until_s <= now_s:
                each = [say(it.row, now) for say in live]
                until_s = now_s + min(seconds for _, seconds in each)
                known = _Said(tuple(text for text, _ in each), until_s)
            said[it.version] = known
        self._said = said
        self.holds_s = min((it.until_s for it in said.values()), default=float("inf")) - now_s
        return [it.texts for it in said.values()]
