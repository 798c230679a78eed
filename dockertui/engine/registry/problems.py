"""Why a registry cannot be spoken to, in words, with what to do about it."""

from __future__ import annotations

import errno
import socket
import ssl

from dockertui.engine.errors import RegistryUnreachable, Unreachable
from dockertui.engine.problems import causes, is_timeout
from dockertui.engine.registry.hosts import is_local, name_of
from dockertui.text import clean

_NO_TLS = {
    *("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL", "HTTP_REQUEST"),
    *("PACKET_LENGTH_TOO_LONG", "BAD_RECORD_TYPE", "HTTPS_PROXY_REQUEST"),
}
"""What OpenSSL calls an answer that is not TLS at all."""
_UNTRUSTED = {
    18: "it is self-signed",
    19: "it is from an authority that nobody here knows",
    20: "it is from an authority that nobody here knows",
    21: "it is from an authority that nobody here knows",
    9: "it is not valid yet",
    10: "it has expired",
    62: "it is for another host",
    64: "it is for another address",
}
"""OpenSSL's codes for what is wrong with a certificate."""
_SENTENCES = {
    Unreachable.UNKNOWN_HOST: "There is no host {where}.",
    Unreachable.REFUSED: "Nobody listens at {where}: connection refused.",
    Unreachable.SILENT: "{where} does not answer.",
    Unreachable.ENDED: "{where} ended the connection before it had answered.",
    Unreachable.TLS: "TLS with {where} failed{because}.",
    Unreachable.NOT_A_REGISTRY: "What answers at {where} is no registry{because}.",
    Unreachable.OTHER: "{where} cannot be reached{because}.",
}
_KINDS_BY_ERRNO = {
    errno.ECONNREFUSED: Unreachable.REFUSED,
    errno.ECONNRESET: Unreachable.ENDED,
    errno.ECONNABORTED: Unreachable.ENDED,
    errno.EPIPE: Unreachable.ENDED,
    errno.ETIMEDOUT: Unreachable.SILENT,
}
_ENDED = {"RemoteDisconnected", "IncompleteRead", "ProtocolError", "InvalidChunkLength"}


def unreachable(error: BaseException, host: str) -> RegistryUnreachable:
    """The error that says why a host could not be spoken to.

    Args:
        error: Whatever was raised meanwhile.
        host: The host, with its port if it was named.
    """
    if isinstance(error, RegistryUnreachable):
        return error
    kind, because = Unreachable.OTHER, ""
    for each in causes(error):
        if isinstance(each, ssl.SSLError):
            return _about_tls(each, host)
        if (found := _kind_of(each)) is not None:
            kind = found
            break
    else:
        kind = Unreachable.SILENT if is_timeout(error) else Unreachable.OTHER
        because = f": {clean(type(error).__name__)}" if kind is Unreachable.OTHER else ""
    where = clean(host) if kind is Unreachable.UNKNOWN_HOST else name_of(host)
    sentence = _SENTENCES[kind].format(where=where, because=because)
    return RegistryUnreachable(kind, sentence, _advice(kind, host))


def not_a_registry(host: str, because: str = "") -> RegistryUnreachable:
    """The error for what answers, but not as a registry does."""
    kind = Unreachable.NOT_A_REGISTRY
    detail = f": {clean(because)}" if because else ""
    sentence = _SENTENCES[kind].format(where=name_of(host), because=detail)
    return RegistryUnreachable(kind, sentence, ("Are the name and the port right?",))


def plain_refused(host: str) -> RegistryUnreachable:
    """The error for a host that speaks no TLS though it is to."""
    return RegistryUnreachable(
        Unreachable.PLAIN,
        f"{name_of(host)} speaks plain http: passwords and images would cross the network for "
        "anybody to read and to change.",
        (
            "Allow it if you trust the network, or give the registry a certificate.",
            f'For the engine: add "{clean(host)}" to insecure-registries in its daemon.json.',
        ),
    )


def has_ended(error: BaseException) -> bool:
    """Did it fail because the other side ended the connection without a word?"""
    return any(
        isinstance(it, ConnectionResetError | BrokenPipeError)
        or type(it).__name__ == "RemoteDisconnected"
        for it in causes(error)
    )


def _kind_of(error: BaseException) -> Unreachable | None:
    if isinstance(error, socket.gaierror):
        return Unreachable.UNKNOWN_HOST
    if isinstance(error, TimeoutError):
        return Unreachable.SILENT
    if isinstance(error, OSError) and (kind := _KINDS_BY_ERRNO.get(error.errno or 0)):
        return kind
    if type(error).__name__ in {"BadStatusLine", "LineTooLong", "InvalidHeader"}:
        return Unreachable.NOT_A_REGISTRY
    if isinstance(error, ConnectionError) or type(error).__name__ in _ENDED:
        inner = tuple(causes(error))[1:]
        return None if any(_kind_of(it) for it in inner) else Unreachable.ENDED
    return None


def _about_tls(error: ssl.SSLError, host: str) -> RegistryUnreachable:
    where = name_of(host)
    if (error.reason or "") in _NO_TLS:
        return plain_refused(host)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _UNTRUSTED.get(error.verify_code, clean(error.verify_message))
        return RegistryUnreachable(
            Unreachable.CERTIFICATE,
            f"The certificate of {where} is not trusted: {why}.",
            (
                "If it is yours, put the authority's certificate here:",
                f"/etc/docker/certs.d/{clean(host)}/ca.crt",
            ),
        )
    because = f": {clean(str(error.reason or error.strerror or error)).replace('_', ' ').lower()}"
    sentence = _SENTENCES[Unreachable.TLS].format(where=where, because=because)
    return RegistryUnreachable(Unreachable.TLS, sentence)


def _advice(kind: Unreachable, host: str) -> tuple[str, ...]:
    looks_like_hub = not any(it in host for it in ".:") and host != "localhost"
    if kind is Unreachable.UNKNOWN_HOST and looks_like_hub:
        return (f"For Docker Hub, write it in lower case: {clean(host.lower())}/…",)
    if kind is Unreachable.UNKNOWN_HOST:
        return ("Is the name spelled right, and this machine on the network?",)
    if kind is Unreachable.REFUSED and is_local(host):
        return ("Is the registry started? The engine may be on another machine than you.",)
    return ()
