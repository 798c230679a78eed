"""The containers pane."""

from __future__ import annotations

from datetime import datetime

from dockertui.model import Container, ContainerState, Health, Port
from dockertui.model.usage import Metric
from dockertui.resources.cells import (
    age_of,
    listed,
    percent,
    styled,
    update_order,
    update_style,
    update_words,
)
from dockertui.resources.container_tabs import TABS
from dockertui.resources.gauge import cpu_trend, gauge, memory_share
from dockertui.resources.resource import FOREVER, Column, Lens, Resource
from dockertui.text import age, brief_size, seconds_until_age_changes

LIFECYCLE = {state: place for place, state in enumerate(ContainerState)}

_MARKS = {
    ContainerState.RUNNING: ("●", "$container-running"),
    ContainerState.RESTARTING: ("↻", "$container-restarting"),
    ContainerState.PAUSED: ("◐", "$container-paused"),
    ContainerState.CREATED: ("◌", "$container-created"),
    ContainerState.REMOVING: ("…", "$container-exited"),
    ContainerState.EXITED: ("○", "$container-exited"),
    ContainerState.DEAD: ("✖", "$container-failed"),
    ContainerState.UNKNOWN: ("?", "$container-created"),
}
_HEALTH = {
    Health.NONE: ("", ""),
    Health.STARTING: ("~", "$health-starting"),
    Health.HEALTHY: ("✚", "$health-good"),
    Health.UNHEALTHY: ("!", "$health-bad"),
}


def mark(container: Container) -> tuple[str, str]:
    """The sign of a container's state, told by its shape, and the theme variable of its colour."""
    if container.activity:
        return "…", "$busy"
    if container.failed:
        return "✖", "$container-failed"
    return _MARKS[container.state]


def status(container: Container, now: datetime) -> tuple[str, float]:
    """The state in a word or two, and for how many seconds that holds: `up 2h`, `exited 137 3m`."""
    if container.activity:
        return container.activity, FOREVER
    if container.state is ContainerState.UNKNOWN:
        return container.status or "unknown", FOREVER
    words = "up" if container.state is ContainerState.RUNNING else str(container.state)
    if container.exit_code is not None and not container.state.is_live:
        words += f" {container.exit_code}"
    if container.since is None or container.state is ContainerState.CREATED:
        return words, FOREVER
    passed_s = (now - container.since).total_seconds()
    return f"{words} {age(passed_s)}", seconds_until_age_changes(passed_s)


def status_style(container: Container) -> str:
    """The colour of the status: what is well needs none."""
    if container.activity:
        return "$busy"
    if container.health is Health.UNHEALTHY:
        return "$health-bad"
    if container.failed or container.state is ContainerState.RESTARTING:
        return mark(container)[1]
    return "" if container.state is ContainerState.RUNNING else "$dim"


def ports(container: Container) -> tuple[str, ...]:
    """Its ports: published as `8080→80`, only exposed as `(6379)`."""
    return tuple(map(_published, container.published)) + tuple(
        f"({_port(it)})" for it in container.exposed
    )


def _published(port: Port) -> str:
    near = f"{port.host_ip}:{port.public}" if _matters(port) else f"{port.public}"
    return near if port.public == port.private else f"{near}→{_port(port)}"


def _port(port: Port) -> str:
    return str(port.private) if port.protocol == "tcp" else f"{port.private}/{port.protocol}"


def _matters(port: Port) -> bool:
    return not port.is_everywhere


def _runs(container: Container) -> bool:
    return container.state in {ContainerState.RUNNING, ContainerState.PAUSED}


def _labels(container: Container) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in container.labels.items())


RESOURCE: Resource[Container] = Resource(
    kind=Container,
    title="Containers",
    order=1,
    sort=lambda it: (LIFECYCLE[it.state], it.project, it.name),
    empty="No containers yet. Run one with `docker run`, and it appears here.",
    columns=(
        Column(
            "",
            lambda it: (LIFECYCLE[it.state], mark(it)[0]),
            text=lambda it: it[1],
            style=lambda it: mark(it)[1],
            width=1,
            keep=100,
        ),
        Column(
            "Name", lambda it: it.name, width=18, most=40, keep=99, cut_middle=True, flexible=True
        ),
        Column(
            "",
            lambda it: it.health,
            text=lambda it: _HEALTH[it][0],
            style=lambda it: _HEALTH[it.health][1],
            width=1,
            keep=97,
        ),
        Column(
            "Status",
            lambda it: (LIFECYCLE[it.state], it.since.timestamp() if it.since else 0.0),
            live=status,
            style=status_style,
            width=14,
            most=22,
            keep=98,
        ),
        gauge("CPU", Metric.CPU, percent, applies=_runs, width=5, keep=94),
        cpu_trend(applies=_runs, keep=90),
        gauge("Mem", Metric.MEMORY, brief_size, applies=_runs, width=5, keep=92),
        memory_share(applies=_runs, width=4, keep=65),
        Column(
            "Image",
            lambda it: it.image,
            style=styled("$dim"),
            width=14,
            most=40,
            keep=70,
            cut_middle=True,
        ),
        Column(
            "Update",
            update_order,
            text=lambda it: it[1],
            style=update_style,
            late=True,
            width=7,
            keep=93,
        ),
        Column("Ports", ports, text=listed, width=10, most=28, keep=80),
        gauge("In/s", Metric.RECEIVED, brief_size, applies=_runs, width=5, keep=62),
        gauge("Out/s", Metric.SENT, brief_size, applies=_runs, width=5, keep=61),
        gauge("Read/s", Metric.READ, brief_size, applies=_runs, width=6, keep=56),
        gauge("Write/s", Metric.WRITTEN, brief_size, applies=_runs, width=7, keep=55),
        gauge("Procs", Metric.PROCESSES, "{:.0f}".format, applies=_runs, width=5, keep=52),
        Column("Project", lambda it: it.project, style=styled("$dim"), width=10, most=20, keep=50),
        Column("Service", lambda it: it.service, style=styled("$dim"), most=20, keep=40),
        Column("Address", lambda it: it.address, style=styled("$dim"), width=12, most=40, keep=45),
        Column(
            "Networks",
            lambda it: tuple(each.network for each in it.networks),
            text=listed,
            style=styled("$dim"),
            most=30,
            keep=30,
        ),
        Column(
            "Created",
            lambda it: it.created.timestamp() if it.created else None,
            live=age_of(lambda it: it.created),
            style=styled("$dim"),
            right=True,
            keep=35,
            descending=True,
        ),
        Column("ID", lambda it: it.id[:12], style=styled("$dim"), width=12, keep=20),
        Column("Command", lambda it: it.command, style=styled("$dim"), width=20, most=40, keep=10),
    ),
    tabs=TABS,
    fields={
        "name": lambda it: (it.name,),
        "image": lambda it: (it.image,),
        "state": lambda it: (it.state, it.status, it.health),
        "label": _labels,
        "project": lambda it: (it.project,),
        "service": lambda it: (it.service,),
        "port": ports,
        "network": lambda it: (each.network for each in it.networks),
        "id": lambda it: (it.id,),
        "command": lambda it: (it.command,),
        "update": lambda it: update_words(it.update),
    },
    plain=("name", "image", "state", "port", "project", "service", "id"),
    lens=Lens("Hide stopped", "running", lambda it: it.state.is_live),
)
