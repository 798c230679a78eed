"""What the simulated engine believes in."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dockertui.sim.clock import Clock
from dockertui.sim.collector import Collector
from dockertui.sim.containers import ContainerSet
from dockertui.sim.events import EventRing
from dockertui.sim.host import Host
from dockertui.sim.image import Image
from dockertui.sim.images import ImageSet
from dockertui.sim.storage import BuildRecord, Network
from dockertui.sim.stores import NetworkSet, VolumeSet

if TYPE_CHECKING:
    from dockertui.sim.container import Container
    from dockertui.sim.execution import Execution

_FIRST_PORT = 32768
_ID_LENGTH = 64
_BRIDGE = "com.docker.network.bridge"
_BRIDGE_OPTIONS = {
    f"{_BRIDGE}.default_bridge": "true",
    f"{_BRIDGE}.enable_icc": "true",
    f"{_BRIDGE}.enable_ip_masquerade": "true",
    f"{_BRIDGE}.host_binding_ipv4": "0.0.0.0",
    f"{_BRIDGE}.name": "docker0",
    "com.docker.network.driver.mtu": "1500",
}
_GRID_S = 0.25
"""Timers are rounded up to this, so that many of them wake the process once."""


class World:
    """Containers, images, volumes and networks, and what happens to them.

    Everything runs on one event loop; nothing happens by itself before `wake`.
    """

    registry_is_down = False
    """Has every registry gone, in the middle of what it did?"""
    stalls: Mapping[str, float] = MappingProxyType({})
    """At which share of their last layer pulls of some references stand still for good."""

    def __init__(self, *, clock: Clock | None = None, seed: int = 7) -> None:
        """Begin with an engine as it comes: three networks and nothing else.

        Args:
            clock: the engine's idea of now.
            seed: what everything that looks like chance depends on.
        """
        self.clock = clock or Clock()
        self.seed = seed
        self.born_ns = self.clock.time_ns()
        self.host = Host()
        self.collector = Collector()
        self.events = EventRing(self.clock)
        self.containers = ContainerSet()
        self.images = ImageSet(self.events, self.containers)
        self.volumes = VolumeSet(self.events, self.containers)
        self.networks = NetworkSet(self.events, self.containers)
        self.executions: dict[str, Execution] = {}
        self.registry: dict[str, Image] = {}
        """What can be pulled."""
        self.build_cache: list[BuildRecord] = []
        """What builds left for the next ones."""
        self.bytes_per_s = 60_000_000
        """How fast images come and go."""
        self._ports: dict[tuple[str, str], int] = {}
        self._ids = 0
        self._pids = 4000
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        for name, driver, subnet in (
            ("bridge", "bridge", "172.17"),
            ("host", "host", ""),
            ("none", "null", ""),
        ):
            network = Network(self.new_id(), name, self.born_ns, driver, subnet)
            network.options = dict(_BRIDGE_OPTIONS) if name == "bridge" else {}
            self.networks.add(network)

    def wake(self) -> None:
        """Let things happen by themselves, on the running event loop."""
        self._loop = asyncio.get_running_loop()
        for container in tuple(self.containers):
            container.life.resume()

    async def rest(self) -> None:
        """Let nothing happen any more."""
        for container in self.containers:
            container.life.forget()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._loop = None

    def later(self, delay_s: float, callback: Callable[[], None]) -> asyncio.TimerHandle | None:
        """Do something after a while; never while the world rests or its time stands still."""
        if self._loop is None or self.clock.is_frozen:
            return None
        when = self._loop.time() + delay_s
        if delay_s > 1:
            when = (when // _GRID_S + 1) * _GRID_S
        return self._loop.call_at(when, callback)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Do something that takes time, whoever may be waiting for it."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def new_id(self, name: str = "") -> str:
        """Make an ID that depends on the seed, and on the name or on how many came before."""
        self._ids += 1
        return hashlib.sha256(f"{self.seed}/{name or self._ids}".encode()).hexdigest()

    def next_pid(self) -> int:
        """Make the number of a process."""
        self._pids += 17
        return self._pids

    def free_port(self, container_id: str, port: str) -> int:
        """Give a container's port a public one, the same as long as it runs."""
        key = (container_id, port)
        return self._ports.setdefault(key, _FIRST_PORT + len(self._ports))

    def container(self, reference: str) -> Container:
        """Find a container by ID, name or the beginning of its ID, or refuse."""
        return self.containers.find(reference)

    def remove_container(self, container: Container, *, volumes: bool = True) -> None:
        """Remove a container, and if asked the volumes that nobody named."""
        self.containers.remove(container)
        container.life.vanish()
        for mount in container.mounts if volumes else ():
            name = mount.get("Name", "")
            if len(name) == _ID_LENGTH and name in self.volumes and not self.volumes.users(name):
                self.volumes.remove(self.volumes.find(name))
        container.emit("destroy")

    def plug_in(self, container: Container) -> None:
        """Give a container that starts its addresses and volumes."""
        self.networks.connect_all(container)
        self.volumes.attach(container)

    def unplug(self, container: Container) -> None:
        """Take a container's addresses, ports and volumes: it has ended."""
        self.networks.disconnect_all(container)
        self.volumes.detach(container)
        for key in [key for key in self._ports if key[0] == container.id]:
            del self._ports[key]

    def running_execs(self, container: Container) -> list[str] | None:
        """The IDs of what is executed in a container now."""
        return [it.id for it in self.executions.values() if it.container is container] or None
