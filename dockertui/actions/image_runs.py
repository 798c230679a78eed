"""Containers, from an image."""

from __future__ import annotations

from dockertui.actions.action import Context, action
from dockertui.actions.question import Answers
from dockertui.model import Image


@action(Image, "r", label="Run…", many=False, rank=1)
async def run(ctx: Context, image: Image, answers: Answers) -> None:
    """Run a container from it: a form for all that `docker run` takes, checked as you type."""
    from dockertui.actions.making.running import run_from
    from dockertui.model.run.spec import RunSpec

    reference = image.name if image.tags else image.id
    spec = RunSpec(image=reference, detach=True)
    await run_from(ctx, image, spec, title=f"Run {image.name}")
