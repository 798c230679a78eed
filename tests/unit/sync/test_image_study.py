"""Looking closely at images."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from dockertui.engine import Engine, EngineError, EngineUnavailable, Problem, ProblemKind
from dockertui.model import Image
from dockertui.store import Store
from dockertui.sync import image_study
from dockertui.sync.image_study import ImageStudy
from tests.support.told_images import IMAGE, ToldEngine, until

LOST = EngineUnavailable(Problem(ProblemKind.REFUSED, "Nobody answers."))


def study_of(engine: ToldEngine, *names: str) -> ImageStudy:
    store = Store()
    store.replace(Image, (Image(id=it, name=f"image {it}", engine="e") for it in names))
    return ImageStudy(cast("Engine", engine), store)


async def test_images_are_inspected_once_each_and_few_at_a_time() -> None:
    engine = ToldEngine()
    study = study_of(engine, *map(str, range(40)))
    study.learn()
    study.learn()
    await until(lambda: study.knows_all)
    study.learn()
    await study.detail("7")
    assert sorted(engine.asked) == sorted([*map(str, range(40)), "7"])
    await study.detail("7")
    assert engine.asked.count("7") == 2
    assert engine.most_at_once <= 4


async def test_a_few_images_are_known_at_once_many_are_not_waited_for() -> None:
    engine = ToldEngine()
    study = study_of(engine, "1", "2")
    await study.learn_soon()
    assert study.knows_all
    assert study.names(study.kin.sharing("1")[0]) == ("image 2",)
    slow = ToldEngine()
    slow.pace.clear()
    study = study_of(slow, "1", "2")
    await study.learn_soon()
    assert not study.knows_all
    study.close()


async def test_images_that_are_gone_are_forgotten_and_new_ones_learned() -> None:
    engine = ToldEngine()
    store = Store()
    study = ImageStudy(cast("Engine", engine), store)
    store.replace(Image, [Image(id="1", name="1"), Image(id="2", name="2")])
    await study.learn_soon()
    store.replace(Image, [Image(id="2", name="2"), Image(id="3", name="3")])
    await study.learn_soon()
    assert set(study.kin) == {"2", "3"}
    assert study.image("1") is None


async def test_an_image_that_cannot_be_inspected_holds_nothing_up() -> None:
    engine = ToldEngine()
    engine.error = EngineError("No such image.")
    study = study_of(engine, "1", "2")
    await study.learn_soon()
    assert study.knows_all
    assert list(study.kin) == []


async def test_a_lost_engine_is_asked_again_later() -> None:
    engine = ToldEngine()
    engine.error = LOST
    study = study_of(engine, *map(str, range(20)))
    await study.learn_soon()
    assert not study.knows_all
    assert len(engine.asked) <= 4
    engine.error = None
    await study.learn_soon()
    assert study.knows_all


async def test_what_was_read_is_there_when_somebody_comes_back() -> None:
    engine = ToldEngine()
    study = study_of(engine)
    reading = study.reading(IMAGE)
    reading.start()
    await reading.wait()
    study.reading(replace(IMAGE, id="2"))
    assert study.reading(IMAGE) is reading


async def test_no_more_is_kept_than_was_looked_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ToldEngine()
    study = study_of(engine)
    first = study.reading(IMAGE)
    first.start()
    await first.wait()
    monkeypatch.setattr(image_study, "_FILES", 5)
    study.reading(replace(IMAGE, id="2"))
    assert study.reading(IMAGE) is not first
