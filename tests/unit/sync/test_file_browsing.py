"""Going through the files of an image."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from dockertui.store.file_rows import Order
from dockertui.store.image_files import Mark
from dockertui.sync import file_browsing
from dockertui.sync.file_browsing import FileBrowsing
from tests.support.told_images import ToldEngine, reading_of, until


class Looking:
    """Somebody who goes through the files of an image."""

    def __init__(self, engine: ToldEngine) -> None:
        self.changes = 0
        self.engine = engine
        self.reading = reading_of(engine)
        self.browsing = FileBrowsing(self.reading, self._changed)

    def _changed(self) -> None:
        self.changes += 1

    async def read(self) -> None:
        self.reading.start()
        await self.reading.wait()
        await self.settled()

    async def settled(self) -> None:
        await until(lambda: self.browsing.sight is not None and not self.browsing.is_busy)

    @property
    def paths(self) -> list[str]:
        assert self.browsing.sight is not None
        sight = self.browsing.sight
        return [sight.view.table.path(it) for it in sight.rows.nodes]

    async def want(self, **changes: Any) -> list[str]:
        self.browsing.want(replace(self.browsing.wish, **changes))
        await self.settled()
        return self.paths


@asynccontextmanager
async def looking() -> AsyncGenerator[Looking]:
    one = Looking(ToldEngine())
    try:
        await one.read()
        yield one
    finally:
        one.browsing.close()


async def test_at_first_one_sees_the_whole_image() -> None:
    async with looking() as one:
        assert one.paths == ["/bin", "/etc", "/app"]
        assert one.browsing.layer_count == 4


async def test_one_goes_round_through_the_layers_and_the_whole_image() -> None:
    async with looking() as one:
        seen = []
        for _ in range(6):
            one.browsing.go_through_layers(1)
            seen.append(one.browsing.wish.layer)
        assert seen == [0, 1, 2, 3, None, 0]
        one.browsing.go_through_layers(-1)
        one.browsing.go_through_layers(-1)
        assert one.browsing.wish.layer == 3
        await one.settled()
        assert "/app/data/one" in one.paths


async def test_a_layer_can_be_seen_alone_or_with_all_below_it() -> None:
    async with looking() as one:
        assert await one.want(layer=2) == ["/app", "/app/a", "/app/big"]
        assert "/bin" in await one.want(is_alone=False)


async def test_few_files_of_a_kind_are_all_opened() -> None:
    async with looking() as one:
        assert await one.want(shown=Mark.HIDDEN) == [
            "/app",
            "/app/big",
            "/app/data",
            "/app/data/two",
            "/app/data/one",
        ]


async def test_open_folders_stay_open_in_another_order_and_another_layer() -> None:
    async with looking() as one:
        one.browsing.open(2)
        assert "/app/a" in one.paths
        assert "/app/a" in await one.want(order=Order.NAME)
        assert "/app/a" in await one.want(layer=1, is_alone=False)
        one.browsing.fold(one.paths.index("/app"))
        assert "/app/a" not in one.paths


async def test_folders_are_opened_level_by_level() -> None:
    async with looking() as one:
        one.browsing.open_levels(1)
        await one.settled()
        assert "/app/data" in one.paths
        one.browsing.open_levels(1)
        await one.settled()
        assert "/app/data/three" in one.paths
        for _ in range(3):
            one.browsing.open_levels(-1)
        await one.settled()
        assert one.paths == ["/bin", "/etc", "/app"]


async def test_words_are_found_and_forgotten() -> None:
    async with looking() as one:
        await one.want(words="three")
        assert one.browsing.sight is not None
        assert one.browsing.sight.search is not None
        assert one.browsing.sight.search.count == 1
        await one.want(words="")
        assert one.browsing.sight.search is None


async def test_only_the_last_of_many_wishes_is_seen() -> None:
    async with looking() as one:
        for number in range(50):
            one.browsing.search("x" * number)
        one.browsing.search("three")
        await one.settled()
        assert one.browsing.sight is not None
        assert one.browsing.sight.wish.words == "three"


async def test_a_large_folder_is_opened_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_browsing, "_SMALL", 1)
    async with looking() as one:
        one.browsing.open(2)
        await one.settled()
        assert "/app/a" in one.paths


async def test_two_views_of_very_many_files_are_never_held_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file_browsing, "_HUGE", 3)
    async with looking() as one:
        sights = list[object]()
        monkeypatch.setattr(one.browsing, "_changed", lambda: sights.append(one.browsing.sight))
        await one.want(layer=1)
        assert sights[0] is None
        assert sights[-1] is not None


async def test_what_has_been_read_is_seen_before_all_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_browsing, "_LEAST_S", 0.0)
    one = Looking(ToldEngine())
    one.engine.holds_at = 1
    one.reading.start()
    await until(lambda: one.reading.table.count)
    await until(lambda: one.browsing.sight is not None)
    assert "/bin" in one.paths
    assert one.browsing.layer_count == 0
    one.browsing.go_through_layers(1)
    assert one.browsing.wish.layer is None
    one.reading.stop()
    await one.settled()
    assert "/bin" in one.paths
    one.browsing.close()


async def test_the_layer_that_was_asked_for_elsewhere_is_seen_first() -> None:
    one = Looking(ToldEngine())
    one.reading.wanted_layer = 2
    await one.read()
    assert one.browsing.wish.layer == 2
    one.reading.wanted_layer = 0
    one.browsing.look_at_wanted()
    assert one.browsing.wish.layer == 0
    one.browsing.close()
