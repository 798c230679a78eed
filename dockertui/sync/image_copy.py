"""Copying an image to another registry, or to another tag of the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dockertui.engine import Engine, EngineError, ObjectNotFound
from dockertui.model.progress import Progress
from dockertui.model.reference import Reference
from dockertui.sync.image_tasks import told_of
from dockertui.sync.jobs import Outcome, Tell


@dataclass(frozen=True, slots=True)
class Copy:
    """Pushes an image under another name, which it gets for that; pulls it first if need be.

    The name is taken away again where it is not to stay, and wherever the copy fails, so that
    nothing here looks as if it had come about.
    """

    source: str
    """The image: its ID, if it is here, or a reference."""
    target: Reference
    """Where to."""
    keeps_tag: bool = False
    """Does the new name stay here, too?"""
    named: str = ""
    """What to call the source; empty for what it is."""
    pull: Reference | None = None
    """What to pull first; `None` for what is here."""
    kind: str = "copy"
    """What is done, in one word."""

    @property
    def title(self) -> str:
        """What is done, to what."""
        return f"copy {self.named or self.source} to {self.target.tagged().familiar}"

    async def run(self, engine: Engine, tell: Tell) -> Outcome:
        """Copy it."""
        source = self.source
        if self.pull is not None:
            await told_of(engine.images.pull(self.pull), _at(tell, 1))
            source = self.pull.tagged().familiar
        image_id = (await engine.image_detail(source)).id
        before = await _owner(engine, self.target)
        await engine.images.tag(image_id, self.target)
        is_kept = False
        try:
            pushed = _at(tell, 2) if self.pull is not None else tell
            await told_of(engine.images.push(self.target), pushed)
            is_kept = self.keeps_tag
        except EngineError as error:
            name = self.target.tagged().familiar
            raise EngineError(
                f"{error}\nNothing is left of it here: {name} is as it was."
            ) from error
        finally:
            if before != image_id and not is_kept:
                await self._give_back(engine, tell, before)
        return Outcome(f"{self.target.tagged().familiar} is in its registry")

    async def _give_back(self, engine: Engine, tell: Tell, before: str) -> None:
        """Let the name mean here what it meant before."""
        name = self.target.tagged().familiar
        try:
            if before:
                await engine.images.tag(before, self.target)
            else:
                await engine.remove_image(name, force=False)
        except EngineError as error:
            tell([Progress(line=f"{name} could not be taken off here again: {error}")])


def _at(tell: Tell, step: int) -> Tell:
    """Say of all that is told that it belongs to one of two steps."""

    def told(words: Iterable[Progress]) -> None:
        tell(replace(it, step=step, steps=2) for it in words)

    return told


async def _owner(engine: Engine, name: Reference) -> str:
    """The ID of the image that a name means here; empty for none."""
    try:
        return (await engine.image_detail(name.tagged().familiar)).id
    except ObjectNotFound:
        return ""
