"""What tells a registry who asks: the header that an engine hands on."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

from dockertui.engine.outside import Outside
from dockertui.engine.registry.credential_store import CredentialStore, key_of
from dockertui.engine.registry.secret import Credentials
from dockertui.model.reference import Reference

AuthFor = Callable[[Reference], Mapping[str, Any] | None]
"""From a reference to the engine's `AuthConfig` for its registry; `None` to ask as nobody. It may
block, and is called on a stream's own thread."""

HEADER = "X-Registry-Auth"
HEADERS_OF_BUILD = "X-Registry-Config"


def from_store(outside: Outside, reference: Reference) -> Mapping[str, Any] | None:
    """Whoever the Docker CLI would ask as: from its configuration, or its credential helper.

    Raises:
        CredentialsError: When the store does not work.
    """
    found = CredentialStore(outside.environ, outside.home).get(reference.host)
    return auth_config(found, reference.host) if found else None


def auth_config(credentials: Credentials, host: str) -> dict[str, str]:
    """An `AuthConfig`; the password does not show when it is looked at."""
    if credentials.is_token:
        return {"identitytoken": credentials.secret.reveal(), "serveraddress": key_of(host)}
    return {
        "username": credentials.username,
        "password": credentials.secret.reveal(),
        "serveraddress": key_of(host),
    }


def encoded(config: Mapping[str, Any] | None) -> str:
    """An `AuthConfig`, or several by their registry, as a header says it.

    >>> encoded(None)
    'e30='
    """
    return base64.urlsafe_b64encode(json.dumps(dict(config or {})).encode()).decode("ascii")
