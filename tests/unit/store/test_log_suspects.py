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
