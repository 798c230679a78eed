"""Why a log shows no lines, and what to do about it."""

from __future__ import annotations

from dockertui.engine import EngineError, EngineUnavailable, Forbidden, NotSupported, ObjectNotFound
from dockertui.model import Container, ContainerState
from dockertui.sync.log_span import LogSpan, age_words

GONE = "It has been removed, and its log with it."
LOST = "The engine does not answer; the log goes on when it does."
LOST_AMID = "the engine does not answer; goes on when it does"


def why_unread(error: EngineError) -> str:
    """Why a log could not be read."""
    match error:
        case NotSupported():
            return (
                f"Its log cannot be read here. The engine says: {error}. "
                "Create it with --log-driver local or json-file to read it."
            ).replace("..", ".")
        case ObjectNotFound():
            return GONE
        case Forbidden():
            return (
                f"You may not read its log. The engine says: {error}. "
                "Whoever guards the engine's socket must allow GET /containers/…/logs."
            ).replace("..", ".")
        case EngineUnavailable():
            return LOST
        case _:
            return f"The log could not be read. The engine says: {error}"


def why_nothing(container: Container | None, span: LogSpan) -> str:
    """Why a log that can be read has no lines."""
    if container is None:
        return GONE
    if container.state is ContainerState.CREATED:
        return "It has never run, so it has written nothing. Start it with s."
    if span.since_s is not None or span.until_s is not None:
        return _why_nothing_then(span)
    if container.state in {ContainerState.EXITED, ContainerState.DEAD}:
        return "It ended without writing a line."
    return "No lines yet. What it writes to stdout and stderr will appear here."


def _why_nothing_then(span: LogSpan) -> str:
    if span.is_empty:
        return f"From {span.words} there is no time at all. Press u for a later end."
    if span.until_s is not None:
        return f"No lines {_time_words(span)}. Press u for a later end, s for an earlier beginning."
    return f"No lines {_time_words(span)}. Press s for a longer time."


def _time_words(span: LogSpan) -> str:
    """A span of time within a sentence.

    >>> _time_words(LogSpan(since_s=900)), _time_words(LogSpan(since_s=3600, until_s=60))
    ('in the last 15 minutes', 'from 1h to 1m ago')
    """
    if span.until_s is None:
        minutes = (span.since_s or 0) // 60
        hours = minutes // 60
        unit, count = ("hour", hours) if hours else ("minute", minutes)
        return f"in the last {count} {unit}s" if count != 1 else f"in the last {unit}"
    if span.since_s is None:
        return f"up to {age_words(span.until_s)} ago"
    return f"from {age_words(span.since_s)} to {age_words(span.until_s)} ago"
