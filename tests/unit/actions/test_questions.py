"""What is asked before something is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest

from dockertui.actions import Answers, Check, Choice, Context, Entry, Question, actions_for
from dockertui.model import Container, ContainerState, Image, Mount, Port
from dockertui.model.container_detail import ContainerDetail

RUNNING = ContainerState.RUNNING


class Asked:
    """A context that knows some objects and remembers what the engine was told."""

    def __init__(self, *known: Any, auto_remove: bool = False) -> None:
        self.known = known
        self.auto_remove = auto_remove
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.copied = ""

    address = "unix:///var/run/docker.sock"

    def engine(self, _target: Any) -> Any:
        return self

    def objects(self, kind: type[Any]) -> Sequence[Any]:
        return [it for it in self.known if isinstance(it, kind)]

    def copy(self, text: str, what: str) -> None:
        self.copied = text

    async def detail(self, container_id: str) -> ContainerDetail:
        return ContainerDetail(id=container_id, auto_remove=self.auto_remove)

    async def remove_image(self, reference: str, *, force: bool = False) -> tuple[str, ...]:
        self.told.append((reference, {"force": force}))
        return ("Untagged: x",)


def container(name: str, **more: Any) -> Container:
    return Container(id=name * 4, name=name, **more)


async def ask(id_: str, *targets: Any, context: Asked | None = None) -> Question | None:
    action = next(it for it in actions_for(type(targets[0])) if it.id == id_)
    assert action.ask is not None
    return await action.ask(cast("Context", context or Asked(*targets)), targets)


async def run(id_: str, target: Any, answers: Answers, context: Asked) -> str | None:
    action = next(it for it in actions_for(type(target)) if it.id == id_)
    return await action.run(cast("Context", context), target, answers)


async def test_stopping_asks_only_where_it_destroys() -> None:
    web = container("web", state=RUNNING)
    assert await ask("container.stop", web) is None
    question = await ask("container.stop", web, context=Asked(web, auto_remove=True))
    assert question is not None
    assert question.destroys
    assert "--rm" in question.sentence


async def test_removing_names_what_goes_and_what_stays() -> None:
    question = await ask(
        "container.remove",
        container(
            "db",
            state=RUNNING,
            mounts=(Mount("volume", "data", "/data"), Mount("volume", "f" * 64, "/tmp")),
        ),
    )
    assert question is not None
    assert question.destroys
    assert "keeps volume data" in question.gone[0]
    assert [it.name for it in question.fields] == ["force", "volumes"]
    assert all(isinstance(it, Check) and not it.ticked for it in question.fields)


async def test_removing_what_is_stopped_and_has_no_volumes_offers_nothing_to_tick() -> None:
    question = await ask("container.remove", container("old", state=ContainerState.EXITED))
    assert question is not None
    assert question.fields == ()


async def test_a_wrong_grace_or_name_is_said_at_once() -> None:
    web, other = container("web", state=RUNNING), container("db", state=RUNNING)
    grace = await ask("container.stop_after", web)
    name = await ask("container.rename", web, context=Asked(web, other))
    assert grace is not None
    assert name is not None
    grace_field, name_field = grace.fields[0], name.fields[0]
    assert isinstance(grace_field, Entry)
    assert isinstance(name_field, Entry)
    assert [bool(grace_field.problem(it)) for it in ("10", "0", "", "-1", "x", "1e3")] == [
        False, False, True, True, True, True,
    ]  # fmt: skip
    assert [bool(name_field.problem(it)) for it in ("db-2", "db", "web", "a", "a b", "")] == [
        False, True, True, True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (Image(id="sha256:1", name="sha256:1"), "Nothing points to it"),
        (Image(id="sha256:1", name="a:1", tags=("a:1",)), "only tag, so the image is deleted"),
        (Image(id="sha256:1", name="a:1", tags=("a:1", "b:1")), "only untags"),
    ],
)
async def test_removing_an_image_says_whether_it_untags_or_deletes(
    image: Image, words: str
) -> None:
    user = container("web", image_id="sha256:1")
    question = await ask("image.remove", image, context=Asked(image, user))
    assert question is not None
    assert words in question.sentence
    assert "Used by web." in question.sentence


async def test_one_tag_of_several_is_untagged_and_all_of_them_one_by_one() -> None:
    image = Image(id="sha256:1", name="a:1", tags=("a:1", "b:1"))
    question = await ask("image.remove", image)
    assert question is not None
    choice = question.fields[0]
    assert isinstance(choice, Choice)
    assert [word for word, _ in choice.options] == ["a:1", "b:1", "every tag"]
    context = Asked(image)
    await run("image.remove", image, {"what": "b:1"}, context)
    assert [it for it, _ in context.told] == ["b:1"]
    await run("image.remove", image, {"what": "every tag", "force": True}, context)
    assert context.told[1:] == [("a:1", {"force": True}), ("b:1", {"force": True})]


async def test_everything_offered_for_copying_can_be_copied() -> None:
    web = container("web", image="nginx", ports=(Port(80, public=8080),))
    question = await ask("container.copy_other", web)
    assert question is not None
    choice = question.fields[0]
    assert isinstance(choice, Choice)
    for word, text in choice.options:
        context = Asked(web)
        await run("container.copy_other", web, {"what": word}, context)
        assert context.copied == text
