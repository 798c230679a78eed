"""What a registry's refusals mean, in words. Its own are kept, cleaned and not too long."""

from __future__ import annotations

from http import HTTPStatus

from dockertui.engine.errors import (
    LoginNeeded,
    LoginRefused,
    NotInRegistry,
    RateLimited,
    RegistryCannot,
    RegistryDenied,
    RegistryError,
)
from dockertui.engine.payload.bodies import object_in
from dockertui.engine.payload.fields import rows, text
from dockertui.engine.registry.limits import limit_in, wait_in
from dockertui.engine.registry.transport import Answer
from dockertui.text import clean

_MOST_WORDS = 300
_UNITS = (("hour", 3600), ("minute", 60), ("second", 1))
_CANNOT = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}


def error_for(answer: Answer, name: str, what: str, username: str | None) -> RegistryError:
    """The error that a refusal stands for.

    Args:
        answer: The refusal.
        name: What the registry is called.
        what: What was asked for, e.g. `team/app:1.2`.
        username: Who asked, empty for a token; `None` for nobody.
    """
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return rate_limited(answer, name)
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return _not_authorized(answer, name, what, username)
    codes, words = _codes_in(answer), words_of(answer)
    if answer.status == HTTPStatus.NOT_FOUND:
        repository = what.partition("@")[0].partition(":")[0]
        nothing = f"repository {repository}" if "NAME_UNKNOWN" in codes else what
        return NotInRegistry(f"{name} has no {nothing}.")
    because = f": {words}" if words else ""
    # The first one is what a registry says that was to delete a tag, and can only delete images.
    if answer.status in _CANNOT or codes & {"DIGEST_INVALID", "UNSUPPORTED"}:
        return RegistryCannot(f"{name} does not offer that{because}.")
    if answer.status == HTTPStatus.FORBIDDEN:
        return RegistryDenied(f"{name} does not allow that{because}.")
    return RegistryError(f"{name} could not answer ({answer.status}){because}.")


def rate_limited(answer: Answer, name: str) -> RateLimited:
    """The error for having asked too often, with the time left if the registry says it."""
    wait_s, limit = wait_in(answer.headers), limit_in(answer.headers)
    used = ""
    if limit is not None:
        window = f" in {duration(limit.window_s)}" if limit.window_s else ""
        used = f": it allows {limit.limit:,} pulls{window}"
    when = f"in {duration(wait_s)}" if wait_s is not None else "later"
    return RateLimited(f"{name} was asked too often{used}. Try again {when}.", wait_s)


def words_of(answer: Answer) -> str:
    """A registry's own words in a refusal, on one line; empty for a page of HTML, say."""
    said = object_in(answer.body)
    found = [text(it.get("message")) for it in rows(said.get("errors"))]
    found += [text(said.get(name)) for name in ("message", "details", "detail", "error")]
    words = next((it for it in found if it), "").strip().rstrip(".")
    return words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS]}…"


def duration(seconds: float) -> str:
    """How long something takes, as the middle of a sentence has it, rounded up.

    >>> duration(61), duration(6 * 3600), duration(0.2)
    ('2 minutes', '6 hours', '1 second')
    """
    whole = max(1, -int(-seconds // 1))
    unit, length = next(it for it in _UNITS if whole >= it[1])
    count = -(-whole // length)
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _codes_in(answer: Answer) -> set[str]:
    return {text(it.get("code")) for it in rows(object_in(answer.body).get("errors"))}


def _not_authorized(answer: Answer, name: str, what: str, username: str | None) -> RegistryError:
    asks_for_password = any(it[:5].lower() == "basic" for it in answer.challenges)
    if username is None and asks_for_password:
        return LoginNeeded(f"{name} wants to know who asks: log in to it.")
    if username is None:
        return LoginNeeded(f"{name} has no {what}, or shows it only to those who are logged in.")
    if asks_for_password:
        return no_longer(name, username)
    return RegistryDenied(f"{name} has no {what}, or does not show it to {username or 'you'}.")


def no_longer(name: str, username: str) -> LoginRefused:
    """The error for credentials that were right once, perhaps.

    Args:
        name: What the registry is called.
        username: Whose they are; empty for a token.
    """
    whose = f"the login of {clean(username)}" if username else "your login"
    return LoginRefused(f"{name} does not accept {whose} any more: log in again.")
