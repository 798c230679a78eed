"""A filter leaves what one finds who reads every line, wherever the log is cut into pieces."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator

import pytest

from dockertui.store import log_scan, log_store
from dockertui.store.log_filter import parse_filter
from dockertui.store.log_groups import groups_with
from dockertui.store.log_pattern import Pattern
from dockertui.store.log_piece import Piece
from dockertui.store.log_reading import LogReading
from dockertui.store.log_record import rule, split_record
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.store.log_terms import HasField
from tests.support.naive_filter import groups_of, left_of
from tests.unit.store.test_log_level import FORMATS, MESSAGES
from tests.unit.store.test_log_traces import TRACES

STAMP = "2026-11-23T12:03:11.123456789Z"
FILTERS = (
    *(["checkout"], ["cart"], ["Cart.add"], ["!checkout"], ["ready !Cart"], ["level>=warn"]),
    *(["GET 7"], ["7 GET"], ["/main[.(]/ cart"], ["cart", "main"], ["status>=500"], ["stderr"]),
    *(["stdout cart"], ["level<warn cart"], ["user=7 GET"], ["!level>=warn"], ["error", "!cart"]),
    *(["service:web cart"], ["nothing at all"], ["1"], ["Z"], ["!1 !cart"]),
)


def stories(chance: random.Random) -> Iterator[list[str]]:
    """Lines that belong together, and lines that stand alone."""
    while True:
        number = chance.randrange(1_000)
        yield chance.choice(
            [
                [f"{number} GET /cart?user={number % 9}"],
                [f'{{"level":"info","status":{number},"user":"{number % 9}"}}'],
                [f"INFO ready {number}", f"level=info status={number} user={number % 9}"],
                ["ERROR checkout failed", *["    at Cart.add"] * chance.randrange(4)],
                ["WARN slow", "java.io.IOException: closed"],
                chance.choice(list(TRACES.values())).split("\n"),
                [""],
            ]
        )


def told(chance: random.Random, count: int) -> list[bytes]:
    """What one source writes to one stream."""
    lines: list[bytes] = []
    for story in stories(chance):
        # Most lines of most logs stand alone.
        lines += [f"{len(lines)} ready".encode()] * chance.choice([0, 1, 5, 40])
        lines += [each.encode() for each in story]
        if len(lines) >= count:
            return lines[:count]
    raise AssertionError


def log(chance: random.Random, heads: list[bytes], count: int) -> list[bytes]:
    """The records of several streams, as they are written side by side."""
    queues = {head: deque(told(chance, count // len(heads))) for head in heads}
    records: list[bytes] = []
    waits = dict.fromkeys(heads, 0)
    while queues:
        head = chance.choice(list(queues))
        # Who is silent for long amid a trace has it cut in two.
        head = next((it for it in queues if waits[it] > 2), head)
        waits = {it: 0 if it == head else waits[it] + 1 for it in heads}
        for _ in range(min(len(queues[head]), chance.choice([1, 1, 2, 9]))):
            stamp = b"" if chance.random() < 0.01 else STAMP.encode() + b" "
            records.append(head + stamp + queues[head].popleft())
        queues = {head: queue for head, queue in queues.items() if queue}
        if chance.random() < 0.01:
            records.append(rule(STAMP, "restarted: exited 1")[:-1])
    return records


def sources_of(heads: list[bytes]) -> dict[bytes, LogSource]:
    tags = sorted({head[:-1] for head in heads} - {b""})
    names = "web", "db", "queue"
    return {
        tag: LogSource(tag=tag, name=name, short=name, service=name)
        for tag, name in zip(tags, names, strict=False)
    }


HEADS = ([b"1"], [b"A1", b"A2", b"B1"])


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have many borders."""
    monkeypatch.setattr(log_store, "CHUNK_BYTES", 3_000)
    monkeypatch.setattr(log_scan, "_FIRST_LINES", 20)


@pytest.mark.parametrize("heads", HEADS, ids=["one source", "several"])
@pytest.mark.parametrize("typed", FILTERS, ids="|".join)
def test_a_filter_leaves_what_one_finds_who_reads_every_line(
    typed: list[str], heads: list[bytes]
) -> None:
    chance = random.Random(f"{typed}{heads}")
    filters, sources = [parse_filter(it) for it in typed], sources_of(heads)
    for _ in range(2):
        records = log(chance, heads, 900)
        store = LogStore()
        store.append(b"".join(it + b"\n" for it in records))
        subject = LogReading(store, sources)
        subject.set_filters(filters, keep=chance.randrange(-100, 1_200))
        while subject.advance(chance.choice([0, 0.001])):
            pass
        lines = subject.lines
        found = [lines.number(it) for it in range(lines.first, lines.total)]
        assert found == left_of(records, filters, sources)


@pytest.mark.parametrize("typed", FILTERS, ids="|".join)
def test_a_filter_takes_up_what_comes_while_and_after_it_looks(typed: list[str]) -> None:
    chance = random.Random(str(typed))
    filters = [parse_filter(it) for it in typed]
    records = log(chance, [b"1"], 700)
    store = LogStore()
    subject = LogReading(store)
    subject.set_filters(filters, keep=0)
    given = 0
    while given < len(records):
        count = chance.choice([1, 3, 50])
        store.append(b"".join(it + b"\n" for it in records[given : given + count]))
        given += count
        subject.advance(chance.choice([0, 0.001]))
    while subject.advance(0.001):
        pass
    lines = subject.lines
    found = {lines.number(it) for it in range(lines.first, lines.total)}
    wanted = set(left_of(records, filters, {}))
    if any(it.without for it in filters):
        # What has been shown is not taken back when a part of it comes that is not wanted.
        assert found >= wanted
    else:
        assert found == wanted


@pytest.mark.parametrize("heads", HEADS, ids=["one source", "several"])
@pytest.mark.parametrize("seed", range(8))
def test_a_line_is_in_the_same_group_whoever_asks(seed: int, heads: list[bytes]) -> None:
    chance = random.Random(seed)
    records = log(chance, heads, 1_200)
    piece = Piece(b"".join(it + b"\n" for it in records), {})
    groups = [it for it in groups_of(records) if len(it) > 1]
    assert sorted(groups_with(piece, piece.all)) == groups
    for count in (1, 5, 30):
        wanted = sorted(chance.sample(piece.all, count))
        found = groups_with(piece, wanted)
        assert sorted(found) == [it for it in groups if not set(wanted).isdisjoint(it)]


@pytest.mark.parametrize("name", TRACES)
def test_each_line_of_a_trace_leads_to_all_of_it(name: str) -> None:
    lines = [*["ready"] * 40, "ready", *TRACES[name].split("\n") * 2, *["ready"] * 40]
    records = [f"1{STAMP} {it}".encode() for it in lines]
    piece = Piece(b"".join(it + b"\n" for it in records), {})
    for group in groups_of(records):
        for at in group:
            assert groups_with(piece, [at]) == ([group] if len(group) > 1 else [])


@pytest.mark.parametrize(
    "pattern",
    [
        *map(Pattern, ("777 GET", "get", "GET", "1", "z", "t1", "é", "É", "ſ", "k", "at", "23T12")),
        *(
            Pattern(it, regex=True)
            for it in ("7+ GET", "GET|ready", "^at", "a\nb", "t$", r"\d\d\d", "(?i)GET", "é|x")
        ),
    ],
    ids=lambda it: repr(it.text),
)
@pytest.mark.parametrize("share", [0.002, 0.05, 0.6])
def test_a_pattern_is_found_in_the_texts_that_have_it(pattern: Pattern, share: float) -> None:
    chance = random.Random(f"{pattern.text}{share}")
    words = [
        "GET",
        "get",
        "at",
        "é",
        "É",
        "ſ",
        "K",
        "1",
        "777 GET",
        "Z",
        "t1",
        "a",
        "b",
        "\x1b[1mx",
    ]
    records = []
    for number in range(2_000):
        rare = chance.choices(words, k=3) if chance.random() < share else []
        head = chance.choice(["1", "2", "A0", "Get1", "zt1", "3", ""])
        stamp = "" if chance.random() < 0.1 else f"{STAMP} "
        records.append(f"{head}{stamp}ready {number % 7} {' '.join(rare)}".encode())
    wanted = [at for at, raw in enumerate(records) if pattern.matches(split_record(raw).text)]
    assert pattern.lines_in(b"".join(it + b"\n" for it in records)) == wanted


@pytest.mark.parametrize(
    "typed",
    [
        *("status>=500", "status<500", "status=7", "status=007", "status!=7", "status=true"),
        *("status~^5", "status!~^5", "status=", 'status="a b"', "took>200ms", "http.status>=500"),
        *("a.status=7", "took=7ms", "status>b", "status<=abc", "status=ünder", "msg=status"),
        *("status~5$", "status!~5$"),
    ],
)
def test_a_field_is_found_as_if_every_line_was_read(typed: str) -> None:
    try:
        (term,) = parse_filter(typed).terms
    except ValueError:
        return
    assert isinstance(term, HasField)
    chance = random.Random(typed)
    values = ["500", "7", "007", "7.0", "7.50", "-1", "1e3", "true", "null", "[1]", '{"status":7}']
    values += ['"7"', '"a b"', '"a\\"b"', '"abc"', '"\\u0037"', '"500"', '"ünder"', '""', '"7ms"']
    values += ["7ms", "0.3s", "abc", "ünder", '"', "", "5,7", "7;"]
    names = ["status", "xstatus", "http.status", "a.status", "status.x", "took", "msg", "x?status"]
    lines: list[bytes] = []
    for _ in range(2_000):
        pairs = [(chance.choice(names), chance.choice(values)) for _ in range(3)]
        blank = chance.choice(["", " "])
        lines.append(
            chance.choice(
                [
                    "{" + ",".join(f'"{name}"{blank}:{blank}{it}' for name, it in pairs) + "}",
                    " ".join(f"{name}={it}" for name, it in pairs),
                    '{"http":{' + ",".join(f'"{name}":{it}' for name, it in pairs) + "}}",
                    "status is " + ", ".join(f"{name}={it}" for name, it in pairs),
                ]
            ).encode()
        )
    lines += [it for form in FORMATS.values() for _, it in form] + MESSAGES
    heads = [chance.choice([b"1", b"A2" + STAMP.encode() + b" ", b""]) for _ in lines]
    records = [head + line for head, line in zip(heads, lines, strict=True)]
    piece = Piece(b"".join(it + b"\n" for it in records), {})
    wanted = [at for at, raw in enumerate(records) if term.is_in(split_record(raw).text)]
    assert list(term.lines_in(piece)) == wanted
