"""What a list of jobs says of each."""

from __future__ import annotations

from datetime import datetime

from dockertui.model.job import Bar, Job, JobState
from dockertui.model.progress import Phase
from dockertui.resources.cells import styled
from dockertui.resources.resource import FOREVER, Column
from dockertui.text import age, decimal_size, seconds_until_age_changes

FULL, EMPTY = "━", "╌"
_BAR = 16
_MARKS = {
    JobState.QUEUED: ("◌", "$dim"),
    JobState.RUNNING: ("●", "$busy"),
    JobState.DONE: ("✓", "$container-running"),
    JobState.FAILED: ("✖", "$container-failed"),
    JobState.CANCELLED: ("○", "$dim"),
}


def mark(job: Job) -> tuple[str, str]:
    """The sign of a job by its state, and the theme variable of its colour."""
    return _MARKS[job.state]


def bar(share: float | None, cells: int) -> str:
    """A bar of so many cells; without a share an empty one.

    >>> bar(0.5, 4), bar(None, 4), bar(0.999, 4)
    ('━━╌╌', '╌╌╌╌', '━━━╌')
    """
    filled = int((share or 0.0) * cells)
    return FULL * filled + EMPTY * (cells - filled)


def share_text(job: Job) -> str:
    """How much is done, in percent; 99 is the most before it is over.

    >>> share_text(Job(id=1, kind="pull", title="pull a", share=0.999, created=datetime.min))
    '99%'
    """
    if job.share is None:
        return ""
    most = 100 if job.state is JobState.DONE else 99
    return f"{min(most, int(job.share * 100))}%"


def amount(done_bytes: int, total_bytes: int, *, is_sure: bool = True) -> str:
    """How many bytes of how many, in the unit of the whole.

    >>> amount(12_300_000, 45_000_000), amount(1_000, 0), amount(0, 5_000_000, is_sure=False)
    ('12.3/45.0 MB', '1.0 kB', '0.0/5.0+ MB')
    """
    if not total_bytes:
        return decimal_size(done_bytes) if done_bytes else ""
    whole, _, unit = decimal_size(total_bytes).partition(" ")
    scale = {"kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12}.get(unit, 1.0)
    digits = 1 if scale > 1 else 0
    return (
        f"{min(done_bytes, total_bytes) / scale:.{digits}f}/{whole}{'' if is_sure else '+'} {unit}"
    )


def _progress(job: Job) -> str:
    if job.state is JobState.QUEUED:
        return "waits for its turn"
    step = f"  {job.step}/{job.steps}" if job.steps and job.state is JobState.RUNNING else ""
    share = job.share if job.state is not JobState.DONE else 1.0
    return f"{bar(share, _BAR)} {share_text(job):>4}{step}"


def _progress_style(job: Job) -> str:
    return "$busy" if job.state is JobState.RUNNING else mark(job)[1]


def _bytes(job: Job) -> str:
    if job.state is JobState.DONE:
        return decimal_size(job.done_bytes) if job.done_bytes else ""
    return amount(job.done_bytes, job.total_bytes, is_sure=job.is_total_sure)


def _speed(job: Job) -> str:
    return f"{decimal_size(job.bytes_per_s)}/s" if job.bytes_per_s >= 1 else ""


def _left(job: Job) -> str:
    return age(job.left_s + 0.99) if job.left_s is not None else ""


def _took(job: Job, now: datetime) -> tuple[str, float]:
    if job.started is None:
        return "", FOREVER
    if job.took_s is not None:
        return age(job.took_s), FOREVER
    passed_s = (now - job.started).total_seconds()
    return age(passed_s), seconds_until_age_changes(passed_s)


def news(job: Job) -> str:
    """The last thing to know of it, in a line: what came of it, why it failed, what it is at."""
    match job.state:
        case JobState.DONE:
            return job.outcome
        case JobState.FAILED:
            lines = job.error.splitlines()
            return lines[-1] if lines else "failed"
        case JobState.CANCELLED:
            return "cancelled"
        case _:
            return job.said


def bar_done(each: Bar) -> bool:
    """Is nothing left to do with a part?"""
    return each.phase in {Phase.DONE, Phase.KEPT}


COLUMNS: tuple[Column[Job], ...] = (
    Column("", lambda it: mark(it)[0], style=lambda it: mark(it)[1], width=1, keep=100),
    Column("Job", lambda it: it.title, width=18, most=56, keep=99, cut_middle=True, flexible=True),
    Column("Progress", _progress, style=_progress_style, width=_BAR + 5, keep=98),
    Column("Left", _left, right=True, width=4, keep=96),
    Column("Bytes", _bytes, right=True, width=13, keep=94),
    Column("Speed", _speed, style=styled("$dim"), right=True, width=10, keep=92),
    Column(
        "Took", lambda it: it.took_s, live=_took, style=styled("$dim"), right=True, width=4, keep=90
    ),
    Column(
        "News",
        news,
        style=lambda it: "$container-failed" if it.state is JobState.FAILED else "$dim",
        width=20,
        most=70,
        keep=80,
    ),
    Column("Engine", lambda it: it.engine, style=styled("$dim"), keep=10),
)
"""The columns, from left to right."""
