"""Images that come from a registry and go to one, beside the docker command."""

from __future__ import annotations

import io
import os
import random
import subprocess
import time
from itertools import pairwise
from shutil import which

from docker import APIClient

from tests.bench.field import Field
from tests.bench.figure import Figure, Samples, Scenario, p95
from tests.bench.image_files import IMAGES, key_times_ms
from tests.bench.keys import STEPS
from tests.bench.process import exact_cpu_s
from tests.bench.tool import Tool
from tests.support.images import archive_of
from tests.support.real_registry import RealRegistry
from tests.support.terminal import Terminal

PULL, CLI_PULL = "pull of 300 MB", "pull of 300 MB by the docker command"
PUSH, CLI_PUSH = "push of 300 MB", "push of 300 MB by the docker command"
PULL_SHARE, PUSH_SHARE = "pull: share of the command's time", "push: share of the command's time"
PULL_CPU, PUSH_CPU = "own CPU while it is pulled", "own CPU while it is pushed"
REDRAWS = "redraws a second, 5 pulls at once"
KEY = "key to paint, 5 pulls at once"

LAYERS, LAYER_BYTES = 4, 75_000_000
AT_ONCE, PARTS, PART_BYTES = 5, 4, 125_000_000
NAME = "moved"
CONTAINERS = "1"
WATCHED_S = 2.0
TOGETHER_S = 0.004
"""Pieces of output closer than this are one redraw."""
PATIENCE_S = 240.0


def measure(tool: Tool, field: Field) -> Samples:
    """Pull and push with the command and with the tool, in turn; then pull five at once."""
    docker = which("docker")
    if not tool.is_ours or docker is None:
        return {}
    field.holds(0)
    api = field.engine.client.api
    api.timeout = 600
    forget_all(api)
    with RealRegistry(engine=field.engine) as source:
        reference = f"{source.host}/{NAME}:1"
        make(api, reference)
        pushed_by_command_s = by_command(field.host, docker, "push", reference)
        api.remove_image(reference, force=True)
        pulled_by_command_s = by_command(field.host, docker, "pull", reference)
        api.remove_image(reference, force=True)
        pulled_s, pull_cpu = pull(tool, field.host, reference)
        pushed_s, push_cpu = push(tool, field, reference)
        several = five_at_once(tool, field, source)
    return {
        PULL: [pulled_s],
        CLI_PULL: [pulled_by_command_s],
        PULL_SHARE: [pulled_s / pulled_by_command_s],
        PULL_CPU: [pull_cpu],
        PUSH: [pushed_s],
        CLI_PUSH: [pushed_by_command_s],
        PUSH_SHARE: [pushed_s / pushed_by_command_s],
        PUSH_CPU: [push_cpu],
        **several,
    }


def forget_all(api: APIClient) -> None:
    """Remove what earlier rounds left."""
    for image in api.images():
        for tag in image["RepoTags"] or ():
            if f"/{NAME}" in tag:
                api.remove_image(tag, force=True)


def make(api: APIClient, reference: str) -> None:
    """Make an image of some layers that cannot be compressed."""
    noise = random.Random(time.time_ns())
    files = {f"layer-{number}": noise.randbytes(LAYER_BYTES) for number in range(LAYERS)}
    steps = ["FROM scratch", *(f"ADD {name} /{name}" for name in files)]
    context = archive_of({**files, "Dockerfile": "\n".join(steps).encode()})
    said = api.build(
        fileobj=io.BytesIO(context), custom_context=True, tag=reference, rm=True, decode=True
    )
    failures = [each["error"] for each in said if "error" in each]
    assert not failures, failures


def by_command(host: str, docker: str, verb: str, reference: str) -> float:
    """How long the docker command takes, in seconds."""
    began_s = time.perf_counter()
    subprocess.run(
        [docker, verb, "--quiet", reference],
        env={**os.environ, "DOCKER_HOST": host},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began_s


def pull(tool: Tool, host: str, reference: str) -> tuple[float, float]:
    """Pull with the tool: seconds, and its share of a core meanwhile in percent."""
    with tool.open(host) as terminal:
        at_images(terminal)
        type_reference(terminal, reference)
        return lasting(terminal, f"in {LAYERS} layers")


def push(tool: Tool, field: Field, reference: str) -> tuple[float, float]:
    """Push with the tool to a registry that has nothing yet; as `pull`."""
    api = field.engine.client.api
    with RealRegistry(engine=field.engine) as sink:
        target = f"{sink.host}/{NAME}"
        api.tag(reference, target, "1")
        api.remove_image(reference)
        with tool.open(field.host) as terminal:
            at_images(terminal)
            terminal.wait_for_bytes(target.encode(), timeout_s=10)
            terminal.send("g")
            terminal.send("P")
            terminal.wait_for_bytes(b"Where to", timeout_s=10)
            terminal.wait_for_quiet(0.3, timeout_s=2)
            figures = lasting(terminal, "pushed after")
        api.remove_image(f"{target}:1", force=True)
    return figures


def five_at_once(tool: Tool, field: Field, source: RealRegistry) -> dict[str, list[float]]:
    """Pull five images at once: go through containers for a while, then look on."""
    api = field.engine.client.api
    noise = random.Random(2)
    references = [f"{source.host}/{NAME}-{number}:1" for number in range(AT_ONCE)]
    for reference in references:
        repository, _, tag = reference.rpartition(":")
        content = archive_of({f"data-{it}": noise.randbytes(PART_BYTES) for it in range(PARTS)})
        api.import_image_from_data(content, repository=repository, tag=tag)
        said = api.push(repository, tag=tag, stream=True, decode=True)
        assert not [each for each in said if "error" in each]
        api.remove_image(reference, force=True)
    field.holds(2 * STEPS)
    with tool.open(field.host) as terminal:
        at_images(terminal)
        for reference in references:
            type_reference(terminal, reference)
            terminal.send("\r")
        terminal.send(CONTAINERS)
        time.sleep(0.5)
        keys = key_times_ms(terminal)
        redraws = redraws_a_second(terminal)
        assert " jobs " in terminal.look().text.partition("\n")[0], "the pulls were over too early"
    return {REDRAWS: [redraws], KEY: keys}


def at_images(terminal: Terminal) -> None:
    """Wait until all is there, and go to the images."""
    terminal.wait_for_bytes(b"busybox", timeout_s=20)
    terminal.wait_for_quiet(0.5, timeout_s=3)
    terminal.send(IMAGES)


def type_reference(terminal: Terminal, reference: str) -> None:
    """Ask for a pull, up to the key that begins it."""
    seen = len(terminal.painted)
    terminal.send("n")
    terminal.wait_for_bytes(b"Pull an image", timeout_s=10, since=seen)
    terminal.send(reference)
    terminal.wait_for_bytes(b"In full", timeout_s=10, since=seen)
    terminal.wait_for_quiet(0.2, timeout_s=2)


def lasting(terminal: Terminal, end: str) -> tuple[float, float]:
    """From the key that begins a job to the word of its end: seconds, and percent of a core."""
    before_s, seen = exact_cpu_s(terminal.pid), len(terminal.painted)
    began_s = terminal.send("\r")
    took_s = terminal.wait_for_bytes(end.encode(), timeout_s=PATIENCE_S, since=seen) - began_s
    return took_s, 100 * (exact_cpu_s(terminal.pid) - before_s) / took_s


def redraws_a_second(terminal: Terminal) -> float:
    """How often the screen changes while nobody presses a key."""
    seen = len(terminal.painted)
    time.sleep(WATCHED_S)
    times = [piece.at_s for piece in terminal.painted[seen:]]
    apart = [b - a > TOGETHER_S for a, b in pairwise(times)]
    return (sum(apart) + bool(times)) / WATCHED_S


SCENARIO = Scenario(
    name="moving",
    title="Images are pulled and pushed, by the docker command and by us, and five at once.",
    figures=(
        Figure(name=PULL, unit="s"),
        Figure(name=CLI_PULL, unit="s"),
        Figure(name=PULL_SHARE, unit="x", bar=1.1),
        Figure(name=PULL_CPU, unit="%", bar=15),
        Figure(name=PUSH, unit="s"),
        Figure(name=CLI_PUSH, unit="s"),
        Figure(name=PUSH_SHARE, unit="x", bar=1.1),
        Figure(name=PUSH_CPU, unit="%", bar=15),
        Figure(name=REDRAWS, unit="/s", bar=10),
        Figure(name=KEY, unit="ms", samples=KEY),
        Figure(name=f"{KEY}, p95", unit="ms", bar=15, collapse=p95, samples=KEY),
    ),
    measure=measure,
    rounds=2,
    peer_rounds=0,
)
