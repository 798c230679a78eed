"""What can be read about a Compose project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from dockertui.engine import Engine
from dockertui.model import Container, Project
from dockertui.resources.chart import Chart
from dockertui.resources.resource import Column
from dockertui.resources.tab import Charts, Fact, Facts, Log, Rows, Sheet, Tab


async def _containers(engine: Engine, project: Project) -> Sheet:
    listed = await engine.list(Container)
    members = sorted(
        (it for it in listed if it.project == project.name),
        key=lambda it: (it.service, it.name),
    )
    return Sheet(_columns(), members, lambda row, _: row.id)


def _columns() -> tuple[Column[Container], ...]:
    # They are taken from the pane of containers, which need not be there for this one.
    from dockertui.resources import containers

    return (
        Column(
            "",
            lambda it: containers.mark(it)[0],
            style=lambda it: containers.mark(it)[1],
            width=1,
            keep=9,
        ),
        Column("Service", lambda it: it.service, keep=8),
        Column(
            "Status",
            lambda it: containers.status(it, datetime.now(UTC))[0],
            style=containers.status_style,
            keep=7,
        ),
        Column("Image", lambda it: it.image, style=lambda _: "$dim", most=30, keep=5),
        Column("Ports", lambda it: ", ".join(containers.ports(it)), keep=6),
        Column("Name", lambda it: it.name, width=16, keep=10, flexible=True),
    )


async def _nothing(_engine: Engine, _project: Project) -> None:
    return None


def _facts(project: Project, _: None, _now: datetime) -> Iterable[Fact]:
    yield Fact("Name", project.name)
    yield Fact("Running", f"{project.running} of {project.containers} containers")
    if project.failed:
        yield Fact("Failed", str(project.failed), "$container-failed")
    if project.unhealthy:
        yield Fact("Unhealthy", str(project.unhealthy), "$health-bad")
    yield Fact("Services", ", ".join(project.services))
    if project.folder:
        yield Fact("Folder", project.folder)
    for place, file in enumerate(project.files):
        yield Fact("" if place else "Files", file)


def _charts() -> Sequence[Chart]:
    # Not for the first screen.
    from dockertui.resources.usage_charts import TOTAL_CHARTS

    return TOTAL_CHARTS


def _why_not_measured(project: Project) -> str:
    if project.running:
        return ""
    return "None of its containers runs, so nothing is measured; what they used is shown."


TABS: tuple[Tab[Project], ...] = (
    Tab("Logs", Log(), "What all its containers write, in the order of time."),
    Tab("Info", Facts(_nothing, _facts), "Its services, folder and files."),
    Tab(
        "Stats",
        Charts(_charts, _why_not_measured),
        "What its containers use together, and what has happened to any of them.",
    ),
    Tab(
        "Containers",
        Rows(_containers, empty="It has no containers any more."),
        "Its containers, by service.",
    ),
)
"""The tabs of a project's detail, the first one first."""
