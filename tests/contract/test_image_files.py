"""The layers of an image, and the files in them, as an engine saves them."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from dockertui.engine import EngineError, ObjectNotFound
from dockertui.model import Image
from dockertui.model.layer_files import FileEntry, FileKind, FilesRead
from dockertui.sim import scenario
from dockertui.sim.clock import SECOND
from dockertui.sim.image import Image as SimImage
from dockertui.sim.image import Layer as SimLayer
from dockertui.sim.layer_file import LayerFile
from dockertui.sim.server import SimulatedEngine
from dockertui.store.image_files import Change, layer_view, whole_view
from dockertui.store.layer_history import layers_of_steps
from tests.contract.subject import Subject, real, simulated_by
from tests.support.real_engine import IMAGE, RealEngine

TAG = "layered:1"
DOCKERFILE = """
FROM busybox:1
ENV A=1
RUN mkdir -p /app/data && printf hello >/app/a && printf x >/app/data/one && \
    printf y >/app/data/two && head -c 300000 /dev/zero >/app/big && chown 1000:100 /app/a
LABEL made=here
RUN printf changed >/app/a && rm /app/big && chmod 700 /app && chmod 640 /app/a
RUN rm -rf /app/data && mkdir /app/data && printf z >/app/data/three && \
    ln -s /app/a /app/link && ln /app/a /app/hard
CMD ["sh", "-c", "true"]
"""
"""What the real one builds; the simulated one is given the same."""

STEPS = (
    SimLayer("/bin/sh -c #(nop)  ENV A=1"),
    SimLayer(
        "/bin/sh -c mkdir",
        300_007,
        contents=lambda: (
            LayerFile("app", kind="folder"),
            LayerFile("app/a", 5, user=1000),
            LayerFile("app/big", 300_000),
            LayerFile("app/data", kind="folder"),
            LayerFile("app/data/one", 1),
            LayerFile("app/data/two", 1),
        ),
    ),
    SimLayer("/bin/sh -c #(nop)  LABEL made=here"),
    SimLayer(
        "/bin/sh -c printf",
        7,
        contents=lambda: (
            LayerFile("app", kind="folder", mode=0o700),
            LayerFile("app/a", 7, mode=0o640, user=1000),
            LayerFile("app/big", kind="hidden"),
        ),
    ),
    SimLayer(
        "/bin/sh -c rm",
        8,
        contents=lambda: (
            LayerFile("app", kind="folder", mode=0o700),
            LayerFile("app/a", 7, mode=0o640, user=1000),
            LayerFile("app/data", kind="folder"),
            LayerFile("app/data", kind="emptied"),
            LayerFile("app/data/three", 1),
            LayerFile("app/hard", kind="link", link="app/a"),
            LayerFile("app/link", kind="symlink", link="/app/a"),
        ),
    ),
    SimLayer('/bin/sh -c #(nop)  CMD ["sh" "-c" "true"]'),
)


@pytest.fixture(
    params=["classic", "oci", "gzip", pytest.param("real", marks=pytest.mark.engine)],
)
async def subject(request: pytest.FixtureRequest) -> AsyncIterator[Subject]:
    """An engine that has an image of layers that add, change and hide files."""
    if request.param == "real":
        engine: RealEngine = request.getfixturevalue("real_engine")
        async with real(engine) as one:
            await asyncio.to_thread(build, one)
            yield one
        return
    world = scenario.bare()
    world.host.saves_as = request.param
    base = world.images.find(IMAGE)
    config = {**base.config, "Cmd": ["sh", "-c", "true"], "Labels": {"made": "here"}}
    config["Env"] = [*base.config["Env"], "A=1"]
    made_ns = world.clock.time_ns() - 60 * SECOND
    history = [*base.history, *STEPS]
    world.images.add(SimImage(f"sha256:{'1' * 64}", [TAG], [], made_ns, config, history))
    async with SimulatedEngine(world) as server, simulated_by(server) as one:
        yield one


def build(subject: Subject) -> None:
    """Let a real engine build it, as all did before BuildKit."""
    said = subject.api.build(
        fileobj=io.BytesIO(DOCKERFILE.encode()), tag=TAG, rm=True, decode=True, network_mode="none"
    )
    failures = [it["error"] for it in said if "error" in it]
    assert failures == []


async def image(subject: Subject) -> Image:
    return next(it for it in await subject.engine.list(Image) if TAG in it.tags)


async def last(subject: Subject) -> FilesRead:
    """All that is read of the image."""
    async with aclosing(subject.engine.image_files((await image(subject)).id)) as all_:
        *_, read = [each async for each in all_]
    return read


def entries(read: FilesRead, layer: str) -> dict[str, FileEntry]:
    """What a layer says of each path; of the word that a folder is empty, nothing."""
    files = read.table.layers[layer]
    found = ((files.nodes[at], read.table.entry(files, at)) for at in range(len(files)))
    return {read.table.path(node): it for node, it in found if it.kind is not FileKind.OPAQUE}


async def test_a_detail_tells_what_a_list_leaves_out_of_an_image(subject: Subject) -> None:
    detail = await subject.engine.image_detail((await image(subject)).id)
    assert detail.command == ("sh", "-c", "true")
    assert ("A", "1") in detail.env
    assert detail.labels == {"made": "here"}
    assert (detail.os, bool(detail.architecture)) == ("linux", True)
    assert detail.size_bytes > 300_000
    assert detail.created is not None
    base = next(it for it in await subject.engine.list(Image) if IMAGE in it.tags)
    below = await subject.engine.image_detail(base.id)
    assert detail.layers[: len(below.layers)] == below.layers
    assert len(detail.layers) == len(below.layers) + 3


async def test_steps_and_layers_go_together(subject: Subject) -> None:
    id_ = (await image(subject)).id
    detail, history = await subject.engine.image_detail(id_), await subject.engine.history(id_)
    made = layers_of_steps(history, detail.layers)
    last_layer = len(detail.layers) - 1
    assert [it for it in made if it is not None] == list(range(last_layer, -1, -1))
    sizes = {place: it.size_bytes for place, it in zip(made, history, strict=True)}
    assert [sizes[last_layer - 2], sizes[last_layer - 1]] == [300_007, 7]


async def test_every_layer_tells_its_files(subject: Subject) -> None:
    read = await last(subject)
    *_, made, changed, emptied = read.order
    first = entries(read, made)
    assert set(first) == {
        *("/app", "/app/a", "/app/big", "/app/data", "/app/data/one", "/app/data/two")
    }
    assert (first["/app/a"].size_bytes, first["/app/a"].owner.user) == (5, 1000)
    assert first["/app/big"].size_bytes == 300_000
    assert first["/app"].kind is FileKind.FOLDER
    second = entries(read, changed)
    assert second["/app"].owner.mode == 0o700
    assert second["/app/a"].owner.mode == 0o640
    assert second["/app/big"].kind is FileKind.WHITEOUT
    third = entries(read, emptied)
    assert (third["/app/link"].kind, third["/app/link"].link) == (FileKind.SYMLINK, "/app/a")
    assert {third["/app/hard"].kind, third["/app/a"].kind} == {FileKind.HARD_LINK, FileKind.FILE}
    opaque = read.table.layers[emptied]
    assert FileKind.OPAQUE in map(FileKind, opaque.kinds)
    now_s = time.time()
    assert all(abs(now_s - it.modified_s) < 3600 for it in second.values() if it.modified_s)


async def test_layers_come_to_what_a_container_sees(subject: Subject) -> None:
    read = await last(subject)
    layers = [read.table.layers[it] for it in read.order]
    view = whole_view(read.table, layers)
    seen = {
        view.table.path(it)
        for it in range(1, len(view))
        if view.changes[it] and view.change(it) is not Change.HIDDEN
    }
    listing = await said(subject, "find /app")
    assert {it for it in seen if it.startswith("/app")} == set(listing.split())
    assert view.sums.hidden == 3
    assert view.sums.wasted_bytes == 300_000 + 5 + 7 + 2
    top = layer_view(read.table, layers)
    assert (top.sums.added, top.sums.hidden) == (3, 2)


async def said(subject: Subject, command: str) -> str:
    """What a command prints in a container of the image."""
    if not subject.is_real:
        return "/app /app/a /app/data /app/data/three /app/hard /app/link"
    config = subject.api.create_host_config(network_mode="none")
    made = await asyncio.to_thread(
        subject.api.create_container, TAG, command.split(), host_config=config
    )
    await asyncio.to_thread(subject.api.start, made["Id"])
    await asyncio.to_thread(subject.api.wait, made["Id"])
    printed: bytes = await asyncio.to_thread(subject.api.logs, made["Id"])
    await asyncio.to_thread(subject.api.remove_container, made["Id"])
    return printed.decode()


async def test_an_image_that_is_gone_is_not_found(subject: Subject) -> None:
    nowhere = f"sha256:{'f' * 64}"
    with pytest.raises(ObjectNotFound):
        await subject.engine.image_detail(nowhere)
    with pytest.raises(EngineError, match=r"(?i)no such (image|file)"):
        async for _ in subject.engine.image_files(nowhere):
            pass


@pytest.mark.parametrize("begun", [False, True])
async def test_a_reading_can_be_left_at_once(subject: Subject, begun: bool) -> None:
    files = subject.engine.image_files((await image(subject)).id)
    if begun:
        await anext(files)
    task = asyncio.ensure_future(anext(files))
    await asyncio.sleep(0)
    began_s = time.perf_counter()
    task.cancel()
    await asyncio.wait({task})
    await files.aclose()
    assert time.perf_counter() - began_s < 0.5
    assert (await last(subject)).order


async def test_closing_the_engine_ends_a_reading(subject: Subject) -> None:
    engine = subject.another_engine()
    files = engine.image_files((await image(subject)).id)
    await anext(files)
    await engine.close()
    async with asyncio.timeout(5):
        assert [it async for it in files if it.order] == []
