"""What is known of newer images, put into the rows of containers and images."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dockertui.model import Container, Image
from dockertui.model.reference import Reference, is_image_id, reference_in
from dockertui.model.registry import Freshness, UpdateCheck
from dockertui.model.update import Finding, Silence, Subject
from dockertui.model.update_word import Update
from dockertui.store.diff import Diff
from dockertui.store.store import Store

_FIRST = (Update.CHECKING, Update.NEWER, Update.OLDER, Update.CURRENT, Update.UNKNOWN)
"""Which word an image has whose tags have several; a tag of one's own is often unknown."""

_SHORT_ID = 12


class UpdateNotes:
    """Keeps findings, and `update` of containers and images true in a store.

    Two things make a container's image an old one: that its registry has another by now, and that
    its tag means another one here already. The second needs nobody to be asked.
    """

    def __init__(self, store: Store) -> None:
        """Keep it true from now on.

        Args:
            store: Where containers and images come and go.
        """
        self._store = store
        self._findings: dict[Subject, Finding] = {}
        self._latest: dict[Reference, UpdateCheck] = {}
        self._names: dict[str, str] = {}
        self._meant: dict[Reference, str] = {}
        self._image_of: dict[str, str] = {}
        self._users: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._see_tags()
        self._see_users(self._store.snapshot(Container).values())
        store.add_overlay(Container, self._container)
        store.add_overlay(Image, self._image)
        store.subscribe(Image, self._images_changed)
        store.subscribe(Container, self._containers_changed)
        self._dress_all()

    # What is compared

    def subjects_of(self, target: Container | Image) -> tuple[Subject, ...]:
        """What is to be compared for an object; nothing for what has no name."""
        if isinstance(target, Container):
            reference = self.reference_of(target)
            return () if reference is None else (Subject(reference, target.image_id),)
        users = self._users_of(target.id)
        named = [*map(reference_in, target.tags), *map(self.reference_of, users)]
        references = dict.fromkeys(it.tagged() for it in named if it is not None)
        return tuple(Subject(it, target.id) for it in references)

    def in_use(self) -> tuple[Subject, ...]:
        """All that containers run, running or not, each once."""
        found = (it for each in self._containers() for it in self.subjects_of(each))
        return tuple(dict.fromkeys(found))

    def reference_of(self, container: Container) -> Reference | None:
        """What a container was created from; `None` if that is an ID, or not known yet."""
        name = self._names.get(container.id, container.image)
        found = None if _is_id(name, container.image_id) else reference_in(name)
        return None if found is None else found.tagged()

    def nameless(self) -> tuple[Container, ...]:
        """The containers of which the engine lists an ID: only an inspection tells their image."""
        return tuple(
            it for it in self._containers() if is_image_id(it.image) and it.id not in self._names
        )

    def name(self, container_id: str, image: str) -> None:
        """Note what a container was created from."""
        self._names[container_id] = image
        self._store.dress_again(Container, (container_id,))

    # What is known

    def finding(self, subject: Subject) -> Finding:
        """What is known of a subject; it may follow from what is known of another image."""
        known = self._findings.get(subject) or Finding(subject=subject)
        latest = self._latest.get(subject.reference)
        if latest is None or known.check is latest or known.is_asking:
            return known
        image = self._store.snapshot(Image).get(subject.image_id)
        if image is None or latest.digest not in digests_in(image, subject.reference):
            return known
        return replace(known, check=_current(latest), problem="", tried=latest.checked)

    def note(self, finding: Finding) -> None:
        """Keep a finding, and say it in the rows that it is about."""
        self._findings[finding.subject] = finding
        if finding.check is not None and not finding.is_asking and not finding.problem:
            self._latest[finding.subject.reference] = finding.check
        self._dress(finding.subject)

    def silence_of(self, subject: Subject) -> str:
        """Why nobody need be asked about a subject; empty if somebody has to be."""
        if subject.reference.digest:
            return Silence.PINNED
        image = self._store.snapshot(Image).get(subject.image_id)
        if image is None:
            return Silence.GONE
        return "" if digests_in(image, subject.reference) else Silence.NEVER_THERE

    def meant_here(self, subject: Subject) -> Image | None:
        """The other image that the tag means here by now; `None` if it means this one or none."""
        image_id = self._meant.get(subject.reference, subject.image_id)
        images = self._store.snapshot(Image)
        return images.get(image_id) if image_id != subject.image_id else None

    def update_of(self, subject: Subject) -> Update:
        """What a subject comes to where a container runs it."""
        word = self.finding(subject).update
        other = self.meant_here(subject)
        if other is None or word is Update.CHECKING:
            return word
        latest = self._latest.get(subject.reference)
        is_newest = latest is None or latest.digest in digests_in(other, subject.reference)
        return Update.OLDER if is_newest or word is not Update.NEWER else Update.NEWER

    # The rows

    def _container(self, container: Container) -> Container:
        found = self.subjects_of(container)
        word = self.update_of(found[0]) if found else Update.NONE
        return container if container.update is word else replace(container, update=word)

    def _image(self, image: Image) -> Image:
        word = Update.NONE
        if self._latest or self._findings:
            words = {self.finding(it).update for it in self.subjects_of(image)}
            word = next((it for it in _FIRST if it in words), Update.NONE)
        return image if image.update is word else replace(image, update=word)

    def _containers(self) -> Iterable[Container]:
        return self._store.snapshot(Container).values()

    def _images_changed(self, _: Diff[Image]) -> None:
        if self._see_tags():
            self._dress_all()

    def _containers_changed(self, change: Diff[Container]) -> None:
        touched = {self._forget(id_) for id_ in change.removed}
        touched |= self._see_users(change.added)
        if self._findings:
            self._store.dress_again(Image, touched)

    def _see_tags(self) -> bool:
        """Note which image each tag means; says whether that has changed."""
        before = self._meant
        self._meant = dict(_meanings(self._store.snapshot(Image).values()))
        return self._meant != before

    def _see_users(self, containers: Iterable[Container]) -> set[str]:
        """Note who runs which image; the images that it is about are returned."""
        touched = set()
        for each in containers:
            self._image_of[each.id] = each.image_id
            self._users[each.image_id][each.id] = None
            if not is_image_id(each.image):
                # The engine lists an ID once the name means another image.
                self._names[each.id] = each.image
            touched.add(each.image_id)
        return touched

    def _forget(self, container_id: str) -> str:
        self._names.pop(container_id, None)
        image_id = self._image_of.pop(container_id, "")
        self._users[image_id].pop(container_id, None)
        return image_id

    def _users_of(self, image_id: str) -> Iterator[Container]:
        containers = self._store.snapshot(Container)
        return (containers[it] for it in self._users.get(image_id, ()) if it in containers)

    def _dress(self, subject: Subject) -> None:
        """Say what is known in the rows of the image, and of the one that the tag means here."""
        images = {subject.image_id, self._meant.get(subject.reference, subject.image_id)}
        users = [user for it in images for user in self._users.get(it, ())]
        self._store.dress_again(Container, users)
        self._store.dress_again(Image, images)

    def _dress_all(self) -> None:
        self._store.dress_again(Container, self._store.snapshot(Container))
        self._store.dress_again(Image, self._store.snapshot(Image))


def _is_id(name: str, image_id: str) -> bool:
    digits = image_id.removeprefix("sha256:")
    return is_image_id(name) or (len(name) >= _SHORT_ID and digits.startswith(name))


def _meanings(images: Iterable[Image]) -> Iterator[tuple[Reference, str]]:
    for image in images:
        for name in image.tags:
            if (reference := reference_in(name)) is not None:
                yield reference.tagged(), image.id


def digests_in(image: Image, reference: Reference) -> set[str]:
    """What an image is known by in a repository."""
    known = map(reference_in, image.digests)
    return {it.digest for it in known if it is not None and it.repository == reference.repository}


def _current(latest: UpdateCheck) -> UpdateCheck:
    return replace(latest, freshness=Freshness.CURRENT, newer=None)
