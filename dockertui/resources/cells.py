"""Shared ways to write and colour a value in a column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from dockertui.model import Container, Image
from dockertui.model.update_word import Update
from dockertui.resources.resource import FOREVER, Live
from dockertui.text import age, seconds_until_age_changes

T = TypeVar("T")

_UPDATE_ORDER = {it: place for place, it in enumerate(Update)}
_UPDATE_WORDS = {
    Update.NEWER: ("yes", "update"),
    Update.OLDER: ("yes", "older"),
    Update.UNKNOWN: ("unknown",),
    Update.CURRENT: ("no", "current"),
}


def styled(variable: str) -> Callable[[object], str]:
    """Draw every cell of a column in one theme variable.

    >>> styled("$dim")(None)
    '$dim'
    """
    return lambda _: variable


def listed(values: tuple[object, ...]) -> str:
    """Write several values in one cell.

    >>> listed(("front", "back"))
    'front, back'
    """
    return ", ".join(map(str, values))


def percent(value: float) -> str:
    """Write a share in percent, to a digit that means something.

    >>> [percent(it) for it in (0.0, 0.04, 3.14, 38.2, 400.0)]
    ['0%', '0%', '3.1%', '38%', '400%']
    """
    if 0.05 <= value < 9.95:  # noqa: PLR2004 - the bounds between which a decimal is shown
        return f"{value:.1f}%"
    return f"{value:.0f}%"


def bar(share: float, width: int) -> str:
    """Draw a part of a whole as a thin bar; whatever is not nothing can be seen.

    Args:
        share: The part, from 0 to 1.
        width: The cells of the whole.

    >>> bar(0.5, 4), bar(0.4, 4), bar(0.001, 4), bar(0.0, 4), bar(7.0, 4)
    ('━━', '━╸', '╸', '', '━━━━')
    """
    if share <= 0:
        return ""
    whole, half = divmod(max(1, min(2 * width, round(share * 2 * width))), 2)
    return "━" * whole + "╸" * half


def age_of(moment: Callable[[T], datetime | None], form: str = "{}") -> Live[T]:
    """Count the time since a moment of each object, e.g. `up 3m`; blank where there is none.

    Args:
        moment: When it began, in UTC.
        form: What to write around the age.
    """

    def live(row: T, now: datetime) -> tuple[str, float]:
        if (began := moment(row)) is None:
            return "", FOREVER
        passed_s = (now - began).total_seconds()
        return form.format(age(passed_s)), seconds_until_age_changes(passed_s)

    return live


def update_order(row: Container | Image) -> tuple[int, str] | None:
    """What is said of newer images, what can be done something about first."""
    update = row.update
    return (_UPDATE_ORDER[update], update) if update else None


def update_style(row: Container | Image) -> str:
    """The colour of what is said of newer images: only what can be done something about has one."""
    match row.update:
        case Update.NEWER | Update.OLDER:
            return "$update-there"
        case Update.CHECKING:
            return "$busy"
        case _:
            return "$dim"


def update_words(update: Update) -> tuple[str, ...]:
    """What a filter finds it by: `update:yes` whatever is to be pulled, or created again."""
    return _UPDATE_WORDS.get(update, ())
