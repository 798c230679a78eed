"""The Compose projects pane."""

from __future__ import annotations

from dockertui.model import Project
from dockertui.model.usage import Metric
from dockertui.resources.cells import listed, percent, styled
from dockertui.resources.gauge import cpu_trend, gauge
from dockertui.resources.project_tabs import TABS
from dockertui.resources.resource import Column, Lens, Resource
from dockertui.text import brief_size


def mark(project: Project) -> tuple[str, str]:
    """The sign of a project: its worst container's, and the theme variable of its colour."""
    if project.activity:
        return "…", "$busy"
    if project.failed:
        return "✖", "$container-failed"
    if project.unhealthy:
        return "!", "$health-bad"
    return ("●", "$container-running") if project.running else ("○", "$container-exited")


def running(project: Project) -> str:
    """How many of its containers run: `5/6`."""
    return project.activity or f"{project.running}/{project.containers}"


def _running_style(project: Project) -> str:
    if project.activity:
        return "$busy"
    return "" if project.running == project.containers else "$health-starting"


def _runs(project: Project) -> bool:
    return project.running > 0


RESOURCE: Resource[Project] = Resource(
    kind=Project,
    title="Projects",
    order=3,
    sort=lambda it: (not it.running, it.name),
    empty="No Compose projects. `docker compose up` brings one, and it appears here.",
    columns=(
        Column("", lambda it: mark(it)[0], style=lambda it: mark(it)[1], width=1, keep=100),
        Column(
            "Name", lambda it: it.name, width=12, most=40, keep=99, cut_middle=True, flexible=True
        ),
        Column(
            "Running",
            lambda it: (it.running, it.containers, running(it)),
            text=lambda it: it[2],
            style=_running_style,
            width=7,
            keep=98,
            descending=True,
        ),
        gauge("CPU", Metric.CPU, percent, applies=_runs, width=5, keep=94),
        cpu_trend(applies=_runs, keep=90),
        gauge("Mem", Metric.MEMORY, brief_size, applies=_runs, width=5, keep=92),
        gauge("In/s", Metric.RECEIVED, brief_size, applies=_runs, width=5, keep=62),
        gauge("Out/s", Metric.SENT, brief_size, applies=_runs, width=5, keep=61),
        gauge("Read/s", Metric.READ, brief_size, applies=_runs, width=6, keep=56),
        gauge("Write/s", Metric.WRITTEN, brief_size, applies=_runs, width=7, keep=55),
        gauge("Procs", Metric.PROCESSES, "{:.0f}".format, applies=_runs, width=5, keep=52),
        Column("Services", lambda it: it.services, text=listed, style=styled("$dim"), keep=50),
        Column("Folder", lambda it: it.folder, style=styled("$dim"), most=60, keep=40),
    ),
    tabs=TABS,
    fields={
        "name": lambda it: (it.name,),
        "service": lambda it: it.services,
        "folder": lambda it: (it.folder, *it.files),
        "state": lambda it: ("running" if it.running else "stopped",),
    },
    plain=("name", "service"),
    lens=Lens("Hide stopped", "running", lambda it: it.running > 0),
)
