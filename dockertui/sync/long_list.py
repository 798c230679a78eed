"""Taking up what an engine has listed, however much that is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from dockertui.model import DockerObject
from dockertui.store import Store

_AT_ONCE = 500
"""So many objects are compared, and told of if they are new, in some 5 ms."""
_REST_S = 0.01
"""Between two parts. A key goes through many hands; each would wait for a part of its own."""


async def take_up(store: Store, kind: type[DockerObject], listed: Sequence[DockerObject]) -> None:
    """Have in a store what was listed, and nothing else of its kind.

    A long list is taken up in parts, and keys are answered between two of them. What the store
    gets to know meanwhile from elsewhere is newer, and stays.

    Args:
        store: Where to have it.
        kind: What kind of object was listed.
        listed: All there are.
    """
    if len(listed) <= _AT_ONCE:
        store.replace(kind, listed)
        return
    known = store.snapshot(kind)
    for start in range(0, len(listed), _AT_ONCE):
        now = store.snapshot(kind)
        part = listed[start : start + _AT_ONCE]
        part = [it for it in part if now.get(it.id) is known.get(it.id)]
        store.update(kind, part, asked=[it.id for it in part])
        await asyncio.sleep(_REST_S)
    there = {it.id for it in listed}
    now = store.snapshot(kind)
    gone = [id_ for id_, it in known.items() if id_ not in there and now.get(id_) is it]
    store.update(kind, (), asked=gone)
