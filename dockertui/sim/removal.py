"""Removing images: what is only untagged, what goes, and what is refused."""

from __future__ import annotations

from dockertui.sim.answers import Refusal
from dockertui.sim.image import Image, familiar
from dockertui.sim.world import World

Removed = list[dict[str, str]]


def remove(world: World, reference: str, *, force: bool) -> Removed:
    """Do what `DELETE /images/{name}` does, or refuse.

    Source: `ImageDelete` of the engine, and its answers as observed.
    """
    image = world.images.find(reference)
    by_id = familiar(reference) not in [*image.tags, *image.digests]
    if by_id:
        _refuse_in_use(world, image, force=force)
        return delete(world, image)
    return _untag(world, image, familiar(reference), force=force)


def delete(world: World, image: Image) -> Removed:
    """Remove an image with all its references."""
    gone: Removed = []
    for reference in [*image.tags, *image.digests]:
        world.images.untag(image, reference)
        gone.append({"Untagged": reference})
    world.images.remove(image)
    gone.append({"Deleted": image.id})
    others = world.images.layer_users
    return gone + [{"Deleted": it} for it in reversed(image.layer_ids) if not others[it]]


def _untag(world: World, image: Image, reference: str, *, force: bool) -> Removed:
    users = world.images.users(image)
    if len(image.tags) > 1 or (force and any(each.is_up for each in users)):
        world.images.untag(image, reference)
        return [{"Untagged": reference}]
    if users and not force:
        raise Refusal(
            409,
            f'conflict: unable to remove repository reference "{reference}" (must force) - '
            f"container {users[0].id[:12]} is using its referenced image {_short(image)}",
        )
    _refuse_children(world, image)
    return delete(world, image)


def _refuse_in_use(world: World, image: Image, *, force: bool) -> None:
    users = world.images.users(image)
    running = next((each.id[:12] for each in users if each.is_up), None)
    if running is not None:
        raise _conflict(
            image, "cannot be forced", f"image is being used by running container {running}"
        )
    if not force and len({each.rpartition(":")[0] for each in image.tags}) > 1:
        raise _conflict(image, "must be forced", "image is referenced in multiple repositories")
    if not force and users:
        used = f"image is being used by stopped container {users[0].id[:12]}"
        raise _conflict(image, "must be forced", used)
    _refuse_children(world, image)


def _refuse_children(world: World, image: Image) -> None:
    if any(each.parent == image.id for each in world.images):
        raise _conflict(image, "cannot be forced", "image has dependent child images")


def _conflict(image: Image, whether: str, why: str) -> Refusal:
    return Refusal(409, f"conflict: unable to delete {_short(image)} ({whether}) - {why}")


def _short(image: Image) -> str:
    return image.id.removeprefix("sha256:")[:12]
