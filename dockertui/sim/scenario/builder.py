"""Putting worlds together, with a past."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dockertui.sim import creation
from dockertui.sim.answers import JSON
from dockertui.sim.behaviour import QUIET, Behaviour
from dockertui.sim.clock import SECOND
from dockertui.sim.container import Container
from dockertui.sim.health import Prober
from dockertui.sim.image import Image, Layer
from dockertui.sim.storage import Network, Volume
from dockertui.sim.world import World

MB = 1_000_000
DAY_S = 86_400
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

_BASES = {
    "debian": ("ADD rootfs.tar.xz / # buildkit", 74_800_000),
    "alpine": ("ADD alpine-minirootfs-3.20.2-x86_64.tar.gz / # buildkit", 7_797_000),
    "busybox": ("ADD busybox.tar.xz / # buildkit", 4_261_000),
    "scratch": ("", 0),
}


class Builder:
    """Adds images, containers, volumes and networks that have been there for a while."""

    def __init__(self, world: World) -> None:
        """Build in `world`."""
        self.world = world

    def image(self, *tags: str, **asked: Any) -> Image:  # noqa: ANN401 - as for `draft`
        """Add an image; see `draft`."""
        return self.world.images.add(self.draft(*tags, **asked))

    def offer(self, *tags: str, **asked: Any) -> None:  # noqa: ANN401 - as for `draft`
        """Let an image be pulled; see `draft`."""
        image = self.draft(*tags, **asked)
        self.world.registry |= dict.fromkeys(tags, image)

    def draft(  # noqa: PLR0913 - it is read as a declaration, by names
        self,
        *tags: str,
        size_mb: float,
        days: float,
        cmd: Sequence[str] = (),
        entrypoint: Sequence[str] = (),
        steps: Sequence[str] = (),
        behaviour: Behaviour = QUIET,
        shells: Sequence[str] = ("bash", "sh"),
        flavour: str = "debian",
        pulled: bool = True,
        config: JSON | None = None,
    ) -> Image:
        """Make an image.

        Args:
            tags: its references; none makes it dangling.
            size_mb: its size in millions of bytes.
            days: how long ago it was built.
            cmd: what its containers run, with `entrypoint`.
            entrypoint: what its containers always run.
            steps: the instructions of its Dockerfile; the layers share its size.
            behaviour: what its containers do.
            shells: the shells in it.
            flavour: what its files look like.
            pulled: has it a digest from a registry?
            config: more of the engine's `Config`.
        """
        world = self.world
        digits = world.new_id(f"image {tags} {size_mb} {days}")
        repositories = dict.fromkeys(tag.rpartition(":")[0] for tag in tags)
        digest = digits[32:] + digits[:32]
        merged: JSON = {
            "Env": [PATH],
            "Cmd": list(cmd) or None,
            "Entrypoint": list(entrypoint) or None,
            "Labels": None,
            **(config or {}),
        }
        return Image(
            f"sha256:{digits}",
            list(tags),
            [f"{name}@sha256:{digest}" for name in repositories] if pulled else [],
            world.born_ns - round(days * DAY_S) * SECOND,
            {**creation.CONFIG, **merged},
            _layers(flavour, round(size_mb * MB), steps, merged),
            behaviour=behaviour,
            shells=tuple(shells),
            flavour=flavour,
        )

    def busybox(self, tag: str = "busybox:1") -> Image:
        """Add the image that shells and tests are made of."""
        return self.image(
            tag,
            size_mb=4.26,
            days=60,
            cmd=["sh"],
            shells=("sh", "ash"),
            flavour="busybox",
            behaviour=QUIET,
        )

    def network(self, name: str, number: int, days: float, **labels: str) -> Network:
        """Add a network whose addresses begin with `172.<number>`."""
        created_ns = self.world.born_ns - round(days * DAY_S) * SECOND
        network = Network(
            self.world.new_id(f"network {name}"), name, created_ns, subnet=f"172.{number}"
        )
        network.labels = {key.replace("__", "."): value for key, value in labels.items()}
        return self.world.networks.add(network)

    def volume(
        self, name: str, size_mb: float, days: float, labels: dict[str, str] | None = None
    ) -> Volume:
        """Add a volume."""
        created_ns = self.world.born_ns - round(days * DAY_S) * SECOND
        size_bytes = round(size_mb * MB)
        return self.world.volumes.add(Volume(name, created_ns, labels, size_bytes=size_bytes))

    def container(  # noqa: PLR0913 - it is read as a declaration, by names
        self,
        name: str,
        image: str,
        *,
        behaviour: Behaviour | None = None,
        state: str = "running",
        age_s: float = 0.0,
        up_s: float = 0.0,
        ended_s: float = 0.0,
        exit_code: int = 0,
        **asked: Any,  # noqa: ANN401 - the engine's JSON
    ) -> Container:
        """Add a container with a past.

        Args:
            name: its name.
            image: what it is made from.
            behaviour: what it does, if not what its image's containers do.
            state: where it is in its life.
            age_s: how long ago it was created; 0 is when it was started.
            up_s: how long ago it was started last.
            ended_s: how long ago it ended last, if it has.
            exit_code: with what it ended.
            asked: more of what `POST /containers/create` takes.
        """
        world = self.world
        container = creation.create(world, name, {"Image": image, **asked})
        container.created_ns = world.born_ns - round((age_s or up_s) * SECOND)
        if behaviour is not None:
            container.behaviour = behaviour
        container.state, container.exit_code = state, exit_code
        if state != "created":
            container.started_ns = world.born_ns - round(up_s * SECOND)
        if ended_s:
            container.finished_ns = world.born_ns - round(ended_s * SECOND)
        if container.is_up:
            self._plug_in(container)
        container.changed()
        return container

    def _plug_in(self, container: Container) -> None:
        container.pid = self.world.next_pid()
        for name, endpoint in container.endpoints.items():
            endpoint.join(self.world.networks.find(name))
        prober = Prober(container)
        if container.health is not None:
            for ago in range(5, 0, -1):
                at_ns = self.world.born_ns - round((ago * prober.interval_s - 11) * SECOND)
                if at_ns > container.started_ns:
                    prober.recall(at_ns)


def _layers(flavour: str, size_bytes: int, steps: Sequence[str], config: JSON) -> list[Layer]:
    """Share an image's size among its steps, later ones getting less."""
    base, base_bytes = _BASES[flavour]
    base_bytes = min(base_bytes, size_bytes) if steps else size_bytes
    layers = [Layer(base or "COPY / / # buildkit", base_bytes)] if base_bytes else []
    left = size_bytes - base_bytes
    for index, step in enumerate(steps):
        share = left if index == len(steps) - 1 else left * 2 // 3
        left -= share
        layers.append(Layer(step, share))
    for key, instruction in (("Entrypoint", "ENTRYPOINT"), ("Cmd", "CMD")):
        if config.get(key):
            quoted = " ".join(f'"{word}"' for word in config[key])
            layers.append(Layer(f"{instruction} [{quoted}]"))
    return layers
