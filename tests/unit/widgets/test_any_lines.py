"""Whatever a container writes, and however it comes: the same lines, in the store and drawn."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as some
from rich.cells import cell_len

from dockertui.store.log_record import split_record
from dockertui.store.log_store import LogStore
from dockertui.widgets import log_line
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_pages import LogPages, Place

THOROUGH = settings(max_examples=200, deadline=None, database=None)
STAMP = b"2026-11-23T12:03:11.123456789Z "
SMALL = 256
"""How large a chunk of a store, or a piece of a line, is made here."""

ODD = (
    *(b"\r", b"\x1b[31m", b"\x1b[0m", b"\x1b]0;x\x07", b"\x1b[", b"\x9b2J", b"\0", b"\x07", b"\t"),
    *("漢字", "é", "e\u0301", "👩‍🚀", "\u202e", "\u200b", "\ufffd"),
    *(
        b"\xff\xfe",
        b"\xe6\xbc",
        b"\x80",
        b'{"level":"error","msg":"no"}',
        b"level=warn a=1",
        b"    at x",
    ),
)
texts = some.lists(
    some.one_of(
        some.binary(max_size=12),
        some.text(max_size=12).map(lambda it: it.encode("utf-8", "replace")),
        some.sampled_from([it if isinstance(it, bytes) else it.encode() for it in ODD]),
        some.builds(
            bytes.__mul__, some.sampled_from([b"x", b"a b ", "漢".encode()]), some.integers(0, 90)
        ),
    ),
    max_size=12,
).map(lambda parts: b"".join(parts).replace(b"\n", b""))
records = some.builds(
    lambda stream, stamp, text: stream + stamp + text + b"\n",
    some.sampled_from([b"0", b"1", b"2", b"3", b"A1", b"zB2"]),
    some.sampled_from([STAMP, b""]),
    texts,
)
cuts = some.lists(some.integers(0, 1_000_000), max_size=20)


def filled(data: bytes, places: list[int]) -> LogStore:
    """A store that was given some bytes in pieces."""
    store = LogStore()
    ends = sorted(place % (len(data) + 1) for place in places)
    for start, end in pairwise([0, *ends, len(data)]):
        store.append(data[start:end])
    return store


def drawn(store: LogStore, *, wrap: bool) -> list[str]:
    """All that a log view shows of a store."""
    pages = LogPages(store, LogLayout(40, wrap=wrap))
    height = sum(
        pages.height(line, piece)
        for line in range(store.first, store.total)
        for piece in range(pages.pieces(line))
    )
    return [strip.text for _, strip in pages.window(Place(store.first), height)]


@THOROUGH
@given(some.lists(records, max_size=12), cuts)
def test_records_in_any_pieces_are_the_same_lines(lines: list[bytes], places: list[int]) -> None:
    data = b"".join(lines)
    with patch("dockertui.store.log_store.CHUNK_BYTES", SMALL):
        whole, cut = filled(data, []), filled(data, places)
        assert len(cut) == len(whole) == len(lines)
        assert cut.lines(0, cut.total) == whole.lines(0, whole.total) == [it[:-1] for it in lines]
        assert b"".join(chunk for _, chunk in cut.chunks()) == data


@THOROUGH
@given(some.lists(records, max_size=6), cuts, some.booleans())
def test_records_in_any_pieces_are_drawn_the_same(
    lines: list[bytes], places: list[int], wrap: bool
) -> None:
    data = b"".join(lines)
    with patch("dockertui.store.log_store.CHUNK_BYTES", SMALL):
        assert drawn(filled(data, places), wrap=wrap) == drawn(filled(data, []), wrap=wrap)


@THOROUGH
@given(records, some.integers(4, 90), some.booleans(), some.booleans())
def test_every_line_is_drawn_as_wide_as_the_view_and_without_a_control(
    record: bytes, width: int, wrap: bool, controls: bool
) -> None:
    layout, line = LogLayout(width, wrap=wrap, controls=controls), LogLine(record[:-1])
    for row in (row for piece in range(line.pieces) for row in layout.rows(line, piece)):
        assert row.cell_length == cell_len(row.text) == width
        kinds = {unicodedata.category(character) for character in row.text}
        assert not kinds & {"Cc", "Zl", "Zp"}
        assert not set(row.text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@THOROUGH
@given(records)
def test_the_pieces_of_a_line_are_all_of_it_and_break_no_character(record: bytes) -> None:
    with patch.object(log_line, "PIECE_BYTES", SMALL):
        line = LogLine(record[:-1], as_written=True)
        pieces = [line.piece(index) for index in range(line.pieces)]
        assert b"".join(pieces) == line.text == split_record(record[:-1]).text
        assert all(len(piece) <= 2 * SMALL for piece in pieces)
        text = line.text.decode("utf-8", "replace")
        assert "".join(it.decode("utf-8", "replace") for it in pieces) == text
