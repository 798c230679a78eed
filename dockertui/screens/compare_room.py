"""A whole screen for two images, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from dockertui.engine import EngineError
from dockertui.model import Image
from dockertui.model.image_detail import ImageDetail
from dockertui.resources.image_pages.layers import Step, layers_of
from dockertui.screens.chrome import offered
from dockertui.screens.room import Room
from dockertui.store.image_compare import Made, compare
from dockertui.sync import Member
from dockertui.text import clean, counted
from dockertui.widgets.command import bindings, command
from dockertui.widgets.compare_table import CompareTable
from dockertui.widgets.key_bar import KeyBar, KeyHint
from dockertui.widgets.message_bar import MessageBar
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.status_bar import Part, StatusBar

_OWN_KEYS = (KeyHint("x", "swap", "x"),)
_LAST_KEYS = (KeyHint("?", "help", "question_mark"), KeyHint("esc", "back", "escape"))


class CompareRoom(Room):
    """Shows what is different in two images, and all that is the same on a key."""

    CSS_PATH = "../styles/compare_room.tcss"
    ALLOW_SELECT = False

    def __init__(self, images: tuple[Image, Image], members: tuple[Member, Member]) -> None:
        """Compare two images.

        Args:
            images: The two.
            members: The engines that have them.
        """
        super().__init__()
        self.table = CompareTable()
        self.message_bar = MessageBar()
        self._images = images
        self._members = members
        self._sentence = Static("Asking the engine about both…", id="waiting", markup=False)
        self._sides: tuple[_Side, ...] = ()
        self._bar = StatusBar()
        self._keys = KeyBar()

    def compose(self) -> ComposeResult:
        """Put the table between the line that says what it is and that of its keys."""
        yield self._bar
        yield self._sentence
        yield self.table
        yield self._keys
        yield self.message_bar

    def on_mount(self) -> None:
        """Ask about both."""
        self.set_focus(self.table)
        self._draw()
        self._ask()

    @work
    async def _ask(self) -> None:
        try:
            (one, other), (its, others) = self._images, self._members
            details = await its.study.detail(one.id), await others.study.detail(other.id)
            layers = await _made(one, its), await _made(other, others)
        except EngineError as error:
            self._sentence.update(Content(f"They cannot be compared. {clean(str(error))}"))
            self._sentence.add_class("-failure")
            return
        self._sentence.display = False
        self._sides = (
            _Side(one.name, details[0], layers[0]),
            _Side(other.name, details[1], layers[1]),
        )
        self._show()

    @command("x", "Swap", show=True)
    def action_swap(self) -> None:
        """Put the left image right."""
        self._sides = self._sides[::-1]
        self._show()

    def _show(self) -> None:
        if self._sides:
            one, other = self._sides
            compared = compare(one.detail, other.detail, one.layers, other.layers)
            self.table.show((one.name, other.name), compared)
            self._draw()

    @command("escape", "Back")
    def action_back(self) -> None:
        """Go one step back: a message, then to the lists."""
        if not self.message_bar.dismiss():
            self.dismiss(None)

    @on(PositionChanged)
    def _draw(self) -> None:
        table = self.table
        left = [Part(" compare ", "bold $key", 100)]
        names = table.names if self._sides else [it.name for it in self._images]
        for name, between in zip(names, ("  ", "  with  "), strict=True):
            left += [Part(between, "$dim", 90), Part(name, "bold", 95)]
        right = []
        if table.rows:
            what = counted(table.differences, "difference")
            right = [Part(what, "", 60)]
            if table.shows_all:
                right.append(Part(", and what is the same", "$dim", 40))
            right.append(Part(" ", "", 60))
        self._bar.show(left, right)
        self._keys.show([*offered(self), *_OWN_KEYS, *_LAST_KEYS])

    BINDINGS: ClassVar = bindings(locals())


class _Side(NamedTuple):
    """One of the two images."""

    name: str
    """What it is called."""
    detail: ImageDetail
    """What an inspection says of it."""
    layers: Sequence[Made]
    """Its layers, the lowest first."""


async def _made(image: Image, member: Member) -> list[Made]:
    """An image's layers, the lowest first."""
    found = await layers_of(member.study, image)
    steps = [it for it in found.sheet.rows if isinstance(it, Step) and it.place is not None]
    steps.sort(key=lambda it: it.place or 0)
    return [Made(it.digest, it.size_bytes, it.made_by) for it in steps]
