"""HTTP with registries: bounded in size and time, and only with whom that is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from urllib.parse import urljoin

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from dockertui import __version__
from dockertui.engine.errors import RegistryError
from dockertui.engine.registry.calls import POOLS, Call, pools_of
from dockertui.engine.registry.certificates import context_for
from dockertui.engine.registry.hosts import (
    Origin,
    has_port,
    is_listed,
    is_local,
    name_of,
    origin_of,
)
from dockertui.engine.registry.problems import has_ended, plain_refused, unreachable
from dockertui.engine.registry.proxies import pool_manager, proxy_for
from dockertui.model.registry import Trust

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 15.0
SMALL_BYTES = 64 * 1024
"""What an error, or a token, may take."""
_PIECE = 64 * 1024
_POOL_SIZE = 8
_MOST_HOSTS = 32
_MOST_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_REPEATABLE = {"GET", "HEAD"}
_FAILURE = 400


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked."""

    method: str
    """`GET`, `HEAD`, `POST` or `DELETE`."""
    url: str
    """Where."""
    headers: Mapping[str, str]
    """What to say besides; hidden values do not show themselves."""
    limit: int
    """The most that the answer may have, in bytes."""
    body: bytes | None = field(default=None, repr=False)
    """What to send along."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    """The HTTP status."""
    headers: Mapping[str, str]
    """The headers, found whatever their case."""
    body: bytes
    """All of the body."""
    challenges: tuple[str, ...] = ()
    """Every `WWW-Authenticate`: they could not be told apart if they were joined."""

    @property
    def is_failure(self) -> bool:
        """Is it a refusal?"""
        return self.status >= _FAILURE


class Transport:
    """Connections to any number of hosts, kept for the next request. For any thread."""

    def __init__(
        self,
        folders: tuple[Path, ...],
        trust: Trust,
        environ: Mapping[str, str],
        sockets: Path | None = None,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            folders: Where certificates for registries are kept.
            trust: Whom to speak to without TLS, or without looking at certificates.
            environ: Names the proxies.
            sockets: Stand in for the network: see `calls.pools_of`. `None` for the network.
        """
        self._classes = POOLS if sockets is None else pools_of(sockets)
        self._is_inside = sockets is not None
        self._folders = folders
        self._environ = environ
        self._trust = trust
        self._listed: dict[str, bool] = {}
        self._pools: dict[tuple[Origin, bool], urllib3.PoolManager] = {}
        self._lock = Lock()

    @property
    def trust(self) -> Trust:
        """Whom to speak to without TLS, or without looking at certificates."""
        return self._trust

    @trust.setter
    def trust(self, trust: Trust) -> None:
        self._trust, self._listed = trust, {}

    def send(self, call: Call, request: Request) -> Answer:
        """Send a request, and follow where it is sent on to.

        What says who we are goes to the host it is meant for, and to nobody else.

        Raises:
            RegistryError: When nobody answers, or the answer is too long.
        """
        first = origin = _usable(request.url)
        for _ in range(_MOST_REDIRECTS):
            with call.here():
                answer = self._send(call, request, origin)
            target = answer.headers.get("Location", "")
            is_sent_on = answer.status in _REDIRECTS and target
            if not is_sent_on or request.method not in _REPEATABLE:
                return answer
            request = replace(request, url=urljoin(request.url, target))
            origin = self.permitted(request.url, asked_by=first)
            if origin != first:
                kept = {name: it for name, it in request.headers.items() if name != "Authorization"}
                request = replace(request, headers=kept)
        raise RegistryError(f"{name_of(first.authority)} sends us on and on.")

    def permitted(self, url: str, *, asked_by: Origin) -> Origin:
        """Check where a registry sends us: neither to less safety, nor to this machine's own.

        Args:
            url: Where to.
            asked_by: The registry.

        Raises:
            RegistryError: When we do not go there.
        """
        origin = _usable(url)
        if is_local(origin.host) and not is_local(asked_by.host):
            raise RegistryError(f"{name_of(asked_by.authority)} sends us to this machine itself.")
        if origin.scheme == "http" and asked_by.scheme == "https":
            raise RegistryError(
                f"{name_of(asked_by.authority)} sends us to {name_of(origin.authority)} without"
                " TLS."
            )
        return origin

    def close(self) -> None:
        """Let go of every connection that is not in use."""
        with self._lock:
            pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.clear()

    def _send(self, call: Call, request: Request, origin: Origin) -> Answer:
        pool = self._pool(origin)
        # Not in pieces that we unpack: a few bytes may unpack to gigabytes.
        common = {"User-Agent": f"dockertui/{__version__}", "Accept-Encoding": "identity"}
        headers = {**common, **request.headers}
        for is_last in (request.method not in _REPEATABLE, True):
            try:
                response = pool.urlopen(
                    request.method,
                    request.url,
                    headers=headers,
                    body=request.body,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    decode_content=False,
                )
                return _read(response, request, origin)
            except (HTTPError, OSError, ValueError) as error:
                # A connection that was kept may have ended just when it was wanted again.
                is_worth_another = has_ended(error) and not is_last and not call.is_cut
                failure = unreachable(error, origin.authority)
            if not is_worth_another:
                break
        self._forget(origin)
        # Out here it holds on to nothing: the frames of what failed know what was sent.
        raise failure

    def _pool(self, origin: Origin) -> urllib3.PoolManager:
        host = origin.authority
        listed = self._listed.get(host)
        if listed is None:
            names = {host, f"{host}:{origin.port}" if not has_port(host) else host}
            listed = self._listed[host] = any(is_listed(it, self._trust) for it in names)
        if origin.scheme == "http" and not (listed or is_local(host)):
            raise plain_refused(host)
        with self._lock:
            pool = self._pools.get((origin, listed))
            if pool is None:
                if len(self._pools) >= _MOST_HOSTS:
                    self._pools.pop(next(iter(self._pools))).clear()
                pool = self._pools[origin, listed] = self._new_pool(origin, verify=not listed)
        return pool

    def _forget(self, origin: Origin) -> None:
        """Begin anew with a host that failed: its certificates, too, may be others by then."""
        with self._lock:
            gone = [self._pools.pop((origin, it), None) for it in (True, False)]
        for pool in gone:
            if pool is not None:
                pool.clear()

    def _new_pool(self, origin: Origin, *, verify: bool) -> urllib3.PoolManager:
        options: dict[str, object] = {
            "num_pools": 2,
            "maxsize": _POOL_SIZE,
            "timeout": urllib3.Timeout(connect=CONNECT_TIMEOUT_S, read=READ_TIMEOUT_S),
        }
        if origin.scheme == "https" and not self._is_inside:
            names = (origin.authority, f"{origin.host}:{origin.port}")
            options["ssl_context"] = context_for(names, self._folders, verify=verify)
        proxy = "" if self._is_inside else proxy_for(origin, self._environ)
        pool = pool_manager(proxy, **options)
        pool.pool_classes_by_scheme = self._classes
        return pool


def _usable(url: str) -> Origin:
    origin = origin_of(url)
    if origin is None:
        raise RegistryError("That is no address to be followed.")
    return origin


def _read(response: BaseHTTPResponse, request: Request, origin: Origin) -> Answer:
    is_refusal = response.status >= _FAILURE
    limit = min(request.limit, SMALL_BYTES) if is_refusal else request.limit
    body, is_whole = bytearray(), False
    try:
        if request.method != "HEAD":
            for piece in response.stream(_PIECE, decode_content=False):
                body += piece
                if len(body) > limit:
                    break
        is_whole = len(body) <= limit
    finally:
        if is_whole:
            response.release_conn()
        else:
            response.close()
    if not is_whole and not is_refusal:
        raise RegistryError(f"{name_of(origin.authority)} answers with more than {limit:,} bytes.")
    challenges = tuple(response.headers.getlist("WWW-Authenticate"))
    return Answer(response.status, response.headers, bytes(body), challenges)
