"""Tokens from where a registry sends us for them, kept for as long as they are good.

Source: https://distribution.github.io/distribution/spec/auth/token/ and …/auth/oauth/.
"""

from __future__ import annotations

import base64
import re
import time
from dataclasses import dataclass
from threading import Lock
from urllib.parse import parse_qsl, urlencode, urlsplit

from dockertui.engine.errors import LoginRefused, RegistryError
from dockertui.engine.payload.bodies import object_in
from dockertui.engine.payload.fields import whole
from dockertui.engine.registry.calls import Call
from dockertui.engine.registry.challenge import Challenge
from dockertui.engine.registry.hosts import Origin, name_of
from dockertui.engine.registry.refusals import rate_limited, words_of
from dockertui.engine.registry.secret import Credentials, Hidden, Secret
from dockertui.engine.registry.transport import SMALL_BYTES, Answer, Request, Transport

_CLIENT = "docker"
"""What the docker command calls itself: an identity token may be good for that client alone."""
_FORM = "application/x-www-form-urlencoded"
_LEAST_LIFE_S = 60
_MOST_LIFE_S = 24 * 3600
_EARLY_S = 10
_MOST_KEPT = 256
_TOKEN = re.compile(r"[\x21-\x7e]{1,32768}")
_REFUSED = {400, 401, 403}
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Token:
    """What a registry lets us in for."""

    text: Secret
    """The token itself."""
    good_until: float
    """When it ends, by `time.monotonic`."""
    identity: Secret | None = None
    """What stands for the password from now on; `None` unless it was asked for and given."""


class Tokens:
    """The tokens we have. For any thread."""

    def __init__(self, transport: Transport) -> None:
        """Begin with none.

        Args:
            transport: Fetches them.
        """
        self._transport = transport
        self._kept: dict[tuple[str, ...], Token] = {}
        self._lock = Lock()

    def get(
        self,
        call: Call,
        challenge: Challenge,
        scope: str,
        credentials: Credentials | None,
        *,
        asked_by: Origin,
    ) -> tuple[Token, bool]:
        """A token that allows something, and whether we had it already.

        Args:
            call: What it is wanted for.
            challenge: Where the registry says that tokens are to be had.
            scope: What it is to allow, e.g. `repository:team/app:pull`.
            credentials: Who we are; `None` for nobody.
            asked_by: The registry.

        Raises:
            LoginRefused: When the credentials are not accepted.
            RegistryError: When there is none to be had.
        """
        who = (credentials.username, str(hash(credentials.secret))) if credentials else ("", "")
        key = (challenge.realm, challenge.service, scope, *who)
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept.good_until > time.monotonic():
            return kept, True
        token = self.fetch(call, challenge, scope, credentials, asked_by=asked_by)
        with self._lock:
            while len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = token
        return token, False

    def fetch(
        self,
        call: Call,
        challenge: Challenge,
        scope: str,
        credentials: Credentials | None,
        *,
        asked_by: Origin,
        for_good: bool = False,
    ) -> Token:
        """A new token; see `get`.

        Args:
            call: As there.
            challenge: As there.
            scope: As there.
            credentials: As there.
            asked_by: As there.
            for_good: Ask for an identity token, too.
        """
        self._transport.permitted(challenge.realm, asked_by=asked_by)
        if credentials is not None and credentials.is_token:
            request = _exchange(challenge, scope, credentials)
        else:
            request = _question(challenge, scope, credentials, for_good=for_good)
        answer = self._transport.send(call, request)
        if answer.is_failure:
            raise _refusal(answer, asked_by, credentials)
        return _token_in(answer, asked_by)

    def forget(self) -> None:
        """Keep none of them: who is logged in has changed."""
        with self._lock:
            self._kept.clear()


def basic(credentials: Credentials) -> Hidden:
    """The header that says who we are with our password."""
    pair = f"{credentials.username}:{credentials.secret.reveal()}"
    return Hidden("Basic " + base64.b64encode(pair.encode()).decode())


def _question(
    challenge: Challenge, scope: str, credentials: Credentials | None, *, for_good: bool
) -> Request:
    asked = {"service": challenge.service, "client_id": _CLIENT}
    if credentials is not None:
        asked["account"] = credentials.username
    if for_good:
        asked["offline_token"] = "true"
    pairs = [(name, it) for name, it in asked.items() if it]
    pairs += [("scope", it) for it in scope.split()]
    headers = {"Authorization": basic(credentials)} if credentials is not None else {}
    return Request("GET", _with_query(challenge.realm, pairs), headers, SMALL_BYTES)


def _exchange(challenge: Challenge, scope: str, credentials: Credentials) -> Request:
    form = {
        "grant_type": "refresh_token",
        "service": challenge.service,
        "client_id": _CLIENT,
        "scope": scope,
        "refresh_token": credentials.secret.reveal(),
    }
    body = urlencode({name: it for name, it in form.items() if it}).encode()
    return Request("POST", challenge.realm, {"Content-Type": _FORM}, SMALL_BYTES, body)


def _with_query(url: str, pairs: list[tuple[str, str]]) -> str:
    parts = urlsplit(url)
    kept = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=32)
    return parts._replace(query=urlencode([*kept, *pairs]), fragment="").geturl()


def _refusal(answer: Answer, asked_by: Origin, credentials: Credentials | None) -> RegistryError:
    name = name_of(asked_by.authority)
    if answer.status == _TOO_MANY:
        return rate_limited(answer, name)
    if answer.status in _REFUSED and credentials is not None:
        return LoginRefused(f"{name} does not accept the user name or the password.")
    words = words_of(answer)
    because = f": {words}" if words else ""
    return RegistryError(f"{name} gives out no token ({answer.status}){because}.")


def _token_in(answer: Answer, asked_by: Origin) -> Token:
    said = object_in(answer.body)
    token = said.get("token") or said.get("access_token")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise RegistryError(f"{name_of(asked_by.authority)} gives out a token that is none.")
    life_s = min(max(whole(said.get("expires_in"), _LEAST_LIFE_S), _LEAST_LIFE_S), _MOST_LIFE_S)
    given = said.get("refresh_token")
    identity = Secret(given) if isinstance(given, str) and _TOKEN.fullmatch(given) else None
    return Token(Secret(token), time.monotonic() + life_s - _EARLY_S, identity)
