"""One registry, asked as whoever is logged in to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from dockertui.engine.errors import (
    CredentialsError,
    LoginNeeded,
    LoginRefused,
    RateLimited,
    ReadOnlyRefused,
    RegistryUnreachable,
    Unreachable,
)
from dockertui.engine.registry.calls import Call
from dockertui.engine.registry.challenge import Challenge, challenge_in
from dockertui.engine.registry.hosts import (
    Origin,
    endpoint_of,
    has_port,
    may_be_plain,
    name_of,
    origin_of,
)
from dockertui.engine.registry.limits import limit_in, wait_in
from dockertui.engine.registry.problems import not_a_registry
from dockertui.engine.registry.refusals import duration, error_for, no_longer
from dockertui.engine.registry.secret import Credentials, Hidden, Secret
from dockertui.engine.registry.tokens import Tokens, basic
from dockertui.engine.registry.transport import SMALL_BYTES, Answer, Request, Transport
from dockertui.model.registry import RateLimit

_OK = 200
_UNAUTHORIZED = 401
_NOT_LET_IN = {401, 403}
_TOO_MANY = 429
_READS = {"GET", "HEAD"}
_API_HEADER = "Docker-Distribution-Api-Version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to ask of a registry."""

    path: str
    """The path with its query, e.g. `/v2/team/app/tags/list`."""
    what: str
    """What is asked for, as a sentence has it, e.g. `team/app:1.2`."""
    scope: str = ""
    """What a token must allow for it, e.g. `repository:team/app:pull`."""
    limit: int = SMALL_BYTES
    """The most that the answer may have, in bytes."""
    method: str = "GET"
    """`GET`, `HEAD` or `DELETE`."""
    accept: str = ""
    """The kinds of answer that we understand; empty for any."""


_HELLO = Question(path="/v2/", what="the registry itself")


class Session:
    """A registry. Any thread may ask."""

    def __init__(
        self,
        host: str,
        transport: Transport,
        credentials: Callable[[], Credentials | None],
        *,
        read_only: bool = False,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            host: The registry, as image names have it.
            transport: How to reach it.
            credentials: Who is logged in. Asked once, and only when the registry wants to know.
            read_only: Refuse whatever is not a read.
        """
        self.host = host
        self.name = name_of(host)
        self.limit: RateLimit | None = None
        self._transport = transport
        self._tokens = Tokens(transport)
        self._find_credentials = credentials
        self._read_only = read_only
        self._origin: Origin | None = None
        self._challenge: Challenge | None = None
        self._found: tuple[Credentials | None] | None = None
        self._store_failure: CredentialsError | None = None
        self._barred_until = 0.0
        self._finding = Lock()

    @property
    def asks_for_password(self) -> bool:
        """Does it want to know who asks, whatever is asked? Known once it has been greeted."""
        return self._challenge is not None and self._challenge.scheme == "basic"

    def greet(self, call: Call) -> Origin:
        """Find out how the registry is spoken to, unless that is known.

        Raises:
            RegistryError: When nobody is there, or nobody that is a registry.
        """
        if self._origin is None:
            self._origin = self._greeted(call)
        return self._origin

    def ask(self, call: Call, question: Question) -> Answer:
        """Ask something, as whoever is logged in if the registry wants to know.

        Raises:
            RegistryError: When it refuses, or nobody answers.
            CredentialsError: When it wants to know who asks, and the store does not tell.
        """
        if self._read_only and question.method not in _READS:
            raise ReadOnlyRefused("Nothing is changed here: this session is read-only.")
        with self._known_as_registry():
            origin = self.greet(call)
            answer = self._answer(call, origin, question)
        if not answer.is_failure:
            return answer
        who = self._found[0] if self._found is not None else None
        username = who.username if who is not None else None
        error = error_for(answer, self.name, question.what, username)
        if isinstance(error, LoginNeeded) and self._store_failure is not None:
            raise self._store_failure from error
        raise error

    def check(self, call: Call, credentials: Credentials) -> tuple[bool, Secret | None]:
        """See whether credentials are right. Nothing is kept.

        Returns:
            Whether the registry asked for any at all, and the token that it gives for the
            password, if it does.

        Raises:
            LoginRefused: When they are not.
        """
        with self._known_as_registry():
            origin = self.greet(call)
            challenge, identity = self._challenge, None
            if challenge is not None and challenge.scheme == "bearer":
                token = self._tokens.fetch(
                    call, challenge, "", credentials, asked_by=origin, for_good=True
                )
                identity, header = token.identity, Hidden(f"Bearer {token.text.reveal()}")
            else:
                header = basic(credentials)
            answer = self._send(call, origin, _HELLO, header)
        if answer.status in _NOT_LET_IN:
            raise LoginRefused(f"{self.name} does not accept the user name or the password.")
        if answer.is_failure:
            raise error_for(answer, self.name, _HELLO.what, credentials.username)
        return challenge is not None, identity

    def forget(self) -> None:
        """Keep nothing of what was found out: who is logged in, or what is allowed, has changed."""
        with self._finding:
            self._found = self._store_failure = None
        self._tokens.forget()
        self._origin = self._challenge = None

    @contextmanager
    def _known_as_registry(self) -> Iterator[None]:
        """Begin anew next time with a registry that could not be spoken to."""
        try:
            yield
        except RegistryUnreachable:
            self._origin = None
            raise

    def _greeted(self, call: Call) -> Origin:
        endpoint = endpoint_of(self.host)
        try:
            return self._tried(call, f"https://{endpoint}")
        except RegistryUnreachable as error:
            # Without a port, TLS and plain http are at different ones.
            is_refused = error.kind is Unreachable.REFUSED and not has_port(endpoint)
            may_work = error.kind is Unreachable.PLAIN or is_refused
            if not may_work or not may_be_plain(endpoint, self._transport.trust):
                raise
        return self._tried(call, f"http://{endpoint}")

    def _tried(self, call: Call, url: str) -> Origin:
        origin = origin_of(url)
        if origin is None:
            raise not_a_registry(self.host)
        answer = self._send(call, origin, _HELLO, None)
        challenge = challenge_in(answer.challenges)
        if answer.status == _UNAUTHORIZED and challenge is not None:
            self._challenge = challenge
        elif answer.status == _TOO_MANY:
            raise error_for(answer, self.name, _HELLO.what, None)
        elif answer.status != _OK or not _speaks_as_registry(answer):
            raise not_a_registry(self.host, f"it answers with {answer.status}")
        return origin

    def _answer(self, call: Call, origin: Origin, question: Question) -> Answer:
        scope = question.scope
        for is_last in (False, False, True):
            header, was_kept = self._authorization(call, origin, scope)
            answer = self._send(call, origin, question, header)
            challenge = challenge_in(answer.challenges)
            if answer.status != _UNAUTHORIZED or challenge is None or is_last:
                break
            wanted = challenge.scope or scope
            if challenge.is_like(self._challenge) and wanted == scope and not was_kept:
                break
            if was_kept:  # It has ended sooner than was said.
                self._tokens.forget()
            self._challenge, scope = challenge, wanted
        return answer

    def _authorization(self, call: Call, origin: Origin, scope: str) -> tuple[Hidden | None, bool]:
        """What says who we are, and whether it is an old token."""
        challenge = self._challenge
        if challenge is None:
            return None, False
        credentials = self._credentials()
        if challenge.scheme == "basic":
            return basic(credentials) if credentials is not None else None, False
        try:
            token, was_kept = self._tokens.get(call, challenge, scope, credentials, asked_by=origin)
        except LoginRefused as error:
            who = credentials.username if credentials is not None else ""
            raise no_longer(self.name, who) from error
        return Hidden(f"Bearer {token.text.reveal()}"), was_kept

    def _credentials(self) -> Credentials | None:
        """Who is logged in. A store that does not work says nobody, which may be enough."""
        with self._finding:
            if self._found is None:
                try:
                    self._found = (self._find_credentials(),)
                except CredentialsError as error:
                    self._found, self._store_failure = (None,), error
            return self._found[0]

    def _send(
        self, call: Call, origin: Origin, question: Question, header: Hidden | None
    ) -> Answer:
        left_s = self._barred_until - time.monotonic()
        if left_s > 0:
            raise RateLimited(
                f"{self.name} was asked too often. Try again in {duration(left_s)}.", left_s
            )
        headers = {"Accept": question.accept} if question.accept else {}
        if header is not None:
            headers["Authorization"] = header
        url = origin.url + question.path
        answer = self._transport.send(call, Request(question.method, url, headers, question.limit))
        self.limit = limit_in(answer.headers) or self.limit
        if answer.status == _TOO_MANY and (wait_s := wait_in(answer.headers)) is not None:
            self._barred_until = time.monotonic() + wait_s
        return answer


def _speaks_as_registry(answer: Answer) -> bool:
    if answer.headers.get(_API_HEADER, "").startswith("registry/"):
        return True
    return answer.body.strip() in {b"", b"{}", b"true"} or "json" in answer.headers.get(
        "Content-Type", ""
    )
