"""Images as the simulated engine saves them."""

from __future__ import annotations

import asyncio
import io
import json
import tarfile

import pytest
from docker import APIClient

from dockertui.sim import archive, saving, scenario
from dockertui.sim.image import Image, Layer
from dockertui.sim.server import SimulatedEngine
from dockertui.sim.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return scenario.demo()


def test_a_layer_holds_just_as_much_as_it_says(world: World) -> None:
    for image in world.images:
        layers = [it for it in image.history if it.size_bytes]
        for layer, files in zip(layers, image.contents, strict=True):
            assert sum(it.size_bytes for it in files) == layer.size_bytes, layer.created_by
            assert len({it.path for it in files if it.kind != "emptied"}) == len(files)


def test_some_image_changes_and_hides_what_is_below(world: World) -> None:
    image = world.images.find("shop/api:2.4.1")
    *below, top = image.contents
    before = {it.path for files in below for it in files}
    assert {it.kind for it in top} >= {"file", "hidden"}
    assert all(it.path in before for it in top)


def test_images_on_one_base_share_its_layers(world: World) -> None:
    base, api = (world.images.find(it) for it in ("python:3.12-slim", "shop/api:2.4.1"))
    assert api.layer_ids[: len(base.layer_ids)] == base.layer_ids
    assert len(api.layer_ids) > len(base.layer_ids)


def saved(image: Image, layout: str) -> tarfile.TarFile:
    return tarfile.open(fileobj=io.BytesIO(b"".join(saving.save({image: image.tags}, layout))))


@pytest.mark.parametrize("layout", ["classic", "oci", "gzip"])
def test_an_archive_names_its_layers_in_order(world: World, layout: str) -> None:
    image = world.images.find("alpine:3.20")
    with saved(image, layout) as archive:
        manifest = archive.extractfile("manifest.json")
        assert manifest is not None
        ((listed),) = json.load(manifest)
        assert image.id.removeprefix("sha256:") in listed["Config"]
        for name, files in zip(listed["Layers"], image.contents, strict=True):
            with tarfile.open(fileobj=archive.extractfile(name)) as layer:
                assert [it.name for it in layer] == [it.path for it in files]


async def test_the_engine_sends_it(engine: SimulatedEngine, client: APIClient) -> None:
    body = await asyncio.to_thread(lambda: b"".join(client.get_image("busybox:1")))
    with tarfile.open(fileobj=io.BytesIO(body)) as archive:
        assert "manifest.json" in archive.getnames()


@pytest.mark.parametrize("layout", ["classic", "oci", "gzip"])
def test_what_was_saved_is_loaded_as_it_was(layout: str) -> None:
    here, elsewhere = scenario.demo(), World()
    kept = saving.named(here, ["alpine:3.20", "busybox:1", "busybox:1"])
    list(archive.load(elsewhere, b"".join(saving.save(kept, layout))))
    for image in kept:
        loaded = elsewhere.images.get(image.id)
        assert loaded is not None
        assert (loaded.layers, loaded.tags) == (image.layers, kept[image])


def test_an_image_that_is_named_by_its_id_is_kept_without_tags(world: World) -> None:
    image = world.images.find("busybox:1")
    assert saving.named(world, [image.id]) == {image: []}


def test_a_layer_of_which_nothing_is_known_is_as_large_as_it_says() -> None:
    world = World()
    image = Image("sha256:" + "ab" * 32, [], [], 0, {}, [Layer("RUN make", 5_000_000)])
    world.images.add(image)
    list(archive.load(other := World(), b"".join(saving.save({image: []}, "oci"))))
    assert other.images.find(image.id).size_bytes == 5_000_000
