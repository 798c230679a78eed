"""BuildKit's cache, as `GET /system/df` and `POST /build/prune` describe it."""

from __future__ import annotations

from dockertui.engine.payload.fields import Payload, is_true, rows, text, whole
from dockertui.model.cache_record import CacheRecord


def parse_cache(payload: Payload) -> tuple[CacheRecord, ...]:
    """Read the build cache of `GET /system/df`; podman says nothing of one."""
    return tuple(
        CacheRecord(
            id=text(it.get("ID")),
            description=text(it.get("Description")),
            size_bytes=max(0, whole(it.get("Size"))),
            is_used=is_true(it.get("InUse")),
            is_shared=is_true(it.get("Shared")),
        )
        for it in rows(payload.get("BuildCache"))
    )


def freed_by(payload: Payload) -> int:
    """How many bytes a prune says that it freed."""
    return max(0, whole(payload.get("SpaceReclaimed")))
