"""An image in a registry, with all that it tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from dockertui.engine import EngineError
from dockertui.engine.errors import LoginNeeded
from dockertui.model.reference import Reference
from dockertui.model.remote_image import Platform, RemoteImage
from dockertui.resources.registries.image_facts import remote_facts
from dockertui.resources.registries.rows import sameness
from dockertui.resources.tab import Fact
from dockertui.screens.registries.level import Around, Level
from dockertui.widgets.fact_list import FactList
from dockertui.widgets.row_messages import PositionChanged

_MOST_PLATFORMS = 24


class ImageLevel(Level):
    """What a tag stands for, for one platform at a time."""

    HINTS: ClassVar[Sequence[str]] = (
        *("p", "Y", "y", "right_square_bracket", "v", "d", "A", "i", "slash"),
    )

    def __init__(self, room: Around, reference: Reference) -> None:
        """Prepare to show an image."""
        super().__init__(room, reference.tag or reference.digest[:19])
        self.facts = FactList()
        self._sentence = Static(id="instead", markup=False)
        self._reference = reference
        self._image: RemoteImage | None = None
        self._platform: Platform | None = None
        self._sizes: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """Put a sentence where there are no facts yet."""
        yield self._sentence
        yield self.facts

    @property
    def view(self) -> Widget:
        """The facts."""
        return self.facts

    @property
    def host(self) -> str:
        """The registry."""
        return self._reference.host

    @property
    def reference(self) -> Reference | None:
        """The image."""
        return self._reference

    @property
    def platform(self) -> str:
        """The platform that was chosen among several; empty while none was."""
        return str(self._platform) if self._platform is not None else ""

    @property
    def count_text(self) -> str:
        """Which platform is shown."""
        return str(self._image.config.platform) if self._image is not None else ""

    async def ask(self) -> None:
        """Ask for the image, then what it takes for other platforms."""
        registries = self.room.registries
        self._image = await registries.image(self._reference, self._platform)
        self._sizes[self._image.manifest.digest] = self._image.manifest.download_bytes
        self._show()
        await self._ask_sizes(self._image)
        self._show()

    async def _ask_sizes(self, image: RemoteImage) -> None:
        index = image.index
        if index is None:
            return
        registries = self.room.registries
        try:
            if self._reference.is_on_hub:
                # Its registry would count a pull for each; its web does not.
                tags = await registries.hub_tags(self._reference)
                for tag in (it for it in tags if it.name == self._reference.tag):
                    self._sizes |= {it.digest: it.size_bytes for it in tag.images}
                return
            for each in index.images[:_MOST_PLATFORMS]:
                if each.digest not in self._sizes:
                    found = await registries.manifest(self._reference.with_digest(each.digest))
                    self._sizes[each.digest] = found.download_bytes
        except EngineError:
            return  # They are nice to know, no more.

    def say_instead(self, sentences: Sequence[str]) -> None:
        """Say something in the place of the facts, or below them while there are some."""
        if isinstance(self.error, LoginNeeded):
            # What was to be seen is no longer for whoever looks now.
            self._image = None
            self.facts.show((), "")
        if self._image is not None:
            if self.error is not None:
                self.room.fail(self.error)
            return
        self._sentence.update(Content("\n".join(sentences)))
        self._sentence.display = True

    def turn_platform(self, by: int) -> bool:
        """Show the image for the next platform, or the one before; false if there is but one."""
        image = self._image
        if image is None or image.index is None or len(image.platforms) < 2:  # noqa: PLR2004
            return False
        digests = [it.digest for it in image.index.images]
        at = digests.index(image.manifest.digest) if image.manifest.digest in digests else 0
        self._platform = image.platforms[(at + by) % len(digests)]
        self.reload()
        return True

    def images_changed(self) -> None:
        """See anew whether it is here."""
        self._show()

    def apply_filter(self) -> None:
        """Show the facts that have the words of the filter."""
        self._show()

    def _show(self) -> None:
        image = self._image
        if image is None:
            return
        here = sameness(self.room.images, self._reference, image.digest)
        facts = remote_facts(image, self._sizes, datetime.now(UTC), here)
        kept = _having(facts, self.query_text)
        self.facts.show(kept, image.manifest.digest)
        self._sentence.display = not kept
        if not kept:
            nothing = f"Nothing matches {self.query_text}. esc shows all again."
            self._sentence.update(Content(nothing))
        self.retitle()

    def on_position_changed(self, event: PositionChanged) -> None:
        """Say where one is."""
        event.stop()
        self.set_foot(Content(self.facts.position_text))


def _having(facts: Sequence[Fact], query: str) -> list[Fact]:
    """The facts that have every word, in the label or as the value may be shown."""
    words = query.lower().split()
    kept: list[Fact] = []
    for fact in facts:
        if fact.heading:
            # A heading whose facts are all left out goes, too.
            if kept and kept[-1].heading:
                kept.pop()
            kept.append(fact)
            continue
        said = f"{fact.label} {fact.masked or fact.value}".lower()
        if all((it.removeprefix("!") in said) is not it.startswith("!") for it in words):
            kept.append(fact)
    return kept[:-1] if kept and kept[-1].heading else kept
