"""What to do about a job that failed, from the engine's own words."""

from __future__ import annotations

import re

_IGNORED = "Is it in the folder, and does .dockerignore not leave it out?"
_HINTS = tuple(
    (re.compile(pattern, re.IGNORECASE), hint)
    for pattern, hint in (
        (
            r"toomanyrequests|rate limit",
            "The registry limits how much may be pulled; logging in raises the limit.",
        ),
        (
            r"no basic auth|unauthorized|authentication required|access denied|denied:|\bdenied\b"
            r"|insufficient_scope|forbidden",
            "You may have to log in to the registry first, as somebody who may do that; or the "
            "repository is spelled otherwise.",
        ),
        (
            r"server gave HTTP response to HTTPS client",
            "The registry speaks plain http. The engine accepts that only of one that is named "
            "among its insecure-registries.",
        ),
        (
            r"x509|certificate",
            "The engine does not trust the registry's certificate. Its authority belongs into "
            "/etc/docker/certs.d/HOST:PORT/ca.crt on the engine's machine.",
        ),
        (
            r"manifest unknown|manifest for .* not found|not found: manifest",
            "The registry has no such tag. Is it spelled right?",
        ),
        (r"no matching manifest", "There is no such image for that platform."),
        (r"no space left|disk is full|quota", "Make room first: prune what nobody uses."),
        (
            r"connection refused|no such host|no route to host|i/o timeout|network is unreachable"
            r"|TLS handshake timeout|connection reset|\bEOF\b",
            "The registry does not answer. Does it run, and does the engine's machine reach it?",
        ),
        (r"unknown instruction|parse error", "The Dockerfile has a mistake in that line."),
        (
            r"returned a non-zero code|did not complete successfully",
            "The output ends with what the failing command wrote.",
        ),
        (
            r"not found in build context|no such file or directory",
            "Does .dockerignore leave it out?",
        ),
    )
)


def hint_for(kind: str, error: str) -> str:
    """What to do next, in a sentence; empty if there is nothing to say.

    >>> hint_for("pull", "no matching manifest for linux/s390x")
    'There is no such image for that platform.'
    >>> hint_for("push", "the moon is full")
    ''
    """
    for pattern, hint in _HINTS:
        if pattern.search(error) and (kind == "build" or hint is not _IGNORED):
            return hint
    return ""
