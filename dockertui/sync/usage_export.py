"""What was measured of an object, written to a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from dockertui.engine.threads import in_thread
from dockertui.store.history import METRICS, History
from dockertui.sync.draft import save

SLICE = 100
"""Steps that are taken from a history at once: about a millisecond, after which keys are heard."""

_FORMULA = "=+-@\t\r"
"""What makes a spreadsheet take a text for a formula."""


class Form(StrEnum):
    """How figures are written."""

    CSV = "csv"
    """Comma-separated values under one line of names; what is not known is empty."""
    JSON = "json"
    """JSON Lines; what is not known is `null`."""


class Row(NamedTuple):
    """What was measured in a step of time."""

    start_s: float
    """When it begins, in seconds since the epoch."""
    seconds: int
    """How long it is."""
    means: Sequence[float | None]
    """The mean of each of `METRICS`."""


class UsageExport:
    """Writes all that a history holds, from the oldest on."""

    noun = "row"
    """What is counted."""

    def __init__(self, history: History, form: Form, *, kind: str, name: str) -> None:
        """Look at a history.

        Args:
            history: What was measured.
            form: How to write it.
            kind: Of what: `container`, `project`, …
            name: What that is called.
        """
        self.done = 0
        self._history = history
        self._write = partial(written, form=form, kind=kind, name=name)

    @property
    def total(self) -> int:
        """How many rows are known to be there."""
        return self.done

    async def save(self, path: Path, *, replace: bool = False) -> None:
        """Write a file. A failure leaves none behind, and one that was there as it was.

        Args:
            path: Where.
            replace: May one that is there be replaced?

        Raises:
            FileExistsError: There is one, and it may not.
            OSError: It could not be written.
        """
        await save(path, self._write_to, replace=replace)

    async def _write_to(self, file: IO[bytes]) -> None:
        steps = self._history.recorded()
        is_first = True
        while rows := [Row(*it) for it in islice(steps, SLICE)]:
            await in_thread(partial(self._write_slice, file, rows, head=is_first))
            self.done += len(rows)
            is_first = False

    def _write_slice(self, file: IO[bytes], rows: list[Row], *, head: bool) -> None:
        file.write("".join(self._write(rows, head=head)).encode())


def written(
    rows: Iterable[Row], *, form: Form, kind: str, name: str, head: bool = True
) -> Iterator[str]:
    r"""Write rows, a line each with its end.

    Args:
        rows: What was measured.
        form: How to write it.
        kind: Of what: `container`, `project`, …
        name: What that is called.
        head: Name the columns first, where that is usual?

    >>> row = Row(1795442852.0, 1, [38.25, *[None] * 7])
    >>> list(written([row], form=Form.CSV, kind="container", name="web"))[1][:39]
    '2026-11-23T14:07:32Z,1,web,38.25,,,,,,,'
    """
    names = ["time", "seconds", kind, *METRICS]
    for row in rows:
        values = [_stamp(row.start_s), row.seconds, name, *map(_number, row.means)]
        if form is Form.JSON:
            yield json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=True) + "\n"
            continue
        if head:
            yield _line(names)
            head = False
        values[2] = f"'{name}" if name.startswith(tuple(_FORMULA)) else name
        yield _line(values)


def _line(values: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()


def _number(value: float | None) -> float | None:
    """A figure without digits that mean nothing.

    >>> _number(38.24999), _number(12.0), _number(None)
    (38.25, 12, None)
    """
    if value is None:
        return None
    rounded = round(value, 2)
    return int(rounded) if rounded.is_integer() else rounded


def _stamp(moment_s: float) -> str:
    """A moment in RFC 3339; empty for one that no calendar has."""
    try:
        return f"{datetime.fromtimestamp(moment_s, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, ValueError, OSError):
        return ""
