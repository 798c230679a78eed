"""A long list is taken up in parts, and comes to the same as a short one."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from dockertui.model import Container
from dockertui.store import Diff, Store
from dockertui.sync.long_list import take_up

LENGTHS = 0, 3, 500, 501, 2_345


def crowd(count: int, name: str = "web") -> list[Container]:
    return [Container(id=f"c{number}", name=name) for number in range(count)]


@pytest.mark.parametrize("before", LENGTHS)
@pytest.mark.parametrize("after", LENGTHS)
async def test_the_store_has_what_was_listed_and_nothing_else(before: int, after: int) -> None:
    store, told = Store(), list[Diff[Container]]()
    await take_up(store, Container, crowd(before))
    store.subscribe(Container, told.append)
    listed = crowd(after, "other")
    await take_up(store, Container, listed)
    assert dict(store.snapshot(Container)) == {it.id: it for it in listed}
    assert store.knows(Container)
    assert sum(len(it.added) for it in told) == max(0, after - before)
    assert sum(len(it.changed) for it in told) == min(before, after)
    assert sum(len(it.removed) for it in told) == max(0, before - after)


async def test_what_is_as_it_was_is_told_to_nobody() -> None:
    store, told = Store(), list[Diff[Container]]()
    await take_up(store, Container, crowd(2_000))
    store.subscribe(Container, told.append)
    await take_up(store, Container, crowd(2_000))
    assert told == []


async def test_others_have_their_turn_between_two_parts() -> None:
    store, turns = Store(), 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    await take_up(store, Container, crowd(2_500))
    counting.cancel()
    assert turns >= 4


async def test_what_becomes_known_meanwhile_is_newer_and_stays() -> None:
    store = Store()
    await take_up(store, Container, [*crowd(2_000), Container(id="old", name="old")])
    taking = asyncio.create_task(take_up(store, Container, crowd(2_000, "listed")))
    await asyncio.sleep(0)
    changed = replace(store.snapshot(Container)["c1999"], name="newer")
    added, kept = Container(id="added", name="added"), Container(id="old", name="new again")
    store.update(Container, [changed, added, kept], asked=["c1999", "added", "old"])
    await taking
    names = {id_: it.name for id_, it in store.snapshot(Container).items()}
    assert (names["c0"], names["c1998"], names["c1999"]) == ("listed", "listed", "newer")
    assert (names["added"], names["old"]) == ("added", "new again")
