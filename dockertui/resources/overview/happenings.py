"""What happened to containers, in words, and all of it as a list."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from dockertui.model import Container, Key
from dockertui.model.happening import Happening, What
from dockertui.resources.cells import styled
from dockertui.resources.exit_codes import exit_words
from dockertui.resources.overview.section import NS, Section
from dockertui.resources.resource import FOREVER, Column
from dockertui.sync import Member
from dockertui.text import counted

_MOST = 500
_WORDS = {
    What.CREATED: "was created",
    What.STARTED: "started",
    What.OUT_OF_MEMORY: "the kernel killed a process in it, out of memory",
    What.HEALTHY: "became healthy",
    What.UNHEALTHY: "became unhealthy",
    What.PAUSED: "was paused",
    What.RESUMED: "was resumed",
    What.REMOVED: "was removed",
}
_STYLES = {
    What.FAILED: "$container-failed",
    What.OUT_OF_MEMORY: "$container-failed",
    What.UNHEALTHY: "$health-bad",
}


def told(happening: Happening) -> str:
    """One thing that happened, in words that follow the container's name.

    >>> told(Happening(what=What.FAILED, at_ns=0, container_id="a", name="web", exit_code=3))
    'failed with exit code 3'
    """
    match happening.what:
        case What.FAILED if happening.exit_code is not None:
            words = exit_words(happening.exit_code, oom_killed=happening.out_of_memory)
            return f"failed with exit code {words}"
        case What.FAILED:
            return "failed"
        case What.ENDED if happening.asked:
            code = happening.exit_code
            return f"ended as it was asked to, with exit code {code}" if code else "was stopped"
        case What.ENDED:
            return "ended by itself, without an error"
        case what:
            return _WORDS[what]


def style_of(what: What) -> str:
    """The theme variable to write it in; what is not bad needs none."""
    return _STYLES.get(what, "")


def all_events(member: Member, now: datetime) -> tuple[Section, ...]:
    """Everything that is known to have happened, the newest first."""
    all_ = member.chronicle.all
    known, engine = member.store.snapshot(Container), member.engine.name
    since = f" since {_clock(all_[0], now)[0]}" if all_ else ""
    return (
        Section(
            title="What happened to containers",
            note=f"{counted(len(all_), 'event')}{since}" if all_ else "",
            columns=COLUMNS,
            now=now,
            rows=tuple(islice(reversed(all_), _MOST)),
            key=lambda it: (it.at_ns, it.container_id, it.what),
            target=lambda it: Key(engine, it.container_id) if it.container_id in known else None,
            more=f"and {len(all_) - _MOST:,} before" if len(all_) > _MOST else "",
            empty="Nothing has happened to a container since this began, "
            "and the engine remembers nothing from before.",
        ),
    )


def _clock(happening: Happening, now: datetime) -> tuple[str, float]:
    """When it was, to the second, with the day if that is not today."""
    when = datetime.fromtimestamp(happening.at_ns / NS).astimezone()
    today = when.date() == now.astimezone().date()
    return when.strftime("%H:%M:%S" if today else "%Y-%m-%d %H:%M:%S"), FOREVER


COLUMNS: tuple[Column[Happening], ...] = (
    Column("", lambda it: it.at_ns, live=_clock, style=styled("$dim"), width=8, keep=9),
    Column("", lambda it: it.name, width=12, most=28, keep=8, cut_middle=True),
    Column("", told, style=lambda it: style_of(it.what), width=20, keep=10, flexible=True),
)
"""What is said of a thing that happened."""
