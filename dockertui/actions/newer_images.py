"""Looking for newer images than those that are here."""

from __future__ import annotations

from dockertui.actions.action import Context, action
from dockertui.actions.question import Answers
from dockertui.model import Container, Image


@action(Image, "U", label="Newer?", reads=True, rank=6)
async def check_update(ctx: Context, image: Image, answers: Answers) -> None:
    """Ask its registry whether there is a newer one by now, without pulling it."""
    ctx.check_updates(image)


@action(Container, "U", label="Newer image?", reads=True)
async def check_image(ctx: Context, container: Container, answers: Answers) -> None:
    """Ask the registry whether there is a newer image than the one it runs, without pulling it."""
    ctx.check_updates(container)
