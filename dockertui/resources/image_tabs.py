"""What can be read about an image."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from dockertui.engine import Engine
from dockertui.model import Image, Layer
from dockertui.resources.resource import Column
from dockertui.resources.tab import Fact, Facts, Rows, Sheet, Tab, Tree
from dockertui.text import age, decimal_size

_SHELL = re.compile(r"^(?:\|\d+ .*?)?/bin/(?:ba)?sh -c\s+")
_NO_OPERATION = "#(nop)"
_BUILDKIT = re.compile(r"\s*# buildkit$")


def instruction(created_by: str) -> str:
    """What a layer was made by, as it stood in the Dockerfile as far as that is known.

    >>> instruction('/bin/sh -c #(nop)  CMD ["sh"]')
    'CMD ["sh"]'
    >>> instruction("/bin/sh -c apt-get update")
    'RUN apt-get update'
    >>> instruction("RUN /bin/sh -c make # buildkit")
    'RUN make'
    """
    text = _BUILDKIT.sub("", created_by.strip())
    run = text.startswith("RUN ")
    bare = _SHELL.sub("", text.removeprefix("RUN "), count=1)
    if bare.startswith(_NO_OPERATION):
        return bare.removeprefix(_NO_OPERATION).strip()
    return f"RUN {bare}" if run or bare != text else text


async def _inspected(engine: Engine, image: Image) -> Any:  # noqa: ANN401 - it is JSON
    return await engine.inspect(image)


def _facts(image: Image, inspected: Any, now: datetime) -> Iterable[Fact]:  # noqa: ANN401 - JSON
    # Not for the first screen.
    from dockertui.resources.image_facts import image_facts

    return image_facts(image, inspected, now)


async def _layers(engine: Engine, image: Image) -> Sheet:
    return Sheet(LAYER_COLUMNS, await engine.history(image.id))


def _how_old(layer: Layer) -> str:
    if layer.created is None:
        return ""
    return age((datetime.now(UTC) - layer.created).total_seconds())


LAYER_COLUMNS: tuple[Column[Layer], ...] = (
    Column(
        "Size",
        lambda it: it.size_bytes,
        text=decimal_size,
        style=lambda it: "" if it.size_bytes else "$dim",
        right=True,
        width=8,
        keep=2,
    ),
    Column("Age", _how_old, style=lambda _: "$dim", right=True, width=4, keep=1),
    Column(
        "Instruction",
        lambda it: instruction(it.created_by) or it.comment,
        width=20,
        keep=3,
        flexible=True,
    ),
)
"""What is said of a layer."""

TABS: tuple[Tab[Image], ...] = (
    Tab("Info", Facts(_inspected, _facts, every_s=60), "Its tags, size, platform and command."),
    Tab(
        "Layers",
        Rows(_layers, empty="The engine names no layers of it."),
        "The steps that built it, newest first, and what each added.",
    ),
    Tab("Inspect", Tree(_inspected), "Everything that the engine knows of it, to fold and search."),
)
"""The tabs of an image's detail, the first one first."""
