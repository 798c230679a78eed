"""Everything the engine layer raises.

* EngineError
  - EngineUnavailable   nobody we can speak to answers at the address
  - ObjectNotFound      404: it was removed while we looked at it
  - StateConflict       409, 304: it is in the wrong state for that, or still in use
  - NotSupported        501, or 404 for the call itself: this engine cannot do that
  - Forbidden           403: somebody between us and the engine does not allow it
  - TimedOut            no answer in time; the engine may or may not have done it
  - ReadOnlyRefused     we were started with `--read-only`
  - RegistryError       a registry could not do what was asked
    + RegistryUnreachable   nobody we can, or may, speak to answers there
    + LoginNeeded           it wants to know who asks, and nobody is logged in
    + LoginRefused          it does not accept the user name or the password
    + RegistryDenied        it does not allow that to whoever is logged in
    + NotInRegistry         it has no such repository, tag or image
    + RegistryCannot        it does not offer that, e.g. a list of its repositories
    + RateLimited           it was asked too often
  - CredentialsError    the store of credentials does not work
* AddressError          what was given as an engine's address is none
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EngineError(Exception):
    """The engine could not do what was asked; `str()` is a sentence fit to show a person."""


class ProblemKind(StrEnum):
    """Why nobody answers."""

    NO_SOCKET = "no such socket"
    PERMISSION = "permission denied"
    REFUSED = "connection refused"
    SILENT = "no answer"
    ENDED = "connection ended"
    UNKNOWN_HOST = "unknown host"
    TLS = "TLS failed"
    TOO_OLD = "engine too old"
    TOO_NEW = "engine too new"
    NOT_AN_ENGINE = "not a Docker engine"
    OTHER = "not reachable"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nobody answers at an address, in words."""

    kind: ProblemKind
    """What went wrong."""
    sentence: str
    """What went wrong, for a person, with the address tried."""
    advice: tuple[str, ...] = ()
    """What to do about it: a sentence or a command line each, the likeliest first."""


class EngineUnavailable(EngineError):
    """Nobody we can speak to answers at the engine's address."""

    def __init__(self, problem: Problem) -> None:
        """Say why.

        Args:
            problem: What went wrong.
        """
        super().__init__(problem.sentence)
        self.problem = problem


class ObjectNotFound(EngineError):
    """The object is not there, or no longer."""


class StateConflict(EngineError):
    """The object is in the wrong state for the request, or still in use."""


class NotSupported(EngineError):
    """This engine cannot do that."""


class Forbidden(EngineError):
    """We may not ask that: a proxy or a plug-in of the engine's refuses it."""


class TimedOut(EngineError):
    """The engine did not answer in time; it may or may not have done what was asked."""


class ReadOnlyRefused(EngineError):
    """We were asked to change something in read-only mode."""


class AddressError(ValueError):
    """What was given as an engine's address is none; `str()` says what would be right."""


class RegistryError(EngineError):
    """A registry could not do what was asked."""

    def __init__(self, sentence: str, advice: tuple[str, ...] = ()) -> None:
        """Say why.

        Args:
            sentence: What went wrong, for a person.
            advice: What to do about it: a sentence or a command line each.
        """
        super().__init__(sentence)
        self.advice = advice


class Unreachable(StrEnum):
    """Why a registry cannot be spoken to."""

    UNKNOWN_HOST = "unknown host"
    REFUSED = "connection refused"
    SILENT = "no answer"
    ENDED = "connection ended"
    CERTIFICATE = "certificate not trusted"
    TLS = "TLS failed"
    PLAIN = "no TLS"
    NOT_A_REGISTRY = "not a registry"
    OTHER = "not reachable"


class RegistryUnreachable(RegistryError):
    """Nobody we can, or may, speak to answers there."""

    def __init__(self, kind: Unreachable, sentence: str, advice: tuple[str, ...] = ()) -> None:
        """Say why.

        Args:
            kind: What went wrong. `PLAIN` and `CERTIFICATE` are up to the person to allow.
            sentence: The same, for a person.
            advice: What to do about it.
        """
        super().__init__(sentence, advice)
        self.kind = kind


class LoginNeeded(RegistryError):
    """It wants to know who asks, and nobody is logged in."""


class LoginRefused(RegistryError):
    """It does not accept the user name or the password."""


class RegistryDenied(RegistryError):
    """It does not allow that to whoever is logged in."""


class NotInRegistry(RegistryError):
    """It has no such repository, tag or image."""


class RegistryCannot(RegistryError):
    """It does not offer that."""


class RateLimited(RegistryError):
    """It was asked too often."""

    def __init__(self, sentence: str, retry_s: float | None = None) -> None:
        """Say for how long.

        Args:
            sentence: The same, for a person.
            retry_s: When it may be asked again, in seconds from now; `None` if it does not say.
        """
        super().__init__(sentence)
        self.retry_s = retry_s


class CredentialsError(EngineError):
    """The store of credentials does not work; `str()` says what to do about it."""

    def __init__(self, sentence: str, advice: tuple[str, ...] = ()) -> None:
        """Say why.

        Args:
            sentence: What went wrong, for a person.
            advice: What to do about it: a sentence or a command line each.
        """
        super().__init__(sentence)
        self.advice = advice
