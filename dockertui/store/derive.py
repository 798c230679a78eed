"""What follows from several lists together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dockertui.model import Container, Image
from dockertui.store.diff import Diff
from dockertui.store.store import Store


class ImageUse:
    """Keeps `Image.containers` true in a store: how many containers were made from each image."""

    def __init__(self, store: Store) -> None:
        """Keep it true from now on.

        Args:
            store: Where containers come and go.
        """
        self._store = store
        self._used: Counter[str] = Counter()
        self._image_of: dict[str, str] = {}
        store.set_overlay(Image, self._count)
        store.subscribe(Container, self._follow)

    def _count(self, image: Image) -> Image:
        containers = self._used[image.id]
        return image if image.containers == containers else replace(image, containers=containers)

    def _follow(self, change: Diff[Container]) -> None:
        touched = set()
        for id_ in change.removed:
            touched.add(self._forget(id_))
        for each in (*change.added, *change.changed):
            if self._image_of.get(each.id) != each.image_id:
                touched.add(self._forget(each.id))
                self._image_of[each.id] = each.image_id
                self._used[each.image_id] += 1
                touched.add(each.image_id)
        if touched:
            self._store.dress_again(Image, touched)

    def _forget(self, container_id: str) -> str:
        image_id = self._image_of.pop(container_id, "")
        if image_id:
            self._used[image_id] -= 1
        return image_id
