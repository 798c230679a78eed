"""From an image to a container that runs, and from a container to another: keys in, screen out."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.widgets import Input

from dockertui.app import DockerTUI
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person
from tests.pilot.seated import fill, form, no_demo, open_form, paste, seated

LINE = """docker run -d \\
  --name pasted --cidfile /x -p 8099:80 \\
  -e PASSWORD=geheim nginx:1.27"""


@pytest.fixture
async def person(sim: SimulatedEngine) -> AsyncIterator[Person]:
    async with seated(sim) as person:
        yield person


async def test_an_image_is_run_and_its_container_is_selected(person: Person) -> None:
    screen = await open_form(person, "nginx:1.27")
    await person.type("front")
    await fill(person, "Ports", "8098:80")
    await fill(person, "Environment", "MODE=fast")
    await person.see("docker run -d --name front -p 8098:80 -e MODE=fast nginx:1.27")
    await person.press("enter")
    await person.until(lambda: person.app.screen is not screen)
    await person.see("front was started.")
    await person.until(lambda: person.selected.name == "front")
    made = person.sim.world.container("front")
    assert made.state == "running"
    assert made.config["Env"][0] == "MODE=fast"
    assert made.host_config["PortBindings"] == {"80/tcp": [{"HostIp": "", "HostPort": "8098"}]}


async def test_the_arrow_takes_what_the_image_listens_on(person: Person) -> None:
    await open_form(person, "nginx:1.27")
    await fill(person, "Ports", "")
    await person.see("→ takes 8082:80")
    await person.press("right")
    await person.see("-p 8082:80")


async def test_a_name_in_use_is_told_while_it_is_typed_and_nothing_is_run(person: Person) -> None:
    screen = await open_form(person, "nginx:1.27")
    await person.type("shop-web-1")
    await person.see("Another container is called shop-web-1; it is running.")
    await fill(person, "Restart", "always")
    await person.press("enter")
    await person.until(lambda: screen.query_one(".verb").has_class("-refusing"))
    await person.see("Another container is called shop-web-1")
    assert person.app.screen is screen
    focused = person.app.focused
    assert isinstance(focused, Input)
    assert focused.value == "shop-web-1"


async def test_what_is_wrong_in_a_folded_group_is_opened(person: Person) -> None:
    await open_form(person, "nginx:1.27")
    await paste(person, "docker run -m 5x nginx:1.27")
    await person.see("▸ Limits ✖  memory 5x")
    await person.press("enter")
    await person.see("▾ Limits ✖")
    await person.see("5x is no size")
    await person.press("backspace", "m")
    await person.see("A container needs 6m of memory at least.")


async def test_a_line_is_pasted_into_the_form(person: Person) -> None:
    screen = await open_form(person, "alpine:3.20")
    await paste(person, LINE)
    await person.see("Left out: --cidfile /x")
    await person.see("docker run -d --name pasted -p 8099:80 -e 'PASSWORD=••••••••' nginx:1.27")
    assert "geheim" not in person.text()
    await person.press("ctrl+r")
    await person.see("PASSWORD=geheim")
    await person.press("enter")
    await person.until(lambda: person.app.screen is not screen)
    await person.until(lambda: person.selected.name == "pasted")
    assert "PASSWORD=geheim" in person.sim.world.container("pasted").config["Env"]


async def test_text_that_is_no_line_is_only_pasted(person: Person) -> None:
    screen = await open_form(person, "alpine:3.20")
    await paste(person, "web-7\nrm -rf /")
    assert screen.spec.name == "web-7"
    await paste(person, "\x1b[2J\x07")
    assert "\x1b" not in person.text()


async def test_a_line_that_is_cut_short_is_told_and_changes_nothing(person: Person) -> None:
    screen = await open_form(person, "alpine:3.20")
    await person.type("web-7")
    before = screen.spec
    await paste(person, "docker run -e 'A=1 nginx")
    await person.press("ctrl+l")
    await person.see("A docker run line")
    await person.press("escape")
    await paste(person, "docker run -it")
    await person.see("Not taken: There is no image in it.")
    assert screen.spec.image == before.image


async def test_the_line_is_edited_as_a_line_and_masked_secrets_survive(person: Person) -> None:
    screen = await open_form(person, "alpine:3.20")
    await paste(person, LINE)
    await person.see("PASSWORD=••••••••")
    await person.press("ctrl+l")
    await person.see("A docker run line")
    await person.press("end")
    await person.type(" sleep 5")
    await person.press("ctrl+s")
    await person.until(lambda: person.app.screen is screen)
    await person.see("sleep 5")
    assert screen.spec.command == ("sleep", "5")
    assert screen.spec.env == ("PASSWORD=geheim",)


async def test_the_line_is_copied_as_it_is_shown(person: Person) -> None:
    await open_form(person, "alpine:3.20")
    await paste(person, LINE)
    await person.see("PASSWORD=••••••••")
    await person.press("ctrl+y")
    await person.see("ctrl+y copied")
    assert person.app.clipboard == (
        "docker run -d --name pasted -p 8099:80 -e 'PASSWORD=••••••••' nginx:1.27"
    )


async def test_dots_in_place_of_a_secret_are_not_run(person: Person) -> None:
    screen = await open_form(person, "alpine:3.20")
    await paste(person, "docker run -e 'PASSWORD=••••••••' nginx:1.27")
    await person.press("enter")
    await person.see("Dots stand in place of a secret here")
    assert person.app.screen is screen


async def test_a_container_that_cannot_start_brings_the_form_back(person: Person) -> None:
    await open_form(person, "nginx:1.27")
    await person.type("late")
    await fill(person, "Ports", "8099:80")
    await somebody_publishes(person, "8099")
    await person.press("enter")
    await person.see("Bind for 0.0.0.0:8099 failed")
    await person.see("late was created, but could not start. Another try replaces it.")
    assert form(person).spec.ports == ("8099:80",)
    await fill(person, "Ports", "")
    await person.press(*["backspace"] * 7)
    await person.type("8100:80")
    before = person.sim.world.container("late").id
    await person.press("enter")
    await person.see("late was started.")
    assert person.sim.world.container("late").id != before
    assert person.state("late") == "running"


@pytest.mark.parametrize(("key", "stays"), [("y", False), ("n", True)])
async def test_what_could_not_start_is_offered_to_be_removed(
    person: Person, key: str, stays: bool
) -> None:
    await open_form(person, "nginx:1.27")
    await person.type("late")
    await fill(person, "Ports", "8099:80")
    await somebody_publishes(person, "8099")
    await person.press("enter")
    await person.see("late was created, but could not start.")
    await person.press("escape")
    await person.see("Remove late?")
    await person.press(key)
    await person.until(lambda: person.app.screen is person.main)
    names = {it.name for it in person.sim.world.containers}
    assert ("late" in names) is stays


async def somebody_publishes(person: Person, port: str) -> None:
    """Let a port be taken behind the app's back, between two looks at the list."""
    person.sim.world.container("shop-web-1").host_config["PortBindings"] = {
        "80/tcp": [{"HostIp": "", "HostPort": port}]
    }


async def test_an_image_that_is_not_here_is_pulled_first(person: Person) -> None:
    world = person.sim.world
    missing = next(it for it in world.registry if world.images.meaning(it) is None)
    screen = await open_form(person, "nginx:1.27")
    await paste(person, f"docker run -d --name fresh {missing}")
    await person.see("docker run -d --name fresh")
    await person.press("enter")
    await person.until(lambda: person.app.screen is not screen)
    await person.until(lambda: world.images.meaning(missing) is not None)
    await person.until(lambda: person.selected.name == "fresh")


async def test_a_pull_that_fails_brings_the_form_back(person: Person) -> None:
    await open_form(person, "nginx:1.27")
    await paste(person, "docker run -d --name fresh nowhere/at-all:1")
    await person.see("at-all")
    await person.press("enter")
    await person.see("pull access denied for nowhere/at-all")
    assert form(person).spec.name == "fresh"
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.main)


async def test_a_pull_can_be_called_off_and_nothing_is_lost(person: Person) -> None:
    world = person.sim.world
    world.bytes_per_s = 1_000
    missing = next(it for it in world.registry if world.images.meaning(it) is None)
    await open_form(person, "nginx:1.27")
    await paste(person, f"docker run -d --name fresh {missing}")
    await person.see("docker run -d --name fresh")
    await person.press("enter")
    await person.see(f"Pulling {missing}")
    await person.press("escape")
    await person.see("was not pulled, so nothing was created.")
    assert form(person).spec.name == "fresh"
    assert world.images.meaning(missing) is None


async def test_what_is_typed_to_leaves_the_background(person: Person) -> None:
    screen = await open_form(person, "alpine:3.20")
    await person.press("down", "down", "right", "space", "right", "space")
    await person.see("docker run -it alpine:3.20")
    assert screen.spec.attaches
    await person.press("left", "space")
    await person.see("docker run -dt alpine:3.20")


async def test_reading_only_runs_nothing(sim: SimulatedEngine) -> None:
    engine = DockerEngine(Address("default", sim.base_url), read_only=True)
    app = DockerTUI([engine], no_demo, measures=False)
    async with app.run_test(size=(120, 40)) as pilot:
        person = Person(app, pilot, sim)
        await person.until(lambda: person.main.panes[1].table.total_count)
        await person.select("nginx:1.27")
        await person.press("r")
        await person.see("not in read-only mode")
        await person.select("shop-db-1")
        await person.press("C")
        await person.see("shop-db-1 as a docker run line")


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (160, 50)])
async def test_the_form_is_of_use_at_any_size(sim: SimulatedEngine, size: tuple[int, int]) -> None:
    async with seated(sim, size) as person:
        await open_form(person, "nginx:1.27")
        await person.type("tiny")
        await person.see("docker run -d --name tiny")
        for _ in range(25):
            await person.press("down")
            await person.until(lambda: is_in_sight(person), "to see what has the focus")
        await person.press("escape")
        await person.until(lambda: person.app.screen is person.main)


def is_in_sight(person: Person) -> bool:
    focused, screen = person.app.focused, person.app.screen.region
    return focused is not None and bool(focused.region) and screen.contains_region(focused.region)
