"""Whose logs can be read together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dockertui.model import Container, Image
from dockertui.screens.item import Item
from dockertui.text import counted, middle_cut

REMOVED = "removed"
"""The id of what leads to the logs of removed containers."""
_BY_COMPOSE = "com.docker.compose."
_HAVE_THEIR_OWN = {f"{_BY_COMPOSE}project", f"{_BY_COMPOSE}service"}
_LONGEST_LABEL = 44
_MOST_NAMED = 90

Wants = Callable[[Container], bool]
"""Does a container, known now or appearing later, belong to those that are read?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Containers whose logs make sense as one."""

    label: str
    """What they have in common: `Project shop`."""
    key: str = ""
    """The key that chooses it."""
    wants: Wants
    """Which they are."""

    @property
    def title(self) -> str:
        """What they have in common, within a line."""
        return self.label[:1].lower() + self.label[1:] if self.key else self.label


def of_containers(containers: Sequence[Container]) -> Together:
    """Some containers by name, and whatever is created in their place."""
    keys = {it.key for it in containers}
    names = {(it.engine, it.name) for it in containers}
    return Together(
        label=" + ".join(it.name for it in containers)
        if len(containers) <= 3  # noqa: PLR2004 - as many as a line holds
        else counted(len(containers), "container"),
        wants=lambda it: it.key in keys or (it.engine, it.name) in names,
    )


def of_image(image: Image) -> Together:
    """All containers that were made from an image."""
    return Together(
        label=f"image {image.name}",
        wants=lambda it: it.engine == image.engine and it.image_id == image.id,
    )


def choices_for(selected: Container | None, containers: Sequence[Container]) -> Sequence[Together]:
    """What a container can be read together with, the closest first.

    Args:
        selected: The container.
        containers: All there are.
    """
    running = Together(label="All running", key="a", wants=lambda it: it.state.is_live)
    if selected is None:
        return (running,)
    return (*_kin(selected), running, *_labelled(selected, containers))


def items(choices: Sequence[Together], containers: Sequence[Container]) -> list[Item]:
    """The choices as a menu lists them; the place of each is its id."""
    found = [
        Item(
            id=str(place),
            key=each.key,
            label=middle_cut(each.label, _LONGEST_LABEL),
            help=_told(names := sorted(it.name for it in containers if each.wants(it))),
            note=counted(len(names), "container"),
        )
        for place, each in enumerate(choices)
    ]
    gone = "What containers wrote that are gone, as far as it was seen."
    removed = Item(id=REMOVED, key="r", label="Removed containers…", help=gone)
    keys = sum(bool(it.key) for it in found)
    return [*found[:keys], removed, *found[keys:]]


def _told(names: Sequence[str]) -> str:
    """Who is in it, as many as two lines hold."""
    if not names:
        return "None now. One that appears will be in it."
    shown = list[str]()
    while len(shown) < len(names) and sum(map(len, shown)) + len(names[len(shown)]) < _MOST_NAMED:
        shown.append(names[len(shown)])
    more = f" and {len(names) - len(shown):,} more" if len(shown) < len(names) else ""
    return f"{', '.join(shown)}{more}"


def _kin(one: Container) -> Iterator[Together]:
    """Those of its project, its service, its image."""
    project, service, engine = one.project, one.service, one.engine
    if project:
        yield Together(
            label=f"Project {project}",
            key="p",
            wants=lambda it: it.engine == engine and it.project == project,
        )
    if project and service:
        yield Together(
            label=f"Service {service} of {project}",
            key="s",
            wants=lambda it: (it.engine, it.project, it.service) == (engine, project, service),
        )
    yield Together(
        label=f"Image {one.image}",
        key="i",
        wants=lambda it: (
            it.engine == engine and (it.image_id == one.image_id or it.image == one.image)
        ),
    )


def _labelled(one: Container, containers: Sequence[Container]) -> Iterator[Together]:
    """Those that share a label; what Compose keeps its books with comes last."""
    labels = [it for it in one.labels.items() if it[0] not in _HAVE_THEIR_OWN]
    alone = {
        name: sum(it.labels.get(name) == value for it in containers) == 1 for name, value in labels
    }
    labels.sort(key=lambda it: (it[0].startswith(_BY_COMPOSE), alone[it[0]], it[0]))
    for name, value in labels:
        yield Together(
            label=f"{name}={value}",
            wants=_has_label(name, value),
        )


def _has_label(name: str, value: str) -> Wants:
    return lambda it: it.labels.get(name) == value
