"""What an engine says of itself, of what happens, and of processes."""

from __future__ import annotations

from typing import Any

from dockertui.engine.payload.fields import Payload, labels, rows, table, text, whole, words
from dockertui.model import EngineInfo, Event, ProcessTable

_NS = 1_000_000_000


def parse_version(payload: Payload) -> EngineInfo:
    """Read `GET /version`."""
    podman = next(
        (it for it in rows(payload.get("Components")) if it.get("Name") == "Podman Engine"), None
    )
    return EngineInfo(
        product="Podman" if podman is not None else "Docker",
        version=text((podman or payload).get("Version")) or text(payload.get("Version")),
        api_version=text(payload.get("ApiVersion")),
        os=text(payload.get("Os")),
    )


def parse_event(payload: Payload) -> Event | None:
    """Read one line of `GET /events`; `None` for what is no event, or one that changes nothing."""
    actor = table(payload.get("Actor"))
    action, _, detail = text(payload.get("Action") or payload.get("status")).partition(":")
    if not action or action == "exec" or action.startswith("exec_"):
        return None
    return Event(
        kind=text(payload.get("Type")),
        action=action.strip(),
        detail=detail.strip(),
        actor_id=text(actor.get("ID")) or text(payload.get("id")),
        time_ns=whole(payload.get("timeNano")) or whole(payload.get("time")) * _NS,
        attributes=labels(actor.get("Attributes")),
    )


def parse_processes(payload: Payload) -> ProcessTable:
    """Read `GET /containers/{id}/top`."""
    titles = words(payload.get("Titles"))
    if len(titles) == 1:  # Podman may give a whole line of `ps` as one cell.
        titles = tuple(titles[0].split())
    listed = payload.get("Processes")
    lines = [it for it in listed if isinstance(it, list)] if isinstance(listed, list) else []
    return ProcessTable(titles, tuple(_row(it, len(titles)) for it in lines))


def _row(cells: list[Any], length: int) -> tuple[str, ...]:
    said = list(words(cells))
    if len(said) == 1 < length:
        said = said[0].split(None, length - 1)
    return tuple(said[:length] + [""] * (length - len(said)))
