"""Searching and filtering a log in a real terminal, all typed in one write."""

from __future__ import annotations

import pytest

from tests.pty.conftest import OpenApp, Simulate
from tests.pty.escapes import foreign
from tests.pty.seat import ENTER, ESCAPE, go_to, press
from tests.support.terminal import Picture, Predicate, Terminal


@pytest.fixture
def log(open_app: OpenApp, simulate: Simulate) -> Terminal:
    """The log of a web server, which goes on, on the whole screen."""
    terminal = open_app(host=simulate("demo").base_url)
    terminal.wait_for("following")
    go_to(terminal, "shop-web-1")
    press(terminal, "l", "z")
    terminal.wait_for("GET /")
    return terminal


def requests(picture: Picture) -> list[str]:
    """The requests in the lines of the log that are on the screen."""
    return [line for line in picture.lines if "HTTP/1.1" in line]


def hit_after(foot: str) -> Predicate:
    """Does the foot of the log say at which hit one is, and another than before?"""
    return lambda picture: " of " in picture.lines[-2] and picture.lines[-2].rstrip() != foot


def test_a_word_that_is_searched_is_found_and_gone_through(log: Terminal) -> None:
    log.send("/cart" + ENTER)
    log.wait_for(lambda picture: " hits" in picture.lines[-2])
    assert any("/cart" in line for line in requests(log.look()))
    for _ in range(2):
        before = log.line(-2)
        log.send("n")
        log.wait_for(hit_after(before))
    log.send(ESCAPE)
    log.wait_for(lambda picture: "/cart" not in picture.lines[-2])
    assert requests(log.look()), "the way back from a search leads to the log"


def test_a_filter_leaves_only_its_lines_and_escape_gives_all_back(log: Terminal) -> None:
    log.send("&cart" + ENTER)
    log.wait_for("1 filter: ")
    log.wait_for(lambda picture: all("cart" in line for line in requests(picture)))
    assert requests(log.look())
    log.send("&status>=999" + ENTER)
    log.wait_for("No line matches cart and status>=999")
    log.send(ESCAPE)
    log.wait_for(lambda picture: any("cart" not in line for line in requests(picture)))
    log.wait_for(lambda picture: "filter: " not in picture.text)


def test_a_bad_expression_says_so_at_once_and_does_no_harm(log: Terminal) -> None:
    log.send("&/(unclosed/" + ENTER)
    log.wait_for(lambda picture: "unclosed" in picture.text and "(" in picture.text)
    log.wait_for(lambda picture: "1 filter" not in picture.text)
    press(log, ESCAPE)
    log.wait_for("/ search")
    log.send("/nothing like this" + ENTER)
    log.wait_for("nothing like this")
    press(log, ESCAPE, ESCAPE)
    log.wait_for("q quit")
    assert foreign(log.raw) == []
