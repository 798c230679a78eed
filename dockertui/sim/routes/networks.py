"""Networks."""

from __future__ import annotations

from dockertui.sim.answers import JSON, NO_CONTENT, NOTHING, Answer, Refusal, ok
from dockertui.sim.routes.containers import has_labels
from dockertui.sim.routing import Call, route
from dockertui.sim.storage import Endpoint, Network
from dockertui.sim.world import World


@route("GET", "/networks")
def list_networks(call: Call) -> Answer:
    """List networks; who is in them only inspect tells."""
    filters = call.filters("dangling", "driver", "id", "label", "name", "scope", "type")
    return ok([it.inspect({}) for it in call.world.networks if _passes(call.world, it, filters)])


@route("GET", "/networks/{id}")
def inspect_network(call: Call) -> Answer:
    """Tell everything about a network."""
    network = call.world.networks.find(call.path["id"])
    return ok(network.inspect(_members(call.world, network)))


@route("POST", "/networks/create")
def create_network(call: Call) -> Answer:
    """Create a network."""
    world, body = call.world, call.body()
    name = body.get("Name") or ""
    if not name.strip():
        raise Refusal(400, "invalid name: name is empty")
    if any(each.name == name for each in world.networks):
        raise Refusal(409, f"network with name {name} already exists")
    network = Network(
        world.new_id(),
        name,
        world.clock.time_ns(),
        body.get("Driver") or "bridge",
        _free_subnet(world),
        body.get("Labels") or {},
        body.get("Options") or {},
        bool(body.get("Internal")),
        bool(body.get("Attachable")),
    )
    world.networks.create(network)
    return ok({"Id": network.id, "Warning": ""}, 201)


@route("POST", "/networks/{id}/connect")
def connect(call: Call) -> Answer:
    """Let a container into a network."""
    body = call.body()
    network = call.world.networks.find(call.path["id"])
    container = call.world.container(body.get("Container") or "")
    endpoint = container.endpoints.get(network.name)
    if endpoint is not None and endpoint.endpoint_id:
        raise Refusal(
            403, f"endpoint with name {container.name} already exists in network {network.name}"
        )
    asked = (body.get("EndpointConfig") or {}).get("Aliases") or []
    aliases = None if network.is_predefined else [*asked, container.id[:12]]
    container.endpoints[network.name] = Endpoint(network.id, aliases)
    if container.is_up:
        call.world.networks.connect(container, network)
    container.changed()
    return NOTHING


@route("POST", "/networks/{id}/disconnect")
def disconnect(call: Call) -> Answer:
    """Put a container out of a network."""
    network = call.world.networks.find(call.path["id"])
    container = call.world.container(call.body().get("Container") or "")
    if network.name not in container.endpoints:
        the = "" if container.is_up else "the "
        raise Refusal(
            500, f"container {container.id} is not connected to {the}network {network.name}"
        )
    if container.is_up:
        call.world.networks.disconnect(container, network)
    del container.endpoints[network.name]
    container.changed()
    return NOTHING


@route("DELETE", "/networks/{id}")
def remove_network(call: Call) -> Answer:
    """Remove a network that nobody is in."""
    call.world.networks.remove(call.world.networks.find(call.path["id"]))
    return NO_CONTENT


@route("POST", "/networks/prune")
def prune(call: Call) -> Answer:
    """Remove the networks that nobody uses."""
    world = call.world
    filters = call.filters("label", "label!", "until")
    used = {name for container in world.containers for name in container.endpoints}
    gone = [
        each
        for each in list(world.networks)
        if not each.is_predefined
        and each.name not in used
        and has_labels(each.labels, filters.get("label", ()))
    ]
    for network in gone:
        world.networks.remove(network)
    world.events.emit("network", "prune", "", {"reclaimed": "0"})
    return ok({"NetworksDeleted": [each.name for each in gone] or None})


def _members(world: World, network: Network) -> JSON:
    members: JSON = {}
    for container in world.networks.members(network):
        endpoint = container.endpoints[network.name]
        address = f"{endpoint.address}/{endpoint.prefix_length}" if endpoint.address else ""
        members[container.id] = {
            "Name": container.name,
            "EndpointID": endpoint.endpoint_id,
            "MacAddress": endpoint.mac,
            "IPv4Address": address,
            "IPv6Address": "",
        }
    return members


def _passes(world: World, network: Network, filters: dict[str, list[str]]) -> bool:
    kind = "builtin" if network.is_predefined else "custom"
    dangling = not network.is_predefined and not world.networks.members(network)
    told = {
        "driver": [network.driver],
        "scope": ["local"],
        "type": [kind],
        "dangling": ["true", "1"] if dangling else ["false", "0"],
    }
    if any(not set(filters[key]) & set(told[key]) for key in told if filters.get(key)):
        return False
    ids, names = filters.get("id"), filters.get("name")
    return (
        has_labels(network.labels, filters.get("label", ()))
        and (not ids or any(network.id.startswith(each) for each in ids))
        and (not names or any(each in network.name for each in names))
    )


def _free_subnet(world: World) -> str:
    taken = {each.subnet for each in world.networks}
    return next(f"172.{number}" for number in range(18, 250) if f"172.{number}" not in taken)
