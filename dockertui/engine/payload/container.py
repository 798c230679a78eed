"""Containers, as `GET /containers/json` describes them. Podman leaves out or adds fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dockertui.engine.payload.fields import (
    Payload,
    is_true,
    labels,
    moment,
    rows,
    table,
    text,
    whole,
)
from dockertui.engine.payload.status import Status, parse_status
from dockertui.model import Container, ContainerState, Endpoint, Health, Mount, Port

_SHORT_ID = 12


def parse_container(payload: Payload, *, engine: str, now: datetime) -> Container:
    """Read one container of a list.

    Args:
        payload: Its summary.
        engine: The name of the engine that listed it.
        now: When it did.
    """
    id_ = text(payload.get("Id"))
    state = ContainerState(text(payload.get("State")).lower())
    status = text(payload.get("Status"))
    said = parse_status(status)
    created = moment(payload.get("Created"))
    return Container(
        id=id_,
        name=container_name(payload.get("Names")) or id_[:_SHORT_ID],
        engine=engine,
        image=text(payload.get("Image")),
        image_id=text(payload.get("ImageID")),
        command=text(payload.get("Command")),
        state=state,
        status=status,
        since=created if state is ContainerState.CREATED else said.since(now),
        exit_code=said.exit_code,
        health=_health(payload.get("Health"), said),
        created=created,
        ports=parse_ports(payload.get("Ports")),
        networks=parse_endpoints(table(payload.get("NetworkSettings")).get("Networks")),
        mounts=parse_mounts(payload.get("Mounts")),
        labels=labels(payload.get("Labels")),
    )


def parse_ports(value: Any) -> tuple[Port, ...]:
    """Read a list of ports; what is no port is left out."""
    if not value:
        return ()
    ports = {
        Port(
            whole(it.get("PrivatePort")),
            text(it.get("Type")) or "tcp",
            whole(it.get("PublicPort")) or None,
            text(it.get("IP")),
        )
        for it in rows(value)
        if whole(it.get("PrivatePort"))
    }
    return tuple(sorted(ports, key=_port_order))


def parse_endpoints(value: Any) -> tuple[Endpoint, ...]:
    """Read the networks a container is in."""
    if not value:
        return ()
    return tuple(
        Endpoint(text(name), text(it.get("IPAddress")) or text(it.get("GlobalIPv6Address")))
        for name, it in sorted((name, table(it)) for name, it in table(value).items())
    )


def parse_mounts(value: Any) -> tuple[Mount, ...]:
    """Read what is mounted in a container."""
    if not value:
        return ()
    return tuple(
        Mount(
            text(it.get("Type")),
            text(it.get("Name")) or text(it.get("Source")),
            text(it.get("Destination")),
            it.get("RW") is not False,
        )
        for it in rows(value)
    )


def container_name(names: Any) -> str:
    """The container's own name, among those that legacy links give it (`/other/alias`)."""
    if not isinstance(names, list):
        return ""
    said = [it.removeprefix("/") for it in names if isinstance(it, str)]
    return text(next((it for it in said if it and "/" not in it), next(iter(said), "")))


def _health(value: Any, said: Status) -> Health:
    """The health of API 1.52 and later, or that in the words of the status."""
    word = table(value).get("Status")
    return Health(word) if word in {"starting", "healthy", "unhealthy"} else said.health


def _port_order(port: Port) -> tuple[int, str, int, str]:
    return port.private, port.protocol, port.public or 0, port.host_ip


def has_tty(payload: Payload) -> bool:
    """Does an inspected container write to a terminal?"""
    return is_true(table(payload.get("Config")).get("Tty"))
