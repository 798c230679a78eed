"""What the Layers tab says of an image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dockertui.model import Image, Layer
from dockertui.resources.resource import Column
from dockertui.resources.tab import LayersFound, Sheet
from dockertui.store.layer_history import instruction, layers_of_steps
from dockertui.sync.image_study import ImageStudy
from dockertui.text import age, counted, decimal_size

_NOT_YET = "…"


@dataclass(frozen=True, slots=True)
class Step:
    """A step that made an image, and the layer that it made."""

    place: int | None
    """Which of the image's layers, counted from 0; `None` when it made none."""
    digest: str
    """What identifies the layer's content; empty when it made none."""
    made_by: str
    """The instruction, or whatever is known instead of it."""
    size_bytes: int | None
    """What it added; `None` if that is not known."""
    created: datetime | None
    """When."""
    shared: tuple[str, ...] | None
    """The other images that have the layer; `None` while that is not known of all."""


async def layers_of(study: ImageStudy, image: Image) -> LayersFound:
    """What is known of an image's layers by now."""
    detail = await study.detail(image.id)
    history = await study.history(image.id)
    await study.learn_soon()
    steps = steps_of(study, image, history, detail.layers)
    made = {it.place: it.made_by for it in steps if it.place is not None}
    return LayersFound(
        Sheet(COLUMNS, steps),
        _summary(steps),
        study.reading(image),
        tuple(made.get(it, "") for it in range(len(detail.layers))),
    )


def steps_of(
    study: ImageStudy, image: Image, history: Sequence[Layer], digests: Sequence[str]
) -> list[Step]:
    """The steps that made an image, newest first; layers that no step tells of come last."""
    sharing: list[tuple[str, ...] | None] = [None] * len(digests)
    if study.knows_all:
        sharing = [study.names(it) for it in study.kin.sharing(image.id)]
    places = layers_of_steps(history, digests)
    steps = [
        Step(
            place,
            digests[place] if place is not None else "",
            instruction(it.created_by) or it.comment,
            it.size_bytes,
            it.created,
            sharing[place] if place is not None and place < len(sharing) else None,
        )
        for it, place in zip(history, places, strict=True)
    ]
    told = set(places)
    untold = [place for place in range(len(digests)) if place not in told]
    return steps + [
        Step(it, digests[it], "", None, None, sharing[it] if it < len(sharing) else None)
        for it in reversed(untold)
    ]


def _how_old(step: Step) -> str:
    if step.created is None:
        return ""
    return age((datetime.now(UTC) - step.created).total_seconds())


def _shared(step: Step) -> str:
    if step.place is None:
        return ""
    if step.shared is None:
        return _NOT_YET
    return f"{len(step.shared)} more" if step.shared else "unique"


def _summary(steps: Sequence[Step]) -> str:
    """How much of an image is its own."""
    layers = [it for it in steps if it.place is not None]
    if not layers or any(it.shared is None for it in layers):
        return counted(len(layers), "layer") if layers else ""
    own = sum(it.size_bytes or 0 for it in layers if not it.shared)
    whole = sum(it.size_bytes or 0 for it in layers)
    return f"{counted(len(layers), 'layer')}, {decimal_size(own)} of {decimal_size(whole)} unique"


COLUMNS: tuple[Column[Step], ...] = (
    Column(
        "#",
        lambda it: None if it.place is None else it.place + 1,
        style=lambda _: "$dim",
        right=True,
        width=2,
        keep=5,
    ),
    Column(
        "Size",
        lambda it: it.size_bytes,
        text=decimal_size,
        style=lambda it: "" if it.size_bytes else "$dim",
        right=True,
        width=8,
        keep=4,
    ),
    Column(
        "Shared",
        _shared,
        style=lambda it: "$layer-unique" if it.shared == () else "$dim",
        width=8,
        keep=3,
    ),
    Column("Age", _how_old, style=lambda _: "$dim", right=True, width=4, keep=2),
    Column(
        "Shared with",
        lambda it: ", ".join(it.shared or ()),
        style=lambda _: "$dim",
        width=40,
        keep=1,
    ),
    Column("Digest", lambda it: it.digest, style=lambda _: "$dim", width=71, keep=0),
    Column(
        "Instruction",
        lambda it: it.made_by,
        style=lambda it: "" if it.place is not None else "$dim",
        width=20,
        keep=6,
        flexible=True,
    ),
)
"""What is said of a step."""
