"""What was measured, written to a file."""

from __future__ import annotations

import csv
import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from dockertui.model.usage import Usage
from dockertui.store.history import COARSE_S, METRICS, History
from dockertui.sync.usage_export import SLICE, Form, UsageExport

START_S = 1_795_442_400
"""2026-11-23 14:00:00 UTC, a whole minute."""


def history_of(seconds: int, **figures: float | None) -> History:
    history = History()
    for second in range(seconds):
        at_ns = (START_S + second) * 10**9
        history.add(Usage(at_ns=at_ns, **({"cpu_percent": float(second % 100)} | figures)))
    return history


async def rows_of(history: History, path: Path, name: str = "web-1") -> list[dict[str, Any]]:
    export = UsageExport(history, Form.CSV, kind="container", name=name)
    await export.save(path)
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert export.done == export.total == len(rows)
    return rows


async def test_each_second_is_a_row_with_a_column_for_all_that_is_measured(tmp_path: Path) -> None:
    rows = await rows_of(history_of(3, memory_bytes=1e6), tmp_path / "a.csv")
    assert list(rows[0]) == ["time", "seconds", "container", *METRICS]
    assert rows[2] == dict.fromkeys(METRICS, "") | {
        "time": "2026-11-23T14:00:02Z",
        "seconds": "1",
        "container": "web-1",
        "cpu_percent": "2",
        "memory_bytes": "1000000",
    }


async def test_what_is_not_known_is_empty_or_null_and_never_0(tmp_path: Path) -> None:
    history = history_of(1, cpu_percent=None, processes=0.0)
    (row,) = await rows_of(history, tmp_path / "a.csv")
    assert (row["cpu_percent"], row["processes"]) == ("", "0")
    await UsageExport(history, Form.JSON, kind="project", name="shop").save(tmp_path / "a.jsonl")
    told = json.loads((tmp_path / "a.jsonl").read_text())
    assert told["cpu_percent"] is None
    assert told["processes"] == 0
    assert told["project"] == "shop"


async def test_what_is_older_is_written_by_the_minute_without_gaps(tmp_path: Path) -> None:
    rows = await rows_of(history_of(3600), tmp_path / "a.csv")
    assert len(rows) > SLICE
    lengths = [int(it["seconds"]) for it in rows]
    assert sorted(set(lengths)) == [1, COARSE_S]
    assert sum(lengths) == 3600


async def test_a_name_is_no_formula_and_no_second_column(tmp_path: Path) -> None:
    (row,) = await rows_of(history_of(1), tmp_path / "a.csv", name='=1+1,"x')
    assert row["container"] == "'=1+1,\"x"


async def test_nothing_that_was_measured_is_still_a_file(tmp_path: Path) -> None:
    assert await rows_of(History(), tmp_path / "a.csv") == []


async def test_a_file_that_is_there_is_only_replaced_when_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("dear to me")
    export = UsageExport(history_of(1), Form.CSV, kind="container", name="web-1")
    with pytest.raises(FileExistsError):
        await export.save(path)
    assert path.read_text() == "dear to me"
    await export.save(path, replace=True)
    assert path.read_text().startswith("time,")


async def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = UsageExport(history_of(900), Form.CSV, kind="container", name="web-1")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(export, "_write_slice", full)
    with pytest.raises(OSError, match="No space"):
        await export.save(tmp_path / "a.csv")
    assert os.listdir(tmp_path) == []


async def test_figures_that_come_meanwhile_do_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = history_of(1000)
    export = UsageExport(history, Form.CSV, kind="container", name="web-1")
    write = export._write_slice  # noqa: SLF001 - what runs between two slices
    seconds = iter(range(1000, 9000, 200))

    def written(*args: Any, **how: Any) -> None:
        history.add(Usage(at_ns=(START_S + next(seconds)) * 10**9, cpu_percent=1.0))
        write(*args, **how)

    monkeypatch.setattr(export, "_write_slice", written)
    await export.save(tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(newline="") as file:
        times = [it["time"] for it in csv.DictReader(file)]
    assert times == sorted(set(times))
