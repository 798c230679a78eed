r"""What a terminal would show of a log's lines: the text that is searched.

Escapes hide nothing and are not found, what was written over (`10%\r20%`) is gone, and so is the
`\r` with which a terminal ends its lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dockertui.store.log_record import HEAD

_ESCAPE = re.compile(
    # Strings for the terminal: window titles, links, the clipboard.
    rb"\x1b(?:[\]PX^_][^\x00-\x1f]*(?:\x07|\x1b\\)|\[[0-?]*[ -/]*[@-~]?|[ -/]*[0-~]?)?"
)
_WRITTEN_OVER = re.compile(rb"(?m)^(" + HEAD.pattern + rb")[^\n]*\r")


def shown_chunk(chunk: bytes) -> bytes:
    r"""The records of a chunk, as a terminal would show them.

    >>> shown_chunk(b"1er\x1b[31mror\n110%\r20%\r\n")
    b'1error\n120%\n'
    """
    if b"\x1b" in chunk:
        chunk = _ESCAPE.sub(b"", chunk)
    if b"\r" in chunk:
        chunk = chunk.replace(b"\r\n", b"\n")
        if b"\r" in chunk:
            chunk = _WRITTEN_OVER.sub(rb"\1", chunk)
    return chunk


def shown_text(text: bytes) -> bytes:
    r"""A record's text without its head, as a terminal would show it.

    >>> shown_text(b"er\x1b[31mror\r")
    b'error'
    """
    if b"\x1b" in text:
        text = _ESCAPE.sub(b"", text)
    if b"\r" in text:
        text = text.rstrip(b"\r")
        text = text[text.rfind(b"\r") + 1 :]
    return text


def text_of(raw: bytes) -> bytes:
    """The text of a record, without its head."""
    head = HEAD.match(raw)
    return raw[head.end() :] if head else raw


def texts_of(records: Sequence[bytes]) -> list[bytes]:
    """The texts of records, without their heads; quick where all heads are equally long."""
    head = HEAD.match(records[0]) if records else None
    if head is None or not head[3]:
        return [text_of(each) for each in records]
    end = head.end()
    zone, begins = head[3][-1:] + b" ", end - 2
    return [each[end:] if each[begins:end] == zone else text_of(each) for each in records]
