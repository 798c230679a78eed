"""Images and archives, made of containers."""

from __future__ import annotations

from dockertui.sim import copies
from dockertui.sim.answers import Answer, Refusal, Stream, ok
from dockertui.sim.routing import Call, route


@route("POST", "/commit")
def commit(call: Call) -> Answer:
    """Make an image of a container."""
    container = call.world.container(call.query.get("container", ""))
    image = copies.commit(container, dict(call.query), call.several("changes"))
    return ok({"Id": image.id}, 201)


@route("GET", "/containers/{id}/export")
def export(call: Call) -> Answer:
    """Write a container's files to a tar archive."""
    container = call.world.container(call.path["id"])
    if container.state == "dead":
        raise Refusal(409, f"You cannot export container {container.id} which is Dead")
    return Stream(copies.exported(container), "application/octet-stream")
