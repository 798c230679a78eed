"""Keys, as they are declared and as they are shown."""

from __future__ import annotations

import pytest

from dockertui.widgets.command import key_name


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("question_mark", "?"),
        ("slash", "/"),
        ("colon", ":"),
        ("left_square_bracket", "["),
        ("ctrl+r", "ctrl+r"),
        ("space", "space"),
        ("enter", "enter"),
        ("escape", "esc"),
        ("K", "K"),
        ("d,delete", "d"),
    ],
)
def test_a_key_is_named_as_it_stands_on_the_keyboard(key: str, name: str) -> None:
    assert key_name(key) == name
