"""Very many containers, to see what size does."""

from __future__ import annotations

from dockertui.sim import creation
from dockertui.sim.behaviour import Behaviour
from dockertui.sim.clock import SECOND
from dockertui.sim.container import Container
from dockertui.sim.scenario import scripts
from dockertui.sim.scenario.builder import Builder
from dockertui.sim.storage import Endpoint
from dockertui.sim.world import World

_PER_PROJECT = 40
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
        builder.image(f"crowd/{name}:1.{number}", size_mb=40 + 12 * number, days=number + 1)
        for number, name in enumerate(("web", "api", "worker", "cache", "db", "queue"))
    ]
    for image in images:
        image.behaviour = behaviour
    for number in range(count):
        image = images[number % len(images)]
        world.containers.add(_container(world, number, image.tags[0], image.id, behaviour))
    return world


def _container(
    world: World, number: int, image: str, image_id: str, behaviour: Behaviour
) -> Container:
    project, position = f"crowd-{number // _PER_PROJECT:03d}", number % _PER_PROJECT
    service = f"{image.partition('/')[2].partition(':')[0]}-{position // 6}"
    labels = {
        "com.docker.compose.project": project,
        "com.docker.compose.service": service,
        "com.docker.compose.container-number": "1",
    }
    created_ns = world.born_ns - (_HOUR_S * 50 + number) * SECOND
    endpoint = Endpoint("")
    name = f"{project}-{service}-{position % 6 + 1}"
    container = Container(
        world,
        world.new_id(f"crowd {number}"),
        name,
        image,
        image_id,
        created_ns,
        ("serve", "--shard", str(number)),
        {**_CONFIG, "Image": image, "Labels": labels, "Cmd": ["serve", "--shard", str(number)]},
        _HOST_CONFIG,
        behaviour=behaviour,
        endpoints={"bridge": endpoint},
    )
    container.started_ns = created_ns + SECOND
    if number % _EXITED_EVERY == _EXITED_EVERY - 1:
        container.state, container.exit_code = "exited", number % 3
        container.finished_ns = world.born_ns - _HOUR_S * SECOND
    else:
        container.state, container.pid = "running", world.next_pid()
        endpoint.join(world.networks.find("bridge"))
    return container


_CONFIG = {**creation.CONFIG, "ExposedPorts": {"8000/tcp": {}}, "Env": ["SHARDS=all"]}
_HOST_CONFIG = {**creation.HOST_CONFIG, "RestartPolicy": {"Name": "always"}}
