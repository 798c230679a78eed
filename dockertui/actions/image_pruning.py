"""Getting rid of what nobody uses: seen first, image by image."""

from __future__ import annotations

from dockertui.actions.action import Context, pane_action
from dockertui.actions.question import Answers
from dockertui.model import Image
from dockertui.model.whole_engine import WholeEngine


@pane_action(Image, "X", label="Prune…")
async def prune(ctx: Context, engine: WholeEngine, _answers: Answers) -> None:
    """See what nobody uses, image by image and with sizes, and remove just that."""
    from dockertui.actions.questions.image_pruning import prune_question, wish_of
    from dockertui.sync.pruning import Prune, find_belongings

    belongings = await find_belongings(ctx.engine(engine))
    chosen = await ctx.ask(prune_question(belongings))
    if chosen is None:
        return
    plan = belongings.plan(wish_of(chosen))
    if plan:
        ctx.start_job(engine, Prune(plan))
