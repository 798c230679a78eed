"""The images pane."""

from __future__ import annotations

from dockertui.model import Image
from dockertui.resources.cells import (
    age_of,
    listed,
    styled,
    update_order,
    update_style,
    update_words,
)
from dockertui.resources.image_tabs import TABS
from dockertui.resources.resource import Column, Lens, Resource
from dockertui.text import decimal_size


def mark(image: Image) -> tuple[str, str]:
    """The sign of an image: in use, unused or dangling, and the theme variable of its colour."""
    if image.activity:
        return "…", "$busy"
    if image.containers:
        return "●", "$image-used"
    return ("◌", "$image-dangling") if image.is_dangling else ("○", "$image-unused")


def _used(image: Image) -> str:
    return image.activity or (str(image.containers) if image.containers else "")


RESOURCE: Resource[Image] = Resource(
    kind=Image,
    title="Images",
    order=2,
    sort=lambda it: (it.is_dangling, it.name),
    empty="No images yet. n pulls one, b builds one from a folder, f loads one from a file.",
    columns=(
        Column(
            "",
            lambda it: mark(it)[0],
            style=lambda it: mark(it)[1],
            width=1,
            keep=100,
        ),
        Column(
            "Name",
            lambda it: it.name,
            style=lambda it: "$dim" if it.is_dangling else "",
            width=24,
            most=60,
            keep=99,
            cut_middle=True,
            flexible=True,
        ),
        Column(
            "Size",
            lambda it: it.size_bytes,
            text=decimal_size,
            right=True,
            width=8,
            keep=90,
            descending=True,
        ),
        Column(
            "Age",
            lambda it: it.created.timestamp() if it.created else None,
            live=age_of(lambda it: it.created),
            style=styled("$dim"),
            right=True,
            width=4,
            keep=80,
            descending=True,
        ),
        Column(
            "Used",
            lambda it: (it.containers, _used(it)),
            text=lambda it: it[1],
            style=lambda it: "$busy" if it.activity else "$dim",
            right=True,
            keep=85,
            descending=True,
        ),
        Column(
            "Update",
            update_order,
            text=lambda it: it[1],
            style=update_style,
            late=True,
            width=7,
            keep=83,
        ),
        Column(
            "Tags",
            lambda it: it.tags[1:],
            text=listed,
            style=styled("$dim"),
            width=20,
            most=40,
            keep=30,
        ),
        Column("ID", lambda it: it.short_id, style=styled("$dim"), width=12, keep=40),
    ),
    tabs=TABS,
    fields={
        "name": lambda it: (it.name,),
        "image": lambda it: (it.name, *it.tags),
        "tag": lambda it: it.tags,
        "state": lambda it: (
            "dangling" if it.is_dangling else "tagged",
            "used" if it.containers else "unused",
        ),
        "label": lambda it: (f"{name}={value}" for name, value in it.labels.items()),
        "id": lambda it: (it.id,),
        "digest": lambda it: it.digests,
        "update": lambda it: update_words(it.update),
    },
    plain=("name", "tag", "id"),
    lens=Lens("Show unused only", "unused", lambda it: not it.containers),
)
