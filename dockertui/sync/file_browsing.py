"""Going through the files of an image: which layer one looks at, what is open, what one seeks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from dockertui.engine.memory import give_back
from dockertui.engine.threads import in_thread
from dockertui.store.file_rows import FileRows, Order
from dockertui.store.file_search import FileSearch
from dockertui.store.image_files import FileView, Mark, layer_view, partial_view, whole_view
from dockertui.sync.image_reading import ImageReading, ReadingState

_FEW = 300
"""So few files are all opened at once, whatever folders they are in."""
_SMALL = 2_000
"""So many rows are listed at once without a thread; it takes some 2 ms."""
_DEEPEST = 64
_ALL = -1
_MANY = 50_000
"""From so many files on, memory that is free again is given back."""
_HUGE = 250_000
"""From so many files on, no two views of them are held at a time."""
_PATIENCE = 4
"""How many times as long as it takes to sort a part of the files one waits for more of them."""
_LEAST_S = 0.4


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see."""

    layer: int | None = None
    """Which layer, counted from 0; `None` for the whole image."""
    is_alone: bool = True
    """Only what the layer did, or all that one sees up to it? It makes no difference for the
    whole image."""
    order: Order = Order.SIZE
    """What files are sorted by."""
    shown: Mark = Mark.ANY
    """Which files."""
    words: str = ""
    """What is searched for; empty for nothing."""
    levels: int = 0
    """How many levels of folders were opened at once last."""
    turn: int = 0
    """Another number asks for the rows to be listed anew: a folder was opened meanwhile."""
    stamp: int = 0
    """How much had been read; -1 for all of it."""

    @property
    def of_view(self) -> tuple[int | None, bool, int]:
        """What a view depends on."""
        return self.layer, self.is_alone or self.layer is None, self.stamp

    @property
    def of_rows(self) -> tuple[object, ...]:
        """What rows depend on."""
        return *self.of_view, self.order, self.shown, self.levels, self.turn


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen."""

    wish: Wish
    """What it was made for."""
    rows: FileRows
    """The rows."""
    search: FileSearch | None
    """The hits among them; `None` while nothing is searched for."""

    @property
    def view(self) -> FileView:
        """All files, on show or not."""
        return self.rows.view

    @property
    def is_of_layer(self) -> bool:
        """Is it what one layer did?"""
        return self.wish.layer is not None and self.wish.is_alone


class FileBrowsing:
    """What one looks at in the files of an image. Whatever takes longer is done in a thread."""

    def __init__(self, reading: ImageReading, changed: Callable[[], None]) -> None:
        """Look at an image.

        Args:
            reading: Its files.
            changed: Called when there is something else to see.
        """
        self.reading = reading
        self.wish = Wish()
        """What one wants to see."""
        self.sight: Sight | None = None
        """What is to be seen now; `None` before there is anything."""
        self.version = 0
        """Another number whenever there is something else to be seen."""
        self._changed = changed
        self._task: asyncio.Task[None] | None = None
        self._due: asyncio.TimerHandle | None = None
        self._wait_s = _LEAST_S
        self._let_go = reading.on_change(self._read_on)
        self._read_on()

    @property
    def is_busy(self) -> bool:
        """Is something being worked out, so that what is seen is not what one wants to see?"""
        is_at_it = self._task is not None and not self._task.done()
        return is_at_it and (self.sight is None or self.sight.wish != self.wish)

    @property
    def layer_count(self) -> int:
        """How many layers there are to look at; 0 before all is read."""
        return len(self.reading.layers)

    def close(self) -> None:
        """Look no more."""
        self._let_go()
        self._forget_the_rest()
        if self._task is not None:
            self._task.cancel()

    def want(self, wish: Wish) -> None:
        """Want to see something else."""
        self.wish = wish
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._catch_up())

    def go_through_layers(self, by: int) -> None:
        """Look at the next layer, or the one before; the whole image is between last and first."""
        if count := self.layer_count:
            place = 0 if self.wish.layer is None else self.wish.layer + 1
            place = (place + by) % (count + 1)
            self.want(replace(self.wish, layer=place - 1 if place else None))

    def look_at_wanted(self) -> None:
        """Look at the layer that somebody has asked for elsewhere, if anybody has."""
        layer, self.reading.wanted_layer = self.reading.wanted_layer, None
        if layer is not None and self.reading.state is ReadingState.READ:
            self.want(replace(self.wish, layer=layer, is_alone=True))
        else:
            self.reading.wanted_layer = layer

    def search(self, words: str) -> None:
        """Mark what contains words; nothing when there are none."""
        self.want(replace(self.wish, words=words))

    def open(self, place: int) -> None:
        """Show what is in the folder of a row."""
        if (sight := self.sight) is None:
            return
        rows = sight.rows
        inside = rows.view.children.of(rows.nodes[place])
        is_small = len(inside) <= _SMALL and not any(rows.opened[it] for it in inside)
        if not self.is_busy and (is_small or len(sight.view) <= _SMALL):
            rows.open(place)
            self._look()
        else:
            rows.opened[rows.nodes[place]] = 1
            self.want(replace(self.wish, turn=self.wish.turn + 1))

    def fold(self, place: int) -> None:
        """Hide what is in the folder of a row."""
        if (sight := self.sight) is not None:
            sight.rows.fold(place)
            if self.is_busy:
                self.want(replace(self.wish, turn=self.wish.turn + 1))
            self._look()

    def open_levels(self, by: int) -> None:
        """Open all folders one level deeper, or one less with -1."""
        levels = max(0, min(self.wish.levels + by, _DEEPEST))
        self.want(replace(self.wish, levels=levels, turn=self.wish.turn + 1))

    def _read_on(self) -> None:
        """Show what has been read by now, in time."""
        reading = self.reading
        if reading.state is ReadingState.READ:
            self._forget_the_rest()
            layer, reading.wanted_layer = reading.wanted_layer, None
            self.want(replace(self.wish, stamp=_ALL, layer=layer))
            return
        if reading.state is ReadingState.PACKING:
            self._forget_the_rest()
            self.wish = Wish(order=self.wish.order)
            self._look(None)
            return
        elif reading.is_going_on and self._due is None and not self.is_busy:
            loop = asyncio.get_running_loop()
            self._due = loop.call_later(self._wait_s, self._show_so_far)
        elif reading.state in {ReadingState.STOPPED, ReadingState.FAILED}:
            self._show_so_far()
        self._changed()

    def _show_so_far(self) -> None:
        self._forget_the_rest()
        if count := self.reading.table.count:
            self.want(replace(self.wish, stamp=count, layer=None))

    def _forget_the_rest(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    async def _catch_up(self) -> None:
        loop = asyncio.get_running_loop()
        while self.sight is None or self.sight.wish != self.wish:
            wish, before, reading = self.wish, self.sight, self.reading
            is_other = before is not None and wish.of_view != before.wish.of_view
            if is_other and reading.table.count > _HUGE:
                # Two views of so many files would be too much at once.
                before = None
                self._look(None)
            began_s = loop.time()
            sight = await in_thread(partial(_seen, reading, wish, before))
            self._wait_s = max(_LEAST_S, _PATIENCE * (loop.time() - began_s))
            self._look(sight if reading.table is sight.view.table else self.sight)

    def _look(self, *sight: Sight | None) -> None:
        """See something else, or the same with other rows."""
        if sight:
            (self.sight,) = sight
        self.version += 1
        self._changed()


def _seen(reading: ImageReading, wish: Wish, before: Sight | None) -> Sight:
    """Make what is wished for, and leave no more memory in use than that takes."""
    sight = _made(reading, wish, before)
    if reading.table.count > _MANY:
        give_back()
    return sight


def _made(reading: ImageReading, wish: Wish, before: Sight | None) -> Sight:
    """Make what is wished for out of what there is already, as far as that goes."""
    was = before.wish if before is not None else None
    if before is not None and was is not None and was.of_rows == wish.of_rows:
        rows = before.rows
    else:
        same = before is not None and was is not None and was.of_view == wish.of_view
        view = before.view if same and before is not None else _view(reading, wish)
        rows = FileRows(view, reading.opened, wish.order, wish.shown)
        if was is not None and was.levels != wish.levels:
            rows.open_levels(wish.levels)
        elif _opens_all(view, wish, was):
            rows.open_marked()
    if not wish.words:
        return Sight(wish, rows, None)
    search = before.search if before is not None and before.rows is rows else None
    if search is None or search.words != wish.words:
        search = FileSearch(rows, wish.words)
    return Sight(wish, rows, search)


def _view(reading: ImageReading, wish: Wish) -> FileView:
    if wish.stamp != _ALL:
        return partial_view(reading.table)
    if wish.layer is None:
        return whole_view(reading.table, reading.layers)
    layers = reading.layers[: wish.layer + 1]
    return (layer_view if wish.is_alone else whole_view)(reading.table, layers)


def _opens_all(view: FileView, wish: Wish, was: Wish | None) -> bool:
    """Are there so few files that folders would only be in the way?"""
    if was is not None and (was.layer, was.shown) == (wish.layer, wish.shown):
        return False
    if wish.layer is None and wish.shown == Mark.ANY:
        return False
    sums = view.sums
    told = ((Mark.ADDED, sums.added), (Mark.CHANGED, sums.changed), (Mark.HIDDEN, sums.hidden))
    some = sum(count for mark, count in told if wish.shown & mark) or sums.same
    if wish.shown == Mark.WASTED:
        some = sums.changed + sums.hidden
    return wish.stamp == _ALL and some <= _FEW
