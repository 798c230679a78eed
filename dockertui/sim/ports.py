"""Ports of the host, which one container alone can have at a time."""

from __future__ import annotations

from dockertui.sim.answers import Refusal
from dockertui.sim.container import Container
from dockertui.sim.inspection import published

_CREATED = 128
_ANY = frozenset(("", "0.0.0.0", "::"))


def refuse_taken_ports(container: Container) -> None:
    """Refuse to start what publishes a port that another has, and let it remember why."""
    taken = {
        (port.rpartition("/")[2], each["HostPort"], each["HostIp"])
        for other in container.world.containers
        if other is not container
        for port, places in published(other).items()
        for each in places or ()
    }
    bindings = container.host_config.get("PortBindings") or {}
    for port, places in bindings.items():
        for each in places:
            if _is_taken(port.rpartition("/")[2], each["HostPort"], each["HostIp"], taken):
                container.exit_code = _CREATED
                container.error = (
                    "driver failed programming external connectivity on endpoint "
                    f"{container.name} ({container.id}): Bind for {each['HostIp'] or '0.0.0.0'}:"
                    f"{each['HostPort']} failed: port is already allocated"
                )
                raise Refusal(500, container.error)


def _is_taken(protocol: str, port: str, address: str, taken: set[tuple[str, str, str]]) -> bool:
    return any(
        (protocol, port) == (other_protocol, other_port)
        and (address == other or address in _ANY or other in _ANY)
        for other_protocol, other_port, other in taken
    )
