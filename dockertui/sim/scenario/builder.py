"""Putting worlds together, with a past."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from dockertui.sim import creation
from dockertui.sim.answers import JSON
from dockertui.sim.clock import SECOND
from dockertui.sim.container import Container
from dockertui.sim.health import Prober
from dockertui.sim.image import Image, Layer
from dockertui.sim.manifests import kept
from dockertui.sim.scenario import filesystems
from dockertui.sim.scenario.drafts import (
    DAY_S,
    CacheDraft,
    ContainerDraft,
    ImageDraft,
    Past,
)
from dockertui.sim.scenario.story import Story
from dockertui.sim.storage import BuildRecord, Network, Volume
from dockertui.sim.world import World

MB = 1_000_000
_CACHE_ID = 25
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
BUSYBOX = ImageDraft(("busybox:1",), 4.26, 60, ("sh",), shells=("sh", "ash"), flavour="busybox")

_BASES = {
    "debian": ("ADD rootfs.tar.xz / # buildkit", 74_800_000),
    "alpine": ("ADD alpine-minirootfs-3.20.2-x86_64.tar.gz / # buildkit", 7_800_000),
    "busybox": ("ADD busybox.tar.xz / # buildkit", 4_260_000),
    "scratch": ("", 0),
}


class Builder:
    """Adds what has been there for a while when the world begins."""

    def __init__(self, world: World) -> None:
        """Build in `world`."""
        self.world = world
        self.story = Story(world.born_ns)

    def images(self, drafts: Iterable[ImageDraft]) -> None:
        """Add images."""
        for draft in drafts:
            self.world.images.add(self.image(draft))

    def offers(self, drafts: Iterable[ImageDraft]) -> None:
        """Let images be pulled."""
        for draft in drafts:
            self.world.registry |= dict.fromkeys(draft.tags, self.image(draft))

    def image(self, draft: ImageDraft) -> Image:
        """Make an image and do nothing with it."""
        digits = self.world.new_id(f"image {draft.tags} {draft.size_mb} {draft.days}")
        base = self.world.images.find(draft.on) if draft.on else None
        repositories = dict.fromkeys(tag.rpartition(":")[0] for tag in draft.tags)
        config: JSON = {
            "Env": [PATH],
            "Cmd": list(draft.cmd) or None,
            "Entrypoint": list(draft.entrypoint) or None,
            "Labels": None,
            **draft.config,
        }
        image = Image(
            f"sha256:{digits}",
            list(draft.tags),
            [],
            self._ago_ns(draft.days * DAY_S),
            {**creation.CONFIG, **config},
            _layers(draft, config, base.history if base is not None else ()),
            behaviour=draft.act(self.story),
            shells=draft.shells,
            flavour=draft.flavour,
        )
        if draft.is_pulled:
            image.digests = [f"{it}@{kept(image, it).top.digest}" for it in repositories]
        return image

    def network(self, name: str, number: int, days: float) -> Network:
        """Add a network whose addresses begin with `172.<number>`."""
        id_ = self.world.new_id(f"network {name}")
        network = Network(id_, name, self._ago_ns(days * DAY_S), subnet=f"172.{number}")
        return self.world.networks.add(network)

    def volume(
        self, name: str, size_mb: float, days: float, labels: dict[str, str] | None = None
    ) -> Volume:
        """Add a volume."""
        volume = Volume(name, self._ago_ns(days * DAY_S), labels, size_bytes=round(size_mb * MB))
        return self.world.volumes.add(volume)

    def build_cache(self, drafts: Iterable[CacheDraft]) -> None:
        """Add what builds left."""
        for draft in drafts:
            id_ = self.world.new_id(f"cache {draft.step}")[:_CACHE_ID]
            used_ns = self._ago_ns(draft.days * DAY_S)
            record = BuildRecord(id_, draft.step, round(draft.size_mb * MB), used_ns, used_ns)
            record.uses, record.kind, record.shared = draft.uses, draft.kind, draft.is_shared
            self.world.build_cache.append(record)

    def container(self, draft: ContainerDraft) -> Container:
        """Add a container."""
        body = {"Image": draft.image, **draft.asked}
        container = creation.create(self.world, draft.name, body)
        if draft.act is not None:
            container.behaviour = draft.act(self.story)
        self._live(container, draft.past)
        return container

    def _live(self, container: Container, past: Past) -> None:
        """Let a container be where it is after its past."""
        container.created_ns = self._ago_ns(past.age_s or past.up_s)
        container.state, container.exit_code = past.state, past.exit_code
        container.restart_count = past.restarts
        container.size_rw = round(past.wrote_mb * MB)
        if past.up_s:
            container.started_ns = self._ago_ns(past.up_s)
        if past.ended_s:
            container.finished_ns = self._ago_ns(past.ended_s)
        if container.state == "paused":
            container.paused_ns = self.world.born_ns
        if container.is_up:
            container.pid = self.world.next_pid()
            for name, endpoint in container.endpoints.items():
                endpoint.join(self.world.networks.find(name))
            self._probe(container)
        container.changed()

    def _probe(self, container: Container) -> None:
        prober = Prober(container)
        if prober.has_check:
            for ago in range(5, 0, -1):
                at_ns = self._ago_ns(ago * prober.interval_s - 11)
                if at_ns > container.started_ns:
                    prober.recall(at_ns)

    def _ago_ns(self, seconds: float) -> int:
        return self.world.born_ns - round(seconds * SECOND)


def _layers(draft: ImageDraft, config: JSON, base: Sequence[Layer]) -> list[Layer]:
    """Share what is left of an image's size among its own steps."""
    size_bytes = round(draft.size_mb * MB)
    layers = [*base] or _bases(draft, size_bytes)
    left = size_bytes - sum(it.size_bytes for it in layers)
    for step, share in zip(draft.steps, filesystems.shares(draft.steps, left), strict=True):
        layers.append(_layer(step, share))
    for key, instruction in (("Entrypoint", "ENTRYPOINT"), ("Cmd", "CMD")):
        if config.get(key):
            quoted = " ".join(f'"{word}"' for word in config[key])
            layers.append(Layer(f"{instruction} [{quoted}]"))
    return layers


def _bases(draft: ImageDraft, size_bytes: int) -> list[Layer]:
    """The lowest layer of an image that is built on no other."""
    step, base_bytes = _BASES[draft.flavour]
    base_bytes = min(base_bytes, size_bytes) if draft.steps else size_bytes
    return [_layer(step or "COPY / / # buildkit", base_bytes)] if base_bytes else []


def _layer(step: str, size_bytes: int) -> Layer:
    return Layer(step, size_bytes, contents=partial(filesystems.contents, step, size_bytes))
