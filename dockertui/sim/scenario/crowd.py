"""Very many containers, to see what size does."""

from __future__ import annotations

from dockertui.sim import creation
from dockertui.sim.behaviour import Behaviour
from dockertui.sim.clock import SECOND
from dockertui.sim.container import Container
from dockertui.sim.scenario import scripts
from dockertui.sim.scenario.builder import Builder
from dockertui.sim.scenario.drafts import ImageDraft
from dockertui.sim.storage import Endpoint
from dockertui.sim.world import World

_PER_PROJECT = 40
_SERVICES = 6
_EXITED_EVERY = 11
_HOUR_S = 3600


def build(world: World, count: int) -> World:
    """Fill a world with `count` containers in Compose projects of forty."""
    builder = Builder(world)
    behaviour = Behaviour(
        scripts.metrics(
            ('msg="request done" duration={n}us', 'msg="cache refreshed" keys={n}'), 9.0
        ),
        history_s=900.0,
    )
    images = [
        world.images.add(builder.image(ImageDraft((f"crowd/{name}:1.{number}",), 40 + number, 9)))
        for number, name in enumerate(("web", "api", "worker", "cache", "db", "queue"))
    ]
    for number in range(count):
        image = images[number % len(images)]
        world.containers.add(_container(world, number, image.tags[0], image.id, behaviour))
    return world


def build_images(world: World, count: int) -> World:
    """Fill a world with `count` images of a few repositories, and run one of them."""
    builder = Builder(world)
    for number in range(count):
        tag = f"crowd-{number // 20:03d}/app-{number % 20:02d}:1.{number}"
        world.images.add(builder.image(ImageDraft((tag,), 20 + number % 300, number % 400)))
    first = next(iter(world.images))
    silent = Behaviour()
    world.containers.add(_container(world, 0, first.tags[0], first.id, silent))
    return world


def _container(
    world: World, number: int, image: str, image_id: str, behaviour: Behaviour
) -> Container:
    project, position = f"crowd-{number // _PER_PROJECT:03d}", number % _PER_PROJECT
    service = f"{image.partition('/')[2].partition(':')[0]}-{position // _SERVICES}"
    created_ns = world.born_ns - (_HOUR_S * 50 + number) * SECOND
    command = ("serve", "--shard", str(number))
    container = Container(
        world,
        world.new_id(f"crowd {number}"),
        f"{project}-{service}-{position % _SERVICES + 1}",
        image,
        image_id,
        created_ns,
        command,
        {**_CONFIG, "Image": image, "Labels": _labels(project, service), "Cmd": list(command)},
        _HOST_CONFIG,
        behaviour=behaviour,
        endpoints={"bridge": Endpoint("")},
    )
    _live(container, number)
    return container


def _live(container: Container, number: int) -> None:
    world = container.world
    container.started_ns = container.created_ns + SECOND
    if number % _EXITED_EVERY == _EXITED_EVERY - 1:
        container.state, container.exit_code = "exited", number % 3
        container.finished_ns = world.born_ns - _HOUR_S * SECOND
    else:
        container.state, container.pid = "running", world.next_pid()
        container.endpoints["bridge"].join(world.networks.find("bridge"))


def _labels(project: str, service: str) -> dict[str, str]:
    return {
        "com.docker.compose.project": project,
        "com.docker.compose.service": service,
        "com.docker.compose.container-number": "1",
    }


_CONFIG = {**creation.CONFIG, "ExposedPorts": {"8000/tcp": {}}, "Env": ["SHARDS=all"]}
_HOST_CONFIG = {**creation.HOST_CONFIG, "RestartPolicy": {"Name": "always"}}
