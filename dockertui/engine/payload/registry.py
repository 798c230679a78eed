"""What registries, Docker Hub's web and an engine say of repositories and tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dockertui.engine.payload.fields import (
    Payload,
    is_true,
    moment,
    rows,
    table,
    text,
    whole,
    words,
)
from dockertui.model.reference import HUB, Reference, is_digest, is_path, is_tag, reference_in
from dockertui.model.registry import HubTag, SearchHit, Trust
from dockertui.model.remote_image import Platform, PlatformManifest

_MOST_BYTES = 2**63 - 1
_MOST_COUNT = 10**15
_MOST_ROWS = 1_000


def parse_catalogue(payload: Payload, host: str) -> tuple[Reference, ...]:
    """Read `GET /v2/_catalog`. What could not be asked for anyway is left out."""
    return tuple(Reference(host, it) for it in words(payload.get("repositories")) if is_path(it))


def parse_tags(payload: Payload) -> tuple[str, ...]:
    """Read `GET /v2/NAME/tags/list`, in the registry's order."""
    return tuple(it for it in words(payload.get("tags")) if is_tag(it))


def parse_search(payloads: Iterator[Payload]) -> tuple[SearchHit, ...]:
    """Read an engine's `GET /images/search`."""
    return tuple(_hits(payloads, "name", "description"))


def parse_hub_search(payload: Payload) -> tuple[SearchHit, ...]:
    """Read `GET /v2/search/repositories/` of Docker Hub's web."""
    return tuple(_hits(iter(rows(payload.get("results"))), "repo_name", "short_description"))


def parse_hub_tags(payload: Payload) -> tuple[HubTag, ...]:
    """Read `GET /v2/repositories/NAME/tags` of Docker Hub's web."""
    return tuple(
        HubTag(
            name=text(it.get("name")),
            digest=_digest(it),
            size_bytes=_size(it.get("full_size")),
            pushed=moment(it.get("tag_last_pushed")) or moment(it.get("last_updated")),
            images=tuple(_hub_images(it.get("images"))),
        )
        for it in islice(rows(payload.get("results")), _MOST_ROWS)
        if is_tag(text(it.get("name")))
    )


def parse_trust(info: Payload) -> Trust:
    """Read whom an engine speaks to without TLS, from `GET /info`."""
    config = table(info.get("RegistryConfig"))
    indexes: Mapping[str, Any] = table(config.get("IndexConfigs"))
    hosts = {
        text(name)
        for name, index in indexes.items()
        if table(index).get("Secure") is False and name != HUB
    }
    return Trust(frozenset(hosts), words(config.get("InsecureRegistryCIDRs")))


def next_page(link: str) -> str:
    """The query with which a list goes on, from a `Link` header; empty at its end.

    Only the query is taken, so that the list goes on where it began.

    >>> next_page('</v2/_catalog?last=b&n=2>; rel="next"')
    'last=b&n=2'
    """
    target, _, rest = link.partition(">")
    if not target.startswith("<") or "next" not in rest:
        return ""
    try:
        query = urlsplit(target[1:]).query
        return query if query.isascii() and query.isprintable() and parse_qs(query) else ""
    except ValueError:
        return ""


def _hits(payloads: Iterator[Payload], name: str, description: str) -> Iterator[SearchHit]:
    for each in islice(payloads, _MOST_ROWS):
        repository = reference_in(text(each.get(name)))
        if repository is None or not repository.is_on_hub:
            continue
        pulls = each.get("pull_count")
        yield SearchHit(
            repository=repository.repository,
            description=text(each.get(description)).strip(),
            stars=_count(each.get("star_count")),
            pulls=_count(pulls) if pulls is not None else None,
            is_official=is_true(each.get("is_official")),
        )


def _hub_images(value: Any) -> Iterator[PlatformManifest]:
    for each in islice(rows(value), _MOST_ROWS):
        platform = Platform(
            text(each.get("os")), text(each.get("architecture")), text(each.get("variant"))
        )
        digest = _digest(each)
        yield PlatformManifest(platform, digest, _size(each.get("size")), not platform.is_known)


def _digest(payload: Payload) -> str:
    said = text(payload.get("digest"))
    return said if is_digest(said) else ""


def _size(value: Any) -> int:
    return min(max(0, whole(value)), _MOST_BYTES)


def _count(value: Any) -> int:
    return min(max(0, whole(value)), _MOST_COUNT)
