"""What is asked before an image is copied to another registry or tag."""

from __future__ import annotations

from collections.abc import Sequence

from dockertui.actions.action import Context
from dockertui.actions.question import Answers, Check, Entry, Preview, Question
from dockertui.actions.questions.image_transfers import problem_of_reference
from dockertui.model import Image
from dockertui.model.reference import parse_reference, reference_in
from dockertui.sync.image_copy import Copy


async def ask_copy_to(ctx: Context, images: Sequence[Image]) -> Question:
    """Ask where to, and what."""
    (image,) = images
    named = reference_in(image.name)

    def problem_of_source(text: str) -> str:
        return "" if text.strip() == image.name else problem_of_reference(text)

    return Question(
        title=f"Copy {image.name}",
        fields=(
            Entry("target", "Where to", named.tagged().familiar if named else "", problem=_target),
            Entry("source", "What", image.name, problem=problem_of_source),
            Check("keep", "Keep the new tag here, too"),
        ),
        preview=lambda answers: _preview(ctx, image, answers),
        verb="Copy",
        refusal="Cancel",
    )


def _target(text: str) -> str:
    if words := problem_of_reference(text):
        return words
    return "A copy goes to a tag, not to a digest." if parse_reference(text).digest else ""


def _preview(ctx: Context, image: Image, answers: Answers) -> Preview:
    source, target = str(answers["source"]).strip(), str(answers["target"])
    if _target(target) or (source != image.name and problem_of_reference(source)):
        return Preview()
    to, named = parse_reference(target).tagged(), reference_in(source)
    if named is not None and named.tagged() == to:
        return Preview(problem="That is its own name: P pushes it.")
    first = "" if _here(ctx, image, source) else f"{source} is not here: it is pulled first. "
    where = "Docker Hub" if to.is_on_hub else to.host
    return Preview(sentence=f"{first}It goes to {where}, as {to.path}:{to.tag}.")


def copy_of(ctx: Context, image: Image, answers: Answers) -> Copy:
    """The job that was asked for."""
    source, keeps_tag = str(answers["source"]).strip(), bool(answers["keep"])
    target = parse_reference(str(answers["target"])).tagged()
    here = _here(ctx, image, source)
    if here is not None:
        return Copy(here.id, target, keeps_tag, named=source)
    pull = parse_reference(source).tagged()
    return Copy(pull.familiar, target, keeps_tag, pull=pull)


def _here(ctx: Context, image: Image, source: str) -> Image | None:
    """The image that is meant, if the engine of the selected one has it."""
    if source == image.name:
        return image
    wanted = parse_reference(source).tagged().familiar
    all_ = (it for it in ctx.objects(Image) if it.engine == image.engine)
    return next((it for it in all_ if wanted in (*it.tags, *it.digests)), None)
