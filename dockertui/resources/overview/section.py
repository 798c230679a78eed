"""Short lists under headings, as values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dockertui.model import Key
from dockertui.resources.resource import Column
from dockertui.sync import Member

NS = 1_000_000_000


def _nowhere(_: object) -> Key | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading, and rows in the order to read them."""

    title: str
    """What the rows are."""
    columns: tuple[Column[Any], ...]
    """What is said of each; the flexible one takes as many lines as it needs."""
    now: datetime
    """The time that columns count from."""
    rows: Sequence[Any] = ()
    """The rows."""
    key: Callable[[Any], Hashable]
    """What identifies a row, from one second to the next."""
    target: Callable[[Any], Key | None] = _nowhere
    """Whom a row is about, if one can go there."""
    note: str = ""
    """What else to know of all of them, beside the heading."""
    empty: str = ""
    """What to say when there are no rows."""
    more: str = ""
    """What to say below the rows, if there is something."""
    beside: bool = False
    """Does it go into the second column where there is room for two?"""


def engine_time(member: Member, now: datetime) -> datetime:
    """What time it is on an engine's clock, as far as it has said.

    Args:
        member: The engine's.
        now: What time it is here, in UTC.
    """
    host = member.host.answer
    return now if host is None else now + timedelta(seconds=host.clock_ahead_s)


def moment_of(at_ns: int | None) -> datetime | None:
    """A time, from nanoseconds since the epoch; `None` for none."""
    return None if at_ns is None else datetime.fromtimestamp(at_ns / NS, UTC)


def ns_of(moment: datetime) -> int:
    """Nanoseconds since the epoch."""
    return round(moment.timestamp() * NS)
