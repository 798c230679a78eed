"""The one mutable thing below the widgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from dockertui.model import DockerObject
from dockertui.store.diff import Diff, diff

T = TypeVar("T", bound=DockerObject)

Overlay = Callable[[Any], Any]
"""Adds to an object what no list says of it; returns it unchanged when there is nothing to add."""


class Store:
    """A snapshot of every kind of object of one engine, and who wants to know of changes.

    Only the event loop's thread may call it; that is what makes locks unnecessary. Snapshots
    once handed out never change.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._snapshots: dict[type[Any], Mapping[str, Any]] = {}
        self._listeners: defaultdict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)
        self._activities: dict[str, str] = {}
        self._overlays: defaultdict[type[Any], list[Overlay]] = defaultdict(list)

    def snapshot(self, kind: type[T]) -> Mapping[str, T]:
        """The objects of a kind by ID."""
        return self._snapshots.get(kind, MappingProxyType({}))

    def knows(self, kind: type[T]) -> bool:
        """Has the kind been listed at all?"""
        return kind in self._snapshots

    def replace(self, kind: type[T], objects: Iterable[T]) -> Diff[T]:
        """Adopt a new snapshot, and tell the listeners if it differs."""
        first = not self.knows(kind)
        after = {each.id: self._dressed(each) for each in objects}
        change = diff(self.snapshot(kind), after)
        if change or first:
            self._adopt(kind, after, change)
        return change

    def update(self, kind: type[T], objects: Iterable[T], *, asked: Collection[str]) -> Diff[T]:
        """Adopt part of a snapshot: those of the IDs asked for that are not there are gone."""
        before = self.snapshot(kind)
        fresh = {each.id: self._dressed(each) for each in objects}
        change = diff({id_: before[id_] for id_ in asked if id_ in before}, fresh)
        if change:
            after = dict(before) | fresh
            for id_ in change.removed:
                del after[id_]
            self._adopt(kind, after, change)
        return change

    def set_activity(self, kind: type[T], id_: str, activity: str) -> None:
        """Say what is being done to an object; an empty word says that it is done."""
        if activity:
            self._activities[id_] = activity
        else:
            self._activities.pop(id_, None)
        self.dress_again(kind, (id_,))

    def add_overlay(self, kind: type[T], overlay: Callable[[T], T]) -> None:
        """Add to every object of a kind what `overlay` says, too, from now on."""
        self._overlays[kind].append(overlay)

    def dress_again(self, kind: type[T], ids: Iterable[str]) -> None:
        """Ask the overlay again about some objects."""
        now = self.snapshot(kind)
        asked = tuple(id_ for id_ in ids if id_ in now)
        self.update(kind, (now[id_] for id_ in asked), asked=asked)

    def subscribe(self, kind: type[T], listener: Callable[[Diff[T]], None]) -> Callable[[], None]:
        """Call `listener` with each change to a kind, until the returned function is called."""
        self._listeners[kind].append(listener)
        return lambda: self._listeners[kind].remove(listener)

    def _adopt(self, kind: type[T], after: dict[str, T], change: Diff[T]) -> None:
        self._snapshots[kind] = MappingProxyType(after)
        for listener in tuple(self._listeners[kind]):
            listener(change)

    def _dressed(self, each: T) -> T:
        activity = self._activities.get(each.id, "")
        if each.activity != activity:
            each = replace(each, activity=activity)
        for overlay in self._overlays.get(type(each), ()):
            each = overlay(each)
        return each
