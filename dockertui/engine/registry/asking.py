"""What every question to a registry goes through on the event loop's side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from dockertui.engine.errors import EngineError, TimedOut
from dockertui.engine.questions import RegistryQuestions
from dockertui.engine.registry.calls import Call
from dockertui.engine.registry.certificates import certificate_folders
from dockertui.engine.registry.credential_store import CredentialStore
from dockertui.engine.registry.hosts import is_local, name_of
from dockertui.engine.registry.session import Session
from dockertui.engine.registry.transport import Transport
from dockertui.engine.threads import in_thread
from dockertui.model.reference import HUB
from dockertui.model.registry import RateLimit, Trust

T = TypeVar("T")

ANSWER_TIMEOUT_S = 30.0
"""How long a question may take in all, however slowly its answer comes."""
_AT_ONCE = 6


class Asking:
    """Asks registries. Its methods are for the event loop; they begin and return there."""

    def __init__(  # noqa: PLR0913 - tests stand in for each part of the world
        self,
        environ: Mapping[str, str],
        home: Path,
        *,
        sockets: Path | None = None,
        engine: RegistryQuestions | None = None,
        read_only: bool = False,
        hub_web: str = "",
        answer_timeout_s: float = ANSWER_TIMEOUT_S,
        helper_timeout_s: float | None = None,
    ) -> None:
        """Prepare; nothing is read or sent yet.

        Args:
            environ: The environment: where the configuration is, and the proxies.
            home: The person's home.
            sockets: A folder of them that stands in for the network; `None` for the network.
            engine: Is asked whom it trusts, and for what we do not reach ourselves.
            read_only: Refuse whatever is not a read.
            hub_web: Where Docker Hub's web is; empty for where it always is.
            answer_timeout_s: How long a question may take in all.
            helper_timeout_s: How long a credential helper may take; `None` for the usual time.
        """
        self._store = CredentialStore(environ, home, timeout_s=helper_timeout_s)
        folders = certificate_folders(environ, home)
        self._transport = Transport(folders, Trust(), environ, sockets)
        self._engine = engine
        self._read_only = read_only
        self._hub_web = hub_web
        self._answer_timeout_s = answer_timeout_s
        self._sessions: dict[str, Session] = {}
        self._places: dict[str, asyncio.Semaphore] = {}
        self._calls: set[Call] = set()
        self._knows_trust = False

    @property
    def trust(self) -> Trust:
        """Whom we speak to without TLS, or without looking at certificates."""
        return self._transport.trust

    def allow(self, host: str) -> None:
        """Speak to a host without TLS, or without looking at its certificate, from now on."""
        before = self._transport.trust
        self._transport.trust = replace(before, hosts=before.hosts | {host})
        self._forget(host)

    def limit(self, host: str) -> RateLimit | None:
        """What a registry last said of the pulls that are left; `None` if it never did."""
        session = self._sessions.get(host)
        return session.limit if session is not None else None

    async def close(self) -> None:
        """Cut off every question, and let go of every connection, at once."""
        for call in tuple(self._calls):
            call.cut()
        self._transport.close()

    async def _ask(self, host: str, work: Callable[[Session, Call], T]) -> T:
        """Ask a registry something, in a thread; a few things at once, whatever is wanted."""
        session = self._session(host)
        if host != HUB and not is_local(host):
            await self._learn_trust()
        async with self._places.setdefault(host, asyncio.Semaphore(_AT_ONCE)):
            return await self._call(host, lambda call: work(session, call))

    async def _call(self, host: str, work: Callable[[Call], T]) -> T:
        """Do blocking work that ends when nobody waits for it any longer."""
        call, timeout_s = Call(), self._answer_timeout_s
        self._calls.add(call)
        try:
            return await in_thread(lambda: call.made(work), timeout_s=timeout_s)
        except TimeoutError as error:
            raise TimedOut(f"{name_of(host)} did not answer within {timeout_s:.0f} s.") from error
        finally:
            self._calls.discard(call)
            call.cut()

    def _session(self, host: str) -> Session:
        session = self._sessions.get(host)
        if session is None:
            session = self._sessions[host] = Session(
                host,
                self._transport,
                lambda: self._store.get(host),
                read_only=self._read_only,
            )
        return session

    def _forget(self, host: str) -> None:
        if (session := self._sessions.get(host)) is not None:
            session.forget()

    async def _learn_trust(self) -> None:
        """Ask the engine, once, whom it trusts; without an answer, it is nobody."""
        if self._knows_trust or self._engine is None:
            return
        try:
            found = await self._engine.trust()
        except EngineError:
            return
        before = self._transport.trust
        self._transport.trust = Trust(before.hosts | found.hosts, before.networks + found.networks)
        self._knows_trust = True
