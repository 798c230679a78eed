"""From a form to a container that runs, and back to the form when that fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from dockertui.actions.action import Context
from dockertui.actions.making.form import RunForm
from dockertui.actions.question import Question
from dockertui.engine import Engine, EngineError, ObjectNotFound
from dockertui.model import Container, DockerObject, Image
from dockertui.model.run.here import Here
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings

_LOCAL = ("unix:", "npipe:")


@dataclass(slots=True)
class Running:
    """A container that a person wants to run, until it does or they give up."""

    ctx: Context
    """What may be used."""
    near: DockerObject
    """An object of the engine to run it on."""
    form: RunForm
    """What is asked."""
    networks: frozenset[str] | None = None
    """The networks that there are; `None` if nobody knows."""
    leftover: str = ""
    """The ID of a container that was created and could not start; empty for none."""

    async def see_through(self) -> None:
        """Ask, create and start; ask again with everything still there when that fails."""
        while (spec := await self.ctx.fill_in(self.form)) is not None:
            try:
                await self._run(spec)
                return
            except EngineError as error:
                self.form = replace(self.form, spec=spec, trouble=await self._trouble(error))
        await self._clear_away()

    @property
    def _engine(self) -> Engine:
        return self.ctx.engine(self.near)

    async def _run(self, spec: RunSpec) -> None:
        if not await self.ctx.ensure_image(
            self.near, spec.image, platform=spec.platform, pull=spec.pull or "missing"
        ):
            # It was called off, and the form comes back as it was.
            raise CalledOff(f"{spec.image} was not pulled, so nothing was created.")
        await self._remove_leftover()
        created = await self._engine.runs.create(spec, Here.now())
        self.leftover = created.id
        if spec.attaches:
            await self._attach(created.id)
        else:
            await self._engine.start(created.id)
            self.leftover = ""
            shown = await self.ctx.select_container(self.near.engine, created.id)
            name = shown.name if shown is not None else spec.name or created.id[:12]
            self.ctx.say(" ".join((f"{name} was started.", *created.warnings)))

    async def _attach(self, container_id: str) -> None:
        terminal = await self._engine.runs.start_attached(container_id)
        self.leftover = ""
        name = terminal.title
        code = await self.ctx.run_terminal(terminal, before="ctrl-p ctrl-q detaches")
        shown = await self.ctx.select_container(self.near.engine, container_id)
        if code is not None:
            self.ctx.say(f"{name} ended with exit code {code}.")
        elif shown is not None:
            self.ctx.say(f"{name} goes on.")

    async def _trouble(self, error: EngineError) -> str:
        """What went wrong, and what is left of the attempt."""
        if not self.leftover:
            return str(error)
        try:
            seen = await self._engine.detail(self.leftover)
        except ObjectNotFound:  # With --rm the engine removes what cannot start.
            self.leftover = ""
            return str(error)
        except EngineError:
            return str(error)
        left = await self.ctx.select_container(self.near.engine, seen.id)
        name = left.name if left is not None else seen.id[:12]
        return f"{error}\n{name} was created, but could not start. Another try replaces it."

    async def _remove_leftover(self) -> None:
        if self.leftover:
            gone, self.leftover = self.leftover, ""
            await self._engine.remove_container(gone, force=True, volumes=True)

    async def _clear_away(self) -> None:
        """Offer to remove what was created and never ran."""
        if not self.leftover:
            return
        left = [it for it in self.ctx.objects(Container) if it.id == self.leftover]
        name = left[0].name if left else self.leftover[:12]
        question = Question(
            title=f"Remove {name}?",
            sentence="It was created, but could not start.",
            gone=(name,),
            verb=f"Remove {name}",
            destroys=True,
        )
        if await self.ctx.ask(question) is not None:
            await self._remove_leftover()
            self.ctx.say(f"{name} removed.")


class CalledOff(EngineError):
    """The person called it off."""


async def run_from(
    ctx: Context,
    near: DockerObject,
    spec: RunSpec,
    *,
    title: str,
    notes: tuple[str, ...] = (),
) -> None:
    """Let a person run a container on the engine that has an object; see `RunForm`."""
    engine = ctx.engine(near)
    form = RunForm(
        title=title,
        verb="Run",
        spec=spec,
        declared=await declared_by(engine, spec.image),
        around=Surroundings,
        declare=partial(declared_by, engine),
        notes=notes,
    )
    running = Running(ctx, near, form, await network_names(engine))
    running.form = replace(form, around=surroundings(running))
    await running.see_through()


def surroundings(running: Running) -> Callable[[], Surroundings]:
    """What is around at the moment of each call."""
    ctx, near, here = running.ctx, running.near, Here.now()

    def around() -> Surroundings:
        images = (it for it in ctx.objects(Image) if it.engine == near.engine)
        return Surroundings(
            containers=tuple(it for it in ctx.objects(Container) if it.engine == near.engine),
            networks=running.networks,
            images=tuple(tag for it in images for tag in it.tags),
            is_local=ctx.engine(near).address.startswith(_LOCAL),
            here=here,
            spared=running.leftover,
        )

    return around


async def declared_by(engine: Engine, image: str) -> RunSpec:
    """What an image declares; nothing if it is not here."""
    try:
        return await engine.runs.declared_by(image) if image else RunSpec()
    except EngineError:
        return RunSpec()


async def network_names(engine: Engine) -> frozenset[str] | None:
    """The networks that there are; `None` if the engine does not say."""
    try:
        return frozenset(await engine.runs.network_names())
    except EngineError:
        return None
