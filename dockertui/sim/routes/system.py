"""The engine itself: is it there, what is it, what happens."""

from __future__ import annotations

from dockertui.sim.answers import JSON, Answer, Refusal, Reply, Stream, ok
from dockertui.sim.clock import log_stamp, parse_since
from dockertui.sim.inspection import sizes, status_text, summary
from dockertui.sim.routing import Call, route
from dockertui.sim.storage import Volume
from dockertui.sim.world import World

_NO_CACHE = (("Cache-Control", "no-cache, no-store, must-revalidate"), ("Pragma", "no-cache"))


@route("GET", "/_ping")
@route("HEAD", "/_ping")
def ping(call: Call) -> Answer:
    """Say that the engine is there."""
    body = b"" if call.method == "HEAD" else b"OK"
    return Reply(body, content_type="text/plain; charset=utf-8", headers=_NO_CACHE)


@route("GET", "/version")
def version(call: Call) -> Answer:
    """Say which engine this is."""
    return ok(call.world.host.version())


@route("GET", "/info")
def info(call: Call) -> Answer:
    """Say how the engine is."""
    world = call.world
    states = [each.state for each in world.containers]
    running = states.count("running") + states.count("restarting")
    counts: JSON = {
        "Containers": len(states),
        "ContainersRunning": running,
        "ContainersPaused": states.count("paused"),
        "ContainersStopped": len(states) - running - states.count("paused"),
        "Images": len(world.images),
        "NEventsListener": world.events.listening,
        "SystemTime": log_stamp(world.clock.time_ns()),
    }
    return ok(counts | world.host.info())


@route("GET", "/events")
def events(call: Call) -> Answer:
    """Tell what happened and what happens."""
    since_ns = parse_since(call.query.get("since"))
    until_ns = parse_since(call.query.get("until"))
    pieces = call.world.events.follow(since_ns, until_ns, call.filters())
    return Stream(pieces, "application/json")


@route("GET", "/system/df")
def disk_usage(call: Call) -> Answer:
    """Say how much room everything takes."""
    world = call.world
    now_ns = world.clock.time_ns()
    layer_users = world.images.layer_users
    images = [
        each.summary(len(world.images.users(each)), call.version, each.shared_bytes(layer_users))
        for each in world.images
    ]
    layers = {layer: size for each in world.images for layer, size in each.layers.items()}
    containers = [
        summary(each, status_text(each, now_ns)[0]) | sizes(each) for each in world.containers
    ]
    return ok(
        {
            "LayersSize": sum(layers.values()),
            "Images": images,
            "Containers": containers,
            "Volumes": [_usage(world, each) for each in world.volumes],
            "BuildCache": [each.listed(call.version) for each in world.build_cache],
            "BuilderSize": sum(each.size_bytes for each in world.build_cache),
        }
    )


def _usage(world: World, volume: Volume) -> JSON:
    users = len(world.volumes.users(volume.name))
    return {
        **volume.inspect(world.host.root),
        "UsageData": {"RefCount": users, "Size": volume.size_bytes},
    }


@route("GET", "/swarm")
@route("GET", "/nodes")
@route("GET", "/services")
@route("GET", "/tasks")
@route("GET", "/secrets")
@route("GET", "/configs")
def swarm(_call: Call) -> Answer:
    """Refuse: there is no swarm."""
    raise Refusal(
        503,
        'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to '
        "connect this node to swarm and try again.",
    )


@route("POST", "/auth")
def authenticate(_call: Call) -> Answer:
    """Let anybody in."""
    return ok({"Status": "Login Succeeded", "IdentityToken": ""})
