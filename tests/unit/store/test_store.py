"""What the store tells, and whom."""

from __future__ import annotations

from dockertui.model import Container, ContainerState, Image
from dockertui.store import Diff, ImageUse, Store


def container(id_: str, **more: object) -> Container:
    return Container(id=id_, name=f"name-{id_}", **more)  # type: ignore[arg-type]


def heard(store: Store) -> list[Diff[Container]]:
    changes: list[Diff[Container]] = []
    store.subscribe(Container, changes.append)
    return changes


def test_a_snapshot_that_differs_in_nothing_tells_nobody() -> None:
    store = Store()
    store.replace(Container, [container("a")])
    changes = heard(store)
    store.replace(Container, [container("a")])
    assert changes == []


def test_a_first_empty_list_is_news_too() -> None:
    store = Store()
    changes = heard(store)
    assert not store.knows(Container)
    store.replace(Container, [])
    assert store.knows(Container)
    assert changes == [Diff()]


def test_an_update_says_nothing_of_what_was_not_asked_about() -> None:
    store = Store()
    store.replace(Container, [container("a"), container("b"), container("c")])
    changes = heard(store)
    store.update(
        Container, [container("b", state=ContainerState.EXITED)], asked={"b", "c", "unknown"}
    )
    assert set(store.snapshot(Container)) == {"a", "b"}
    (change,) = changes
    assert [it.id for it in change.changed] == ["b"]
    assert change.removed == ("c",)


def test_what_is_being_done_to_an_object_survives_a_new_list() -> None:
    store = Store()
    store.replace(Container, [container("a")])
    store.set_activity(Container, "a", "stopping")
    assert store.snapshot(Container)["a"].activity == "stopping"
    store.replace(Container, [container("a", status="Up 2 minutes")])
    assert store.snapshot(Container)["a"].activity == "stopping"
    store.set_activity(Container, "a", "")
    assert store.snapshot(Container)["a"].activity == ""


def test_a_snapshot_once_handed_out_never_changes() -> None:
    store = Store()
    store.replace(Container, [container("a")])
    before = store.snapshot(Container)
    store.update(Container, [container("b")], asked={"b"})
    assert set(before) == {"a"}


def test_an_image_knows_how_many_containers_were_made_from_it() -> None:
    store = Store()
    ImageUse(store)
    store.replace(Container, [container("a", image_id="i1"), container("b", image_id="i1")])
    store.replace(Image, [Image(id="i1", name="one"), Image(id="i2", name="two")])
    assert {it.id: it.containers for it in store.snapshot(Image).values()} == {"i1": 2, "i2": 0}
    store.update(Container, [container("b", image_id="i2")], asked={"a", "b"})
    assert {it.id: it.containers for it in store.snapshot(Image).values()} == {"i1": 0, "i2": 1}
