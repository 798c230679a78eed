"""Limits changed on a container that there is."""

from __future__ import annotations

from dataclasses import replace

from dockertui.actions.action import Context
from dockertui.actions.making.form import RunForm
from dockertui.engine import EngineError
from dockertui.model import Container
from dockertui.model.container_detail import ContainerDetail
from dockertui.model.run.fields import updatable
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings
from dockertui.model.run.updates import changes, effects


async def change_limits(ctx: Context, container: Container) -> None:
    """Let a person change limits, and say what became of them."""
    engine = ctx.engine(container)
    before = await engine.runs.limits_of(container.id)
    form = _form(container, before, await engine.detail(container.id))
    while (wanted := await ctx.fill_in(form)) is not None:
        wish = changes(before, wanted)
        if wish == RunSpec():
            ctx.say(f"{container.name}: nothing was changed.")
            return
        try:
            warnings = await engine.runs.update(container.id, wish)
            after = await engine.runs.limits_of(container.id)
        except EngineError as error:
            form = replace(form, spec=wanted, trouble=str(error))
            continue
        done = "; ".join(effects(before, after)) or "as it was"
        ctx.say(" ".join((f"{container.name}: {done}.", *warnings)))
        return


def _form(container: Container, before: RunSpec, detail: ContainerDetail) -> RunForm:
    return RunForm(
        title=f"Limits of {container.name}",
        verb="Change",
        # No restart policy goes with --rm, which the form knows to say.
        spec=replace(before, auto_remove=detail.auto_remove),
        declared=before,
        around=Surroundings,
        fields=updatable(),
        updates=container.name,
    )
