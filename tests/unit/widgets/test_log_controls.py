"""Everything that a container wrote can be seen, and none of it reaches the terminal."""

from __future__ import annotations

import random
import unicodedata

import pytest
from rich.style import Style

from dockertui.widgets.log_controls import spelled
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_line import LogLine

NULL = Style.null()


def written(text: bytes) -> str:
    return "".join(it.text for it in spelled(text, NULL, NULL, NULL))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (b"plain", "plain"),
        (b"\x1b[31mred\x1b[0m", "^[[31mred^[[0m"),
        (b"a\x00b\x07\x7f", "a^@b^G^?"),
        (b"10%\r20%\r", "10%^M20%^M"),
        (b"a\tb", "a^I     b"),
        (b"1234567\tb", "1234567^I       b"),
        ("a\u200bb\u202ec\ufeff".encode(), "a<200b>b<202e>c<feff>"),
        ("\x9b2J".encode(), "<9b>2J"),
        (b"\x9b2J\xff", "<9b>2J<ff>"),
        ("\U000e0041x".encode(), "<e0041>x"),
        ("日本".encode(), "日本"),
        (b"\xe6\x97", "<e6><97>"),
    ],
)
def test_what_one_does_not_see_is_spelled_out(text: bytes, shown: str) -> None:
    assert written(text) == shown


def test_any_bytes_are_spelled_without_a_control_character() -> None:
    chance = random.Random(7)
    for _ in range(2_000):
        shown = written(chance.randbytes(40))
        assert not {unicodedata.category(it) for it in shown} & {"Cc", "Cs", "Zl", "Zp"}


def test_a_spelled_character_looks_other_than_the_same_letters() -> None:
    parts = list(spelled(b"\x1b[1m^[", NULL, Style(reverse=True), Style(dim=True)))
    looks = [(it.text, str(it.style)) for it in parts]
    assert looks == [("^[", "reverse"), ("[1m", "dim"), ("^[", "none")]


@pytest.mark.parametrize("wrap", [False, True])
def test_a_view_of_controls_shows_what_was_written_over(wrap: bool) -> None:
    layout = LogLayout(40, wrap=wrap, controls=True)
    line = LogLine(b"110%\r20%\r", as_written=True)
    assert layout.rows(line, 0)[0].text.strip() == "10%^M20%^M"
