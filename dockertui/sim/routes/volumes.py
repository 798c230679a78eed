"""Volumes."""

from __future__ import annotations

import re

from dockertui.sim.answers import NO_CONTENT, Answer, Refusal, ok
from dockertui.sim.routes.containers import has_labels
from dockertui.sim.routing import Call, route
from dockertui.sim.storage import Volume
from dockertui.sim.world import World

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")


@route("GET", "/volumes")
def list_volumes(call: Call) -> Answer:
    """List volumes."""
    world = call.world
    filters = call.filters("dangling", "driver", "label", "name")
    chosen = [it.inspect(world.host.root) for it in world.volumes if _passes(world, it, filters)]
    return ok({"Volumes": chosen, "Warnings": None})


@route("GET", "/volumes/{name}")
def inspect_volume(call: Call) -> Answer:
    """Tell everything about a volume."""
    return ok(call.world.volumes.find(call.path["name"]).inspect(call.world.host.root))


@route("POST", "/volumes/create")
def create_volume(call: Call) -> Answer:
    """Create a volume, or find the one that is there."""
    world, body = call.world, call.body()
    name = body.get("Name") or world.new_id()
    if not _NAME.fullmatch(name):
        raise Refusal(
            400,
            f'create {name}: "{name}" includes invalid characters for a local volume name, only '
            '"[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, '
            "use absolute path",
        )
    if name not in world.volumes:
        world.volumes.add(
            Volume(
                name,
                world.clock.time_ns(),
                body.get("Labels"),
                body.get("DriverOpts"),
                body.get("Driver") or "local",
            )
        )
    return ok(world.volumes.find(name).inspect(world.host.root), 201)


@route("DELETE", "/volumes/{name}")
def remove_volume(call: Call) -> Answer:
    """Remove a volume that nobody uses."""
    call.world.volumes.remove(call.world.volumes.find(call.path["name"]))
    return NO_CONTENT


@route("POST", "/volumes/prune")
def prune(call: Call) -> Answer:
    """Remove the volumes that nobody uses; those with a name only if all are meant."""
    world = call.world
    filters = call.filters("label", "label!", "all")
    everything = "".join(filters.get("all", ())) in {"1", "true"} or call.version < (1, 42)
    gone = [
        each
        for each in world.volumes
        if not world.volumes.users(each.name)
        and (everything or "com.docker.volume.anonymous" in (each.labels or {}))
        and has_labels(each.labels or {}, filters.get("label", ()))
    ]
    for volume in gone:
        world.volumes.remove(volume)
    reclaimed = sum(each.size_bytes for each in gone)
    world.events.emit("volume", "prune", "", {"reclaimed": str(reclaimed)})
    return ok({"VolumesDeleted": [it.name for it in gone] or None, "SpaceReclaimed": reclaimed})


def _passes(world: World, volume: Volume, filters: dict[str, list[str]]) -> bool:
    names, drivers, dangling = (filters.get(key) for key in ("name", "driver", "dangling"))
    if dangling and (dangling[0] in {"true", "1"}) == bool(world.volumes.users(volume.name)):
        return False
    return (
        has_labels(volume.labels or {}, filters.get("label", ()))
        and (not names or any(each in volume.name for each in names))
        and (not drivers or volume.driver in drivers)
    )
