"""What moves images: from a registry and to one, to a file and from one.

What is asked, and what does it, is imported when it is wanted: the first screen needs neither.
"""

from __future__ import annotations

from collections.abc import Sequence

from dockertui.actions.action import Context, action, pane_action
from dockertui.actions.question import Answers, Question
from dockertui.model import Image
from dockertui.model.whole_engine import WholeEngine

_EVERY_TAG = "every tag"


def _has_tags(image: Image) -> bool:
    return bool(image.tags)


async def _ask_tags(ctx: Context, images: Sequence[Image]) -> Question | None:
    from dockertui.actions.questions.image_transfers import ask_tags

    return await ask_tags(ctx, images)


@action(Image, "p", label="Pull again", when=_has_tags, ask=_ask_tags, rank=3)
async def pull_again(ctx: Context, image: Image, answers: Answers) -> None:
    """Ask the registry for what its tag means by now, and pull that."""
    from dockertui.model.reference import reference_in
    from dockertui.sync.image_tasks import Pull

    what = str(answers.get("what", _EVERY_TAG))
    for tag in image.tags if what == _EVERY_TAG else (what,):
        if (reference := reference_in(tag)) is not None:
            ctx.start_job(image, Pull(reference))


async def _ask_pull(ctx: Context, engines: Sequence[WholeEngine]) -> Question:
    from dockertui.actions.questions.image_transfers import ask_pull

    return await ask_pull(ctx, engines)


@pane_action(Image, "n", label="Pull new…", ask=_ask_pull, rank=4)
async def pull_new(ctx: Context, engine: WholeEngine, answers: Answers) -> None:
    """Pull an image that is not here yet, from Docker Hub or any other registry."""
    from dockertui.model.reference import parse_reference
    from dockertui.sync.image_tasks import Pull

    reference = parse_reference(str(answers["reference"]))
    ctx.start_job(engine, Pull(reference, str(answers["platform"]).strip()))


async def _ask_push(ctx: Context, images: Sequence[Image]) -> Question:
    from dockertui.actions.questions.image_transfers import ask_push

    return await ask_push(ctx, images)


@action(Image, "P", label="Push…", ask=_ask_push, many=False, rank=5)
async def push(ctx: Context, image: Image, answers: Answers) -> None:
    """Push it to a registry, under this name or another that it gets first."""
    from dockertui.model.reference import parse_reference
    from dockertui.sync.image_tasks import Push

    reference = parse_reference(str(answers["reference"]))
    is_named = reference.tagged().familiar in image.tags
    ctx.start_job(image, Push(reference, "" if is_named else image.id))


async def _ask_copy_to(ctx: Context, images: Sequence[Image]) -> Question:
    from dockertui.actions.questions.image_copies import ask_copy_to

    return await ask_copy_to(ctx, images)


@action(Image, "C", label="Copy to…", ask=_ask_copy_to, many=False)
async def copy_to(ctx: Context, image: Image, answers: Answers) -> None:
    """Copy it, or any other image, to another registry or tag in one go, pulling it if need be."""
    from dockertui.actions.questions.image_copies import copy_of

    ctx.start_job(image, copy_of(ctx, image, answers))


async def _ask_tag(ctx: Context, images: Sequence[Image]) -> Question:
    from dockertui.actions.questions.image_transfers import ask_tag

    return await ask_tag(ctx, images)


@action(Image, "t", label="Tag…", ask=_ask_tag, doing="tagging", many=False)
async def tag(ctx: Context, image: Image, answers: Answers) -> str:
    """Give it one more name, in this registry or another."""
    from dockertui.model.reference import parse_reference

    reference = parse_reference(str(answers["reference"])).tagged()
    await ctx.engine(image).images.tag(image.id, reference)
    return f"is {reference.familiar}, too"


async def _ask_save(ctx: Context, images: Sequence[Image]) -> Question:
    from dockertui.actions.questions.image_transfers import ask_save

    return await ask_save(ctx, images)


@action(Image, "s", label="Save…", ask=_ask_save, reads=True, many=False)
async def save(ctx: Context, image: Image, answers: Answers) -> None:
    """Write it to a file with all its layers, as `docker save` does."""
    from dockertui.actions.questions.places import path_in
    from dockertui.sync.image_tasks import Save

    path = path_in(str(answers["file"]))
    ctx.start_job(image, Save((image,), path, bool(answers["replace"])))


async def _ask_load(ctx: Context, engines: Sequence[WholeEngine]) -> Question:
    from dockertui.actions.questions.image_transfers import ask_load

    return await ask_load(ctx, engines)


@pane_action(Image, "l", label="Load file…", ask=_ask_load)
async def load(ctx: Context, engine: WholeEngine, answers: Answers) -> None:
    """Load the images of a file that was saved."""
    from dockertui.actions.questions.places import path_in
    from dockertui.sync.image_tasks import Load

    ctx.start_job(engine, Load(path_in(str(answers["file"]))))


async def _ask_import(ctx: Context, engines: Sequence[WholeEngine]) -> Question:
    from dockertui.actions.questions.image_transfers import ask_import

    return await ask_import(ctx, engines)


@pane_action(Image, "F", label="Import file…", ask=_ask_import)
async def import_file(ctx: Context, engine: WholeEngine, answers: Answers) -> None:
    """Make an image of an archive with a root file system."""
    from dockertui.actions.questions.places import path_in
    from dockertui.engine.image_work import ImportRequest
    from dockertui.model.reference import parse_reference
    from dockertui.sync.image_tasks import Import

    reference, command = str(answers["reference"]).strip(), str(answers["command"]).strip()
    request = ImportRequest(
        path=path_in(str(answers["file"])),
        reference=parse_reference(reference) if reference else None,
        changes=(f"CMD {command}",) if command else (),
    )
    ctx.start_job(engine, Import(request))
