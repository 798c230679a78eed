"""What is asked before images are moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from dockertui.actions.action import Context
from dockertui.actions.question import Answers, Check, Choice, Entry, Preview, Question
from dockertui.actions.questions.places import (
    problem_of_file,
    problem_of_new_file,
    suggest_path,
)
from dockertui.model import Image
from dockertui.model.reference import BadReference, parse_reference, reference_in
from dockertui.model.whole_engine import WholeEngine
from dockertui.text import clean, decimal_size

EVERY_TAG = "every tag"

_PLATFORM = re.compile(r"[a-z0-9]+/[a-z0-9_]+(?:/[a-z0-9]+)?")


def problem_of_reference(text: str) -> str:
    """What is wrong with a reference, in a sentence; empty when it will do."""
    if not text.strip():
        return "Which image?"
    try:
        parse_reference(text)
    except BadReference as error:
        return str(error)
    return ""


def problem_of_platform(text: str) -> str:
    """What is wrong with a platform, in a sentence; empty when it will do."""
    if not text.strip() or _PLATFORM.fullmatch(text.strip()):
        return ""
    return "An operating system and an architecture, as in linux/arm64."


async def ask_tags(_ctx: Context, images: Sequence[Image]) -> Question | None:
    """Ask which of several tags, of one image; of more images they are all meant."""
    if len(images) > 1 or len(images[0].tags) == 1:
        return None
    (image,) = images
    options = ((EVERY_TAG, ""), *((tag, "") for tag in image.tags))
    return Question(
        title=f"Pull {image.name} again?",
        fields=(Choice("what", "Pull", options),),
        verb="Pull",
        refusal="Cancel",
    )


async def ask_pull(_ctx: Context, _engines: Sequence[WholeEngine]) -> Question:
    """Ask which image, and for which platform."""

    def preview(answers: Answers) -> Preview:
        text = str(answers["reference"])
        if problem_of_reference(text):
            return Preview(sentence="Its registry is Docker Hub unless the name begins with one.")
        return Preview(sentence=f"In full: {parse_reference(text).tagged()}")

    return Question(
        title="Pull an image",
        fields=(
            Entry("reference", "Image", hint="e.g. nginx:1.27", problem=problem_of_reference),
            Entry("platform", "Platform", hint="the engine's own", problem=problem_of_platform),
        ),
        preview=preview,
        verb="Pull",
        refusal="Cancel",
    )


async def ask_push(_ctx: Context, images: Sequence[Image]) -> Question:
    """Ask where to."""
    (image,) = images

    def preview(answers: Answers) -> Preview:
        text = str(answers["reference"])
        if problem_of_reference(text):
            return Preview()
        named = parse_reference(text)
        if named.digest:
            return Preview(problem="An image is pushed to a tag, not to a digest.")
        where = "Docker Hub" if named.is_on_hub else named.host
        is_new = named.tagged().familiar not in image.tags
        first = " It gets that tag here, too." if is_new else ""
        return Preview(sentence=f"To {where}, as {named.path}:{named.version}.{first}")

    return Question(
        title=f"Push {image.name}",
        fields=(Entry("reference", "Where to", _likeliest(image), problem=problem_of_reference),),
        preview=preview,
        verb="Push",
        refusal="Cancel",
    )


def _likeliest(image: Image) -> str:
    """The tag that one is likely to push: one of a registry, or else the first."""
    named = [it for it in map(reference_in, image.tags) if it is not None]
    own = next((it for it in named if not it.is_on_hub), None)
    return (own or named[0]).familiar if named else ""


async def ask_tag(ctx: Context, images: Sequence[Image]) -> Question:
    """Ask for one more name."""
    (image,) = images
    others = [it for it in ctx.objects(Image) if it.engine == image.engine and it.id != image.id]
    owners = {tag: it for it in others for tag in it.tags}
    problem = partial(_problem_of_new_tag, image)

    def preview(answers: Answers) -> Preview:
        text = str(answers["reference"])
        if problem(text):
            return Preview()
        name = parse_reference(text).tagged().familiar
        owner = owners.get(name)
        taken = f" It is taken from {owner.short_id}, which has it now." if owner else ""
        return Preview(sentence=f"It will be called {name}, too.{taken}")

    start = reference_in(image.name)
    return Question(
        title=f"Tag {image.name}",
        fields=(Entry("reference", "New tag", start.familiar if start else "", problem=problem),),
        preview=preview,
        verb="Tag",
        refusal="Cancel",
    )


def _problem_of_new_tag(image: Image, text: str) -> str:
    if words := problem_of_reference(text):
        return words
    named = parse_reference(text)
    if named.digest:
        return "A tag cannot have a digest."
    return "That is one of its tags." if named.tagged().familiar in image.tags else ""


async def ask_save(_ctx: Context, images: Sequence[Image]) -> Question:
    """Ask which file to write."""
    (image,) = images
    return Question(
        title=f"Save {image.name}",
        fields=(
            Entry(
                "file",
                "File",
                f"{_stem(image)}.tar",
                problem=problem_of_new_file,
                suggest=suggest_path,
            ),
            Check("replace", "Replace a file that is there"),
        ),
        preview=partial(_preview_of_save, image),
        verb="Save",
        refusal="Cancel",
    )


def _preview_of_save(image: Image, answers: Answers) -> Preview:
    text = str(answers["file"]).strip()
    if problem_of_new_file(text):
        return Preview()
    path = Path(text).expanduser()
    if path.exists() and not answers["replace"]:
        return Preview(problem="There is such a file. Tick the box to replace it.")
    size = decimal_size(image.size_bytes)
    return Preview(sentence=f"About {size}, in {clean(str(path.absolute().parent))}")


def _stem(image: Image) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", image.name).strip(".-")[:60] or "image"


async def ask_load(_ctx: Context, _engines: Sequence[WholeEngine]) -> Question:
    """Ask which file to load."""
    return Question(
        title="Load images from a file",
        sentence="A file that was saved, here or by `docker save`; it may be compressed.",
        fields=(Entry("file", "File", problem=problem_of_file, suggest=suggest_path),),
        verb="Load",
        refusal="Cancel",
    )


async def ask_import(_ctx: Context, _engines: Sequence[WholeEngine]) -> Question:
    """Ask which file to import, and what it will be called."""

    def no_problem_or_empty(text: str) -> str:
        return problem_of_reference(text) if text.strip() else ""

    return Question(
        title="Import a root file system",
        sentence="A tar archive of files, which becomes an image of one layer.",
        fields=(
            Entry("file", "File", problem=problem_of_file, suggest=suggest_path),
            Entry("reference", "Name", hint="none", problem=no_problem_or_empty),
            Entry("command", "Command", hint="what it runs, e.g. /bin/sh"),
        ),
        verb="Import",
        refusal="Cancel",
    )
