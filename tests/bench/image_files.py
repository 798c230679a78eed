"""The layers of an image of a gigabyte, its files, and those of one that has half a million."""

from __future__ import annotations

import io
import os
import random
import tarfile
import time
from collections.abc import Callable
from dataclasses import replace
from threading import Thread

from tests.bench.field import Field
from tests.bench.figure import Figure, Samples, Scenario, p95
from tests.bench.keys import DOWN, REST_S, STEPS, UP, answers_ms
from tests.bench.process import exact_cpu_s, family, pss_mib
from tests.bench.tool import Tool
from tests.support.terminal import Terminal

LAYERS = "key to the layers of an image of 1 GB"
FILES = "an image of 1 GB: from its first byte to all files on the screen"
CPU = "an image of 1 GB: own CPU to read its files"
MEMORY = "memory (PSS) with the files of an image of 1 GB"
CPU_MANY = "500,000 files: own CPU to read and sort them"
MEMORY_MANY = "memory (PSS) with 500,000 files"
KEY = "key to paint while 500,000 files are read"
MOVE = "key to paint among 500,000 open rows"
STOP = "key to a reading that has stopped"

BIG, MANY = "big:1gb", "many:500k"
BIG_FILES, BIG_BYTES = 2_000, 500_000
FOLDERS, FILES_EACH = 20_000, 25
PATIENCE_S = 60.0
IMAGES, DETAIL, NEXT_TAB, ENTER, ESCAPE, OPEN_ALL = "2", "4", "]", "\r", "\x1b", "+"


def measure(tool: Tool, field: Field) -> Samples:
    """Look at the layers and the files of both images."""
    if not tool.is_ours:
        return {}
    field.holds(0)
    have_images(field)
    # What containers use is measured elsewhere.
    quiet = replace(tool, command=(*tool.command, "--no-stats"))
    return {**of_big(quiet, field.host), **of_many(quiet, field.host)}


def of_big(tool: Tool, host: str) -> dict[str, list[float]]:
    """Open the layers of the large image, then read its files."""
    with at_image(tool, host, steps=0) as terminal:
        figures = {LAYERS: [until(terminal, NEXT_TAB, "unique") * 1000]}
        time.sleep(1)
        terminal.send(NEXT_TAB)
        terminal.wait_for_bytes(b"Not read yet", timeout_s=5)
        before_s = exact_cpu_s(terminal.pid)
        seen = len(terminal.painted)
        terminal.send(ENTER)
        first_s = terminal.wait_for_bytes(b"Reading", timeout_s=PATIENCE_S, since=seen)
        last_s = terminal.wait_for_bytes(b"efficiency", timeout_s=PATIENCE_S, since=seen)
        time.sleep(2)
        used_s = exact_cpu_s(terminal.pid) - before_s
        memory = pss_mib(family(terminal.pid))
        return {**figures, FILES: [last_s - first_s], CPU: [used_s], MEMORY: [memory]}


def of_many(tool: Tool, host: str) -> dict[str, list[float]]:
    """Read half a million files: go through them meanwhile; then stop, and read them all."""
    with reading_many(tool, host) as terminal:
        terminal.send(OPEN_ALL * 4)
        terminal.wait_for_bytes(b"pkg", timeout_s=PATIENCE_S)
        figures = {KEY: key_times_ms(terminal)}
    with reading_many(tool, host) as terminal:
        figures[STOP] = [until(terminal, ESCAPE, "Stopped") * 1000]
        before_s, seen = exact_cpu_s(terminal.pid), len(terminal.painted)
        terminal.send("r")
        terminal.wait_for_bytes(b"efficiency", timeout_s=PATIENCE_S, since=seen)
        time.sleep(4)
        figures[CPU_MANY] = [exact_cpu_s(terminal.pid) - before_s]
        terminal.send(OPEN_ALL * 7)
        time.sleep(8)
        figures[MEMORY_MANY] = [pss_mib(family(terminal.pid))]
        figures[MOVE] = key_times_ms(terminal)
        return figures


def reading_many(tool: Tool, host: str) -> Terminal:
    """Begin to read half a million files, and wait for the first."""
    terminal = at_image(tool, host, steps=2)
    terminal.send(NEXT_TAB * 2)
    terminal.wait_for_bytes(b"Not read yet", timeout_s=5)
    terminal.send(ENTER)
    terminal.wait_for_bytes(b"usr/", timeout_s=PATIENCE_S)
    return terminal


def at_image(tool: Tool, host: str, *, steps: int) -> Terminal:
    """Start a tool, and go to what can be read about one of its images."""
    terminal = tool.open(host)
    terminal.wait_for_bytes(MANY.encode(), timeout_s=20)
    time.sleep(1)
    for key in (IMAGES, *[UP] * 9, *[DOWN] * steps, DETAIL):
        terminal.send(key)
        time.sleep(0.1)
    terminal.wait_for_quiet(0.5, timeout_s=3)
    return terminal


def until(terminal: Terminal, key: str, word: str) -> float:
    """How long it takes from a key to a word on the screen, in seconds."""
    seen = len(terminal.painted)
    pressed_s = terminal.send(key)
    return terminal.wait_for_bytes(word.encode(), timeout_s=10, since=seen) - pressed_s


def key_times_ms(terminal: Terminal) -> list[float]:
    """How long each of many cursor keys took to change the screen."""
    pressed_s = []
    for key in [DOWN] * STEPS + [UP] * STEPS:
        pressed_s.append(terminal.send(key))
        time.sleep(REST_S)
    return answers_ms(terminal, pressed_s)


def have_images(field: Field) -> None:
    """Make both images, unless they are there: one of few large files, one of many small ones."""
    known = {tag for each in field.engine.client.images.list() for tag in each.tags}
    for tag, write in ((BIG, write_big), (MANY, write_many)):
        if tag not in known:
            repository, _, name = tag.partition(":")
            source, sink = os.pipe()
            writer = Thread(target=written, args=(os.fdopen(sink, "wb"), write))
            writer.start()
            with os.fdopen(source, "rb") as archive:
                api = field.engine.client.api
                api.timeout = 600
                api.import_image_from_stream(archive, repository=repository, tag=name)
            writer.join()


def written(sink: io.BufferedWriter, write: Callable[[tarfile.TarFile], None]) -> None:
    """Write an archive into a pipe."""
    with sink, tarfile.open(fileobj=sink, mode="w|") as archive:
        write(archive)


def write_big(archive: tarfile.TarFile) -> None:
    """A gigabyte that cannot be compressed."""
    noise = random.Random(1).randbytes(BIG_BYTES + BIG_FILES)
    for number in range(BIG_FILES):
        add(archive, f"data/{number // 50:02}/file-{number:04}", noise[number:][:BIG_BYTES])


def write_many(archive: tarfile.TarFile) -> None:
    """Half a million files."""
    for folder in range(FOLDERS):
        root = f"usr/lib/node_modules/pkg-{folder // 40:03}/dist/module-{folder}"
        for number in range(FILES_EACH):
            add(archive, f"{root}/some-file-{number:02}.js", bytes(100 + folder % 300))


def add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    """Put one file into an archive."""
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


SCENARIO = Scenario(
    name="image-files",
    title="Images of 1 GB and of 500,000 files are looked at, layer by layer.",
    figures=(
        Figure(name=LAYERS, unit="ms", bar=200),
        Figure(name=FILES, unit="s"),
        Figure(name=CPU, unit="s"),
        Figure(name=MEMORY, unit="MiB", bar=100),
        Figure(name=CPU_MANY, unit="s"),
        Figure(name=MEMORY_MANY, unit="MiB", bar=100),
        Figure(name=KEY, unit="ms", samples=KEY),
        Figure(name=f"{KEY}, p95", unit="ms", bar=30, collapse=p95, samples=KEY),
        Figure(name=MOVE, unit="ms", bar=15),
        Figure(name=STOP, unit="ms", bar=50),
    ),
    measure=measure,
    peer_rounds=0,
)
