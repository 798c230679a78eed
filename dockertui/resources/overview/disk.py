"""What takes room on the engine's disk, and what could be freed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from dockertui.engine import EngineError
from dockertui.model import Container, Image, Key
from dockertui.model.disk import CacheRoom, ContainerRoom, DiskUsage, ImageRoom, Total, VolumeRoom
from dockertui.resources.cells import styled
from dockertui.resources.overview.section import Section
from dockertui.resources.resource import Column
from dockertui.sync import Member
from dockertui.sync.inquiry import Inquiry
from dockertui.text import age, decimal_size

T = TypeVar("T")

_MOST = 8
_UNKNOWN = "–"
_USED = ("●", "$image-used")
_UNUSED = ("○", "$image-unused")
_DANGLING = ("◌", "$image-dangling")
_SHORT_ID = 12
_ANONYMOUS = 64
_COSTS = (
    "Not asked yet. The engine looks at every file of all containers and volumes to find out: "
    "this keeps its disk busy for seconds, with many files for minutes. Press r to ask."
)


class Kind(NamedTuple):
    """What all of a kind take."""

    name: str
    """What they are."""
    total: Total
    """What they take."""
    is_sum: bool = False
    """Are these all kinds together, which one does not count?"""


class Named(NamedTuple):
    """An image, and what it is called."""

    room: ImageRoom
    """What it takes."""
    name: str
    """Its first tag, or the beginning of its ID."""


def disk(member: Member, now: datetime) -> tuple[Section, ...]:
    """The totals, as the CLI has them, and the largest of each kind."""
    usage = member.disk.answer
    totals = _totals(member, usage, now)
    if usage is None:
        return (totals,)
    return (
        totals,
        _images(member, usage, now),
        _containers(member, usage, now),
        _volumes(usage, now),
        _cache(usage, now),
    )


def _totals(member: Member, usage: DiskUsage | None, now: datetime) -> Section:
    inquiry, answered_at = member.disk, member.disk.answered_at
    return Section(
        title="What takes room",
        note=f"as of {age((now - answered_at).total_seconds())} ago" if answered_at else "",
        columns=KIND_COLUMNS,
        now=now,
        rows=() if usage is None else _kinds(usage),
        key=lambda it: it.name,
        empty="" if inquiry.is_asking or inquiry.error else _COSTS,
        more=_progress(inquiry),
    )


def _kinds(usage: DiskUsage) -> tuple[Kind, ...]:
    return (
        Kind("Images", usage.image_total),
        Kind("Containers", usage.container_total),
        Kind("Volumes", usage.volume_total),
        Kind("Build cache", usage.cache_total),
        Kind("Together", usage.total, is_sum=True),
    )


def _progress(inquiry: Inquiry[DiskUsage]) -> str:
    if inquiry.is_asking:
        return f"Asking the engine, {inquiry.asking_s:.0f} s. esc gives up."
    if inquiry.error is not None:
        return f"{_sentence(inquiry.error)} r asks again."
    return "Containers count what they wrote on top of their images." if inquiry.answer else ""


def _sentence(error: EngineError) -> str:
    words = str(error)
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _images(member: Member, usage: DiskUsage, now: datetime) -> Section:
    known = {_digits(it.id): it.name for it in member.store.snapshot(Image).values()}
    rows, more = _largest(usage.images, lambda it: it.size_bytes, _free_of_image)
    return Section(
        title="Largest images",
        columns=IMAGE_COLUMNS,
        now=now,
        # Podman gives them no names here.
        rows=[Named(it, known.get(_digits(it.id)) or it.name or _short(it.id)) for it in rows],
        key=lambda it: it.room.id,
        empty="There are no images.",
        more=more,
    )


def _containers(member: Member, usage: DiskUsage, now: datetime) -> Section:
    known, engine = member.store.snapshot(Container), member.engine.name
    wrote = [it for it in usage.containers if it.own_bytes]
    rows, more = _largest(wrote, lambda it: it.own_bytes, _free_of_container)
    return Section(
        title="Containers that wrote most",
        columns=CONTAINER_COLUMNS,
        now=now,
        rows=rows,
        key=lambda it: it.id,
        target=lambda it: Key(engine, it.id) if it.id in known else None,
        empty="No container has written anything on top of its image.",
        more=more,
        beside=True,
    )


def _volumes(usage: DiskUsage, now: datetime) -> Section:
    rows, more = _largest(usage.volumes, lambda it: it.size_bytes or 0, _free_of_volume)
    return Section(
        title="Largest volumes",
        columns=VOLUME_COLUMNS,
        now=now,
        rows=rows,
        key=lambda it: it.name,
        empty="There are no volumes.",
        more=more,
        beside=True,
    )


def _cache(usage: DiskUsage, now: datetime) -> Section:
    rows, more = _largest(usage.cache, lambda it: it.size_bytes, _free_of_cache)
    return Section(
        title="Largest in the build cache",
        columns=CACHE_COLUMNS,
        now=now,
        rows=rows,
        key=lambda it: it.id,
        empty="There is no build cache.",
        more=more,
        beside=True,
    )


def _free_of_image(image: ImageRoom) -> int:
    return image.own_bytes or 0 if image.is_unused else 0


def _free_of_container(container: ContainerRoom) -> int:
    return 0 if container.state.is_live else container.own_bytes


def _free_of_volume(volume: VolumeRoom) -> int:
    return volume.size_bytes or 0 if volume.is_unused else 0


def _free_of_cache(cache: CacheRoom) -> int:
    return 0 if cache.in_use or cache.shared else cache.size_bytes


def _largest(
    rooms: Iterable[T], size: Callable[[T], int], free: Callable[[T], int]
) -> tuple[Sequence[T], str]:
    """The largest, and a sentence about the others and what of them could be freed."""
    ordered = sorted(rooms, key=size, reverse=True)
    others = ordered[_MOST:]
    if not others:
        return ordered, ""
    size_bytes, free_bytes = sum(map(size, others)), sum(map(free, others))
    words = f", of which {decimal_size(free_bytes)} could be freed" if free_bytes else ""
    return ordered[:_MOST], f"and {len(others):,} more with {decimal_size(size_bytes)}{words}"


def _mark(sign: Callable[[T], tuple[str, str]]) -> Column[T]:
    """The sign of what is in use, and of what could go."""
    return Column("", lambda it: sign(it)[0], style=lambda it: sign(it)[1], width=1, keep=10)


def _name(name: Callable[[T], str], *, cut_middle: bool = True) -> Column[T]:
    return Column("", name, width=14, keep=9, cut_middle=cut_middle, flexible=True)


def _size(title: str, size: Callable[[T], int | None], keep: int, style: str = "") -> Column[T]:
    return Column(
        title,
        lambda it: _UNKNOWN if (found := size(it)) is None else decimal_size(found),
        style=styled(style),
        right=True,
        width=max(8, len(title)),
        keep=keep,
    )


def _number(title: str, count: Callable[[T], int | None]) -> Column[T]:
    return Column(
        title,
        lambda it: _UNKNOWN if (found := count(it)) is None else f"{found:,}",
        style=styled("$dim"),
        right=True,
        keep=4,
    )


def _image_sign(image: Named) -> tuple[str, str]:
    if not image.room.is_unused:
        return _USED
    return _UNUSED if image.room.name else _DANGLING


def _part(kind: Kind) -> str:
    """Which part of it could go, as the CLI has it."""
    total = kind.total
    return f"{total.free_bytes * 100 // total.size_bytes}%" if total.size_bytes else ""


def _volume_name(volume: VolumeRoom) -> str:
    is_anonymous = len(volume.name) == _ANONYMOUS and volume.name.isalnum()
    return f"{volume.name[:_SHORT_ID]}, anonymous" if is_anonymous else volume.name


def _digits(image_id: str) -> str:
    return image_id.removeprefix("sha256:")


def _short(image_id: str) -> str:
    return _digits(image_id)[:_SHORT_ID]


KIND_COLUMNS: tuple[Column[Kind], ...] = (
    Column("", lambda it: it.name, width=12, keep=9, flexible=True),
    Column("Total", lambda it: _count(it, it.total.count), right=True, width=6, keep=5),
    Column("Active", lambda it: _count(it, it.total.active), right=True, width=6, keep=4),
    _size("Size", lambda it: it.total.size_bytes, 8),
    _size("Reclaimable", lambda it: it.total.free_bytes, 7),
    Column("", _part, style=styled("$dim"), right=True, width=4),
)
"""What is said of all of a kind; the headings are the CLI's."""
IMAGE_COLUMNS: tuple[Column[Named], ...] = (
    _mark(_image_sign),
    _name(lambda it: it.name),
    _size("Size", lambda it: it.room.size_bytes, 8),
    _size("Shared", lambda it: it.room.shared_bytes, 5, "$dim"),
    _size("Unique", lambda it: it.room.own_bytes, 7),
    _number("Containers", lambda it: it.room.containers),
)
"""What is said of an image."""
CONTAINER_COLUMNS: tuple[Column[ContainerRoom], ...] = (
    _mark(lambda it: _USED if it.state.is_live else _UNUSED),
    _name(lambda it: it.name),
    _size("Wrote", lambda it: it.own_bytes, 8),
    _size("With image", lambda it: it.root_bytes, 5, "$dim"),
    Column("State", lambda it: str(it.state), style=styled("$dim"), width=8, keep=4),
)
"""What is said of a container."""
VOLUME_COLUMNS: tuple[Column[VolumeRoom], ...] = (
    _mark(lambda it: _UNUSED if it.is_unused else _USED),
    _name(_volume_name),
    _size("Size", lambda it: it.size_bytes, 8),
    _number("Containers", lambda it: it.containers),
)
"""What is said of a volume."""
CACHE_COLUMNS: tuple[Column[CacheRoom], ...] = (
    _mark(lambda it: _USED if it.in_use or it.shared else _UNUSED),
    _name(lambda it: it.description or it.kind or it.id[:_SHORT_ID], cut_middle=False),
    _size("Size", lambda it: it.size_bytes, 8),
    _number("Uses", lambda it: it.uses),
)
"""What is said of what a build left."""


def _count(kind: Kind, count: int) -> str:
    return "" if kind.is_sum else f"{count:,}"
