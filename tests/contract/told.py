"""Long work with images, taken to its end."""

from __future__ import annotations

from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.image_work import Told
from dockertui.model import Image
from dockertui.model.progress import Progress


async def all_of(told: Told) -> list[Progress]:
    """Everything that is said, to the end."""
    return [word async for words in told for word in words]


async def tags(engine: DockerEngine) -> set[str]:
    """Every tag that an engine has."""
    return {tag for it in await engine.list(Image) for tag in it.tags}
