"""All images of a world, and what their references mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dockertui.sim.answers import Refusal
from dockertui.sim.container import Container
from dockertui.sim.containers import ContainerSet
from dockertui.sim.events import EventRing
from dockertui.sim.image import Image, familiar


class ImageSet:
    """Every image, and which of them a reference means."""

    def __init__(self, events: EventRing, containers: ContainerSet) -> None:
        """Begin with none.

        Args:
            events: who is told what happens to them.
            containers: whose images they are, and who show a reference while it means theirs.
        """
        self._events = events
        self._containers = containers
        self._by_id: dict[str, Image] = {}
        self._references: dict[str, str] = {}

    def __iter__(self) -> Iterator[Image]:
        """Go through them, newest first."""
        return iter(sorted(self._by_id.values(), key=lambda it: it.created_ns, reverse=True))

    def __len__(self) -> int:
        """Count them."""
        return len(self._by_id)

    def get(self, id_: str) -> Image | None:
        """Find one by its full ID."""
        return self._by_id.get(id_)

    def find(self, reference: str) -> Image:
        """Find one by reference, ID or the beginning of its ID, or refuse."""
        id_ = self.meaning(reference)
        if id_ is None and reference:
            start = f"sha256:{reference.removeprefix('sha256:')}"
            id_ = next((each for each in self._by_id if each.startswith(start)), None)
        if id_ is None:
            raise Refusal(404, f"No such image: {familiar(reference)}")
        return self._by_id[id_]

    def meaning(self, reference: str) -> str | None:
        """Say the ID of the image that a reference means, if any."""
        if reference in self._by_id:
            return reference
        return self._references.get(familiar(reference))

    def users(self, image: Image) -> list[Container]:
        """The containers made from an image, newest first."""
        return [each for each in self._containers if each.image_id == image.id]

    @property
    def layer_users(self) -> Counter[str]:
        """How many images have each layer."""
        return Counter(layer for each in self for layer in each.layers)

    def add(self, image: Image) -> Image:
        """Take an image in; what its references meant before they mean no more."""
        for reference in [*image.tags, *image.digests]:
            self._take_from_others(reference, image)
            self._references[reference] = image.id
        self._by_id[image.id] = image
        self._containers.references_changed()
        return image

    def tag(self, image: Image, reference: str) -> None:
        """Let a reference mean an image, and no other any more."""
        name = familiar(reference)
        self._take_from_others(name, image)
        if name not in image.tags:
            image.tags.append(name)
        self._references[name] = image.id
        self._containers.references_changed()
        self._events.emit("image", "tag", image.id, {"name": name})

    def untag(self, image: Image, reference: str) -> None:
        """Let a reference mean nothing any more."""
        for names in (image.tags, image.digests):
            if reference in names:
                names.remove(reference)
        self._references.pop(reference, None)
        self._containers.references_changed()
        self._events.emit("image", "untag", image.id, {"name": image.id})

    def remove(self, image: Image) -> None:
        """Let an image go that has no references left."""
        del self._by_id[image.id]
        self._events.emit("image", "delete", image.id, {"name": image.id})

    def _take_from_others(self, reference: str, image: Image) -> None:
        former = self._by_id.get(self._references.get(reference, ""))
        if former is not None and former is not image and reference in former.tags:
            former.tags.remove(reference)
