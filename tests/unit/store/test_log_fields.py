"""Lines of JSON and of pairs are taken apart, whatever is in them, and shown on one row."""

from __future__ import annotations

import json
import random

import pytest

from dockertui.store.log_fields import LONGEST_BYTES, field_at, fields_of, readable


def shown(text: bytes) -> str:
    parts = readable(text)
    assert parts is not None
    return "".join(text for _, text in parts)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (b'{"level":"warn","n":1}', {"level": "warn", "n": 1}),
        (b'  {"a": null}\r', {"a": None}),
        (b'app 12:03 {"a":1}', {"a": 1}),
        (b'\x1b[32m{"a":"\x1b[0mx"}', {"a": "x"}),
        (b'{"a":1,"a":2}', {"a": 2}),
        (b'{"a":NaN,"b":-Infinity}', {"a": "NaN", "b": "-Infinity"}),
        (b'{"a":1e999}', {"a": float("inf")}),
        (b'{"a":"\xff"}', {"a": "\ufffd"}),
        (b"level=warn status=404", {"level": "warn", "status": "404"}),
        (b'a="x \\"y\\" z" b=', {"a": 'x "y" z', "b": ""}),
        (b"2026/11/23 12:03:11 INFO ready port=80 tls=no", {"port": "80", "tls": "no"}),
        (b"a=1 a=2 b=3", {"a": "1", "b": "3"}),
        (b"http.status=200 log@x=1 b/c=2", {"http.status": "200", "log@x": "1", "b/c": "2"}),
    ],
)
def test_a_line_with_fields_is_taken_apart(line: bytes, fields: dict[str, object]) -> None:
    assert fields_of(line) == fields


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"plain",
        b"a=1",
        b"one = two, three = four",
        b"[1, 2]",
        b'"text"',
        b'{"a":1',
        b'{"a":1} and more',
        b'{"a":1}}',
        b"{not json}",
        b'{"a":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b'{"a":' + b"9" * 5_000 + b"}",
        b'{"a":"' + b"x" * LONGEST_BYTES + b'"}',
        b"GET /?a=1&b=2 HTTP/1.1",
        b"x" * 200 + b'{"a":1}',
    ],
)
def test_other_lines_have_none(line: bytes) -> None:
    assert fields_of(line) is None
    assert readable(line) is None


def test_a_path_leads_into_what_is_nested() -> None:
    fields = {"http": {"status": 502, "a.b": {"c": 1}}, "x.y": 2, "n": None, "l": [1]}
    assert field_at(fields, "http.status") == 502
    assert field_at(fields, "http.a.b.c") == 1
    assert field_at(fields, "x.y") == 2
    for path in ("http.none", "x", "x.y.z", "l.0", "", ".", "http."):
        assert field_at(fields, path) is None


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (
            b'{"time":"2026-11-23T12:03:11Z","level":"error","msg":"boom","user":4711}',
            "ERROR boom user=4711",
        ),
        (b'{"user":4711,"msg":"boom","level":"error","ts":1.5}', "ERROR boom user=4711"),
        (b'{"level":30,"time":1531171082399,"msg":"hello"}', "INFO hello"),
        (b'{"@t":"x","@l":"Warning","@mt":"Slow {N}","N":1}', "WARN Slow {N} N=1"),
        (
            b'{"t":{"$date":"x"},"s":"I","c":"NET","id":5,"msg":"up","attr":{"n":1}}',
            'INFO up c=NET id=5 attr={"n":1}',
        ),
        (b'{"log.level":"INFO","message":"x","event.kind":"y"}', "INFO x event.kind=y"),
        (b'{"a":true,"b":null,"c":1.5,"d":[1,"x"]}', 'a=true b=null c=1.5 d=[1,"x"]'),
        (b'{"msg":"two\\nlines\\tand a tab\\r"}', "two\\nlines\\tand a tab\\r"),
        (b'{"msg":{"not":"text"},"event":"x"}', 'x msg={"not":"text"}'),
        (b'{"msg":"","a":1}', "a=1"),
        (b'{"msg":"x","level":"hard"}', "x level=hard"),
        (b'{"msg":"x","s":"S"}', "x s=S"),
        (b'worker 3 {"level":"info","msg":"x"}', "INFO worker 3 x"),
        (b'time="2026-11-23" level=warning msg="not found" a=1', "WARN not found a=1"),
        (b'{"k y":"v w","\\ud800":"\\udfff"}', "k y=v w \ufffd=\ufffd"),
        (b'{"message":"x","msg":"y"}', "y message=x"),
        (b"a=1 b=", "a=1 b="),
    ],
)
def test_a_line_is_shown_on_one_row_with_its_message_first(line: bytes, row: str) -> None:
    assert shown(line) == row


def test_each_piece_says_what_it_is() -> None:
    assert readable(b'{"level":"error","msg":"boom","user":4711}') == [
        ("level", "ERROR"),
        ("message", " boom"),
        ("key", " user="),
        ("value", "4711"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        b"2026-11-23 12:03:11 INFO moved from=a to=b in no time",
        b"from=a to=b in no time",
        b"a=1 a=2 b=3",
        b"a=1 b=2 c",
        b'a=1 b=2 c="open',
        b" ".join(b"k%d=1" % number for number in range(300)),
    ],
)
def test_a_line_of_which_something_would_be_lost_stays_as_it_is(line: bytes) -> None:
    assert fields_of(line)
    assert readable(line) is None


def test_no_depth_is_too_deep() -> None:
    for depth in (*range(100, 1_100, 7), 10_000):
        line = b'{"a":' + b"[" * depth + b"]" * depth + b"}"
        assert (readable(line) is None) is (fields_of(line) is None)


@pytest.mark.parametrize("seed", range(4))
def test_no_line_is_too_strange(seed: int) -> None:
    chance = random.Random(seed)
    alphabet = [b"{", b"}", b'"', b":", b",", b"a", b"=", b" ", b"\\", b"\xff", b"\\ud800", b"1e9"]
    for _ in range(3_000):
        line = b"".join(chance.choices(alphabet, k=chance.randrange(40)))
        for each in (line, b'{"a":"' + line + b'"}', b'a=1 b="' + line):
            fields = fields_of(each)
            row = readable(each)
            assert fields is None or json.dumps(dict(fields))
            assert row is None or not {"\n", "\t", "\r"} & set("".join(text for _, text in row))
