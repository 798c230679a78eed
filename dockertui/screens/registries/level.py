"""A step of the way from all registries down to one image."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from dockertui.engine import EngineError
from dockertui.model.reference import Reference
from dockertui.resources.registries.sentences import trouble
from dockertui.widgets.resource_pane import FilterLine
from dockertui.widgets.titled_pane import TitledPane

if TYPE_CHECKING:
    from dockertui.engine.registry.registries import Registries
    from dockertui.model import Image
    from dockertui.sync.added_registries import AddedRegistries

_SAID_AFTER_S = 0.3
_ARROW = " › "


class Around(Protocol):
    """What a step of the way needs of the room that it is in."""

    added: AddedRegistries
    """The registries that the person has added."""

    @property
    def registries(self) -> Registries:
        """Who asks them."""
        ...

    @property
    def images(self) -> Sequence[Image]:
        """The images of the engine."""
        ...

    def name_of_host(self, host: str) -> str:
        """What a registry is called on screen."""
        ...

    def fail(self, error: Exception) -> None:
        """Tell what went wrong, and what to do about it."""
        ...


class Level(TitledPane):
    """A pane that asks for what it shows, says how that goes, and can be filtered.

    What it waits for is cut off when the pane goes.
    """

    HINTS: ClassVar[Sequence[str]] = ()
    """The keys that matter here, in order of use."""

    class Changed(Message):
        """Something that is said around it may be another now."""

    def __init__(self, room: Around, words: str) -> None:
        """Prepare; nothing is asked before it is on the screen.

        Args:
            room: Where it is, and whose registries these are.
            words: What it is called in the path.
        """
        super().__init__()
        self.room = room
        self.words = words
        self.path: Sequence[str] = ()
        self.query_text = ""
        self.error: EngineError | None = None
        self.is_loading = False
        self._waiting: Timer | None = None

    # What each kind of it does in its own way

    @property
    def view(self) -> Widget:
        """What the keys go to."""
        raise NotImplementedError

    @property
    def host(self) -> str:
        """The registry that it is about, or that is selected; empty for none."""
        raise NotImplementedError

    @property
    def reference(self) -> Reference | None:
        """What is selected, to be copied or pulled."""
        return None

    @property
    def count_text(self) -> str:
        """How much there is, for the title."""
        return ""

    async def ask(self) -> None:
        """Ask for everything, and show it.

        Raises:
            EngineError: It cannot be had.
        """
        raise NotImplementedError

    def say_instead(self, sentences: Sequence[str]) -> None:
        """Say something where nothing can be shown."""
        raise NotImplementedError

    def apply_filter(self) -> None:
        """Show what has the words of the filter."""
        raise NotImplementedError

    def images_changed(self) -> None:
        """The engine has other images than before."""

    def open_selected(self) -> Level | None:
        """The next step of the way; `None` where it ends."""
        return None

    # What all of them do

    def compose(self) -> ComposeResult:
        """Fill the pane with what the keys go to."""
        yield self.view

    def on_mount(self) -> None:
        """Ask."""
        self.reload()

    def on_unmount(self) -> None:
        """Leave no timer behind."""
        if self._waiting is not None:
            self._waiting.stop()

    def reload(self) -> None:
        """Ask again; what is shown stays until the answer is there."""
        self._load()

    @work(exclusive=True, group="level")
    async def _load(self) -> None:
        self.is_loading, self.error = True, None
        timer = self._waiting = self.set_timer(_SAID_AFTER_S, self._say_waiting)
        try:
            await self.ask()
        except EngineError as error:
            self.error = error
            self.say_instead(trouble(error))
        finally:
            timer.stop()
            # One that was cut off must not say that the next has come to its end.
            if self._waiting is timer:
                self.is_loading = False
        self.retitle()

    def _say_waiting(self) -> None:
        if self.is_loading:
            self.say_instead((f"Asking {self.room.name_of_host(self.host)}… esc goes back.",))
            self.retitle()

    def retitle(self) -> None:
        """Write the path, how much there is, and the filter into the border."""
        parts: list[str | tuple[str, str]] = [_ARROW.join((*self.path, self.words))]
        if count := self.count_text:
            parts.append(f"  {count}")
        if self.query_text:
            parts.append((f" /{self.query_text}", "$hit"))
        self.set_title(Content.assemble(*parts))
        self.post_message(self.Changed())

    def open_filter(self) -> None:
        """Let the person type what to look for."""
        if lines := self.query(FilterLine):
            line = lines.first()
        else:
            line = FilterLine(self.end_filter)
            line.placeholder = "words, !not"
            self.mount(line)
        line.display = True
        line.value = self.query_text
        self.screen.set_focus(line)

    def end_filter(self, clear: bool) -> None:
        """Leave the line for what is filtered."""
        if clear:
            self.clear_filter()
        for line in self.query(FilterLine):
            line.display = False
        self.screen.set_focus(self.view)

    def clear_filter(self) -> bool:
        """Show all again; says whether any words were in the way."""
        filtered, self.query_text = bool(self.query_text), ""
        for line in self.query(FilterLine):
            line.value = ""
            line.display = False
        if filtered:
            self.apply_filter()
            self.retitle()
        return filtered

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        event.stop()
        if event.value != self.query_text:
            self.query_text = event.value
            self.apply_filter()
            self.retitle()
