"""Bad lines are found among others as if each had been read."""

from __future__ import annotations

import random

import pytest

from dockertui.store.log_level import level_of
from dockertui.store.log_suspects import lines_at_least
from dockertui.store.log_words import Level
from tests.unit.store.test_log_level import FORMATS, MESSAGES

STAMP = b"2026-11-23T12:03:11.123456789Z "
LINES = [line for lines in FORMATS.values() for _, line in lines] + MESSAGES


def chunk_of(lines: list[bytes]) -> bytes:
    return b"".join(b"1" + STAMP + line + b"\n" for line in lines)


@pytest.mark.parametrize("level", [Level.WARN, Level.ERROR, Level.FATAL])
@pytest.mark.parametrize("seed", range(4))
def test_no_bad_line_of_any_format_is_missed(level: Level, seed: int) -> None:
    lines = random.Random(seed).sample(LINES, len(LINES))
    wanted = [(at, it) for at, line in enumerate(lines) if (it := level_of(line)) >= level]
    assert lines_at_least(chunk_of(lines), level) == wanted


@pytest.mark.parametrize("level", [Level.WARN, Level.ERROR])
def test_a_bad_line_is_found_alone(level: Level) -> None:
    for line in LINES:
        found = lines_at_least(chunk_of([b"x", line, b"x"]), level)
        assert found == ([(1, level_of(line))] if level_of(line) >= level else []), line


def test_tags_and_missing_stamps_do_no_harm() -> None:
    chunk = b"Aq2" + STAMP + b"ERROR x\n1ERROR y\n\n2" + STAMP + b"fine\nB1" + STAMP + b"WARN x\n"
    assert lines_at_least(chunk, Level.WARN) == [
        (0, Level.ERROR),
        (1, Level.ERROR),
        (4, Level.WARN),
    ]


def test_nothing_has_no_bad_lines() -> None:
    assert lines_at_least(b"", Level.WARN) == []


@pytest.mark.parametrize("seed", range(6))
def test_no_bad_line_is_missed_whatever_it_is_made_of(seed: int) -> None:
    chance = random.Random(seed)
    pieces = [piece for line in LINES for piece in (line[: len(line) // 2], line[len(line) // 2 :])]
    pieces += [b" ", b"{", b'"', b":", b"[", b"]", b"1", b"\x1b[31m", b"\xc5\xbf", b"K\xe2\x84\xaa"]
    lines = [b"".join(chance.choices(pieces, k=chance.randrange(1, 6))) for _ in range(400)]
    for level in (Level.WARN, Level.ERROR):
        wanted = [(at, it) for at, line in enumerate(lines) if (it := level_of(line)) >= level]
        assert lines_at_least(chunk_of(lines), level) == wanted


def test_colour_within_a_level_word_hides_nothing_that_is_read() -> None:
    line = b"\x1b[31mER\x1b[0mROR\x1b[0m x"
    assert level_of(line) is Level.ERROR
    assert lines_at_least(chunk_of([b"x", line]), Level.ERROR) == [(1, Level.ERROR)]
