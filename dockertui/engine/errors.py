"""Everything the engine layer raises.

* EngineError
  - EngineUnavailable   nobody we can speak to answers at the address
  - ObjectNotFound      404: it was removed while we looked at it
  - StateConflict       409, 304: it is in the wrong state for that, or still in use
  - NotSupported        501, or 404 for the call itself: this engine cannot do that
  - Forbidden           403: somebody between us and the engine does not allow it
  - TimedOut            no answer in time; the engine may or may not have done it
  - ReadOnlyRefused     we were started with `--read-only`
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
