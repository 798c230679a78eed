"""Images built, and what building leaves."""

from __future__ import annotations

import json

from dockertui.sim import building
from dockertui.sim.answers import Answer, Refusal, Stream, ok
from dockertui.sim.routing import Call, route


@route("POST", "/build")
def build_image(call: Call) -> Answer:
    """Build an image with the engine's own builder."""
    try:
        args = json.loads(call.query.get("buildargs") or "{}")
    except ValueError:
        raise Refusal(400, "error reading build args") from None
    what = building.recipe(call.content, call.query, call.several("t"), args)
    return Stream(building.build(call.world, what), "application/json")


@route("POST", "/build/prune")
def prune_build_cache(call: Call) -> Answer:
    """Remove what builds left and nobody uses."""
    world = call.world
    gone = [it for it in world.build_cache if not it.shared or call.flag("all")]
    world.build_cache = [it for it in world.build_cache if it not in gone]
    freed = sum(it.size_bytes for it in gone if not it.shared)
    return ok({"CachesDeleted": [it.id for it in gone] or None, "SpaceReclaimed": freed})
