"""What holds for every action."""

from __future__ import annotations

from itertools import product

import pytest

from dockertui.actions import EVERY_ACTION, actions_for
from dockertui.model import Container, ContainerState, Image, Port


def keys_of(keys: str) -> list[str]:
    return keys.split(",")


@pytest.mark.parametrize("each", EVERY_ACTION, ids=lambda it: it.id)
def test_an_action_says_what_it_does_in_sentences(each: object) -> None:
    help_: str = each.help  # type: ignore[attr-defined]
    assert help_.endswith(".")
    assert help_[0].isupper()
    assert len(help_) < 110


@pytest.mark.parametrize(
    ("state", "published"), list(product(ContainerState, [(), (Port(80, public=8080),)]))
)
def test_a_key_means_one_thing_in_any_state(
    state: ContainerState, published: tuple[Port, ...]
) -> None:
    container = Container(id="a" * 64, name="web", state=state, ports=published)
    keys = [
        key
        for each in actions_for(Container)
        if each.applies(container)
        for key in keys_of(each.key)
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", [Container, Image])
def test_twins_share_their_key_whole(kind: type[Container | Image]) -> None:
    whole = {each.key for each in actions_for(kind)}
    single = [key for keys in whole for key in keys_of(keys)]
    assert len(single) == len(set(single))


def test_the_footer_order_is_settled_for_every_state() -> None:
    for state in ContainerState:
        container = Container(id="a" * 64, name="web", state=state)
        ranks = [it.rank for it in actions_for(Container) if it.rank and it.applies(container)]
        assert len(ranks) == len(set(ranks))


def test_whatever_changes_an_engine_is_refused_when_reading_only() -> None:
    reading = {each.id for each in EVERY_ACTION if each.reads}
    assert reading == {
        "container.browse",
        "container.check_image",
        "container.copy",
        "container.copy_other",
        "container.export",
        "container.go_to_image",
        "container.run_line",
        "image.check_update",
        "image.compare",
        "image.copy",
        "image.copy_other",
        "image.files",
        "image.save",
        "project.copy",
    }
