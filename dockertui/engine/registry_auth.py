"""What tells a registry who asks: the header that an engine hands on."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

from dockertui.engine.errors import EngineError
from dockertui.model.reference import Reference
from dockertui.text import clean

AuthFor = Callable[[Reference], Mapping[str, Any] | None]
"""From a reference to the engine's `AuthConfig` for its registry; `None` to ask as nobody. It may
block, and is called on a stream's own thread."""

HEADER = "X-Registry-Auth"
HEADERS_OF_BUILD = "X-Registry-Config"


def from_docker_config(reference: Reference) -> Mapping[str, Any] | None:
    """Whoever the Docker CLI would ask as: from its configuration, or its credential helper.

    Raises:
        EngineError: When the helper fails.
    """
    from docker import auth, credentials
    from docker.errors import DockerException

    try:
        found = auth.load_config().resolve_authconfig(reference.host)
    except (DockerException, credentials.StoreError) as error:
        raise EngineError(
            f"Who asks {reference.host} cannot be told: {clean(str(error))}"
        ) from error
    return dict(found) if found else None


def encoded(config: Mapping[str, Any] | None) -> str:
    """An `AuthConfig`, or several by their registry, as a header says it.

    >>> encoded(None)
    'e30='
    """
    return base64.urlsafe_b64encode(json.dumps(dict(config or {})).encode()).decode("ascii")
