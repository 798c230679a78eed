"""Docker Hub's web is asked what its registry does not tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockertui.engine.errors import (
    NotInRegistry,
    RateLimited,
    RegistryError,
    RegistryUnreachable,
)
from dockertui.model.reference import parse_reference
from tests.support.http_server import Asked, Said, as_json, serving
from tests.unit.engine.registry.conftest import Asker
from tests.unit.engine.registry.test_logins import NOBODY, Engine

RECORDED = Path(__file__).parents[1] / "recorded"


def web(asked: Asked) -> Said:
    """Docker Hub's web as it was."""
    name = "hub-search.json" if "/search/" in asked.path else "hub-tags.json"
    return Said(200, (RECORDED / name).read_bytes())


async def test_repositories_are_found(asker: Asker) -> None:
    with serving(web) as server:
        hits = await asker(hub_web=server.url).search("web & server", room=500)
    assert [it.repository.familiar for it in hits][:2] == ["nginx", "bitnami/nginx"]
    (asked,) = server.asked
    assert asked.path == "/v2/search/repositories/"
    assert asked.query == {"query": ["web & server"], "page_size": ["100"]}


async def test_tags_are_told_with_their_sizes(asker: Asker) -> None:
    with serving(web) as server:
        tags = await asker(hub_web=server.url).hub_tags(parse_reference("redis"), page=2)
    assert [it.name for it in tags] == ["8.0.3-bookworm", "old"]
    (asked,) = server.asked
    assert asked.path == "/v2/repositories/library/redis/tags"
    assert asked.query["page"] == ["2"]


async def test_where_we_do_not_reach_it_the_engine_searches(asker: Asker) -> None:
    engine = Engine()
    hits = await asker(hub_web=f"http://{NOBODY}", engine=engine).search("nginx")
    assert [it.repository.familiar for it in hits] == ["found"]
    assert engine.asked == ["search nginx 25"]
    with pytest.raises(RegistryUnreachable):
        await asker(hub_web=f"http://{NOBODY}").search("nginx")


@pytest.mark.parametrize(
    ("said", "kind", "sentence"),
    [
        (as_json({"message": "not found"}, 404), NotInRegistry, "Docker Hub has no redis."),
        (as_json({}, 429, Retry_After="30"), RateLimited, "Try again in 30 seconds."),
        (as_json({"detail": "down"}, 503), RegistryError, "could not answer (503): down."),
        (Said(200, b"<html>"), RegistryError, "cannot be understood"),
        (Said(200, b"[" * 100_000), RegistryError, "cannot be understood"),
        (Said(200, b" " * 5_000_000), RegistryError, "more than 4,194,304 bytes"),
    ],
)
async def test_what_goes_wrong_is_told(
    asker: Asker, said: Said, kind: type[RegistryError], sentence: str
) -> None:
    with serving(lambda _: said) as server, pytest.raises(kind) as told:
        await asker(hub_web=server.url).hub_tags(parse_reference("redis"))
    assert sentence in str(told.value)
