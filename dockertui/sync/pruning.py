"""Removing what nobody uses: first it is found, then exactly that goes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from dockertui.engine import Engine, EngineError, NotSupported, ObjectNotFound
from dockertui.model import Container, Image
from dockertui.model.cache_record import CacheRecord
from dockertui.model.image import Image as ImageValue
from dockertui.model.progress import Progress
from dockertui.model.prune import Belongings, Layers, PrunePlan
from dockertui.sync.jobs import Outcome, Tell
from dockertui.text import counted, decimal_size

_AT_ONCE = 8
_PATIENCE_S = 3.0
"""How long the sizes of layers may take to be found; what is missing then is said to be."""


async def find_belongings(engine: Engine) -> Belongings:
    """What an engine has, asked for at this moment.

    Raises:
        EngineError: If it does not say.
    """
    images, containers, cache = await asyncio.gather(
        engine.list(Image), engine.list(Container), _cache(engine)
    )
    return Belongings(
        images=images,
        used_ids=frozenset(it.image_id for it in containers),
        layers=await _layers(engine, images),
        cache=cache,
        at=datetime.now(UTC),
    )


async def _cache(engine: Engine) -> tuple[CacheRecord, ...]:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await engine.images.build_cache()
    except (NotSupported, TimeoutError):
        return ()


async def _layers(engine: Engine, images: Iterable[Image]) -> dict[str, Layers]:
    gate, found = asyncio.Semaphore(_AT_ONCE), dict[str, Layers]()

    async def one(image: Image) -> None:
        async with gate:
            try:
                found[image.id] = await engine.images.layer_sizes(image.id)
            except ObjectNotFound:
                found[image.id] = ()
            except EngineError:
                return

    tasks = [asyncio.ensure_future(one(it)) for it in images]
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=_PATIENCE_S)
        for each in late:
            each.cancel()
    return found


@dataclass(frozen=True, slots=True)
class Prune:
    """Removes exactly what was shown, one image after the other, and never by force."""

    plan: PrunePlan
    """What was shown."""
    kind: str = "prune"
    """What is done, in one word."""

    @property
    def title(self) -> str:
        """What is done, to what."""
        images = self.plan.images
        named = [counted(len(images), "image")] if images else []
        named += ["the build cache"] if self.plan.cache else []
        return f"prune {' and '.join(named)}"

    async def run(self, engine: Engine, tell: Tell) -> Outcome:
        """Remove it."""
        images = self.plan.images
        kept, freed_bytes = 0, 0
        for number, image in enumerate(images, 1):
            words = await _removed(engine, image)
            kept += bool(words)
            line = f"{image.name}: {words or 'removed'}"
            tell([Progress(line=line, step=number + 1, steps=len(images) + 1)])
        if self.plan.cache:
            freed_bytes = await engine.images.prune_build_cache(everything=True)
            tell([Progress(line=f"build cache: {decimal_size(freed_bytes)} freed")])
        gone = len(images) - kept
        said = [f"{counted(gone, 'image')} removed"] if images else []
        said += [f"{kept} kept"] if kept else []
        said += [f"{decimal_size(freed_bytes)} of build cache freed"] if self.plan.cache else []
        if images and kept == len(images):
            raise EngineError("Nothing was removed; the output says why of each.")
        return Outcome(", ".join(said))


async def _removed(engine: Engine, image: ImageValue) -> str:
    """Remove an image as it was shown; why not, in words."""
    shown = (*image.tags, *image.digests)
    try:
        now = await engine.images.references(image.id)
        if new := [it for it in now if it not in shown]:
            return f"kept, it is called {new[0]} meanwhile"
        for reference in image.tags or image.digests or (image.id,):
            await engine.remove_image(reference)
    except ObjectNotFound:
        return ""
    except EngineError as error:
        return f"kept: {error}"
    return ""
