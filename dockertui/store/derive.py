"""What follows from several lists together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dockertui.model import Container, Health, Image, Project
from dockertui.model.project import project_id
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
        store.add_overlay(Image, self._count)
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


class Projects:
    """Keeps the Compose projects of a store true: they follow from the labels of containers."""

    def __init__(self, store: Store, engine: str) -> None:
        """Keep them true from now on.

        Args:
            store: Where containers come and go.
            engine: The name of the engine that has them.
        """
        self._store = store
        self._engine = engine
        self._members: dict[str, dict[str, Container]] = {}
        self._project_of: dict[str, str] = {}
        store.subscribe(Container, self._follow)

    def _follow(self, change: Diff[Container]) -> None:
        touched = {self._forget(id_) for id_ in change.removed}
        for each in (*change.added, *change.changed):
            if self._project_of.get(each.id, "") != each.project:
                touched.add(self._forget(each.id))
            if each.project:
                self._project_of[each.id] = each.project
                self._members.setdefault(each.project, {})[each.id] = each
                touched.add(each.project)
        touched.discard("")
        if touched or not self._store.knows(Project):
            ids = [project_id(name) for name in touched]
            known = (self._project(name) for name in touched if name in self._members)
            if self._store.knows(Project):
                self._store.update(Project, known, asked=ids)
            else:
                self._store.replace(Project, known)

    def _forget(self, container_id: str) -> str:
        name = self._project_of.pop(container_id, "")
        if name:
            del self._members[name][container_id]
            if not self._members[name]:
                del self._members[name]
        return name

    def _project(self, name: str) -> Project:
        members = self._members[name].values()
        labels = next(iter(members)).labels
        files = labels.get("com.docker.compose.project.config_files", "")
        return Project(
            id=project_id(name),
            name=name,
            engine=self._engine,
            services=tuple(sorted({it.service for it in members if it.service})),
            containers=len(members),
            running=sum(it.state.is_live for it in members),
            unhealthy=sum(it.health is Health.UNHEALTHY for it in members),
            failed=sum(it.failed for it in members),
            folder=labels.get("com.docker.compose.project.working_dir", ""),
            files=tuple(it for it in files.split(",") if it),
        )
