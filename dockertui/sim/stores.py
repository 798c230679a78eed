"""All volumes and networks of a world."""

from __future__ import annotations

from collections.abc import Iterator

from dockertui.sim.answers import JSON, Refusal
from dockertui.sim.container import Container
from dockertui.sim.containers import ContainerSet
from dockertui.sim.events import EventRing
from dockertui.sim.storage import Network, Volume


class VolumeSet:
    """Every volume, and who uses it."""

    def __init__(self, events: EventRing, containers: ContainerSet) -> None:
        """Begin with none.

        Args:
            events: who is told what happens to them.
            containers: who may mount them.
        """
        self._events = events
        self._containers = containers
        self._by_name: dict[str, Volume] = {}

    def __iter__(self) -> Iterator[Volume]:
        """Go through them, in the order of their names."""
        return iter(sorted(self._by_name.values(), key=lambda it: it.name))

    def __contains__(self, name: str) -> bool:
        """Is there one of this name?"""
        return name in self._by_name

    def find(self, name: str) -> Volume:
        """Find one, or refuse."""
        if name not in self._by_name:
            raise Refusal(404, f"get {name}: no such volume")
        return self._by_name[name]

    def users(self, name: str) -> list[Container]:
        """The containers that mount a volume, newest first."""
        return [
            each
            for each in self._containers
            if any(mount.get("Name") == name for mount in each.mounts)
        ]

    def add(self, volume: Volume) -> Volume:
        """Take one in."""
        self._by_name[volume.name] = volume
        self._events.emit("volume", "create", volume.name, {"driver": volume.driver})
        return volume

    def remove(self, volume: Volume) -> None:
        """Let one go that nobody uses, or refuse."""
        users = " ".join(each.id for each in self.users(volume.name))
        if users:
            raise Refusal(409, f"remove {volume.name}: volume is in use - [{users}]")
        del self._by_name[volume.name]
        self._events.emit("volume", "destroy", volume.name, {"driver": volume.driver})

    def attach(self, container: Container) -> None:
        """Tell that a container that starts mounts its volumes."""
        for mount in _volumes_of(container):
            attributes = {
                "container": container.id,
                "destination": mount["Destination"],
                "driver": "local",
                "propagation": "",
                "read/write": str(bool(mount["RW"])).lower(),
            }
            self._events.emit("volume", "mount", mount["Name"], attributes)

    def detach(self, container: Container) -> None:
        """Tell that a container that has ended lets its volumes go."""
        for mount in _volumes_of(container):
            attributes = {"container": container.id, "driver": "local"}
            self._events.emit("volume", "unmount", mount["Name"], attributes)


class NetworkSet:
    """Every network, and who is in it."""

    def __init__(self, events: EventRing, containers: ContainerSet) -> None:
        """Begin with none.

        Args:
            events: who is told what happens to them.
            containers: who may be connected to them.
        """
        self._events = events
        self._containers = containers
        self._by_id: dict[str, Network] = {}

    def __iter__(self) -> Iterator[Network]:
        """Go through them, oldest first."""
        return iter(self._by_id.values())

    def find(self, reference: str) -> Network:
        """Find one by ID, name or the beginning of its ID, or refuse."""
        name = "bridge" if reference == "default" else reference
        for each in self:
            if name in {each.id, each.name}:
                return each
        for each in self:
            if name and each.id.startswith(name):
                return each
        raise Refusal(404, f"network {reference} not found")

    def members(self, network: Network) -> list[Container]:
        """The containers connected to a network now."""
        return [
            each
            for each in self._containers
            if network.name in each.endpoints and each.endpoints[network.name].endpoint_id
        ]

    def add(self, network: Network) -> Network:
        """Take one in."""
        self._by_id[network.id] = network
        return network

    def create(self, network: Network) -> Network:
        """Take one in, and tell so."""
        attributes = {"name": network.name, "type": network.driver}
        self._events.emit("network", "create", network.id, attributes)
        return self.add(network)

    def remove(self, network: Network) -> None:
        """Let one go that nobody is in, or refuse."""
        if network.is_predefined:
            raise Refusal(403, f"{network.name} is a pre-defined network and cannot be removed")
        if self.members(network):
            named = f"network {network.name} id {network.id}"
            raise Refusal(403, f"error while removing network: {named} has active endpoints")
        del self._by_id[network.id]
        attributes = {"name": network.name, "type": network.driver}
        self._events.emit("network", "destroy", network.id, attributes)

    def connect(self, container: Container, network: Network) -> None:
        """Give a container that runs its address in a network."""
        container.endpoints[network.name].join(network)
        self._tell("connect", container, network)

    def disconnect(self, container: Container, network: Network) -> None:
        """Take a container's address in a network."""
        container.endpoints[network.name].leave()
        self._tell("disconnect", container, network)

    def connect_all(self, container: Container) -> None:
        """Give a container that starts its addresses."""
        for name in container.endpoints:
            self.connect(container, self.find(name))

    def disconnect_all(self, container: Container) -> None:
        """Take all addresses of a container that has ended."""
        for network in self:
            if network.name in container.endpoints:
                self.disconnect(container, network)

    def _tell(self, action: str, container: Container, network: Network) -> None:
        attributes = {"container": container.id, "name": network.name, "type": network.driver}
        self._events.emit("network", action, network.id, attributes)


def _volumes_of(container: Container) -> list[JSON]:
    return [mount for mount in container.mounts if mount.get("Type") == "volume"]
