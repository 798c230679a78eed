"""An engine's refusals, as our errors. Its own words are kept whole."""

from __future__ import annotations

import json

from dockertui.engine.errors import EngineError, NotSupported, ObjectNotFound, StateConflict
from dockertui.text import clean

_NO_SUCH_CALL = {"", "page not found", "404 page not found", "Not Found"}


def error_for(status: int, body: bytes) -> EngineError:
    """The error that an HTTP answer stands for.

    Args:
        status: Its status, 400 or more.
        body: What it says, which need not be JSON.
    """
    words = message_in(body)
    match status:
        case _ if "does not support reading" in words:
            return NotSupported(words)
        case 404 if words in _NO_SUCH_CALL:
            return NotSupported("This engine does not know that request.")
        case 404:
            return ObjectNotFound(words)
        case 409:
            return StateConflict(words)
        case 405 | 501:
            return NotSupported(words or "This engine does not support that.")
        case _:
            return EngineError(words or f"The engine answered with status {status}.")


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
