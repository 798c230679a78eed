"""A filter picks the lines that a person asks for, and says what it does not understand."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from dockertui.store.log_filter import parse_filter
from dockertui.store.log_level import level_of
from dockertui.store.log_pattern import BadPattern
from dockertui.store.log_piece import Piece
from dockertui.store.log_record import split_record
from dockertui.store.log_source import LogSource
from dockertui.store.log_words import Level

STAMP = "2026-11-23T12:03:11.123456789Z"
SOURCES = {
    b"A": LogSource(tag=b"A", name="shop-web-1", short="web-1", service="web", project="shop"),
    b"B": LogSource(tag=b"B", name="shop-db-1", short="db-1", service="db", image="postgres:17"),
}
LINES = [
    (b"A1", b"INFO ready"),
    (b"A2", b"ERROR timeout of Cart"),
    (b"B1", b'{"level":"warn","msg":"slow","http":{"status":502},"took":"1.5s","ok":true}'),
    (b"B1", b'level=info msg="not found" status=404 path=/api/items user="a b"'),
    (b"B2", b"WARN disk is full"),
    (b"A1", b'{"level":"error","status":"500","path":"/health","user":4711}'),
    (b"A1", b"status of the error is 500"),
]


def left(typed: str, sources: Mapping[bytes, LogSource] = SOURCES) -> list[int]:
    """Which of the lines a filter leaves."""
    chunk = b"".join(head + STAMP.encode() + b" " + text + b"\n" for head, text in LINES)
    piece = Piece(chunk, sources)
    found = parse_filter(typed)
    left = set(piece.all)
    for term in found.terms:
        left.intersection_update(term.lines_in(piece))
    for term in found.without:
        left.difference_update(term.lines_in(piece))
    return sorted(left)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("error", [1, 5, 6]),
        ("ERROR", [1]),
        ("error timeout", [1]),
        ("timeout error", [1]),
        ('"timeout of"', [1]),
        ('"of timeout"', []),
        ('"is full" disk', [4]),
        ("/t.meout/", [1]),
        ("/is (full|500)/", [4, 6]),
        ("/api/items", [3]),
        ("/api/", [3]),
        (r"/\/api\/it/", [3]),
        ("!error", [0, 2, 3, 4]),
        ("!error !slow", [0, 3, 4]),
        ("!/t.meout/ error", [5, 6]),
        ('!"is full" warn', [2]),
        ("level>=warn", [1, 2, 4, 5]),
        ("level>warn", [1, 5]),
        ("level=warn", [2, 4]),
        ("level==warning", [2, 4]),
        ("level<warn", [0, 3]),
        ("level<=warn", [0, 2, 3, 4]),
        ("level!=info", [1, 2, 4, 5]),
        ("!level>=warn", [0, 3, 6]),
        ("LEVEL>=Error", [1, 5]),
        ("level>=err", [1, 5]),
        ("stderr", [1, 4]),
        ("stdout", [0, 2, 3, 5, 6]),
        ("!stderr", [0, 2, 3, 5, 6]),
        ("stream=stderr", [1, 4]),
        ("!stream=stderr level>=warn", [2, 5]),
        ("service:web", [0, 1, 5, 6]),
        ("service:WEB", []),
        ("!service:web", [2, 3, 4]),
        ("name:shop-db", [2, 3, 4]),
        ("name:shop", [0, 1, 2, 3, 4, 5, 6]),
        ("image:postgres", [2, 3, 4]),
        ("project:shop error", [1, 5, 6]),
        ("engine:local", []),
        ("status>=500", [5]),
        ("status<500", [3]),
        ("status!=500", [3]),
        ("http.status>=500", [2]),
        ("user=4711", [5]),
        ('user="a b"', [3]),
        ("path~^/api", [3]),
        ("path!~^/api", [5]),
        ("path=~/^.health/", [5]),
        ("took>200ms", [2]),
        ("took<1m", [2]),
        ("took>=2s", []),
        ("ok=true", [2]),
        ("level>=warn status>=500", [5]),
        ("http://example.org", []),
        ("12:03", []),
        (">=500", []),
        ("  error   timeout  ", [1]),
    ],
)
def test_a_filter_leaves_what_was_asked_for(typed: str, lines: list[int]) -> None:
    assert left(typed) == lines


def test_without_sources_no_line_is_from_a_service() -> None:
    assert left("service:web", {}) == []
    assert left("!service:web", {}) == list(range(len(LINES)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type what the lines must have, for example error or level>=warn."),
        ("  ", "Type what the lines must have, for example error or level>=warn."),
        ("!", "Say what the lines must not have, for example !debug."),
        ("error !", "Say what the lines must not have, for example !debug."),
        ('error "not closed', "The quotation mark at character 7 is not closed."),
        ('""', "There is nothing between the quotation marks."),
        ("level>=loud", "loud is no level: use trace, debug, info, notice, warn, error or fatal."),
        ("level~warn", "Compare levels with = or >=, for example level>=warn."),
        ("level>=", "Say a value after level>=, for example level>=warn."),
        ("status>=", "Say a value after status>=, for example status>=500."),
        ("path~", "Say a value after path~, for example path~^/api."),
        ("service:", "Say which service, for example service:web."),
        ("/(/", "Not a regular expression: missing ), unterminated subpattern, at character 1."),
        ("path~(", "Not a regular expression: missing ), unterminated subpattern, at character 1."),
    ],
)
def test_a_mistake_is_told_in_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(BadPattern) as raised:
        parse_filter(typed)
    assert str(raised.value) == sentence


def test_a_filter_is_switched_off_and_on() -> None:
    one = parse_filter("level>=warn")
    assert one.on
    assert not one.switched().on
    assert one.switched().switched() == one
    assert one.switched().text == "level>=warn"


def test_a_chip_shows_what_was_typed() -> None:
    assert parse_filter("  error \t timeout ").title == "error timeout"


@pytest.mark.parametrize("comparison", [">=", ">", "=", "!=", "<", "<="])
@pytest.mark.parametrize("level", list(Level)[1:])
def test_levels_are_compared_as_if_each_line_was_read(comparison: str, level: Level) -> None:
    signs = {">=": int.__ge__, ">": int.__gt__, "=": int.__eq__}
    signs |= {"!=": int.__ne__, "<": int.__lt__, "<=": int.__le__}
    levels = [level_of(text) for _, text in LINES]
    wanted = [at for at, it in enumerate(levels) if it and signs[comparison](it, level)]
    assert left(f"level{comparison}{level.name.lower()}") == wanted


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_typed_it_is_a_filter_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    pieces = [
        "level",
        ">=",
        "warn",
        "!",
        '"',
        "/",
        " ",
        ":",
        "service",
        "stderr",
        "~",
        "(",
        "a",
        "\\",
    ]
    sentences = set[str]()
    for _ in range(2_000):
        typed = "".join(chance.choices(pieces, k=chance.randrange(12)))
        try:
            left(typed)
        except BadPattern as fault:
            sentences.add(str(fault))
    assert all(it.endswith(".") for it in sentences)


def test_no_record_is_too_strange() -> None:
    chance = random.Random(1)
    chunk = b"".join(
        chance.randbytes(chance.randrange(99)).replace(b"\n", b"") + b"\n" for _ in range(99)
    )
    piece = Piece(chunk, SOURCES)
    for typed in ("level>=warn", "level<warn", "stderr", "service:web", "a=1", "x", "/[a-f]/"):
        for term in parse_filter(typed).terms:
            assert set(term.lines_in(piece)) <= set(piece.all)
    assert all(split_record(it) for it in piece.records)
