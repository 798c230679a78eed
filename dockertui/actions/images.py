"""What can be done to an image."""

from __future__ import annotations

from collections.abc import Sequence

from dockertui.actions.action import Context, action
from dockertui.actions.question import Answers, Check, Choice, Question
from dockertui.model import Container, Image
from dockertui.text import counted, decimal_size, middle_cut

_ALL_TAGS = "every tag"
_MOST_USERS = 6
_LONGEST_VERB = 24


async def _ask_remove(ctx: Context, images: Sequence[Image]) -> Question:
    users = [it for it in ctx.objects(Container) if it.image_id in {image.id for image in images}]
    one = images[0] if len(images) == 1 else None
    fields: list[Choice | Check] = []
    if one is not None and len(one.tags) > 1:
        untag = tuple((tag, "untags; the image stays") for tag in one.tags)
        fields.append(Choice("what", "Remove", (*untag, (_ALL_TAGS, "deletes the image"))))
    fields.append(Check("force", "Even if stopped containers use it (force)"))
    name = one.name if one is not None else counted(len(images), "image")
    return Question(
        title=f"Remove {name}?",
        sentence=" ".join((_consequence(images), _used_by(users))).strip(),
        gone=tuple(f"{it.name}  {decimal_size(it.size_bytes)}" for it in images)
        if one is None
        else (),
        fields=tuple(fields),
        verb=f"Remove {middle_cut(name, _LONGEST_VERB)}",
        destroys=True,
    )


def _consequence(images: Sequence[Image]) -> str:
    if len(images) > 1:
        return "Every tag of them is removed, and so the images are deleted."
    (image,) = images
    if image.is_dangling:
        return "Nothing points to it, so the image is deleted."
    if len(image.tags) == 1:
        return (
            f"This is its only tag, so the image is deleted: {decimal_size(image.size_bytes)}, "
            "less what other images share."
        )
    return f"It has {len(image.tags)} tags. Removing one of them only untags."


def _used_by(users: Sequence[Container]) -> str:
    if not users:
        return "No container uses it."
    shown = ", ".join(it.name for it in users[:_MOST_USERS])
    more = f" and {len(users) - _MOST_USERS} more" if len(users) > _MOST_USERS else ""
    return f"Used by {shown}{more}."


@action(Image, "d,delete", label="Remove…", ask=_ask_remove, doing="removing", rank=1)
async def remove(ctx: Context, image: Image, answers: Answers) -> str:
    """Remove a tag, and with the last one the image itself."""
    what = str(answers.get("what", _ALL_TAGS))
    references = (what,) if what != _ALL_TAGS else image.tags or (image.id,)
    done: list[str] = []
    for reference in references:
        done += await ctx.engine(image).remove_image(reference, force=bool(answers.get("force")))
    deleted = any(line.startswith("Deleted") for line in done)
    return "deleted" if deleted else f"untagged: {what if what != _ALL_TAGS else image.name}"


@action(Image, "f", label="Files", reads=True, many=False, rank=3)
async def files(ctx: Context, image: Image, answers: Answers) -> None:
    """See which files each of its layers added, changed and hid."""
    ctx.lists.show(Image, image.key, tab="Files")


@action(Image, "equals_sign", label="Compare", reads=True, many=False, rank=4)
async def compare(ctx: Context, image: Image, answers: Answers) -> None:
    """Compare two images: both that are marked, or the one that is marked with the selected one."""
    others = [it for it in ctx.lists.marked(Image) if it.key != image.key]
    pair = [*others, image] if len(others) == 1 else others
    if len(pair) == 2:  # noqa: PLR2004 - a pair
        ctx.lists.compare(*pair)
    elif others:
        ctx.say(f"{len(others)} other images are marked: two can be compared.")
    else:
        ctx.say("Mark one image with space, select the other one, and press = again.")


@action(Image, "y", label="Copy name", reads=True, many=False, rank=2)
async def copy(ctx: Context, image: Image, answers: Answers) -> None:
    """Copy its reference to the clipboard."""
    ctx.copy(image.name, f"the reference {image.name}")


async def _ask_copy(_ctx: Context, images: Sequence[Image]) -> Question:
    (image,) = images
    return Question(
        title=f"Copy what of {image.name}?",
        fields=(Choice("what", "Copy", tuple(_copyable(image).items())),),
        verb="Copy",
        refusal="Cancel",
    )


def _copyable(image: Image) -> dict[str, str]:
    return {
        **{f"tag {tag}": tag for tag in image.tags},
        "ID": image.id,
        "short ID": image.short_id,
        **{f"digest {place}": it for place, it in enumerate(image.digests, 1)},
    }


@action(Image, "Y", label="Copy…", ask=_ask_copy, reads=True, many=False)
async def copy_other(ctx: Context, image: Image, answers: Answers) -> None:
    """Copy one of its tags, its ID or a digest to the clipboard."""
    what = str(answers["what"])
    ctx.copy(_copyable(image)[what], f"{image.name}'s {what}")
