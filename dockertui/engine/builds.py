"""Images built: by the engine's own builder, or by BuildKit through the Docker CLI."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

from dockertui.engine.build_context import BuildContext, archived, build_context
from dockertui.engine.dockerfile import stages_in
from dockertui.engine.errors import EngineError, ReadOnlyRefused
from dockertui.engine.image_files import ImageFiles, Pulse
from dockertui.engine.image_work import BuildRequest, Told
from dockertui.engine.long_wire import LongWire
from dockertui.engine.payload.fields import Payload
from dockertui.engine.payload.progress import image_id_in
from dockertui.engine.registry_auth import HEADERS_OF_BUILD, encoded
from dockertui.engine.transfers import Words, said
from dockertui.model.progress import Phase, Progress, Result

_SENDING = "Sending the context"


class Builds(ImageFiles):
    """Makes images of folders."""

    async def has_buildkit(self) -> bool:
        """Is there `docker buildx` on this machine?"""
        from dockertui.engine.buildx import find_buildx

        return bool(await find_buildx())

    async def build(self, request: BuildRequest) -> AsyncGenerator[tuple[Progress, ...]]:
        """Build an image."""
        if self._connection.read_only:
            raise ReadOnlyRefused("Nothing is changed here: this session is read-only.")
        async with aclosing(await self._building(request)) as told:
            async for words in told:
                yield words

    async def _building(self, request: BuildRequest) -> Told:
        from dockertui.engine.buildx import Buildx, find_buildx

        version = () if request.classic else await find_buildx()
        if version:
            return Buildx(self._address, version).build(request)
        return self._built_by_engine(request)

    def _built_by_engine(self, request: BuildRequest) -> Told:
        def read(wire: LongWire) -> Words:
            context = build_context(request.folder, request.dockerfile)
            yield (Progress(line=f"{_SENDING}: {len(context.names):,} files and folders"),)
            wire.begin(
                self._long_target("/build", **_options(request, context)),
                headers={
                    "Content-Type": "application/x-tar",
                    HEADERS_OF_BUILD: self._asking_for_bases(request, context),
                },
                size=None,
            )
            pulse = Pulse("context", _SENDING, context.size_bytes, is_about=True)
            for piece in archived(context):
                wire.send(piece)
                yield from pulse.beat(len(piece))
            wire.answer()
            yield (pulse.word(Phase.DONE),)
            yield from _steps(wire)

        return self._told(read)

    def _asking_for_bases(self, request: BuildRequest, context: BuildContext) -> str:
        """Who asks each registry that the Dockerfile needs, and no other."""
        content = dict(context.added).get(context.dockerfile)
        if content is None:
            content = (context.folder / context.dockerfile).read_bytes()
        bases = stages_in(content.decode("utf-8", "replace"), request.args).bases
        known = {it.host: self._auth_for(it) for it in bases}
        # The Hub's name in credentials is not the one in references.
        hub = {"https://index.docker.io/v1/": known.pop("docker.io", None)}
        return encoded({host: config for host, config in (known | hub).items() if config})


def _steps(wire: LongWire) -> Words:
    """What the builder says; of a failure also in which step."""
    made, step = "", ""

    def heed(payload: Payload) -> None:
        nonlocal made
        made = image_id_in(payload) or made

    try:
        for words in said(wire, heed):
            step = next((it.line for it in reversed(words) if it.step), step)
            yield words
    except EngineError as error:
        raise EngineError(f"{step}\n{error}" if step else str(error)) from error
    if not made:
        raise EngineError("The engine did not say which image it has built.")
    yield (Result(image_id=made),)


def _options(request: BuildRequest, context: BuildContext) -> dict[str, str | tuple[str, ...]]:
    options: dict[str, str | tuple[str, ...]] = {
        "dockerfile": context.dockerfile,
        "rm": "1",
        "forcerm": "1",
        "t": request.tags,
        "target": request.target,
        "platform": request.platform,
        "nocache": "1" if request.no_cache else "",
        "pull": "1" if request.pull else "",
        "buildargs": json.dumps(dict(request.args)) if request.args else "",
    }
    return {name: value for name, value in options.items() if value}


def stage_names(folder: Path, dockerfile: str) -> tuple[str, ...]:
    """The stages of a Dockerfile that have names; none if it cannot be read."""
    path = folder.expanduser() / (Path(dockerfile).expanduser() if dockerfile else "Dockerfile")
    try:
        return stages_in(path.read_text("utf-8", "replace"), {}).names
    except OSError:
        return ()
