"""What is different in two images."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from shlex import join

from dockertui.model.image_detail import ImageDetail
from dockertui.secrecy import masked
from dockertui.text import counted, decimal_size


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing to know of two images."""

    heading: str
    """The group that it belongs to."""
    label: str
    """What it is."""
    one: str | None
    """What it is of the first; `None` if that has no such thing."""
    other: str | None
    """What it is of the second."""
    shown_one: str = ""
    """What stands for the first's until a person reveals it; empty when it is no secret."""
    shown_other: str = ""
    """What stands for the second's."""
    always: bool = False
    """Is it worth knowing although it is the same in both?"""

    @property
    def differs(self) -> bool:
        """Is it different in the two?"""
        return self.one != self.other


@dataclass(frozen=True, slots=True)
class Made:
    """A layer of an image."""

    digest: str
    """What identifies what is in it."""
    size_bytes: int | None
    """What it takes; `None` if that is not known."""
    made_by: str
    """The instruction that made it, as far as that is known."""

    def __str__(self) -> str:
        """Its size and its instruction."""
        size = decimal_size(self.size_bytes) if self.size_bytes is not None else "?"
        return f"{size}  {self.made_by}".rstrip()


def compare(
    one: ImageDetail, other: ImageDetail, ones: Sequence[Made], others: Sequence[Made]
) -> Iterator[Compared]:
    """Compare two images, group by group.

    Args:
        one: The first.
        other: The second.
        ones: The first's layers, the lowest first.
        others: The second's.
    """
    yield from _about(one, other)
    yield from _layers(ones, others)
    yield from _program(one, other)
    yield from _named("Environment", dict(one.env), dict(other.env))
    yield from _named("Labels", one.labels, other.labels)


def _about(one: ImageDetail, other: ImageDetail) -> Iterator[Compared]:
    sizes = [decimal_size(it.size_bytes) for it in (one, other)]
    yield Compared("", "Size", sizes[0], _with_difference(sizes[1], one, other))
    for label, value in (
        ("Created", _moment),
        ("Platform", lambda it: f"{it.os}/{it.architecture}"),
        ("Author", lambda it: it.author),
        ("ID", lambda it: it.id),
    ):
        yield _pair("", label, one, other, value)


def _pair(
    heading: str,
    label: str,
    one: ImageDetail,
    other: ImageDetail,
    value: Callable[[ImageDetail], str],
) -> Compared:
    return Compared(heading, label, value(one) or None, value(other) or None)


def _with_difference(size: str, one: ImageDetail, other: ImageDetail) -> str:
    more = other.size_bytes - one.size_bytes
    if not more:
        return size
    return f"{size}, {decimal_size(abs(more))} {'more' if more > 0 else 'less'}"


def _moment(detail: ImageDetail) -> str:
    return f"{detail.created.astimezone():%Y-%m-%d %H:%M:%S}" if detail.created else ""


def _layers(ones: Sequence[Made], others: Sequence[Made]) -> Iterator[Compared]:
    title = "Layers"
    common = _common(ones, others)
    base = _counted(ones[:common]) if common else "none"
    yield Compared(title, "Common base", base, base, always=True)
    first, second = (_counted(it[common:]) if it[common:] else None for it in (ones, others))
    yield Compared(title, "Only in it", first, second)
    for place in range(max(len(ones), len(others))):
        first, second = (str(it[place]) if place < len(it) else None for it in (ones, others))
        if place >= common and first == second:
            # They read alike, and yet hold different files.
            first, second = (f"{it[place].digest[7:19]}  {it[place]}" for it in (ones, others))
        yield Compared(title, f"layer {place + 1}", first, second)


def _common(ones: Sequence[Made], others: Sequence[Made]) -> int:
    """How many layers two images have in common, from the lowest on."""
    pairs = enumerate(zip(ones, others, strict=False))
    differing = (at for at, (it, its) in pairs if it.digest != its.digest)
    return next(differing, min(len(ones), len(others)))


def _counted(layers: Sequence[Made]) -> str:
    size_bytes = sum(it.size_bytes or 0 for it in layers)
    return f"{counted(len(layers), 'layer')}, {decimal_size(size_bytes)}"


def _program(one: ImageDetail, other: ImageDetail) -> Iterator[Compared]:
    for label, value in _PROGRAM:
        yield _pair("Program", label, one, other, value)


def _named(heading: str, ones: Mapping[str, str], others: Mapping[str, str]) -> Iterator[Compared]:
    for name in {**ones, **others}:
        values = ones.get(name), others.get(name)
        shown = [masked(name, it or "") for it in values]
        hidden = [it if it != value else "" for it, value in zip(shown, values, strict=True)]
        yield Compared(heading, name, values[0], values[1], hidden[0], hidden[1])


_PROGRAM: tuple[tuple[str, Callable[[ImageDetail], str]], ...] = (
    ("Entrypoint", lambda it: join(it.entrypoint)),
    ("Command", lambda it: join(it.command)),
    ("User", lambda it: it.user or "root"),
    ("Folder", lambda it: it.working_dir or "/"),
    ("Exposes", lambda it: ", ".join(it.ports)),
    ("Volumes", lambda it: ", ".join(it.volumes)),
    ("Stop signal", lambda it: it.stop_signal or "SIGTERM"),
    ("Health check", lambda it: join(it.health_check)),
    ("Shell", lambda it: join(it.shell)),
    ("On build", lambda it: "\n".join(it.on_build)),
)
