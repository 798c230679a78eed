"""Keys of a widget, each declared once, on the method that it runs.

The footer, the palette, the help screen and the manual all read the bindings made here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import getdoc
from typing import Any, TypeVar

from textual.binding import Binding, BindingType
from textual.keys import format_key

F = TypeVar("F", bound=Callable[..., Any])

_DECLARED = "_dockertui_command"
_WORDS = {
    word: word for word in ("enter", "backspace", "delete", "insert", "home", "end", "tab", "space")
} | {"escape": "esc", "pageup": "pgup", "pagedown": "pgdn"}


def command(keys: str, label: str, *, show: bool = False) -> Callable[[F], F]:
    """Bind keys to an `action_…` method; its docstring's first line is what help says of it.

    Args:
        keys: As Textual spells them, with commas between, the one to show first.
        label: A word or two, for the footer and the palette.
        show: Does it belong in the footer?
    """

    def declare(method: F) -> F:
        setattr(method, _DECLARED, (keys, label, show))
        return method

    return declare


def bindings(namespace: Mapping[str, Any]) -> list[BindingType]:
    """The bindings of the commands that a class body has declared; call it last, with `locals()`.

    Raises:
        ValueError: If a command's method is not an action or says nothing of what it does.
    """
    found: list[BindingType] = []
    for name, method in namespace.items():
        if (declared := getattr(method, _DECLARED, None)) is None:
            continue
        keys, label, show = declared
        help_ = (getdoc(method) or "").partition("\n")[0]
        if not name.startswith("action_") or not help_:
            message = f"{name} is no action, or has no docstring"
            raise ValueError(message)
        found.append(Binding(keys, name.removeprefix("action_"), label, show=show, tooltip=help_))
    return found


def key_name(keys: str) -> str:
    """What is on the keyboard for a key that Textual spells; of several, the first.

    >>> key_name("question_mark"), key_name("ctrl+left_square_bracket"), key_name("d,delete")
    ('?', 'ctrl+[', 'd')
    >>> key_name("escape"), key_name("shift+tab"), key_name("up")
    ('esc', 'shift+tab', '↑')
    """
    *modifiers, key = keys.partition(",")[0].strip().split("+")
    return "+".join((*modifiers, _WORDS.get(key) or format_key(key)))
