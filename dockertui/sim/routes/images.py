"""Images: listed, inspected, tagged, removed."""

from __future__ import annotations

from fnmatch import fnmatchcase

from dockertui.sim import archive, removal, saving, transfer
from dockertui.sim.answers import Answer, Refusal, Reply, Stream, ok
from dockertui.sim.image import Image, check_repository, check_tag
from dockertui.sim.routes.containers import has_labels
from dockertui.sim.routing import Call, route


@route("GET", "/images/json")
def list_images(call: Call) -> Answer:
    """List images, newest first."""
    filters = call.filters("dangling", "label", "before", "since", "reference", "until")
    images = [each for each in call.world.images if _passes(each, filters)]
    bodies = [each.summary(-1, call.version) for each in images]
    for pattern in filters.get("reference", ())[:1]:
        for body in bodies:
            body["RepoTags"] = [each for each in body["RepoTags"] if _matches(each, pattern)]
    return ok(bodies)


@route("GET", "/images/search")
def search(call: Call) -> Answer:
    """Find what could be pulled from Docker Hub, official images first."""
    term = call.query.get("term", "")
    if not term:
        raise Refusal(400, "invalid term: a search term is required")
    here = (*call.world.registry, *(tag for each in call.world.images for tag in each.tags))
    names = {each.rpartition(":")[0] for each in here}
    on_hub = [each for each in names if "." not in each and ":" not in each and term in each]
    hits = [
        {
            "name": each,
            "description": "",
            "star_count": 0,
            "is_official": "/" not in each,
            "is_automated": False,
        }
        for each in sorted(on_hub, key=lambda it: ("/" in it, it))
    ]
    return ok(hits[: call.number("limit", 25)])


@route("GET", "/images/{name*}/json")
def inspect_image(call: Call) -> Answer:
    """Tell everything about an image."""
    name = call.path["name"]
    try:
        image = call.world.images.find(name)
    except Refusal as refusal:
        raise Refusal(404, f"no such image: {name}: {refusal.message}") from None
    return ok(image.inspect(call.world.host.root, call.version))


@route("GET", "/images/{name*}/history")
def history(call: Call) -> Answer:
    """Say what an image was made by."""
    return ok(call.world.images.find(call.path["name"]).history_json())


@route("GET", "/images/{name*}/get")
def save(call: Call) -> Answer:
    """Save an image, as an archive."""
    images = saving.named(call.world, [call.path["name"]])
    return Stream(saving.sent(images, call.world.host), "application/x-tar")


@route("POST", "/images/create")
def pull(call: Call) -> Answer:
    """Pull an image, or make one of what is sent."""
    if call.query.get("fromSrc") == "-":
        made = archive.imported(call.world, call.content, call.query, call.several("changes"))
        return Stream(made, "application/json")
    if not call.query.get("fromImage"):
        raise Refusal(400, "only pulling and importing are simulated: fromImage is missing")
    reference = transfer.check_pull(call.world, call.query["fromImage"], call.query.get("tag", ""))
    return Stream(transfer.pull(call.world, reference), "application/json")


@route("POST", "/images/{name*}/push")
def push(call: Call) -> Answer:
    """Push an image."""
    pieces = transfer.push(call.world, call.path["name"], call.query.get("tag", ""))
    return Stream(pieces, "application/json")


@route("POST", "/images/{name*}/tag")
def tag(call: Call) -> Answer:
    """Let one more reference mean an image."""
    image = call.world.images.find(call.path["name"])
    repository, label = call.query.get("repo", ""), call.query.get("tag") or "latest"
    try:
        check_repository(repository)
        check_tag(label)
    except Refusal as refusal:
        # The engine takes this for a fault of its own here, and not when it pulls.
        raise Refusal(500, refusal.message) from None
    call.world.images.tag(image, f"{repository}:{label}")
    return Reply(b"", 201)


@route("DELETE", "/images/{name*}")
def remove_image(call: Call) -> Answer:
    """Take a reference off an image, or remove it."""
    name = call.path["name"]
    return ok(removal.remove(call.world, name, force=call.flag("force")))


@route("POST", "/images/prune")
def prune(call: Call) -> Answer:
    """Remove the images that nothing needs."""
    world = call.world
    filters = call.filters("dangling", "label", "label!", "until")
    dangling = filters.get("dangling", ["true"])[0].lower() not in {"false", "0"}
    gone, reclaimed = [], 0
    for image in list(world.images):
        labels = image.config.get("Labels") or {}
        wanted = has_labels(labels, filters.get("label", ()))
        if (image.tags and dangling) or world.images.users(image) or not wanted:
            continue
        gone += removal.delete(world, image)
        reclaimed += image.size_bytes
    world.events.emit("image", "prune", "", {"reclaimed": str(reclaimed)})
    return ok({"ImagesDeleted": gone or None, "SpaceReclaimed": reclaimed})


def _passes(image: Image, filters: dict[str, list[str]]) -> bool:
    for value in filters.get("dangling", ()):
        if bool(image.tags) == (value.lower() in {"true", "1"}):
            return False
    if not has_labels(image.config.get("Labels") or {}, filters.get("label", ())):
        return False
    patterns = filters.get("reference")
    return not patterns or any(_matches(tag, it) for tag in image.tags for it in patterns)


def _matches(tag: str, pattern: str) -> bool:
    repository = tag.rpartition(":")[0]
    return fnmatchcase(tag, pattern) or fnmatchcase(repository, pattern)
