"""Which containers use most, and how much all of them do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from heapq import nlargest
from typing import NamedTuple

from dockertui.model import Container, Key
from dockertui.model.system import ENGINE
from dockertui.model.usage import Metric, Usage
from dockertui.resources.cells import bar, percent, styled
from dockertui.resources.overview.section import Section
from dockertui.resources.resource import Column
from dockertui.sync import Member
from dockertui.text import binary_size

_MOST = 5
_BAR = 12
_NOTHING = "– Nothing is measured yet."
_MUCH = 90.0
_STEADY_S = 10.0
"""Over how long a figure is taken for the order."""
"""Who has taken so many percent of the memory that it may take is about to run out of it."""


class Eater(NamedTuple):
    """A container, and what it uses."""

    container: Container
    """The container."""
    usage: Usage
    """What it uses now."""
    value: float
    """The figure that it is listed for."""
    share: float
    """The same as a part of the largest, from 0 to 1."""
    limit: str = ""
    """Which part that is of its limit, if it has one."""

    @property
    def key(self) -> Key:
        """Whom it is about."""
        return self.container.key


def eaters(member: Member, now: datetime) -> tuple[Section, ...]:
    """Who takes most of the processors, and who most of the memory."""
    host = member.host.answer
    known = _measured(member)
    cpu = 100.0 * host.cores if host is not None else 0.0
    memory = float(host.memory_bytes) if host is not None else 0.0
    section = partial(
        Section,
        now=now,
        key=lambda it: it.key,
        target=lambda it: it.key,
        empty=_NOTHING,
        beside=True,
    )
    return (
        section(
            title="Top by CPU",
            note=_together(member, Metric.CPU, cpu, percent),
            columns=CPU_COLUMNS,
            rows=_first(member, known, Metric.CPU, memory),
        ),
        section(
            title="Top by memory",
            note=_together(member, Metric.MEMORY, memory, binary_size),
            columns=MEMORY_COLUMNS,
            rows=_first(member, known, Metric.MEMORY, memory),
        ),
    )


def is_near_its_limit(usage: Usage) -> bool:
    """Is it about to run out of memory?"""
    return (usage.memory_percent or 0.0) > _MUCH


def has_limit(usage: Usage, machine_bytes: float) -> bool:
    """Has it a limit of its own? The engine gives the machine's memory where there is none."""
    limit = usage.memory_limit_bytes or 0
    return 0 < limit < (machine_bytes or float("inf"))


def _measured(member: Member) -> list[tuple[Container, Usage]]:
    now = member.measured.now
    return [
        (each, usage)
        for id_, each in member.store.snapshot(Container).items()
        if (usage := now(id_)) is not None
    ]


def _first(
    member: Member,
    known: Sequence[tuple[Container, Usage]],
    metric: Metric,
    machine_bytes: float,
) -> list[Eater]:
    values = [(value, *it) for it in known if (value := it[1].value(metric)) is not None]

    def order(it: tuple[float, Container, Usage]) -> float:
        # By a steady figure, so that the order holds still.
        history = member.measured.history(it[1].id)
        steady = None if history is None else history.lately(metric, _STEADY_S)
        return it[0] if steady is None else steady

    first = nlargest(_MOST, values, order)
    most = max((it[0] for it in first), default=0.0) or 1.0
    return [
        Eater(each, usage, value, value / most, _limit(usage, machine_bytes))
        for value, each, usage in first
    ]


def _limit(usage: Usage, machine_bytes: float) -> str:
    share = usage.memory_percent
    if share is None or not has_limit(usage, machine_bytes):
        return ""
    return f"{percent(share)} of {binary_size(usage.memory_limit_bytes or 0)}"


def _together(member: Member, metric: Metric, whole: float, text: Callable[[float], str]) -> str:
    total = member.measured.now(ENGINE)
    used = total.value(metric) if total is not None else None
    if used is None:
        return f"of {text(whole)}" if whole else ""
    return f"{text(used)} of {text(whole)}" if whole else f"{text(used)} together"


_NAME: Column[Eater] = Column(
    "", lambda it: it.container.name, width=12, most=28, keep=9, cut_middle=True
)
_SHARE: Column[Eater] = Column(
    "", lambda it: bar(it.share, _BAR), style=styled("$bar"), width=_BAR, keep=1
)
CPU_COLUMNS: tuple[Column[Eater], ...] = (
    _NAME,
    _SHARE,
    Column("", lambda it: percent(it.value), right=True, width=6, keep=8),
)
"""What is said of who takes most of the processors."""
MEMORY_COLUMNS: tuple[Column[Eater], ...] = (
    _NAME,
    _SHARE,
    Column("", lambda it: binary_size(it.value), right=True, width=6, keep=8),
    Column(
        "",
        lambda it: it.limit,
        style=lambda it: "$container-failed" if is_near_its_limit(it.usage) else "$dim",
        right=True,
        width=12,
    ),
)
"""What is said of who takes most of the memory."""
