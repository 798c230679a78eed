"""What is done to a project is done to its containers, after they have been named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest

from dockertui.actions import Action, Context, Question, actions_for
from dockertui.engine import StateConflict
from dockertui.model import Container, ContainerState, Project

SHOP = Project(id="project:shop", name="shop", containers=3, running=2)


class Shop:
    """A context with three containers of a project and one that is none of it."""

    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.told: list[tuple[str, str]] = []

    def objects(self, _: type[Any]) -> Sequence[Container]:
        states = {
            "shop-web": ContainerState.RUNNING,
            "shop-db": ContainerState.PAUSED,
            "shop-old": ContainerState.EXITED,
        }
        labels = {"com.docker.compose.project": "shop"}
        mine = [Container(id=it, name=it, state=states[it], labels=labels) for it in states]
        return [*mine, Container(id="other", name="other", state=ContainerState.RUNNING)]

    def engine(self, _: Any) -> Any:
        return self

    async def keep_last_words(self, target: Container) -> None:
        self.told.append(("keep", target.id))

    def __getattr__(self, verb: str) -> Any:
        async def deed(container_id: str, **_: Any) -> None:
            self.told.append((verb, container_id))
            if container_id == self.failing:
                raise StateConflict(f"{container_id} cannot")

        return deed


def action(verb: str) -> Action[Project]:
    return next(it for it in actions_for(Project) if it.verb == verb)


async def asked(verb: str) -> Question:
    ask = action(verb).ask
    assert ask is not None
    question = await ask(cast("Context", Shop()), [SHOP])
    assert question is not None
    return question


async def done(verb: str, shop: Shop) -> str | None:
    return await action(verb).run(cast("Context", shop), SHOP, {})


async def test_stopping_names_all_that_run() -> None:
    question = await asked("stop")
    assert question.gone == ("shop-db", "shop-web")
    assert question.verb == "Stop 2 containers"
    assert not question.destroys


async def test_removing_names_everything_and_says_what_stays() -> None:
    question = await asked("remove")
    assert question.gone == ("shop-db", "shop-old", "shop-web")
    assert question.destroys
    assert "Volumes, networks and images stay" in question.sentence


@pytest.mark.parametrize(
    ("verb", "call", "whom"),
    [
        ("stop", "stop", {"shop-db", "shop-web"}),
        ("start", "start", {"shop-old"}),
        ("restart", "restart", {"shop-db", "shop-web", "shop-old"}),
        ("remove", "remove_container", {"shop-db", "shop-web", "shop-old"}),
    ],
)
async def test_it_is_done_to_those_it_suits_and_to_no_others(
    verb: str, call: str, whom: set[str]
) -> None:
    shop = Shop()
    words = await done(verb, shop)
    assert {id_ for name, id_ in shop.told if name == call} == whom
    assert words is not None
    assert words.endswith(f"{len(whom)} container" + "s" * (len(whom) > 1))


async def test_last_words_are_kept_before_anything_is_removed() -> None:
    shop = Shop()
    await done("remove", shop)
    for id_ in ("shop-db", "shop-old", "shop-web"):
        assert shop.told.index(("keep", id_)) < shop.told.index(("remove_container", id_))


async def test_one_that_fails_stops_none_of_the_others() -> None:
    shop = Shop(failing="shop-db")
    with pytest.raises(StateConflict, match="shop-db cannot"):
        await done("stop", shop)
    assert ("stop", "shop-web") in shop.told


def test_start_and_stop_share_a_key() -> None:
    assert action("start").key == action("stop").key
    stopped = Project(id="project:x", name="x", containers=2)
    assert action("start").applies(stopped)
    assert not action("stop").applies(stopped)
    assert action("stop").applies(SHOP)
