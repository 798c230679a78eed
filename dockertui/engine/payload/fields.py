"""Single values out of JSON whose shape nobody promises.

Every function takes whatever is there, or is not, and gives a value of its type.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from dockertui.text import clean, clean_json

Payload = Mapping[str, Any]
"""A decoded JSON object."""

_NOTHING: Payload = {}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_S = 253_402_300_799
_MICROSECOND_DIGITS = 6


def text(value: Any) -> str:
    """A string, fit to draw on one line; empty for anything else."""
    return clean(value) if value.__class__ is str else ""


def block(value: Any) -> str:
    """A string of many lines, fit to draw once split; empty for anything else."""
    return str(clean_json(value)) if isinstance(value, str) else ""


def whole(value: Any, default: int = 0) -> int:
    """An integer; `default` for anything else."""
    if value.__class__ is int:
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return default


def is_true(value: Any) -> bool:
    """Is it JSON's `true`?"""
    return value is True


def table(value: Any) -> Payload:
    """An object; empty for anything else."""
    return value if value.__class__ is dict else _NOTHING


def rows(value: Any) -> Iterable[Payload]:
    """The objects in a list; nothing for anything else."""
    return [it for it in value if it.__class__ is dict] if value.__class__ is list else ()


def words(value: Any) -> tuple[str, ...]:
    """The strings in a list, in order; a lone string is a list of one."""
    if isinstance(value, str):
        return (clean(value),)
    return (
        tuple(clean(it) for it in value if isinstance(it, str)) if isinstance(value, list) else ()
    )


def labels(value: Any) -> dict[str, str]:
    """Names and values, both strings."""
    if value.__class__ is not dict:
        return {}
    return {clean(name): clean(said) for name, said in value.items() if said.__class__ is str}


def raw(value: Any) -> str:
    """A string as it came, to be sent back and never to be drawn; empty for anything else."""
    return value if value.__class__ is str else ""


def raw_words(value: Any) -> tuple[str, ...]:
    """The strings in a list as they came, to be sent back; a lone string is a list of one."""
    if isinstance(value, str):
        return (value,)
    return tuple(it for it in value if isinstance(it, str)) if isinstance(value, list) else ()


def moment(value: Any) -> datetime | None:
    """A time, from seconds since the epoch or from RFC 3339; `None` for year 1 and for rubbish.

    >>> moment("2026-11-23T12:03:11.123456789Z")
    datetime.datetime(2026, 11, 23, 12, 3, 11, 123456, tzinfo=datetime.timezone.utc)
    >>> moment(0), moment("0001-01-01T00:00:00Z")
    (None, None)
    """
    if value.__class__ is int or isinstance(value, float):
        return _EPOCH + timedelta(seconds=value) if 0 < value <= _LAST_S else None
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(_with_microseconds(value))
        aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        return aware.astimezone(UTC) if aware.year > 1 else None
    except (ValueError, OverflowError):
        return None


def _with_microseconds(stamp: str) -> str:
    """Cut nanoseconds, which `fromisoformat` refuses from Python 3.11 on beyond six digits."""
    whole_seconds, dot, rest = stamp.partition(".")
    if not dot:
        return stamp
    digits = len(rest) - len(rest.lstrip("0123456789"))
    return f"{whole_seconds}.{rest[: min(digits, _MICROSECOND_DIGITS)]:0<6}{rest[digits:]}"
