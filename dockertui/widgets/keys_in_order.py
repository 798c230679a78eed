"""Keys that act one after the other, however fast they come."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TypeVar

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widgets import Input

from dockertui.engine.courtesy import COURTESY

_PATIENCE_S = 0.25

Result = TypeVar("Result")


class KeyIsThrough(Message):
    """Goes the way of a key, right behind it: where this arrives, the key has done what it does."""

    def __init__(self, key: events.Key, *, again: bool = False) -> None:
        """Follow a key.

        Args:
            key: The key.
            again: Is it the second to follow it? What a key does may itself go that way, as what
                enter means to a line does, and the first is ahead of it.
        """
        super().__init__()
        self.key = key
        self.again = again


class KeysInOrder(App[Result]):
    """Holds a key back until the one before has done what it does.

    Textual sends a key to what has the focus when it comes; what it does is found out on the way
    back. Of keys in one burst the second would go where the focus was before the first, so that
    letters behind the one that opens a line to type in would be lost or taken for commands.
    """

    _under_way: events.Key | None = None
    _target: MessagePump | None = None
    _follows_again = False
    _patience: Timer | None = None

    def __init__(self) -> None:
        """Begin without keys."""
        super().__init__()
        self._held: deque[events.Key] = deque()

    @property
    def heeds_input(self) -> bool:
        """Do keys and clicks count? Not once it ends, for what they were for is on its way out."""
        return bool(self.screen_stack) and not self._exit

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on, and a key only when it is its turn."""
        if isinstance(event, events.InputEvent):
            if not self.heeds_input:
                return
            COURTESY.give_way()
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            await self._acted(event)
        elif self._under_way is not None:
            self._held.append(event)
            self._follow_up()
        else:
            await self._pass_on(event)

    async def on_key_is_through(self, message: KeyIsThrough) -> None:
        """Pass on the key that waited."""
        if message.again:
            await self._done_with(message.key)
        else:
            self._follow_again(message.key)

    async def _acted(self, key: events.Key) -> None:
        """Wait for what has come of a key, if something may have, or somebody would notice."""
        if self._held or key.key == "enter":
            self._follow_again(key)
        else:
            await self._done_with(key)

    async def _pass_on(self, key: events.Key) -> None:
        if not self.heeds_input:
            return
        target = self.focused or self.screen
        await super().on_event(key)
        # A letter that is typed changes nothing that the next one would have to wait for.
        if key.is_forwarded and not (isinstance(target, Input) and key.is_printable):
            self._under_way, self._target = key, target

    async def _done_with(self, key: events.Key) -> None:
        if key is not self._under_way:
            return
        self._under_way = self._target = None
        self._follows_again = False
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        while self._held and self._under_way is None:
            await self._pass_on(self._held.popleft())
        if self._held:
            self._follow_up()

    def _follow_again(self, key: events.Key) -> None:
        """Follow what a key has set on its way, such as the word that a line is complete."""
        if key is self._under_way and self._target is not None and not self._follows_again:
            self._follows_again = True
            if not self._target.post_message(KeyIsThrough(key, again=True)):
                self.call_next(partial(self._done_with, key))

    def _follow_up(self) -> None:
        """Learn when the key that is under way is through; its target may be gone by then."""
        key, target = self._under_way, self._target
        if key is not None and target is not None and self._patience is None:
            done = partial(self._done_with, key)
            self._patience = self.set_timer(_PATIENCE_S, done)
            if not target.post_message(KeyIsThrough(key)):
                self.call_next(done)
