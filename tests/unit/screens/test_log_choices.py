"""Whose logs can be read together."""

from __future__ import annotations

from dockertui.model import Container, ContainerState, Image
from dockertui.screens.item import Item
from dockertui.screens.log_choices import choices_for, items, of_containers, of_image

PROJECT, SERVICE = "com.docker.compose.project", "com.docker.compose.service"


def container(name: str, engine: str = "one", **labels: str) -> Container:
    return Container(
        id=f"id-{name}",
        name=name,
        engine=engine,
        image="shop:1",
        image_id="sha256:1",
        state=ContainerState.RUNNING,
        labels={key.replace("_", "."): value for key, value in labels.items()},
    )


WEB = container("web-1", **{PROJECT: "shop", SERVICE: "web", "tier": "front", "own": "a"})
WEB_2 = container("web-2", **{PROJECT: "shop", SERVICE: "web", "tier": "front", "own": "b"})
DB = container("db-1", **{PROJECT: "shop", SERVICE: "db"})
ELSEWHERE = container("web-9", "two", **{PROJECT: "shop", SERVICE: "web"})
ALL = (WEB, WEB_2, DB, ELSEWHERE)


def labels(choices: list[Item]) -> list[str]:
    return [it.label for it in choices]


def test_a_container_offers_its_project_service_image_and_labels() -> None:
    offered = items(choices_for(WEB, ALL), ALL)
    assert labels(offered) == [
        "Project shop",
        "Service web of shop",
        "Image shop:1",
        "All running",
        "Removed containers…",
        "tier=front",
        "own=a",
    ]
    assert [it.key for it in offered] == ["p", "s", "i", "a", "r", "", ""]
    assert offered[0].note == "3 containers"
    assert offered[0].help == "db-1, web-1, web-2"


def test_without_a_container_all_that_run_are_offered() -> None:
    assert labels(items(choices_for(None, ()), ())) == ["All running", "Removed containers…"]


def test_who_is_created_later_belongs_to_its_project_and_not_to_that_of_another_engine() -> None:
    project, service, *_ = choices_for(WEB, ALL)
    later = container("web-3", **{PROJECT: "shop", SERVICE: "web"})
    assert project.wants(later)
    assert service.wants(later)
    assert not service.wants(DB)
    assert not project.wants(ELSEWHERE)


def test_what_is_marked_is_known_by_its_name_when_it_is_created_anew() -> None:
    together = of_containers([WEB, DB])
    assert together.title == "web-1 + db-1"
    assert together.wants(Container(id="other", name="web-1", engine="one"))
    assert not together.wants(Container(id="other", name="web-1", engine="two"))
    assert not together.wants(WEB_2)


def test_an_image_has_the_containers_that_were_made_from_it() -> None:
    together = of_image(Image(id="sha256:1", name="shop:1", engine="one"))
    assert [it.name for it in ALL if together.wants(it)] == ["web-1", "web-2", "db-1"]


def test_a_crowd_is_named_as_far_as_two_lines_hold() -> None:
    crowd = [container(f"container-with-a-name-{number:03}") for number in range(200)]
    told = items(choices_for(None, crowd), crowd)[0]
    assert told.note == "200 containers"
    assert told.help.endswith("more")
    assert len(told.help) < 120
