"""What came of an action, in one sentence and the engine's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from dockertui.actions import Action
from dockertui.engine import EngineError, EngineUnavailable, ObjectNotFound, TimedOut
from dockertui.model import DockerObject
from dockertui.text import clean, counted
from dockertui.widgets.message_bar import Report


def summary(
    action: Action[Any],
    targets: Sequence[DockerObject],
    outcomes: Sequence[str | EngineError],
    took_s: float,
) -> Report | None:
    """What to tell of an action on some objects; `None` if it speaks for itself.

    Args:
        action: What was done.
        targets: The objects.
        outcomes: What came of it for each: words, perhaps none, or an error.
        took_s: How long it took.
    """
    pairs = zip(targets, outcomes, strict=True)
    failures = [(each, it) for each, it in pairs if isinstance(it, EngineError)]
    if failures:
        return _failures(action, failures, len(targets))
    words = next((it for it in outcomes if it), "") or action.done
    after = f" after {took_s:.0f} s" if took_s >= 1 else ""
    return Report(f"{names(targets)} {words}{after}.") if words else None


def _failures(
    action: Action[Any], failures: Sequence[tuple[DockerObject, EngineError]], count: int
) -> Report:
    target, error = failures[0]
    prefix = f"{action.label.rstrip('…')} {target.name}"
    if count > 1:
        prefix = f"{count - len(failures)} of {count} {action.done or 'done'}; {prefix}"
    return failure(prefix, error, "\n".join(f"{each.name}: {it}" for each, it in failures))


def failure(prefix: str, error: Exception, detail: str = "") -> Report:
    """Tell of an error in the engine's words, and in the detail what to do next."""
    words = clean(str(error))
    return Report(
        f"{prefix}: {words}",
        failed=True,
        detail="\n".join(filter(None, (detail or words, _advice(error)))),
        at=datetime.now(UTC),
    )


def names(targets: Sequence[DockerObject]) -> str:
    """The name of an object, or how many there are."""
    return targets[0].name if len(targets) == 1 else counted(len(targets), targets[0].kind)


def _advice(error: Exception) -> str:
    match error:
        case EngineUnavailable():
            return "\n".join(("", *error.problem.advice))
        case ObjectNotFound():
            return "\nIt was removed meanwhile; the list shows what is there."
        case TimedOut():
            return "\nThe engine may still be at it. The list shows how things are."
        case _:
            return ""
