"""Why nobody answers at an address, in words, with what to do about it."""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Iterator

from dockertui.engine.address import Address
from dockertui.engine.errors import (
    EngineError,
    EngineUnavailable,
    Problem,
    ProblemKind,
    TimedOut,
)
from dockertui.engine.wire import NotHTTPError
from dockertui.text import clean

_TLS_ALERT = b"\x15\x03"
_ASKS_FOR_TLS = re.compile(r"HTTP request (was sent )?to an? HTTPS", re.IGNORECASE)
_TOO_NEW = re.compile(r"client version \S+ is too new", re.IGNORECASE)
_TOO_OLD = re.compile(r"client version \S+ is too old", re.IGNORECASE)
_KINDS_BY_ERRNO = {
    errno.ENOENT: ProblemKind.NO_SOCKET,
    errno.ENOTDIR: ProblemKind.NO_SOCKET,
    errno.EACCES: ProblemKind.PERMISSION,
    errno.EPERM: ProblemKind.PERMISSION,
    errno.ECONNREFUSED: ProblemKind.REFUSED,
    errno.ECONNRESET: ProblemKind.ENDED,
    errno.ECONNABORTED: ProblemKind.ENDED,
    errno.EPIPE: ProblemKind.ENDED,
    errno.ETIMEDOUT: ProblemKind.SILENT,
}


_KINDS_BY_CLASS: tuple[tuple[tuple[type[BaseException], ...], ProblemKind], ...] = (
    ((TimedOut, TimeoutError), ProblemKind.SILENT),
    ((socket.gaierror,), ProblemKind.UNKNOWN_HOST),
    ((ConnectionResetError, ConnectionAbortedError, BrokenPipeError), ProblemKind.ENDED),
)
_SENTENCES = {
    ProblemKind.NO_SOCKET: "There is no socket at {where}.",
    ProblemKind.PERMISSION: "You may not use {where}: permission denied.",
    ProblemKind.REFUSED: "Nobody listens at {where}: connection refused.",
    ProblemKind.SILENT: "Nobody answers at {where}, though nothing refuses the connection.",
    ProblemKind.ENDED: "The connection to {where} ended before an answer.",
    ProblemKind.UNKNOWN_HOST: "The host in {where} is not known{because}.",
    ProblemKind.TLS: "TLS with {where} failed{because}.",
    ProblemKind.TOO_OLD: "The engine at {where} is too old for this program{because}.",
    ProblemKind.TOO_NEW: "The engine at {where} is too new for this program{because}.",
    ProblemKind.NOT_AN_ENGINE: "What answers at {where} is not a Docker engine{because}.",
    ProblemKind.OTHER: "The engine at {where} cannot be reached{because}.",
}
_ADVICE = {
    ProblemKind.PERMISSION: (
        "Join the group docker, then log in again:",
        "sudo usermod -aG docker $USER",
        "Or use an engine of your own: rootless Docker or Podman.",
    ),
    ProblemKind.REFUSED: ("Is the engine started, and does it listen on that port?",),
    ProblemKind.SILENT: ("A firewall may swallow the connection; or the engine is starting.",),
    ProblemKind.ENDED: ("The engine may be restarting.",),
    ProblemKind.UNKNOWN_HOST: ("Is the name spelled right?",),
    ProblemKind.TOO_OLD: ("Docker 1.12 or newer is needed.",),
    ProblemKind.TOO_NEW: ("Is there a newer version of this program?",),
    ProblemKind.NOT_AN_ENGINE: ("Is the port right?",),
}
_START_IT = (
    "Is the engine started?",
    "sudo systemctl start docker",
    "systemctl --user start podman.socket",
)
_SOCKET_ADVICE = {
    ProblemKind.NO_SOCKET: _START_IT,
    ProblemKind.REFUSED: _START_IT,
    ProblemKind.SILENT: (
        "It may still be starting, or be stuck:",
        "sudo journalctl -u docker -n 50",
    ),
}


def unavailable(error: BaseException, address: Address) -> EngineUnavailable:
    """The error that says why nobody answered."""
    if isinstance(error, EngineUnavailable):
        return error
    return EngineUnavailable(problem_of(error, address))


def problem_of(error: BaseException, address: Address) -> Problem:
    """What went wrong, from whatever was raised while speaking to an engine."""
    kind, detail = _kind_of(error)
    return Problem(kind, _sentence(kind, address, detail), tuple(_advice(kind, address)))


def problem(kind: ProblemKind, address: Address, detail: str = "") -> Problem:
    """What went wrong, when its kind is known."""
    return Problem(kind, _sentence(kind, address, detail), tuple(_advice(kind, address)))


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and whatever it came of, outermost first."""
    seen: set[int] = set()
    pending: list[BaseException | None] = [error]
    while pending:
        each = pending.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        pending += [each.__cause__, each.__context__]
        # requests and urllib3 hand on what they wrap as an argument, or as `reason`.
        inner = (*each.args, getattr(each, "reason", None))
        pending += [it for it in inner if isinstance(it, BaseException)]


def is_timeout(error: BaseException) -> bool:
    """Did it go wrong because no answer came in time?"""
    return any(
        isinstance(it, TimeoutError) or type(it).__name__ in {"ReadTimeoutError", "ReadTimeout"}
        for it in causes(error)
    )


def _kind_of(error: BaseException) -> tuple[ProblemKind, str]:
    chain = tuple(causes(error))
    for each in chain:
        if (kind := _kind_of_one(each)) is not None:
            return kind, _detail(each)
    return ProblemKind.OTHER, clean(str(error)) or type(error).__name__


def _kind_of_one(error: BaseException) -> ProblemKind | None:
    if isinstance(error, NotHTTPError):
        return _kind_of_rubbish(error)
    for classes, kind in _KINDS_BY_CLASS:
        if isinstance(error, classes):
            return kind
    if isinstance(error, EngineError):
        return _kind_of_words(str(error))
    if isinstance(error, OSError):
        is_tls = type(error).__module__ == "ssl"
        return ProblemKind.TLS if is_tls else _KINDS_BY_ERRNO.get(error.errno or 0)
    return None


def _kind_of_rubbish(error: NotHTTPError) -> ProblemKind:
    is_tls = any(isinstance(it, bytes) and it.startswith(_TLS_ALERT) for it in error.args)
    return ProblemKind.TLS if is_tls else ProblemKind.NOT_AN_ENGINE


def _kind_of_words(words: str) -> ProblemKind:
    for pattern, kind in (
        (_ASKS_FOR_TLS, ProblemKind.TLS),
        (_TOO_NEW, ProblemKind.TOO_OLD),
        (_TOO_OLD, ProblemKind.TOO_NEW),
    ):
        if pattern.search(words):
            return kind
    return ProblemKind.NOT_AN_ENGINE


def _detail(error: BaseException) -> str:
    if isinstance(error, NotHTTPError):
        return ""
    reason = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
    return clean(str(reason))


def _sentence(kind: ProblemKind, address: Address, detail: str) -> str:
    because = f": {detail}" if detail else ""
    return _SENTENCES[kind].format(where=clean(address.url), because=because)


def _advice(kind: ProblemKind, address: Address) -> Iterator[str]:
    if kind is ProblemKind.TLS:
        yield from _tls_advice(address)
    else:
        on_this_host = _SOCKET_ADVICE.get(kind) if address.socket_path else None
        yield from on_this_host or _ADVICE.get(kind, ())
    if address.origin != "the default socket":
        yield f"The address comes from {clean(address.origin)}."


def _tls_advice(address: Address) -> Iterator[str]:
    if address.tls is None:
        yield "It seems to speak TLS. Set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH if need be."
        return
    yield "Do the certificates fit, and does the engine speak TLS on that port?"
    folder = address.tls.ca.rpartition("/")[0]
    yield (
        f"Used: {clean(folder)}" if folder else "No CA of its own was found; the system's is used."
    )
