"""The lines of a log, written to a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO

from dockertui.engine.threads import in_thread
from dockertui.store.log_fields import fields_of
from dockertui.store.log_lines import Lines
from dockertui.store.log_record import RULE, STDERR, STDOUT, TERMINAL, Record, split_record
from dockertui.store.log_source import LogSource
from dockertui.sync.draft import save

SLICE = 2_000
"""Lines that are taken from the store at once: some 2 ms, after which keys are heard."""

_STREAMS = {TERMINAL: "terminal", STDOUT: "stdout", STDERR: "stderr", RULE: "event"}
_ESCAPE = re.compile(
    r"(?P<colour>\x1b\[[0-9;:]*m)"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x9c|\x1b\\)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
    r"|[\x00-\x08\x0a-\x1f\x7f-\x9f]"
)
_HIGH_CONTROLS = {it: f"\\u{it:04x}" for it in range(0x7F, 0xA0)}
"""Which JSON lets through, and a terminal may heed."""


class Form(StrEnum):
    """How lines are written."""

    TEXT = "text"
    """Time, container where there are several, and text; no escapes."""
    BARE = "bare"
    """The texts alone, without escapes."""
    JSON = "json"
    """JSON Lines: all that is known of each, its text as the container wrote it."""
    COLOURED = "coloured"
    """As `TEXT`, with the colours that the text has and no other escape."""


class LogExport:
    """Writes the lines that there are when it is made, from the oldest on.

    The store goes on meanwhile, and may drop old lines before they are written: those are counted.
    """

    def __init__(
        self,
        lines: Lines,
        form: Form,
        *,
        name: str,
        sources: Mapping[bytes, LogSource] | None = None,
    ) -> None:
        """Look at how many lines there are.

        Args:
            lines: A whole log, or what filters leave of one.
            form: How to write them.
            name: Whose they are, where no source says so.
            sources: The containers, by their tags.
        """
        self.done = 0
        self.missing = 0
        self._lines = lines
        self._first, self._end = lines.first, lines.total
        self._write = partial(written, form=form, name=name, sources=sources or {})

    noun = "line"
    """What is counted."""

    @property
    def total(self) -> int:
        """How many lines will have been written."""
        return self._end - self._first

    async def save(self, path: Path, *, replace: bool = False) -> None:
        """Write a file. A failure leaves none behind, and one that was there as it was.

        Args:
            path: Where.
            replace: May one that is there be replaced?

        Raises:
            FileExistsError: There is one, and it may not.
            OSError: It could not be written.
        """
        await save(path, self.write_to, replace=replace)

    async def write_to(self, file: IO[bytes]) -> None:
        """Write to an open file, slice after slice, in threads.

        Raises:
            OSError: It could not be written.
        """
        for place in range(self._first, self._end, SLICE):
            end = min(place + SLICE, self._end)
            records = self._lines.lines(place, end)
            self.missing += end - place - len(records)
            await in_thread(partial(self._write_slice, file, records))
            self.done += end - place

    def _write_slice(self, file: IO[bytes], records: list[bytes]) -> None:
        file.write("".join(self._write(records)).encode("utf-8", "replace"))


def written(
    records: Iterable[bytes],
    *,
    form: Form,
    name: str = "",
    sources: Mapping[bytes, LogSource] | None = None,
) -> Iterator[str]:
    r"""Write records, a line each with its end.

    Args:
        records: As a store holds them.
        form: How to write them.
        name: Whose they are, where no source says so.
        sources: The containers, by their tags.

    >>> record = b"22026-11-23T12:03:11.5Z \x1b[31mno such file"
    >>> list(written([record], form=Form.TEXT))
    ['2026-11-23T12:03:11.5Z no such file\n']
    >>> list(written([record], form=Form.BARE))
    ['no such file\n']
    """
    whose = sources or {}
    width = max((len(it.name) for it in whose.values()), default=0)
    for raw in records:
        record = split_record(raw)
        source = whose.get(record.tag)
        if form is Form.JSON:
            yield _json_line(record, source.name if source else name)
            continue
        text = plain_text(record.text, colour=form is Form.COLOURED)
        if record.stream == RULE:
            text = f"── {text} ──"
        if form is Form.BARE:
            yield f"{text}\n"
            continue
        head = f"{record.stamp.decode('ascii')} " if record.stamp else ""
        head += f"{source.name:<{width}}  " if source else ""
        yield f"{head}{text}\n"


def plain_text(text: bytes, *, colour: bool = False) -> str:
    r"""A record's text as a terminal would leave it, without its escapes; tabs stay.

    Args:
        text: As the container wrote it.
        colour: Keep its colours?

    >>> plain_text(b"\x1b[1mbold\x1b]0;title\x07\tend\x9b")
    'bold\tend\ufffd'
    >>> plain_text(b"\x1b[1mbold", colour=True)
    '\x1b[1mbold\x1b[0m'
    >>> plain_text(b"10%\r20%\r")
    '20%'
    """
    if b"\r" in text:
        text = text.rstrip(b"\r")
        text = text[text.rfind(b"\r") + 1 :]
    shown = text.decode("utf-8", "replace")
    if shown.isprintable():
        return shown
    if not colour:
        return _ESCAPE.sub("", shown)
    shown = _ESCAPE.sub(lambda it: it["colour"] or "", shown)
    return f"{shown}\x1b[0m" if "\x1b" in shown else shown


def _json_line(record: Record, name: str) -> str:
    whole: dict[str, object] = {
        "time": record.stamp.decode("ascii"),
        "container": name,
        "stream": _STREAMS.get(record.stream, ""),
        "text": record.text.decode("utf-8", "replace"),
    }
    if (fields := fields_of(record.text)) is not None:
        whole["fields"] = fields
    return json.dumps(whole, ensure_ascii=False).translate(_HIGH_CONTROLS) + "\n"
