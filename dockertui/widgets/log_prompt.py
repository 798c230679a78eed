"""The line at the foot of a log where one types: a search, a filter, a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from dockertui.widgets.command import bindings, command


@dataclass(kw_only=True, slots=True)
class Asking:
    """What a log can ask for. It remembers what was typed before."""

    mark: str
    """Stands before what is typed: the key that asks."""
    hint: str
    """What can be typed, as long as nothing is."""
    typed: Callable[[str], str]
    """Called with every letter; returns what to say of it, such as a mistake."""
    kept: Callable[[str], str]
    """Called at the end; returns why it can't be done, and then it is not the end."""
    left: Callable[[], None]
    """Called when one thinks better of it."""
    switch: Callable[[], None] | None = None
    """Reads what is typed in another way, such as a regular expression."""
    way: Callable[[], str] = str
    """Says in which way it is read now."""
    earlier: list[str] = field(default_factory=list)
    """What was kept before, the last at the end."""


class PromptLine(Input):
    """Where it is typed."""

    def __init__(self, prompt: LogPrompt) -> None:
        """Begin empty.

        Args:
            prompt: What it belongs to.
        """
        super().__init__(compact=True)
        self._prompt = prompt

    @command("enter,tab", "Do it", show=True)
    def action_keep(self) -> None:
        """Search, filter or go there, and go back to the log."""
        self._prompt.keep()

    @command("escape", "Leave", show=True)
    def action_leave(self) -> None:
        """Go back to where one was in the log."""
        self._prompt.leave()

    @command("up", "Earlier")
    def action_earlier(self) -> None:
        """Take what was typed before."""
        self._prompt.recall(-1)

    @command("down", "Later")
    def action_later(self) -> None:
        """Take what was typed after that."""
        self._prompt.recall(1)

    @command("ctrl+r", "Regex", show=True)
    def action_switch(self) -> None:
        """Search for a regular expression, or for the very words."""
        self._prompt.switch()

    BINDINGS = bindings(locals())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense for what is asked."""
        if action == "switch" and not self._prompt.has_switch:
            return False
        return super().check_action(action, parameters)


class LogPrompt(Vertical):
    """Lies over the last row of a log while one types; nothing moves because of it."""

    DEFAULT_CSS = """
    LogPrompt {
        layer: above; dock: bottom; height: auto; display: none; background: $panel;
        & > Horizontal { height: 1; }
        & Static { height: 1; background: $panel; color: $text-muted; }
        & > .fault { height: auto; padding: 0 2; color: $text-error; display: none; }
        & .mark { width: 2; color: $primary; text-style: bold; }
        & PromptLine { width: 1fr; height: 1; background: $panel; }
        & .said { width: auto; padding: 0 1; }
        & PromptLine:nocolor > .input--cursor { text-style: reverse; }
    }
    """

    def __init__(self, closed: Callable[[bool], None]) -> None:
        """Ask for nothing yet.

        Args:
            closed: Called when nothing is asked for any more; with whether the keys go back to
                the log, for they may have gone elsewhere.
        """
        super().__init__()
        self._when_closed = closed
        self._mark = Static("", classes="mark", markup=False)
        self._line = PromptLine(self)
        self._said = Static("", classes="said", markup=False)
        self._fault = Static("", classes="fault", markup=False)
        self._asking: Asking | None = None
        self._recalled = 0
        self._draft = ""

    def compose(self) -> ComposeResult:
        """A mark, what is typed, and what there is to say of it; a mistake stands above."""
        yield self._fault
        with Horizontal():
            yield self._mark
            yield self._line
            yield self._said

    @property
    def has_switch(self) -> bool:
        """Can what is asked for be read in two ways?"""
        return self._asking is not None and self._asking.switch is not None

    @property
    def is_open(self) -> bool:
        """Is anything asked for?"""
        return self._asking is not None

    def ask(self, asking: Asking, text: str, screen: Screen[object]) -> None:
        """Ask for something.

        Args:
            asking: What.
            text: What stands there to begin with; typing replaces it.
            screen: The screen, whose keys go here from now on.
        """
        self._asking, self._recalled = asking, len(asking.earlier)
        self._mark.update(Content(asking.mark))
        self._line.placeholder = asking.hint
        self.display = True
        with self._line.prevent(Input.Changed):
            self._line.value = text
        # Not `focus()`, which takes effect later: the next letter may be there already.
        screen.set_focus(self._line, scroll_visible=False)
        self._say(asking.typed(text) if text else "")

    def keep(self) -> None:
        """Do what was asked for, if it can be done."""
        if (asking := self._asking) is None:
            return
        text = self._line.value
        if fault := asking.kept(text):
            self._say(fault)
            return
        if text.strip() and asking.earlier[-1:] != [text]:
            asking.earlier.append(text)
        self._close(back=True)

    def leave(self) -> None:
        """Ask no more."""
        if (asking := self._asking) is not None:
            self._close(back=True)
            asking.left()

    def dismiss(self) -> None:
        """Ask no more: what was asked about is no longer there."""
        if self.is_open:
            self._close(back=True)

    def recall(self, step: int) -> None:
        """Take what was typed before, or after that."""
        if self._asking is None:
            return
        if self._recalled == len(self._asking.earlier):
            self._draft = self._line.value
        earlier = [*self._asking.earlier, self._draft]
        self._recalled = max(0, min(len(earlier) - 1, self._recalled + step))
        self._line.value = earlier[self._recalled]
        self._line.cursor_position = len(self._line.value)

    def switch(self) -> None:
        """Read what is typed in another way."""
        if (asking := self._asking) is not None and asking.switch is not None:
            asking.switch()
            self._say(asking.typed(self._line.value))

    def say_again(self) -> None:
        """Say anew what there is to say of what is typed: more is known now."""
        if self._asking is not None:
            self._say(self._asking.typed(self._line.value))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._asking is not None:
            self._say(self._asking.typed(event.value))

    @on(events.DescendantBlur)
    def _blurred(self) -> None:
        """Ask no more when one goes elsewhere; not when it is the terminal that loses the focus."""
        if self.is_open and self.app.app_focus:
            self._close(back=False)

    def _say(self, fault: str) -> None:
        asking = self._asking
        way = asking.way() if asking is not None else ""
        self._fault.display = bool(fault)
        self._fault.update(Content(fault))
        self._said.update(Content("" if fault else way))

    def _close(self, *, back: bool) -> None:
        self._asking = None
        self._when_closed(back)
        self.display = False
