"""What a person is asked before something is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dockertui.engine.registry.secret import Secret


@dataclass(frozen=True, slots=True)
class Check:
    """A box to tick."""

    name: str
    """Its key among the answers, whose value is a `bool`."""
    label: str
    """What ticking it means."""
    ticked: bool = False
    """Is it ticked to begin with?"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several words; the person may move through them with the arrow keys."""

    name: str
    """Its key among the answers, whose value is the chosen word."""
    label: str
    """What is chosen."""
    options: tuple[tuple[str, str], ...]
    """Each word, and what it means."""
    chosen: str = ""
    """The word to begin with; empty for the first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to type."""

    name: str
    """Its key among the answers, whose value is the text."""
    label: str
    """What to type."""
    text: str = ""
    """What stands there to begin with, selected."""
    hint: str = ""
    """What to show while it is empty."""
    problem: Callable[[str], str] = field(default=lambda _: "")
    """Says what is wrong with a text, in a sentence; empty when it will do."""
    suggest: Callable[[str], str] | None = None
    """What the text may go on as, whole; shown behind what is typed, and taken with →. It may look
    into folders, and is called where that holds nobody up."""


@dataclass(frozen=True, slots=True)
class Password:
    """A line to type that nobody is to see."""

    name: str
    """Its key among the answers, whose value is a `Secret`."""
    label: str
    """What to type."""
    hint: str = ""
    """What to show while it is empty."""


Field = Check | Choice | Entry | Password
Answers = Mapping[str, "str | bool | Secret"]
"""What the person said, by the name of the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would happen, with the answers as they are now."""

    sentence: str = ""
    """What it means, in place of the question's own sentence."""
    gone: tuple[str, ...] = ()
    """What it would happen to: a line each."""
    verb: str = ""
    """The words on the button; empty for the question's own."""
    problem: str = ""
    """Why it cannot be done with these answers; empty when it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A dialog, as a value. The safe button has the focus, unless there is a line to type."""

    title: str
    """What is about to happen: `Remove 3 containers?`"""
    sentence: str = ""
    """What that means, in a sentence or two."""
    gone: tuple[str, ...] = ()
    """What it happens to, or what will be gone: a line each."""
    fields: tuple[Field, ...] = ()
    """What may be chosen."""
    verb: str
    """The button that does it: `Remove 3 containers`."""
    refusal: str = "Keep"
    """The button that does not."""
    destroys: bool = False
    """Is something lost? Then its button is red, and enter alone never presses it."""
    preview: Callable[[Answers], Preview] | None = None
    """Says what would happen, anew with every change of an answer; `None` where nothing depends
    on the answers. It must not take long."""
