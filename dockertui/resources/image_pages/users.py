"""What the Used by tab says of an image."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dockertui.model import Container, Image
from dockertui.resources import containers, images
from dockertui.resources.resource import Column
from dockertui.resources.tab import ObjectKey, Sheet
from dockertui.store.image_kin import Kin
from dockertui.sync import Member
from dockertui.text import counted, decimal_size


@dataclass(frozen=True, slots=True)
class User:
    """Another object, and what it has to do with an image."""

    target: ObjectKey
    """Which."""
    mark: tuple[str, str]
    """Its sign, and the theme variable of its colour."""
    name: str
    """What it is called."""
    relation: str
    """What it is to the image, in a word or two."""
    note: str
    """What else to know."""


async def users_of(member: Member, image: Image) -> Sheet:
    """Who uses an image, as far as that is known by now."""
    study = member.study
    await study.detail(image.id)
    await study.learn_soon()
    kin = study.kin
    rows = [
        *_containers(member.store.snapshot(Container).values(), image),
        *_images(study.image, kin.built_on(image.id), "built on it", _more),
        *_images(study.image, kin.twins(image.id), "same layers", _configured),
        *_images(study.image, kin.bases(image.id), "its base", _less),
    ]
    return Sheet(COLUMNS, rows, _key)


def _containers(all_: Iterable[Container], image: Image) -> Iterator[User]:
    found = (it for it in all_ if it.image_id == image.id)
    for each in sorted(found, key=lambda it: (not it.state.is_live, it.name)):
        yield User(
            ObjectKey(Container, each.key),
            containers.mark(each),
            each.name,
            "runs it" if each.state.is_live else "made from it",
            each.status,
        )


def _images(
    find: Callable[[str], Image | None],
    kin: Sequence[Kin],
    relation: str,
    note: Callable[[Kin, Image], str],
) -> Iterator[User]:
    for each in kin:
        if (image := find(each.image_id)) is not None:
            yield User(
                ObjectKey(Image, image.key),
                images.mark(image),
                image.name,
                relation,
                note(each, image),
            )


def _more(kin: Kin, image: Image) -> str:
    if not kin.more:
        return "the same layers"
    return f"{counted(kin.more, 'more layer')}, {decimal_size(image.size_bytes)}"


def _less(kin: Kin, image: Image) -> str:
    return f"{counted(kin.layers, 'layer')}, {decimal_size(image.size_bytes)}"


def _configured(_: Kin, image: Image) -> str:
    return f"configured otherwise, {decimal_size(image.size_bytes)}"


def _key(user: User, _: int) -> Hashable:
    return user.target


COLUMNS: tuple[Column[User], ...] = (
    Column("", lambda it: it.mark[0], style=lambda it: it.mark[1], width=1, keep=9),
    Column("Name", lambda it: it.name, width=16, most=48, keep=8, cut_middle=True),
    Column("What", lambda it: it.relation, style=lambda _: "$dim", width=12, keep=7),
    Column("", lambda it: it.note, style=lambda _: "$dim", width=10, keep=6, flexible=True),
)
"""What is said of a user."""
