"""Lines are set on rows that are exactly as wide as they should be."""

from __future__ import annotations

import random

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from dockertui.store.log_pattern import Pattern
from dockertui.store.log_source import LogSource
from dockertui.store.log_words import Level
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_line import PIECE_BYTES, LogLine
from dockertui.widgets.log_looks import ASCII_MARKS, Looks
from dockertui.widgets.log_stamps import Stamps

ALPHABET = "abc日本é\U0001f600\u0301 \t\x1b\u200b"


def line(text: str, stream: str = "1") -> LogLine:
    return LogLine(f"{stream}2026-11-23T12:03:11.123456789Z {text}".encode())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("wrap", [False, True])
@pytest.mark.parametrize("stamps", Stamps)
def test_every_row_has_the_width_of_the_view(seed: int, wrap: bool, stamps: Stamps) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        layout = LogLayout(
            chance.randrange(4, 90), wrap=wrap, stamps=stamps, left=chance.choice((0, 0, 1, 8, 40))
        )
        text = "".join(chance.choices(ALPHABET, k=chance.randrange(120)))
        for row in layout.rows(line(text, chance.choice("012")), 0):
            assert row.cell_length == layout.width
            assert sum(cell_len(each.text) for each in row) == layout.width


def test_a_line_of_nothing_but_colours_is_not_looked_at_to_its_end() -> None:
    row = LogLayout(40).rows(line("\x1b[38;2;255;255;255m" * 800 + "text"), 0)[0]
    assert "text" not in row.text
    assert row.text.endswith("…" + " " * 29)


def test_a_time_is_shown_once_and_the_mark_of_stderr_on_every_row() -> None:
    rows = LogLayout(40, wrap=True).rows(line("x" * 60, "2"), 0)
    assert [row.text[0] for row in rows] == ["▌", "▌", "▌"]
    assert [":" in row.text for row in rows] == [True, False, False]


def test_a_narrow_view_leaves_out_the_time() -> None:
    assert LogLayout(20).rows(line("text"), 0)[0].text == " text".ljust(20)


def test_a_line_that_is_no_record_has_no_time() -> None:
    assert LogLayout(40).rows(LogLine(b"text"), 0)[0].text == (" " * 10 + "text").ljust(40)


JSON = '{"time":1,"level":"warn","msg":"slow query","table":"orders","ms":1812}'
WARN, KEY, HIT = Style(color="yellow"), Style(dim=True), Style(reverse=True)
LOOKS = Looks(
    levels={Level.WARN: WARN, Level.ERROR: Style(color="red")},
    own_time=Style(italic=True),
    key=KEY,
    hit=HIT,
    rule=Style(color="blue"),
)


def styled(strip: Strip) -> dict[str, Style]:
    return {it.text.strip(): it.style or Style() for it in strip if it.text.strip()}


@pytest.mark.parametrize("wrap", [False, True])
def test_the_fields_of_a_line_are_shown_so_that_one_can_read_them(wrap: bool) -> None:
    layout = LogLayout(80, wrap=wrap, looks=LOOKS)
    record = LogLine(line(JSON).raw, level=Level.WARN)
    row = layout.rows(record, 0)[0]
    assert row.text[10:].strip() == "WARN  slow query table=orders ms=1812"
    assert styled(row)["WARN"].color == WARN.color
    assert styled(row)["table="].dim
    assert layout.cells(record, 0) == 37


def test_fields_can_be_seen_as_they_came() -> None:
    assert LogLayout(100, raw=True).rows(line(JSON), 0)[0].text[10:].strip() == JSON


@pytest.mark.parametrize(
    "text",
    [
        "retry of user=4711 ms=12 then gave up",
        "SELECT * FROM x WHERE a=1 AND b=2",
        "level=info msg=hi a=1 trailing words",
        '{"time":1}',
        '{"cut": "off',
        "a=1",
    ],
)
def test_no_word_of_a_line_is_lost_because_it_has_fields(text: str) -> None:
    assert LogLayout(100).rows(line(text), 0)[0].text[10:].strip() == text


def test_a_line_of_fields_in_colours_is_shown_in_them() -> None:
    row = LogLayout(100).rows(line('\x1b[36m{"msg":"hi"}\x1b[0m'), 0)[0]
    assert row.text[10:].strip() == '{"msg":"hi"}'
    row = LogLayout(100).rows(line("\x1b[36mlevel=\x1b[0minfo \x1b[36mmsg=\x1b[0mhi"), 0)[0]
    assert row.text[10:].strip() == "level=info msg=hi"


def test_a_very_long_line_of_fields_stays_as_it_came() -> None:
    long = '{"msg":"' + "x" * PIECE_BYTES + '"}'
    assert LogLayout(60).rows(line(long), 0)[0].text[10:].startswith('{"msg":"xxx')


def test_the_level_of_a_plain_line_has_its_colour_and_the_time_in_it_steps_back() -> None:
    record = LogLine(line("2026-11-23 12:03:11,1 WARN [main] slow").raw, level=Level.WARN)
    looks = styled(LogLayout(80, looks=LOOKS).rows(record, 0)[0])
    assert looks["WARN"].color == WARN.color
    assert looks["2026-11-23 12:03:11,1"].italic
    assert looks["[main] slow"] == Style()


def test_a_line_with_colours_of_its_own_keeps_to_them() -> None:
    record = LogLine(line("\x1b[32mWARN\x1b[0m slow").raw, level=Level.WARN)
    looks = styled(LogLayout(80, looks=LOOKS).rows(record, 0)[0])
    assert looks["WARN"] == Style.parse("color(2)")


@pytest.mark.parametrize("wrap", [False, True])
def test_a_colour_lasts_through_a_line_of_several_pieces(wrap: bool) -> None:
    record = line("\x1b[31m" + "x" * PIECE_BYTES * 2)
    for piece in range(record.pieces):
        row = LogLayout(60, wrap=wrap).rows(record, piece)[0]
        assert {it.style for it in row if "x" in it.text} == {Style.parse("color(1)")}


@pytest.mark.parametrize("wrap", [False, True])
@pytest.mark.parametrize("text", ["a timeout b", JSON, "\x1b[31mtime\x1b[0mout", "日本 slow"])
def test_hits_are_marked_in_what_is_drawn(wrap: bool, text: str) -> None:
    pattern = Pattern("timeout|slow", regex=True)
    rows = LogLayout(80, wrap=wrap, looks=LOOKS, pattern=pattern).rows(line(text), 0)
    marked = [it.text for it in rows[0] if it.style and it.style.reverse]
    assert "".join(marked) in {"timeout", "slow"}


def test_a_hit_is_marked_as_far_as_it_is_in_the_window() -> None:
    layout = LogLayout(20, stamps=Stamps.OFF, looks=LOOKS, pattern=Pattern("timeout"), left=3)
    row = layout.rows(line("a timeout b"), 0)[0]
    assert [it.text for it in row if it.style and it.style.reverse] == ["imeout"]
    cut = layout.rows(line("x" * 18 + "timeout"), 0)[0]
    assert [it.text for it in cut if it.style and it.style.reverse] == ["ti"]


def test_a_rule_goes_over_the_whole_width() -> None:
    record = LogLine(b"32026-11-23T12:03:11Z restarted: exited 137, 12:03:11")
    row = LogLayout(60, looks=LOOKS).rows(record, 0)[0]
    assert row.text == "── restarted: exited 137, 12:03:11 ".ljust(59, "─") + " "
    ascii_row = LogLayout(60, marks=ASCII_MARKS).rows(record, 0)[0]
    assert ascii_row.text.isascii()


def test_a_rule_says_whose_it_is_among_several() -> None:
    sources = {b"A": LogSource(tag=b"A", name="web-1", short="web-1")}
    row = LogLayout(60, sources=sources).rows(LogLine(b"A3restarted"), 0)[0]
    assert row.text.startswith("── web-1 restarted ───")


def test_a_rule_in_a_narrow_view_is_cut_or_folded() -> None:
    record = LogLine(b"3restarted: exited 137, out of memory, 12:03:11")
    assert LogLayout(20).rows(record, 0)[0].text == "── restarted: exite… "[:19] + " "
    folded = LogLayout(20, wrap=True).rows(record, 0)
    assert "".join(row.text[:19] for row in folded).strip("─ ").endswith("12:03:11")
    assert {row.cell_length for row in folded} == {20}


HOSTILE = b'\x1b\x9b\x00\r\t\x07[]m0;31{}"=, abc\xe6\x97\xa5\xe2\x80\xae\xcc\x81\xff'


@pytest.mark.parametrize("seed", range(4))
def test_any_bytes_in_any_layout_fill_their_rows_and_bring_no_control(seed: int) -> None:
    chance = random.Random(seed)
    sources = {b"A": LogSource(tag=b"A", name="shop-worker-12", short="shop-worker-12")}
    for _ in range(300):
        layout = LogLayout(
            chance.randrange(4, 130),
            wrap=chance.random() < 0.5,
            left=chance.choice((0, 0, 1, 30)),
            stamps=chance.choice(list(Stamps)),
            raw=chance.random() < 0.3,
            controls=chance.random() < 0.3,
            pattern=chance.choice((None, Pattern("a"), Pattern("[^b]+", regex=True))),
            sources=chance.choice(({}, sources)),
        )
        head = chance.choice((b"1", b"2", b"3", b"A1", b"A3", b"Z0", b""))
        text = bytes(chance.choices(HOSTILE, k=chance.randrange(200)))
        text = chance.choice((b"", b"ERROR ", b'{"msg":"', b"a=b c=", b"12:03:11 ")) + text
        level = chance.choice(list(Level))
        record = LogLine(head + text.replace(b"\n", b""), level=level)
        for row in layout.rows(record, 0):
            assert row.cell_length == layout.width
            assert sum(cell_len(it.text) for it in row) == layout.width
            assert not any(ord(it) < 32 or 0x7F <= ord(it) < 0xA0 for it in row.text)
            assert "\u202e" not in row.text


@pytest.mark.parametrize("stamp", ["2026-11-23T12:03:11Z", "2026-11-23T14:03:11.5+02:00"])
def test_stamps_of_any_engine_are_read(stamp: str) -> None:
    layout = LogLayout(60, stamps=Stamps.FULL)
    row = layout.rows(LogLine(f"1{stamp} x".encode()), 0)[0].text
    assert row[11:24].startswith(" ")
    assert row.split()[1].endswith((":11.000", ":11.500"))
