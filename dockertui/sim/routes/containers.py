"""Containers: listed, inspected, created, renamed and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dockertui.sim import creation, limits
from dockertui.sim.answers import NO_CONTENT, Answer, Refusal, Reply, ok
from dockertui.sim.clock import parse_since
from dockertui.sim.container import Container
from dockertui.sim.containers import entry
from dockertui.sim.inspection import inspect, sizes, status_text, summary
from dockertui.sim.routing import Call, route
from dockertui.sim.world import World

Test = Callable[[Container, Sequence[str]], bool]

_STATES = ("created", "running", "paused", "restarting", "removing", "exited", "dead")
_HEALTHS = ("starting", "healthy", "unhealthy", "none")


@route("GET", "/containers/json")
def list_containers(call: Call) -> Answer:
    """List containers, newest first."""
    world = call.world
    now_ns = world.clock.time_ns()
    filters = call.filters(*_TESTS, "id", "before", "since", "is-task", "isolation")
    limit = call.number("limit", 0)
    _check(filters)
    everything = call.flag("all") or limit > 0 or bool({"status", "exited"} & set(filters))
    if not filters and limit <= 0 and not call.flag("size"):
        return Reply(world.containers.listed(now_ns, everything=everything))
    chosen = [
        each
        for each in _candidates(world, filters)
        if (everything or each.is_up or each.state == "restarting")
        and all(_TESTS[key](each, values) for key, values in filters.items() if key in _TESTS)
    ]
    chosen = chosen[:limit] if limit > 0 else chosen
    if call.flag("size"):
        return ok([summary(it, status_text(it, now_ns)[0]) | sizes(it) for it in chosen])
    return Reply(b"[%s]\n" % b",".join(entry(each, now_ns) for each in chosen))


@route("GET", "/containers/{id}/json")
def inspect_container(call: Call) -> Answer:
    """Tell everything about a container."""
    return ok(inspect(call.world.container(call.path["id"]), size=call.flag("size")))


@route("GET", "/containers/{id}/changes")
def changes(call: Call) -> Answer:
    """Say what a container's files have that its image's have not."""
    container = call.world.container(call.path["id"])
    found = dict(container.behaviour.changes)
    for path, content in container.files.items():
        found[path] = 2 if content is None else 1
    return ok([{"Path": path, "Kind": kind} for path, kind in sorted(found.items())] or None)


@route("POST", "/containers/create")
def create(call: Call) -> Answer:
    """Create a container."""
    container = creation.create(call.world, call.query.get("name", ""), call.body())
    return ok({"Id": container.id, "Warnings": []}, 201)


@route("POST", "/containers/{id}/rename")
def rename(call: Call) -> Answer:
    """Give a container another name."""
    container = call.world.container(call.path["id"])
    name = call.query.get("name", "").removeprefix("/")
    if not name:
        raise Refusal(400, "Neither old nor new names may be empty")
    if name == container.name:
        raise Refusal(400, "Renaming a container with the same name as its current name")
    if not creation.NAME.fullmatch(name):
        raise Refusal(
            400,
            f"Error when allocating new name: Invalid container name (/{name}), "
            "only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
        )
    former = container.name
    try:
        call.world.containers.rename(container, name)
    except Refusal as refusal:
        raise Refusal(
            refusal.status, f"Error when allocating new name: {refusal.message}"
        ) from None
    container.emit("rename", oldName=f"/{former}")
    return NO_CONTENT


@route("POST", "/containers/{id}/update")
def update(call: Call) -> Answer:
    """Change a container's limits or its restart policy."""
    limits.update(call.world.container(call.path["id"]), call.body())
    return ok({"Warnings": None})


@route("DELETE", "/containers/{id}")
def remove(call: Call) -> Answer:
    """Remove a container."""
    container = call.world.container(call.path["id"])
    if container.is_up or container.state == "restarting":
        if not call.flag("force"):
            raise Refusal(409, _not_while_up(container))
        if container.is_up:
            container.life.kill(9)
    call.world.remove_container(container, volumes=call.flag("v"))
    return NO_CONTENT


@route("POST", "/containers/prune")
def prune(call: Call) -> Answer:
    """Remove all stopped containers."""
    filters = call.filters("until", "label", "label!")
    gone = [
        each
        for each in call.world.containers
        if each.state in {"created", "exited", "dead"} and _may_be_pruned(each, filters)
    ]
    for container in gone:
        call.world.remove_container(container, volumes=False)
    reclaimed = sum(each.size_rw for each in gone)
    call.world.events.emit("container", "prune", "", {"reclaimed": str(reclaimed)})
    return ok({"ContainersDeleted": [it.id for it in gone] or None, "SpaceReclaimed": reclaimed})


def _candidates(world: World, filters: dict[str, list[str]]) -> Iterable[Container]:
    if not filters.get("id"):
        return world.containers
    found = {
        each.id: each for prefix in filters["id"] for each in world.containers.starting(prefix)
    }
    return sorted(found.values(), key=lambda it: it.created_ns, reverse=True)


def _check(filters: dict[str, list[str]]) -> None:
    for state in filters.get("status", ()):
        if state not in _STATES:
            raise Refusal(400, f"Invalid filter 'status={state}'")
    for health in filters.get("health", ()):
        if health not in _HEALTHS:
            raise Refusal(400, f"Unrecognised filter value for health: {health}")


def _not_while_up(container: Container) -> str:
    if container.state == "paused":
        return (
            f"You cannot remove a paused container {container.id}. "
            "Unpause and then stop the container before attempting removal or force remove"
        )
    if container.state == "restarting":
        return (
            f"You cannot remove a restarting container {container.id}. "
            "Stop the container before attempting removal or force remove"
        )
    return (
        f"You cannot remove a running container {container.id}. "
        "Stop the container before attempting removal or force remove"
    )


def _may_be_pruned(container: Container, filters: dict[str, list[str]]) -> bool:
    unwanted = filters.get("label!", ())
    until_ns = parse_since("".join(filters.get("until", ())))
    return (
        has_labels(container.labels, filters.get("label", ()))
        and not any(has_labels(container.labels, [each]) for each in unwanted)
        and (not until_ns or container.created_ns < until_ns)
    )


def has_labels(labels: dict[str, str], wanted: Iterable[str]) -> bool:
    """Are all of these, `key` or `key=value`, among the labels?"""
    for each in wanted:
        key, equals, value = each.partition("=")
        if key not in labels or (equals and labels[key] != value):
            return False
    return True


def _descends(container: Container, references: Sequence[str]) -> bool:
    for reference in references:
        try:
            if container.world.images.find(reference).id == container.image_id:
                return True
        except Refusal:
            continue
    return False


_TESTS: dict[str, Test] = {
    "name": lambda it, values: any(value.removeprefix("/") in it.name for value in values),
    "label": lambda it, values: has_labels(it.labels, values),
    "status": lambda it, values: it.state in values,
    "health": lambda it, values: (it.health.status if it.health else "none") in values,
    "ancestor": _descends,
    "exited": lambda it, values: it.state == "exited" and str(it.exit_code) in values,
    "network": lambda it, values: any(
        value == name or (value and end.network_id.startswith(value))
        for value in values
        for name, end in it.endpoints.items()
    ),
    "volume": lambda it, values: any(
        value in {mount.get("Name"), mount.get("Destination")}
        for value in values
        for mount in it.mounts
    ),
    "publish": lambda it, values: any(value in str(it.host_config) for value in values),
    "expose": lambda it, values: any(
        value in (it.config.get("ExposedPorts") or {}) for value in values
    ),
}
