"""What can be read about an engine and its machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dockertui.resources.tab import Charts, Sections, Tab

# What they say is imported when a tab is opened: none of it is on the first screen.

if TYPE_CHECKING:
    from dockertui.model.host import Host
    from dockertui.resources.chart import Chart
    from dockertui.resources.overview.section import Section
    from dockertui.sync import Member


def _overview(member: Member, now: datetime) -> Sequence[Section]:
    from dockertui.resources.overview.changes import what_changed
    from dockertui.resources.overview.eaters import eaters
    from dockertui.resources.overview.machine import machine
    from dockertui.resources.overview.troubles import what_is_wrong

    parts = (what_is_wrong, eaters, what_changed, machine)
    return [section for part in parts for section in part(member, now)]


def _disk(member: Member, now: datetime) -> Sequence[Section]:
    from dockertui.resources.overview.disk import disk

    return disk(member, now)


def _events(member: Member, now: datetime) -> Sequence[Section]:
    from dockertui.resources.overview.happenings import all_events

    return all_events(member, now)


def _charts() -> Sequence[Chart]:
    from dockertui.resources.usage_charts import TOTAL_CHARTS

    return TOTAL_CHARTS


TABS: tuple[Tab[Host], ...] = (
    Tab(
        "Overview",
        Sections(_overview, asks=lambda it: it.host, at_once=True, every_s=1),
        "What is wrong, who uses most, what changed lately, and the machine.",
    ),
    Tab(
        "Disk",
        Sections(_disk, asks=lambda it: it.disk, every_s=1),
        "What takes room, what is shared, and what could be freed.",
    ),
    Tab(
        "Stats",
        Charts(_charts),
        "What all containers use together, and what has happened to any of them.",
    ),
    Tab(
        "Events",
        Sections(_events, every_s=1),
        "All that is known to have happened to containers, the newest first.",
    ),
)
"""The tabs of an engine's page, the first one first."""
