"""Building an image from a folder."""

from __future__ import annotations

from collections.abc import Sequence

from dockertui.actions.action import Context, pane_action
from dockertui.actions.question import Answers, Question
from dockertui.model import Image
from dockertui.model.whole_engine import WholeEngine


async def _ask_build(ctx: Context, engines: Sequence[WholeEngine]) -> Question:
    from dockertui.actions.questions.image_building import ask_build

    return await ask_build(ctx, engines)


@pane_action(Image, "b", label="Build…", ask=_ask_build)
async def build(ctx: Context, engine: WholeEngine, answers: Answers) -> None:
    """Build an image from a folder with a Dockerfile."""
    from dockertui.actions.questions.image_building import request_of
    from dockertui.sync.image_tasks import Build

    ctx.start_job(engine, Build(request_of(answers)))
