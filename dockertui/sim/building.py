"""The classic builder: the steps of a Dockerfile, done in words alone."""

from __future__ import annotations

import asyncio
import io
import re
import tarfile
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field

from dockertui.sim.answers import JSON, Refusal, dumps
from dockertui.sim.archive import config_of
from dockertui.sim.image import Image, Layer, familiar
from dockertui.sim.instructions import configure, instructions
from dockertui.sim.world import World

_STEP_S = 0.05
_FAILS = re.compile(r"\bexit (?P<code>[1-9]\d*)\b|\bfalse\b")
_PER_RUN = 4_096
_SILENT = {"ARG", "CMD", "ENTRYPOINT", "ENV", "EXPOSE", "LABEL", "USER", "WORKDIR"}


@dataclass(slots=True)
class Recipe:
    """What is to be built."""

    files: dict[str, bytes]
    """The context: every file by its path."""
    steps: list[tuple[str, str]]
    """The instructions, up to the end of the target."""
    tags: list[str]
    """What the image will be called."""
    args: Mapping[str, str] = field(default_factory=dict)
    """Values for the `ARG` instructions."""


def recipe(content: bytes, query: Mapping[str, str], tags: list[str], args: JSON) -> Recipe:
    """Find out what is to be built, or refuse."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            files = {it.name: _content(archive, it) for it in archive if it.isfile()}
    except tarfile.TarError:
        raise Refusal(500, "archive/tar: invalid tar header") from None
    name = query.get("dockerfile") or "Dockerfile"
    if name not in files:
        raise Refusal(500, f"Cannot locate specified Dockerfile: {name}")
    steps = list(instructions(files[name].decode(errors="replace")))
    if not steps:
        raise Refusal(400, "the Dockerfile cannot be empty")
    target = query.get("target", "")
    return Recipe(files, list(_until(steps, target)), [familiar(it) for it in tags], args)


def _until(steps: list[tuple[str, str]], target: str) -> Iterator[tuple[str, str]]:
    stages = [rest.split()[-1] for word, rest in steps if word == "FROM" and " as " in rest.lower()]
    if target and target not in stages:
        raise Refusal(400, f"failed to reach build target {target} in Dockerfile")
    is_reached = False
    for word, rest in steps:
        if is_reached and word == "FROM":
            return
        is_reached = is_reached or bool(target and word == "FROM" and rest.split()[-1] == target)
        yield word, rest


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(entry)
    return file.read() if file is not None else b""


def _copied(what: Recipe, rest: str) -> list[int]:
    """The sizes of the files that an instruction copies from the context."""
    source = rest.split()[-2].removeprefix("./").rstrip("/") if " " in rest else ""
    return [
        len(content)
        for name, content in what.files.items()
        if source in {".", ""} or name == source or name.startswith(f"{source}/")
    ]


async def build(world: World, what: Recipe) -> AsyncIterator[bytes]:
    """Build an image, telling each step; what is wrong comes as the last line."""
    image: Image | None = None
    for number, (word, rest) in enumerate(what.steps, 1):
        yield _stream(f"Step {number}/{len(what.steps)} : {word} {rest}\n")
        await asyncio.sleep(_STEP_S)
        if word == "FROM":
            base = rest.split()[0]
            found = world.images.get(world.images.meaning(familiar(base)) or "")
            if found is None and base != "scratch":
                yield _fail(f"pull access denied for {base}, repository does not exist")
                return
            image = _begun(world, found)
        elif image is None and word != "ARG":
            yield _fail("no build stage in current context")
            return
        elif image is not None:
            failure, said = _do(image, what, word, rest)
            for line in said:
                yield _stream(f"{line}\n")
            if failure:
                yield dumps(failure) + b"\r\n"
                return
        yield _stream(f" ---> {world.new_id()[:12]}\n")
    assert image is not None
    world.images.add(image)
    yield dumps({"aux": {"ID": image.id}}) + b"\r\n"
    yield _stream(f"Successfully built {image.id[7:19]}\n")
    for tag in what.tags:
        world.images.tag(image, tag)
        yield _stream(f"Successfully tagged {tag}\n")


def _begun(world: World, base: Image | None) -> Image:
    id_ = f"sha256:{world.new_id()}"
    now_ns = world.clock.time_ns()
    if base is None:
        return Image(id_, [], [], now_ns, {"Cmd": None, "Env": None, "Labels": None}, [])
    return Image(
        id_,
        [],
        [],
        now_ns,
        config_of(base),
        list(base.history),
        base.behaviour,
        base.shells,
        base.flavour,
        base.id,
    )


def _do(image: Image, what: Recipe, word: str, rest: str) -> tuple[JSON | None, list[str]]:
    """Do a step; why it failed, and what it says."""
    configure(image.config, word, rest)
    size_bytes, said = 0, list[str]()
    if word in {"COPY", "ADD"}:
        found = _copied(what, rest)
        if not found and "--from=" not in rest:
            return _failure(f"{word} failed: file not found in build context"), said
        size_bytes = sum(found)
    if word == "RUN":
        said = [f" ---> Running in {image.id[7:19]}"]
        said += re.findall(r"echo ([^&;|]+)", rest)
        if fails := _FAILS.search(rest):
            code = int(fails["code"] or 1)
            words = f"The command '/bin/sh -c {rest}' returned a non-zero code: {code}"
            return _failure(words, code), said
        size_bytes = _PER_RUN
    made_by = f"/bin/sh -c {rest}" if word == "RUN" else f"/bin/sh -c #(nop) {word} {rest}"
    if word != "ARG":
        image.history.append(Layer(made_by, 0 if word in _SILENT else size_bytes, ""))
    return None, said


def _stream(text: str) -> bytes:
    return dumps({"stream": text}) + b"\r\n"


def _fail(message: str) -> bytes:
    return dumps(_failure(message)) + b"\r\n"


def _failure(message: str, code: int = 0) -> JSON:
    detail: JSON = {"message": message}
    return {"errorDetail": detail | ({"code": code} if code else {}), "error": message}
