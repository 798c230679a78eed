"""How many pulls a registry still allows.

Source: https://docs.docker.com/docker-hub/usage/pulls/ for `RateLimit-…`, and the reference of
Docker Hub's API for `X-RateLimit-…` and `Retry-After`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from dockertui.engine.payload.fields import text
from dockertui.model.registry import RateLimit

_PULLS = re.compile(r"\s*(?P<count>\d{1,9})\s*(?:;\s*w=(?P<window_s>\d{1,9}))?\s*(?:[,;].*)?")
_SECONDS = re.compile(r"\d{1,12}")
_EPOCH_FROM = 1_000_000_000
"""A number larger than this is a moment, not a time to wait."""
_LONGEST_S = 24 * 3600


def limit_in(headers: Mapping[str, str]) -> RateLimit | None:
    """What an answer says of the pulls that are left; `None` if it says nothing."""
    limit = _PULLS.fullmatch(headers.get("RateLimit-Limit", ""))
    remaining = _PULLS.fullmatch(headers.get("RateLimit-Remaining", ""))
    if limit is None or remaining is None:
        return None
    return RateLimit(
        limit=int(limit["count"]),
        remaining=int(remaining["count"]),
        window_s=int(limit["window_s"] or 0),
        seen=datetime.now(UTC),
        source=text(headers.get("Docker-RateLimit-Source")),
    )


def wait_in(headers: Mapping[str, str]) -> float | None:
    """How long an answer asks us to wait, in seconds; `None` if it does not say."""
    for name in ("Retry-After", "X-Retry-After", "X-RateLimit-Reset"):
        said = headers.get(name, "").strip()
        if _SECONDS.fullmatch(said):
            count = int(said)
            wait_s = count - time.time() if count > _EPOCH_FROM else float(count)
        else:
            wait_s = _until_date(said)
        if wait_s > 0:
            return min(wait_s, _LONGEST_S)
    return None


def _until_date(said: str) -> float:
    try:
        return parsedate_to_datetime(said).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
