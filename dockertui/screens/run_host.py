"""What actions that run containers may use: forms, progress, pulls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from dockertui.engine import Engine, EngineError, ObjectNotFound
from dockertui.model import Container, DockerObject
from dockertui.screens.fleet_host import FleetHost
from dockertui.text import clean, decimal_size

if TYPE_CHECKING:
    from dockertui.actions.making.form import Recipe, RunForm
    from dockertui.model.run.spec import RunSpec
    from dockertui.screens.panes import PanesScreen

_PATIENCE_S = 0.3
"""How long work may take before anything is said of it."""


class RunHost(FleetHost):
    """The part of an action's context that lets containers be run."""

    async def fill_in(self, form: RunForm) -> RunSpec | None:
        """Let the person fill in what is to run; `None` when they would rather not."""
        from dockertui.screens.run_form import RunFormScreen

        return await self._app.push_screen_wait(RunFormScreen(form))

    async def show_recipe(self, recipe: Recipe) -> None:
        """Show the lines that make a container like another, until the person has read them."""
        from dockertui.screens.run_line import RecipeScreen

        await self._app.push_screen_wait(RecipeScreen(recipe))

    async def follow(self, title: str, sentences: AsyncGenerator[str]) -> bool:
        """Show how work goes on that takes a while; false when the person calls it off."""
        from dockertui.screens.following import Following

        latest: list[str] = [""]

        async def work() -> None:
            async with aclosing(sentences) as all_:
                async for sentence in all_:
                    latest[0] = sentence

        task = asyncio.ensure_future(work())
        try:
            await asyncio.wait({task}, timeout=_PATIENCE_S)
            if not task.done():
                await self._app.push_screen_wait(Following(title, lambda: latest[0], task))
            await asyncio.wait({task})
        finally:
            task.cancel()
        if task.cancelled():
            return False
        task.result()
        return True

    async def ensure_image(
        self, near: DockerObject, reference: str, *, platform: str = "", pull: str = "missing"
    ) -> bool:
        """See that an image is there, pulling it if need be; see the protocol."""
        from dockertui.model.reference import reference_in

        engine = self._fleet.of(near).engine
        if pull == "never" or (named := reference_in(reference)) is None:
            return True
        if pull == "missing" and await _is_there(engine, reference):
            return True

        async def told() -> AsyncGenerator[str]:
            layers: dict[str, tuple[int, int]] = {}
            async with aclosing(engine.images.pull(named, platform=platform)) as all_:
                async for words in all_:
                    for word in words:
                        if word.part and word.total:
                            layers[word.part] = word.done, word.total
                    yield _how_far(layers)

        return await self.follow(f"Pulling {clean(reference)}", told())

    async def select_container(self, engine: str, container_id: str) -> Container | None:
        """Select a container that is new, as soon as it is known; `None` if there is none."""
        member = self._fleet.members.get(engine)
        if member is None:
            return None
        wanted = Container(id=container_id, name=container_id, engine=engine)
        try:
            found = await member.refresh(wanted)
        except EngineError:
            return None
        if isinstance(found, Container):
            reveal(self._app.main, found)  # type: ignore[attr-defined]  # it is DockerTUI
            return found
        return None


async def _is_there(engine: Engine, reference: str) -> bool:
    try:
        await engine.runs.declared_by(reference)
    except ObjectNotFound:
        return False
    return True


def _how_far(layers: dict[str, tuple[int, int]]) -> str:
    total = sum(each for _, each in layers.values())
    if not total:
        return "Asking the registry."
    done = sum(each for each, _ in layers.values())
    return f"{decimal_size(done)} of {decimal_size(total)}"


def reveal(screen: PanesScreen, target: DockerObject) -> None:
    """Select an object in its list, whatever is filtered there, and go there."""
    pane = next(it for it in screen.panes if it.resource.kind is type(target))
    if not pane.table.select(target.key):
        pane.lens_on = False
        pane.clear_filter()
        pane.table.select(target.key)
    screen.set_focus(pane.table)
