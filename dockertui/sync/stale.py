"""What must be listed again, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_MOST_IDS = 50
"""With more objects than this to ask for by name, listing all of them is cheaper."""


@dataclass(slots=True)
class Stale:
    """Kinds, and single objects, that have changed since they were listed."""

    _kinds: set[type[Any]] = field(default_factory=set[type[Any]])
    _ids: dict[type[Any], set[str]] = field(default_factory=dict[type[Any], set[str]])
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def mark(self, kind: type[Any], ids: Iterable[str] = ()) -> None:
        """Say that objects have changed, or any of a kind when none is named."""
        if ids := set(ids):
            self._ids.setdefault(kind, set()).update(ids)
        else:
            self._kinds.add(kind)
        self._wake.set()

    async def take(self) -> list[tuple[type[Any], frozenset[str]]]:
        """Wait until something is stale, and take it all: kinds, each with IDs or none for all."""
        await self._wake.wait()
        self._wake.clear()
        whole, self._kinds = self._kinds, set()
        parts, self._ids = self._ids, {}
        whole |= {kind for kind, ids in parts.items() if len(ids) > _MOST_IDS}
        return [(kind, frozenset()) for kind in whole] + [
            (kind, frozenset(ids)) for kind, ids in parts.items() if kind not in whole
        ]
