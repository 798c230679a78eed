"""Everything a key can do to a Docker object, one function each."""

from __future__ import annotations

from typing import Any, TypeVar

from dockertui.actions.action import Action, Context, Lists, action, pane_action, targets_of
from dockertui.actions.question import Answers, Check, Choice, Entry, Field, Preview, Question
from dockertui.collect import collect
from dockertui.model import DockerObject

__all__ = [
    "EVERY_ACTION",
    "Action",
    "Answers",
    "Check",
    "Choice",
    "Context",
    "Entry",
    "Field",
    "Lists",
    "Preview",
    "Question",
    "action",
    "actions_for",
    "pane_action",
    "targets_of",
]

T = TypeVar("T", bound=DockerObject)

EVERY_ACTION: tuple[Action[Any], ...] = tuple(collect(__name__, Action))
"""Every action there is: what the bindings, palette, menu, help and manual are made from."""


def actions_for(kind: type[T]) -> tuple[Action[T], ...]:
    """The actions on a kind of object, in the order they are written."""
    return tuple(each for each in EVERY_ACTION if each.kind is kind)
