"""Images built of folders."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from dockertui.engine import EngineError, ReadOnlyRefused
from dockertui.engine.image_work import BuildRequest
from dockertui.model import Image
from dockertui.model.progress import Result
from tests.contract.subject import Subject
from tests.contract.told import all_of

TAG = "built/here:1"


def folder(place: Path, dockerfile: str, **files: str) -> Path:
    (place / "Dockerfile").write_text(dockerfile)
    for name, text in files.items():
        path = place / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return place


def request(place: Path, **more: object) -> BuildRequest:
    return BuildRequest(folder=place, tags=(TAG,), classic=True, **more)  # type: ignore[arg-type]


async def test_a_folder_becomes_an_image(subject: Subject, tmp_path: Path) -> None:
    engine = subject.engine
    place = folder(
        tmp_path,
        'FROM busybox:1\nARG WORD=none\nCOPY hello /hello\nRUN echo $WORD\nENV A=b\nCMD ["sh"]\n',
        hello="hello\n",
    )
    words = await all_of(engine.images.build(request(place, args={"WORD": "salut"})))
    assert isinstance(words[-1], Result)
    steps = [(it.step, it.steps) for it in words if it.step]
    assert steps == [(number, 6) for number in range(1, 7)]
    assert any(it.part == "context" and it.total for it in words)
    image = next(it for it in await engine.list(Image) if it.id == words[-1].image_id)
    assert image.tags == (TAG,)
    await engine.remove_image(TAG)


async def test_a_failing_step_is_named_with_its_error(subject: Subject, tmp_path: Path) -> None:
    place = folder(tmp_path, "FROM busybox:1\nRUN exit 9\nRUN echo never\n")
    with pytest.raises(EngineError) as caught:
        await all_of(subject.engine.images.build(request(place)))
    first, *rest = str(caught.value).splitlines()
    assert first == "Step 2/3 : RUN exit 9"
    assert "returned a non-zero code: 9" in "\n".join(rest)


async def test_a_mistake_in_the_dockerfile_is_told(subject: Subject, tmp_path: Path) -> None:
    place = folder(tmp_path, "FROM busybox:1\nMAKE it\n")
    with pytest.raises(EngineError, match="unknown instruction: MAKE"):
        await all_of(subject.engine.images.build(request(place)))


async def test_what_is_ignored_is_not_sent(subject: Subject, tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        "FROM busybox:1\nCOPY secret /secret\n",
        secret="x",
        **{".dockerignore": "# no secrets\nsecret\n"},
    )
    with pytest.raises(EngineError, match=r"(?i)not found|no such file"):
        await all_of(subject.engine.images.build(request(place)))


async def test_a_dockerfile_may_be_outside(subject: Subject, tmp_path: Path) -> None:
    (tmp_path / "context").mkdir()
    (tmp_path / "other").write_text("FROM busybox:1\nCOPY thing /thing\n")
    place = tmp_path / "context"
    (place / "thing").write_text("x")
    (place / "Dockerfile").write_text("FROM nobody/has:this\n")
    words = await all_of(
        subject.engine.images.build(request(place, dockerfile=str(tmp_path / "other")))
    )
    assert isinstance(words[-1], Result)
    await subject.engine.remove_image(TAG)


async def test_a_build_stops_at_its_target(subject: Subject, tmp_path: Path) -> None:
    place = folder(tmp_path, "FROM busybox:1 AS first\nENV A=1\nFROM first AS second\nRUN exit 1\n")
    words = await all_of(subject.engine.images.build(request(place, target="first")))
    assert isinstance(words[-1], Result)
    await subject.engine.remove_image(TAG)
    with pytest.raises(EngineError, match="target"):
        await all_of(subject.engine.images.build(request(place, target="third")))


async def test_a_folder_without_a_dockerfile_is_told(subject: Subject, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="Dockerfile cannot be read: there is no such file"):
        await all_of(subject.engine.images.build(request(tmp_path)))


async def test_nothing_is_built_when_reading_only(subject: Subject, tmp_path: Path) -> None:
    engine = subject.another_engine(read_only=True)
    with pytest.raises(ReadOnlyRefused):
        await all_of(engine.images.build(request(folder(tmp_path, "FROM busybox:1\n"))))
    await engine.close()


async def test_layers_have_their_sizes(subject: Subject, tmp_path: Path) -> None:
    engine = subject.engine
    place = folder(tmp_path, "FROM busybox:1\nCOPY a /a\nENV X=1\n", a="x" * 5_000)
    built = (await all_of(engine.images.build(request(place))))[-1]
    assert isinstance(built, Result)
    base = next(it for it in await engine.list(Image) if "busybox:1" in it.tags)
    below = await engine.images.layer_sizes(base.id)
    layers = await engine.images.layer_sizes(built.image_id)
    assert layers[:-1] == below
    assert layers[-1][1] == 5_000
    assert await engine.images.references(built.image_id) == (TAG,)
    with suppress(EngineError):
        await engine.remove_image(TAG)


async def test_a_build_cache_that_is_empty_frees_nothing(subject: Subject) -> None:
    assert await subject.engine.images.build_cache() == ()
    assert await subject.engine.images.prune_build_cache(everything=True) == 0
