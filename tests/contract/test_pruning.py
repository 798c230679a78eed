"""Getting rid of what nobody uses: what was shown, and nothing else."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from dockertui.engine import EngineError
from dockertui.model import Image
from dockertui.model.progress import Progress
from dockertui.model.prune import Belongings, PrunePlan, PruneWish
from dockertui.model.reference import parse_reference
from dockertui.sync.pruning import Prune, find_belongings
from tests.contract.subject import Subject
from tests.support.images import archive_of


async def imported(subject: Subject, content: bytes, *tags: str) -> str:
    """An image of its own; its ID."""
    data = archive_of({"content": content})
    before = {it.id for it in await subject.engine.list(Image)}
    await asyncio.to_thread(subject.api.import_image_from_data, data)
    (made,) = {it.id for it in await subject.engine.list(Image)} - before
    for tag in tags:
        await subject.engine.images.tag(made, parse_reference(tag))
    return made


async def removed(subject: Subject, plan: PrunePlan) -> tuple[str, list[str]]:
    """Carry a plan out: what came of it, and what was said."""
    words: list[Progress] = []
    outcome = await Prune(plan).run(subject.engine, words.extend)
    return outcome.sentence, [it.line for it in words]


def only(belongings: Belongings, *ids: str) -> PrunePlan:
    """A plan for some images alone: other tests may have left others there."""
    plan = belongings.plan(PruneWish(unused=True))
    return PrunePlan(tuple(it for it in plan.images if it.id in ids), (), plan.freed)


async def test_what_nobody_uses_is_found_and_goes(subject: Subject) -> None:
    lost = await imported(subject, b"lost" * 500)
    unused = await imported(subject, b"unused" * 500, "prune/me:1", "prune/me:2")
    await subject.make()
    belongings = await find_belongings(subject.engine)
    dangling = belongings.plan(PruneWish())
    assert lost in {it.id for it in dangling.images}
    assert unused not in {it.id for it in dangling.images}
    every = belongings.plan(PruneWish(unused=True))
    assert {lost, unused} <= {it.id for it in every.images}
    assert not any("busybox:1" in it.tags for it in every.images)
    assert every.freed.least_bytes == every.freed.most_bytes > 0
    sentence, lines = await removed(subject, only(belongings, lost, unused))
    assert sentence == "2 images removed"
    assert "prune/me:1: removed" in lines
    assert not {lost, unused} & {it.id for it in await subject.engine.list(Image)}


async def test_what_has_a_name_or_a_container_by_then_stays(subject: Subject) -> None:
    named = await imported(subject, b"named" * 500)
    gone = await imported(subject, b"gone" * 500)
    belongings = await find_belongings(subject.engine)
    await subject.engine.images.tag(named, parse_reference("saved/in:time"))
    await subject.engine.remove_image(gone)
    sentence, lines = await removed(subject, only(belongings, named, gone))
    assert sentence == "1 image removed, 1 kept"
    assert any("kept, it is called saved/in:time meanwhile" in it for it in lines)
    assert named in {it.id for it in await subject.engine.list(Image)}
    with suppress(EngineError):
        await subject.engine.remove_image("saved/in:time")
