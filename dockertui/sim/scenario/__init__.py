"""Worlds to show and to test with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dockertui.sim.clock import Clock
    from dockertui.sim.world import World

NAMES = "demo, flood, odd, bare, many:10000 or images:1000"
"""What there is, for whoever asks for something else."""


def demo(seed: int = 7, *, clock: Clock | None = None, flood: bool = False) -> World:
    """A small company: a shop, its monitoring, and what else lies about.

    Args:
        seed: what everything that looks like chance depends on.
        clock: the engine's idea of now; a frozen one makes pictures that repeat.
        flood: let one container write as fast as anybody can read.
    """
    from dockertui.sim.scenario.company import build
    from dockertui.sim.world import World

    return build(World(clock=clock, seed=seed), flood=flood)


def many(count: int, seed: int = 7, *, clock: Clock | None = None) -> World:
    """As many containers as wanted, alike but not the same."""
    from dockertui.sim.scenario.crowd import build
    from dockertui.sim.world import World

    return build(World(clock=clock, seed=seed), count)


def shelf(count: int, seed: int = 7, *, clock: Clock | None = None) -> World:
    """As many images as wanted, and one container."""
    from dockertui.sim.scenario.crowd import build_images
    from dockertui.sim.world import World

    return build_images(World(clock=clock, seed=seed), count)


def odd(seed: int = 7, *, clock: Clock | None = None) -> World:
    """Everything that is unusual, hostile or wrong, and yet may come from an engine."""
    from dockertui.sim.scenario.oddities import build
    from dockertui.sim.world import World

    return build(World(clock=clock, seed=seed))


def bare(seed: int = 7, *, clock: Clock | None = None) -> World:
    """An engine with one image, `busybox:1`, and no containers."""
    from dockertui.sim.scenario.builder import BUSYBOX, Builder
    from dockertui.sim.scenario.catalogue import OFFERS
    from dockertui.sim.world import World

    world = World(clock=clock, seed=seed)
    builder = Builder(world)
    builder.images([BUSYBOX])
    builder.offers(OFFERS)
    return world


def named(name: str, seed: int = 7, *, clock: Clock | None = None) -> World:
    """Make the world of a name: `demo`, `flood`, `odd`, `bare`, `many:10000` or `images:1000`."""
    kind, _, count = name.partition(":")
    match kind:
        case "demo" | "flood":
            return demo(seed, clock=clock, flood=kind == "flood")
        case "odd":
            return odd(seed, clock=clock)
        case "bare":
            return bare(seed, clock=clock)
        case "many":
            return many(int(count or 1000), seed, clock=clock)
        case "images":
            return shelf(int(count or 1000), seed, clock=clock)
    raise ValueError(f"there is no scenario {name!r}: try {NAMES}")
