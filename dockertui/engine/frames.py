r"""An engine's log, made into records.

Without a terminal the engine sends frames: the stream's number, three zeros, the length as four
bytes, the text. A frame is a line with its time stamp, or 16 KiB of a longer one. With a terminal
it sends bare lines that end in `\r\n`. `Engine.logs` says what a record is.

Source: Docker Engine API, `ContainerAttach`, "Stream format".
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from struct import Struct
from typing import Protocol

_PART = 16 * 1024
"""How much of a line the engine's log drivers take at once."""
_MOST_PARTS = 64
LINE_LIMIT = _MOST_PARTS * _PART
"""A longer line becomes several records, cut where the engine has cut it, too."""
_HEADER = Struct(">BxxxL")
_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) ")
_MARKS = {0: b"0", 1: b"1", 2: b"2"}


class Deframer(Protocol):
    """Makes records of what an engine sends, however it is cut."""

    def feed(self, data: bytes) -> bytes:
        """Take what has come; return the records that it completes."""
        ...

    def flush(self) -> bytes:
        """Return what has come of a line whose end has not, as records."""
        ...


class Demux:
    """Takes the frames off what a process without a terminal writes, and leaves its bytes."""

    def __init__(self) -> None:
        """Begin at the start of a frame."""
        self._rest = b""

    def feed(self, data: bytes) -> bytes:
        """Take what has come; return what was written, of whole frames."""
        data = self._rest + data
        at, written = 0, list[bytes]()
        while len(data) - at >= _HEADER.size:
            _, length = _HEADER.unpack_from(data, at)
            start = at + _HEADER.size
            if start + length > len(data):
                break
            written.append(data[start : start + length])
            at = start + length
        self._rest = data[at:]
        return b"".join(written)


class FrameDeframer:
    """Makes records of frames: the log of a container without a terminal."""

    def __init__(self) -> None:
        """Begin at the start of a frame."""
        self._rest = b""
        self._parts: dict[int, bytearray] = {}

    def feed(self, data: bytes) -> bytes:
        """Take what has come; return the records that it completes."""
        if self._rest:
            data = self._rest + data
        records: list[bytes] = []
        if not self._parts:
            lines, data = _whole_lines(data)
            records.append(lines)
        add, unpack, find, parts = records.append, _HEADER.unpack_from, data.find, self._parts
        at, last = 0, len(data) - _HEADER.size
        while at <= last:
            stream, length = unpack(data, at)
            start = at + 8
            end = start + length
            if end > len(data):
                break
            if stream in _MARKS and not parts and find(b"\n", start, end) == end - 1:
                add(_MARKS[stream])
                add(data[start:end])
            else:
                add(self._odd(stream, data[start:end]))
            at = end
        self._rest = data[at:]
        return b"".join(records)

    def flush(self) -> bytes:
        """Return what has come of a line whose end has not, as records."""
        streams = [stream for stream, part in self._parts.items() if part]
        return b"".join(self._record(stream, b"\n") for stream in streams)

    def _odd(self, stream: int, payload: bytes) -> bytes:
        """Take a frame that is not one whole line on its own."""
        if stream not in _MARKS:  # The engine's own trouble with the log, which has no stamp.
            stream, payload = 2, b"%b %b\n" % (_now(), payload.replace(b"\n", b" ").strip())
        *lines, rest = payload.split(b"\n")
        records = [self._record(stream, line + b"\n") for line in lines]
        if rest:
            part = self._parts.setdefault(stream, bytearray())
            part += _unstamped(rest) if part else rest
            if len(part) >= LINE_LIMIT:
                records.append(self._record(stream, b"\n"))
                self._parts[stream] = bytearray()
        return b"".join(records)

    def _record(self, stream: int, rest: bytes) -> bytes:
        part = self._parts.pop(stream, None)
        if part:
            return _MARKS[stream] + bytes(part) + _unstamped(rest)
        # A line that was cut just where it ended has no more to it than its end.
        ended = part is not None and _unstamped(rest) == b"\n"
        return b"" if ended else _MARKS[stream] + rest


class LineDeframer:
    """Makes records of bare lines: the log of a container with a terminal."""

    def __init__(self) -> None:
        """Begin at the start of a line."""
        self._rest = b""

    def feed(self, data: bytes) -> bytes:
        """Take what has come; return the records that it completes."""
        whole, end, rest = (self._rest + data).rpartition(b"\n")
        records = _terminal_records(whole) if end else b""
        while len(rest) > LINE_LIMIT:
            text, after = _joined(rest)
            if after in _LINE_ENDS:
                break
            records, rest = records + b"0%b\n" % text, after
        self._rest = rest
        return records

    def flush(self) -> bytes:
        """Return what has come of a line whose end has not, as a record."""
        rest, self._rest = self._rest, b""
        return _terminal_record(rest) if rest else b""


class EitherDeframer:
    """Makes records of a log of which nobody has said whether there is a terminal.

    A frame begins with the small number of its stream, a line with the digits of its time stamp.
    """

    def __init__(self) -> None:
        """Begin before the first byte."""
        self._found: Deframer = _NOTHING

    def feed(self, data: bytes) -> bytes:
        """Take what has come; return the records that it completes."""
        if self._found is _NOTHING and data:
            self._found = deframer(tty=data[0] >= _FIRST_DIGIT)
        return self._found.feed(data)

    def flush(self) -> bytes:
        """Return what has come of a line whose end has not, as records."""
        return self._found.flush()


_LINE_ENDS = b"", b"\r"
_NOTHING = LineDeframer()
_FIRST_DIGIT = ord("0")


def deframer(*, tty: bool | None) -> Deframer:
    """What makes records of a container's log; `None` if nobody knows whether it has a terminal."""
    if tty is None:
        return EitherDeframer()
    return LineDeframer() if tty else FrameDeframer()


class _Headers(dict[int, bytes]):
    """The headers of a stream's frames, by the length of a frame without its line end."""

    def __init__(self, stream: int) -> None:
        super().__init__()
        self._stream = stream

    def __missing__(self, length: int) -> bytes:
        header = _HEADER.pack(self._stream, max(0, length + 1 - _HEADER.size))
        if len(self) < _PART:
            self[length] = header
        return header


_HEADERS = {stream: _Headers(stream) for stream in _MARKS}


def _whole_lines(data: bytes) -> tuple[bytes, bytes]:
    """Take off the frames that are one whole line each, if there is nothing else before them.

    That is how almost all of a log comes, and this way no frame costs a step of ours.

    Args:
        data: What begins with a frame.

    Returns:
        Their records, and what is left of the data: all where anything is out of the ordinary.
    """
    headers = _HEADERS.get(data[0]) if data else None
    *frames, rest = data.split(b"\n")
    if headers is None or not frames:
        return b"", data
    found = b"".join([it[: _HEADER.size] for it in frames])
    if found != b"".join(map(headers.__getitem__, map(len, frames))):
        return b"", data
    mark = _MARKS[data[0]]
    texts = [it[_HEADER.size :] for it in frames]
    return mark + (b"\n" + mark).join(texts) + b"\n", rest


def _now() -> bytes:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f000Z").encode()


def _unstamped(text: bytes) -> bytes:
    """What follows the time stamp that every part of a long line has again."""
    stamp = _STAMP.match(text)
    return text[stamp.end() :] if stamp else text


def _terminal_records(lines: bytes) -> bytes:
    """The records of lines; the line end of the last one has been taken off."""
    each = lines.split(b"\n")
    if max(map(len, each)) > _PART:
        return b"".join(map(_terminal_record, each))
    lines = lines.removesuffix(b"\r").replace(b"\r\n", b"\n")
    return b"0" + lines.replace(b"\n", b"\n0") + b"\n"


def _terminal_record(line: bytes) -> bytes:
    """The record of a line; a very long one is several."""
    line = line.removesuffix(b"\r")
    if len(line) <= _PART:
        return b"0%b\n" % line
    records = list[bytes]()
    while line:
        text, line = _joined(line)
        records.append(b"0%b\n" % text)
    return b"".join(records)


def _joined(line: bytes) -> tuple[bytes, bytes]:
    """Take the time stamps out of the inside of a long line: one each 16 KiB, and no frame.

    Returns:
        Its text up to the limit, and what comes after that.
    """
    at, parts = 0, list[bytes]()
    while at < len(line) and len(parts) < _MOST_PARTS:
        stamp = _STAMP.match(line, at)
        start = stamp.end() if stamp and parts else at
        end = (stamp.end() if stamp else at) + _PART
        parts.append(line[start:end])
        at = end
    return b"".join(parts), line[at:]
