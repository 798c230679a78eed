"""Who uses an image, what it was built from, and what is different in two of them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dockertui.model import Container, Image
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person

API = "shop/api:2.4.1"
SIZES = [(160, 50), (80, 24)]


@pytest.fixture(params=SIZES, ids=["wide", "small"])
async def person(request: pytest.FixtureRequest, sim: SimulatedEngine) -> AsyncIterator[Person]:
    """Somebody at a terminal of some size."""
    async with Person.at(sim, size=request.param, measures=False) as person:
        yield person


async def test_from_an_image_one_goes_to_its_container_and_back(person: Person) -> None:
    await person.select(API)
    await person.press("4", *["right_square_bracket"] * 3)
    await person.see("runs it")
    assert "python:3.12-slim" in person.text()
    await person.press("enter")
    await person.until(lambda: person.selected.name == "shop-api-1")
    assert isinstance(person.selected, Container)
    assert person.main.list_pane.table.has_focus
    await person.press("M")
    await person.until(lambda: person.selected.name == API)


async def test_from_a_base_one_goes_to_what_is_built_on_it(person: Person) -> None:
    await person.select("python:3.12-slim")
    await person.press("4", *["right_square_bracket"] * 3)
    await person.see("built on it")
    await person.see("its base")
    await person.press("down", "enter")
    await person.until(lambda: person.selected.name == API)
    assert isinstance(person.selected, Image)


async def test_a_filter_that_hides_the_image_is_cleared(person: Person) -> None:
    await person.press("2", "slash", *"nosuchimage", "enter")
    await person.select("shop-api-1")
    await person.press("M")
    await person.until(lambda: person.selected.name == API)


async def test_an_image_that_is_gone_is_said_to_be(sim: SimulatedEngine) -> None:
    container = sim.world.container("shop-api-1")
    image = sim.world.images.get(container.image_id)
    assert image is not None
    sim.world.images.remove(image)
    async with Person.at(sim, measures=False) as person:
        await person.select("shop-api-1")
        await person.press("M")
        await person.see("The image of shop-api-1 is no longer there")


async def test_a_dockerfile_is_read_copied_and_saved(
    sim: SimulatedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with Person.at(sim, measures=False) as person:
        copied = list[str]()
        monkeypatch.setattr(person.app, "copy_to_clipboard", copied.append)
        await person.select(API)
        await person.press("4", *["right_square_bracket"] * 4)
        await person.see("FROM python:3.12-slim")
        await person.see("COPY . /app")
        await person.press("Y")
        await person.see("Copied all of")
        assert "FROM python:3.12-slim\nRUN pip install -r requirements.txt\n" in copied[0]
        await person.press("S")
        await person.see("Save shop/api:2.4.1.Dockerfile")
        await person.press("enter")
        await person.see("Saved")
        (file,) = os.listdir(tmp_path)
        assert (tmp_path / file).read_bytes() == copied[0].encode()
        await person.press("S")
        await person.see("Save shop/api:2.4.1.Dockerfile")
        await person.press("enter")
        await person.see("There is such a file")
        await person.press("y")
        await person.see("Saved")


@pytest.mark.parametrize("size", SIZES)
async def test_two_images_are_compared_differences_first(
    sim: SimulatedEngine, size: tuple[int, int]
) -> None:
    async with Person.at(sim, size=size, measures=False) as person:
        await person.select("shop/api:2.4.0")
        await person.press("space")
        await person.select(API)
        await person.press("equals_sign")
        await person.see("8 differences")
        assert "2 layers, 124.3 MB" in person.text()
        assert "Platform" not in person.text()
        await person.press("a")
        await person.see("Platform")
        await person.press("a")
        await person.no_longer_see("Platform")
        before = person.text().index("shop/api:2.4.0 ")
        await person.press("x")
        await person.until(lambda: person.text().index("shop/api:2.4.1 ") == before)
        await person.press("y")
        await person.see("Copied Size of both.")
        await person.press("question_mark")
        await person.see("Swap")
        await person.press("escape", "escape", "escape")
        await person.until(lambda: person.app.screen is person.main)


async def test_one_image_alone_is_compared_with_nothing(person: Person) -> None:
    await person.select(API)
    await person.press("equals_sign")
    await person.see("Mark one image with space")
    await person.press("space", "space", "space", "equals_sign")
    await person.see("two can be compared")


async def test_an_image_that_is_gone_cannot_be_compared(sim: SimulatedEngine) -> None:
    async with Person.at(sim, measures=False) as person:
        await person.select("shop/api:2.4.0")
        await person.press("space")
        await person.select(API)
        sim.trouble.fail("GET", "/images/.*/json", 404, "No such image: shop")
        await person.press("equals_sign")
        await person.see("They cannot be compared. No such image: shop")
        await person.press("escape")
        await person.until(lambda: person.app.screen is person.main)
