"""What can be read about an image."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dockertui.engine import Engine
from dockertui.model import Image
from dockertui.resources.tab import (
    Fact,
    Facts,
    Files,
    Known,
    Layers,
    LayersFound,
    Others,
    Sheet,
    Tab,
    Text,
    Tree,
)

if TYPE_CHECKING:
    from dockertui.sync import Member


async def _inspected(engine: Engine, image: Image) -> Any:  # noqa: ANN401 - it is JSON
    return await engine.inspect(image)


def _facts(image: Image, inspected: Any, now: datetime) -> Iterable[Fact]:  # noqa: ANN401 - JSON
    # Not for the first screen.
    from dockertui.resources.image_facts import image_facts

    return image_facts(image, inspected, now)


async def _layers(member: Member, image: Image) -> LayersFound:
    # Not for the first screen, nor what follows.
    from dockertui.resources.image_pages.layers import layers_of

    return await layers_of(member.study, image)


async def _dockerfile(member: Member, image: Image) -> Sequence[Fact]:
    from dockertui.resources.image_pages.dockerfile import dockerfile_of

    return await dockerfile_of(member.study, image)


async def _users(member: Member, image: Image) -> Sheet:
    from dockertui.resources.image_pages.users import users_of

    return await users_of(member, image)


def _file_name(image: Image) -> str:
    return f"{image.name}.Dockerfile"


async def _update(member: Member, image: Image) -> Sequence[Fact]:
    from dockertui.resources.update_facts import update_facts

    return await update_facts(member, image)


TABS: tuple[Tab[Image], ...] = (
    Tab("Info", Facts(_inspected, _facts, every_s=60), "Its tags, size, platform and command."),
    Tab(
        "Layers",
        Layers(_layers, empty="The engine names no layers of it."),
        "The steps that built it, newest first, what each added, and who shares it.",
    ),
    Tab(
        "Files",
        Files(_layers),
        "What each layer added, changed and hid, and the space that it wastes.",
    ),
    Tab(
        "Used by",
        Others(_users, empty="Nothing uses it: no container was made from it, and no image."),
        "The containers made from it, the images built on it, and those that it is built on.",
    ),
    Tab(
        "Dockerfile",
        Text(_dockerfile, _file_name, empty="The engine names no steps that made it."),
        "What its Dockerfile may have been, from the history of its layers.",
    ),
    Tab("Inspect", Tree(_inspected), "Everything that the engine knows of it, to fold and search."),
    Tab(
        "Update",
        Known(_update),
        "Is there a newer image in its registry, and what changes with it?",
    ),
)
"""The tabs of an image's detail, the first one first."""
