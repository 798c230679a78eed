"""An engine's refusals, as our errors. Its own words are kept whole."""

from __future__ import annotations

import json
from http import HTTPStatus

from dockertui.engine.errors import (
    EngineError,
    Forbidden,
    NotSupported,
    ObjectNotFound,
    StateConflict,
)
from dockertui.text import clean

_NO_SUCH_CALL = {"", "page not found", "404 page not found", "Not Found"}
_BY_STATUS: dict[int, type[EngineError]] = {
    403: Forbidden,
    404: ObjectNotFound,
    405: NotSupported,
    409: StateConflict,
    501: NotSupported,
}
_BY_WORDS: dict[str, type[EngineError]] = {
    "does not support reading": NotSupported,
    "container state improper": StateConflict,  # Podman sends it with 500.
}


def error_for(status: int, body: bytes) -> EngineError:
    """The error that an HTTP answer stands for.

    Args:
        status: Its status, 400 or more.
        body: What it says, which need not be JSON.
    """
    words = message_in(body)
    if status == HTTPStatus.NOT_FOUND and words in _NO_SUCH_CALL:
        return NotSupported("This engine does not know that request.")
    for said, kind in _BY_WORDS.items():
        if said in words:
            return kind(words)
    kind = _BY_STATUS.get(status, EngineError)
    return kind(words or f"The engine answered with status {status}.")


def message_in(body: bytes) -> str:
    """The engine's own words in an answer, on one line.

    >>> message_in(b'{"message":"No such container: web"}')
    'No such container: web'
    """
    text = body.decode(errors="replace")
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    if isinstance(content, dict):
        said = content.get("message") or content.get("cause")
        text = said if isinstance(said, str) else text
    return clean(text.strip())
