"""What a person is told of registries: what went wrong, and what to do about it."""

from __future__ import annotations

from dockertui.engine.errors import (
    CredentialsError,
    LoginNeeded,
    NotInRegistry,
    RateLimited,
    RegistryCannot,
    RegistryError,
    RegistryUnreachable,
    Unreachable,
)
from dockertui.model.registry import LoginOutcome, RateLimit
from dockertui.text import age, clean

MAY_BE_ALLOWED = frozenset((Unreachable.PLAIN, Unreachable.CERTIFICATE))
"""What a person may put up with."""
_AGAIN = "ctrl+r asks again."
_PLAIN = (
    "It is in the file as plain text: whoever can read the file can read the password. "
    "A credential helper would keep it safe."
)


def may_be_allowed(error: Exception | None) -> bool:
    """Is it up to the person to go on all the same?"""
    return isinstance(error, RegistryUnreachable) and error.kind in MAY_BE_ALLOWED


def trouble(error: Exception) -> tuple[str, ...]:
    """What went wrong and what to do, in sentences."""
    advice = (
        error.advice if isinstance(error, RegistryError | CredentialsError) else ()
    )  # Those of engines have none.
    return tuple(filter(None, (clean(str(error)), *map(clean, advice), next_step(error))))


def next_step(error: Exception) -> str:
    """Which key leads on from here."""
    if may_be_allowed(error):
        return "A speaks to it all the same, for as long as dockertui runs."
    match error:
        case LoginNeeded():
            return "i logs in."
        case RegistryCannot():
            return "n names a repository."
        case RateLimited() | NotInRegistry():
            return ""
        case _:
            return _AGAIN


def logged_in(outcome: LoginOutcome, name: str) -> str:
    """What came of a login."""
    who = clean(outcome.username)
    if not outcome.was_asked:
        return (
            f"{name} did not ask who you are: it lets anybody in, so nobody knows whether the "
            f"password is right. {who} is kept by {clean(outcome.store)} all the same."
        )
    said = f"Logged in to {name} as {who}; kept by {clean(outcome.store)}."
    return f"{said} {_PLAIN}" if outcome.is_plain_text else said


def limit_words(limit: RateLimit) -> str:
    """How many pulls a registry still allows.

    >>> from datetime import UTC, datetime
    >>> limit_words(RateLimit(100, 98, 21_600, datetime.now(UTC)))
    '98 of 100 pulls left in 6h'
    """
    window = f" in {age(limit.window_s)}" if limit.window_s else ""
    return f"{limit.remaining:,} of {limit.limit:,} pulls left{window}"
