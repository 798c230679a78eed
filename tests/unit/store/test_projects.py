"""Compose projects follow from the labels of containers."""

from __future__ import annotations

from dockertui.model import Container, ContainerState, Health, Project
from dockertui.store import Diff, Projects, Store

RUNNING, EXITED = ContainerState.RUNNING, ContainerState.EXITED


def container(id_: str, project: str = "", service: str = "", **more: object) -> Container:
    labels = {
        "com.docker.compose.project": project,
        "com.docker.compose.service": service,
        "com.docker.compose.project.working_dir": f"/srv/{project}",
        "com.docker.compose.project.config_files": "/srv/a.yaml,/srv/b.yaml",
    }
    if not project:
        labels = {}
    return Container(id=id_, name=id_, labels=labels, **more)  # type: ignore[arg-type]


def stage(*containers: Container) -> tuple[Store, list[Diff[Project]]]:
    store, told = Store(), list[Diff[Project]]()
    Projects(store, "here")
    store.subscribe(Project, told.append)
    store.replace(Container, containers)
    return store, told


def projects(store: Store) -> dict[str, Project]:
    return {it.name: it for it in store.snapshot(Project).values()}


def test_a_project_is_what_its_containers_say() -> None:
    store, _ = stage(
        container("a", "shop", "web", state=RUNNING, health=Health.UNHEALTHY),
        container("b", "shop", "db", state=EXITED, exit_code=3),
        container("c", "shop", "web", state=ContainerState.PAUSED),
        container("d"),
    )
    assert projects(store) == {
        "shop": Project(
            id="project:shop",
            name="shop",
            engine="here",
            services=("db", "web"),
            containers=3,
            running=2,
            unhealthy=1,
            failed=1,
            folder="/srv/shop",
            files=("/srv/a.yaml", "/srv/b.yaml"),
        )
    }


def test_without_projects_it_is_known_that_there_are_none() -> None:
    store, told = stage(container("a"))
    assert store.knows(Project)
    assert told == [Diff()]


def test_a_container_that_comes_goes_or_stops_changes_its_project() -> None:
    store, told = stage(container("a", "shop", "web", state=RUNNING))
    store.update(Container, [container("b", "shop", "db", state=RUNNING)], asked=["b"])
    assert projects(store)["shop"].running == 2
    store.update(Container, [container("b", "shop", "db", state=EXITED)], asked=["b"])
    assert projects(store)["shop"].running == 1
    store.update(Container, [], asked=["b"])
    assert projects(store)["shop"].services == ("web",)
    store.update(Container, [], asked=["a"])
    assert projects(store) == {}
    assert told[-1].removed == ("project:shop",)


def test_a_change_that_says_nothing_of_a_project_tells_nobody() -> None:
    store, told = stage(container("a", "shop", state=RUNNING))
    told.clear()
    store.update(Container, [container("a", "shop", state=RUNNING, status="Up")], asked=["a"])
    store.update(Container, [container("z")], asked=["z"])
    assert told == []


def test_what_is_done_to_a_project_is_not_lost_when_it_changes() -> None:
    store, _ = stage(container("a", "shop", state=RUNNING))
    store.set_activity(Project, "project:shop", "stopping")
    store.update(Container, [container("a", "shop", state=EXITED)], asked=["a"])
    assert projects(store)["shop"].activity == "stopping"
