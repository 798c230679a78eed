"""What jobs do with images."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from dockertui.engine import Engine
from dockertui.engine.image_work import BuildRequest, ImportRequest, SaveRequest, Told
from dockertui.model import Image
from dockertui.model.progress import Phase, Progress, Result
from dockertui.model.reference import Reference
from dockertui.sync.jobs import Outcome, Tell
from dockertui.text import clean, counted, decimal_size

_NOTHING_MOVED = "all its layers were here already"


async def told_of(work: Told, tell: Tell) -> Result:
    """Let work go on to its end, and tell of it; its last word.

    Raises:
        EngineError: It failed.
    """
    last: Progress | None = None
    async with aclosing(work) as batches:
        async for words in batches:
            tell(it for it in words if not isinstance(it, Result))
            last = words[-1] if words else last
    return last if isinstance(last, Result) else Result()


@dataclass(frozen=True, slots=True)
class Pull:
    """Pulls an image."""

    reference: Reference
    """Which; without tag or digest, `latest`."""
    platform: str = ""
    """E.g. `linux/arm64`; empty for the engine's own."""
    kind: str = "pull"
    """What is done, in one word."""

    @property
    def title(self) -> str:
        """What is done, to what."""
        suffix = f" for {self.platform}" if self.platform else ""
        return f"pull {self.reference.tagged().familiar}{suffix}"

    async def run(self, engine: Engine, tell: Tell) -> Outcome:
        """Pull it."""
        came = _Came(tell)
        work = engine.images.pull(self.reference, platform=self.platform)
        result = await told_of(work, came)
        return Outcome(came.sentence, result.image_id)


class _Came:
    """Passes on what is said of a pull, and counts what came."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._sizes: dict[str, int] = {}
        self._is_new = True

    def __call__(self, words: object) -> None:
        listed = list(words)  # type: ignore[call-overload]
        for it in listed:
            if it.part and it.phase is Phase.MOVING:
                self._sizes[it.part] = max(it.total, self._sizes.get(it.part, 0))
            if "Image is up to date" in it.line:
                self._is_new = False
        self._tell(listed)

    @property
    def sentence(self) -> str:
        """What came, in words."""
        if not self._is_new:
            return "nothing newer"
        size = sum(self._sizes.values())
        return (
            f"{decimal_size(size)} in {counted(len(self._sizes), 'layer')}"
            if size
            else _NOTHING_MOVED
        )


@dataclass(frozen=True, slots=True)
class Push:
    """Pushes a tag to the registry that it names, and gives it to the image first if need be."""

    reference: Reference
    """Where to."""
    image_id: str = ""
    """The image that the tag is to mean from now on; empty if it means the right one already."""
    kind: str = "push"
    """What is done, in one word."""

    @property
    def title(self) -> str:
        """What is done, to what."""
        return f"push {self.reference.tagged().familiar}"

    async def run(self, engine: Engine, tell: Tell) -> Outcome:
        """Push it."""
        if self.image_id:
            await engine.images.tag(self.image_id, self.reference)
        result = await told_of(engine.images.push(self.reference), tell)
        return Outcome("pushed", result.image_id)


@dataclass(frozen=True, slots=True)
class Save:
    """Saves images to a file."""

    images: tuple[Image, ...]
    """Which."""
    path: Path
    """The file."""
    replace: bool = False
    """May one that is there be replaced?"""
    kind: str = "save"
    """What is done, in one word."""

    @property
    def title(self) -> str:
        """What is done, to what."""
        images = self.images
        what = images[0].name if len(images) == 1 else counted(len(images), "image")
        return f"save {what}"

    async def run(self, engine: Engine, tell: Tell) -> Outcome:
        """Save them."""
        names = tuple(name for it in self.images for name in it.tags or (it.id,))
        about = sum(it.size_bytes for it in self.images)
        request = SaveRequest(names=names, path=self.path, replace=self.replace, about_bytes=about)
        result = await told_of(engine.images.save(request), tell)
        return Outcome(f"{decimal_size(result.size_bytes)} in {clean(str(self.path))}")


@dataclass(frozen=True, slots=True)
class Load:
    """Loads the images of a file."""

    path: Path
    """The file."""
    kind: str = "load"
    """What is done, in one word."""

    @property
    def title(self) -> str:
        """What is done, to what."""
        return f"load {self.path.name}"

    async def run(self, engine: Engine, tell: Tell) -> Outcome:
        """Load them."""
        result = await told_of(engine.images.load(self.path), tell)
        return Outcome(f"loaded {result.image_id}", result.image_id)


@dataclass(frozen=True, slots=True)
class Import:
    """Makes an image of a root file system."""

    request: ImportRequest
    """Of which, and how."""
    kind: str = "import"
    """What is done, in one word."""

    @property
    def title(self) -> str:
        """What is done, to what."""
        return f"import {self.request.path.name}"

    async def run(self, engine: Engine, tell: Tell) -> Outcome:
        """Import it."""
        result = await told_of(engine.images.import_image(self.request), tell)
        named = self.request.reference
        name = named.tagged().familiar if named else _short(result.image_id)
        return Outcome(f"is {name} now", result.image_id)


@dataclass(frozen=True, slots=True)
class Build:
    """Builds an image."""

    request: BuildRequest
    """Of what, and how."""
    kind: str = "build"
    """What is done, in one word."""

    @property
    def title(self) -> str:
        """What is done, to what."""
        request = self.request
        return f"build {request.tags[0] if request.tags else request.folder.name or '/'}"

    async def run(self, engine: Engine, tell: Tell) -> Outcome:
        """Build it."""
        result = await told_of(engine.images.build(self.request), tell)
        return Outcome(f"is {_short(result.image_id)} now", result.image_id)


def _short(image_id: str) -> str:
    return image_id.removeprefix("sha256:")[:12]
