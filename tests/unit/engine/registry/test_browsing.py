"""Registries are read page by page, checked against their digests, and never believed blindly."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from dockertui.engine.errors import (
    EngineError,
    LoginNeeded,
    NotInRegistry,
    RateLimited,
    ReadOnlyRefused,
    RegistryCannot,
    RegistryDenied,
    RegistryError,
)
from dockertui.engine.registry.registries import Registries
from dockertui.model.reference import Reference
from dockertui.model.registry import Freshness
from dockertui.model.remote_image import Platform
from tests.support.http_server import Asked, LocalServer, Said, as_json, serving
from tests.support.scripted_registry import INDEX, ScriptedRegistry, denied, error
from tests.unit.engine.registry.conftest import Asker

LINUX, ARM = Platform("linux", "amd64"), Platform("linux", "arm64")


@pytest.fixture
def registry() -> ScriptedRegistry:
    """An open registry."""
    return ScriptedRegistry()


@pytest.fixture
def server(registry: ScriptedRegistry) -> Iterator[LocalServer]:
    """Where it is."""
    with serving(registry.answer) as made:
        yield made


@pytest.fixture
def app(registry: ScriptedRegistry, server: LocalServer) -> Reference:
    """An image there."""
    registry.add_image("team/app:1", Labels={"v": "1"}, Env=["A=b"])
    return Reference(server.host, "team/app", "1")


async def test_an_image_is_told_in_three_questions(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer
) -> None:
    digests = {f"linux/{it}": registry.add_image(f"app:{it}", arch=it) for it in ("amd64", "arm64")}
    index = registry.add_index("app:1", digests)
    app = Reference(server.host, "app", "1")
    await ours.greet(server.host)
    server.asked.clear()
    image = await ours.image(app, ARM)
    assert len(server.asked) == 3
    assert (image.digest, image.manifest.digest) == (index, digests["linux/arm64"])
    assert image.platforms == (LINUX, ARM)
    assert image.config.platform == ARM
    assert [it.size_bytes for it in image.config.history] == [0, 1234]
    assert (await ours.image(app)).config.platform == LINUX
    with pytest.raises(NotInRegistry, match=r"is there for linux/amd64, linux/arm64, not for a/b"):
        await ours.image(app, Platform("a", "b"))


async def test_what_a_tag_points_to_is_asked_without_reading_it(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    index = registry.add_index("team/app:all", {"linux/amd64": registry.add_image("team/app:2")})
    found = await ours.digest(app.with_tag("all"))
    assert (found.digest, found.media_type) == (index, INDEX)
    assert found.size_bytes > 100
    assert server.asked[-1].method == "HEAD"
    assert INDEX in server.asked[-1].headers["Accept"]


@pytest.mark.parametrize("status", [200, 405])
async def test_a_registry_that_does_not_say_the_digest_is_read(
    ours: Registries, registry: ScriptedRegistry, app: Reference, status: int
) -> None:
    registry.instead = lambda asked: Said(status) if asked.method == "HEAD" else None
    assert (await ours.digest(app)).digest == registry.add_image(
        "team/app:1", Labels={"v": "1"}, Env=["A=b"]
    )


async def test_a_list_is_followed_to_its_end(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer
) -> None:
    def paged(asked: Asked) -> Said | None:
        if not asked.path.endswith(("_catalog", "/tags/list")):
            return None
        at = int(asked.query.get("last", ["0"])[0])
        names = [f"r{at + 1}", f"r{at + 2}"]
        link = f'<{asked.path}?last={at + 2}&n=2>; rel="next"' if at < 6 else ""
        return as_json({"repositories": names, "tags": names}, Link=link)

    registry.instead = paged
    catalogue = await ours.repositories(server.host)
    assert [it.path for it in catalogue.repositories] == [f"r{it}" for it in range(1, 9)]
    assert catalogue.after == ""
    first = await ours.repositories(server.host, room=3)
    assert [it.path for it in first.repositories] == ["r1", "r2", "r3", "r4"]
    rest = await ours.repositories(server.host, after=first.after)
    assert [it.path for it in rest.repositories] == ["r5", "r6", "r7", "r8"]
    tags = await ours.tags(Reference(server.host, "a"))
    assert len(tags.names) == 8
    assert tags.is_complete


async def test_a_list_that_leads_in_a_circle_ends(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer
) -> None:
    page = as_json({"repositories": ["a"], "tags": ["a"]}, Link='</v2/?last=a>; rel="next"')
    registry.instead = lambda asked: page if asked.path != "/v2/" else None
    assert len((await ours.repositories(server.host)).repositories) == 1
    assert (await ours.tags(Reference(server.host, "a"))).names == ("a",)
    assert len(server.asked) < 8


async def test_a_list_without_end_is_left(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer
) -> None:
    def endless(asked: Asked) -> Said | None:
        if asked.path == "/v2/":
            return None
        at = int(asked.query.get("last", ["0"])[0])
        names = [f"t{it}" for it in range(at, at + 1_000)]
        return as_json({"tags": names}, Link=f"</v2/?last={at + 1_000}>; rel=next")

    registry.instead = endless
    tags = await ours.tags(Reference(server.host, "a"))
    assert len(tags.names) == 20_000
    assert not tags.is_complete


@pytest.mark.parametrize(
    "said",
    [error(403, "DENIED"), error(404, "NOT_FOUND"), error(405, "UNSUPPORTED"), Said(404)],
)
async def test_a_registry_that_does_not_list_its_repositories_says_so(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, said: Said
) -> None:
    registry.instead = lambda asked: said if asked.path == "/v2/_catalog" else None
    with pytest.raises(RegistryCannot) as told:
        await ours.repositories(server.host)
    assert str(told.value) == (
        f"{server.host} does not let its repositories be listed. Name one to see its tags."
    )


async def test_a_registry_that_wants_a_password_says_so(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    registry.wants = "basic"
    for attempt in (ours.tags(app), ours.repositories(server.host), ours.digest(app)):
        with pytest.raises(LoginNeeded) as told:
            await attempt
        assert str(told.value) == f"{server.host} wants to know who asks: log in to it."


@pytest.mark.parametrize(
    ("said", "kind", "sentence"),
    [
        (error(404, "NAME_UNKNOWN"), NotInRegistry, "{} has no repository team/app."),
        (error(404, "MANIFEST_UNKNOWN"), NotInRegistry, "{} has no team/app:1."),
        (Said(404, b"<html>"), NotInRegistry, "{} has no team/app:1."),
        (error(403, "DENIED", "not yours"), RegistryDenied, "{} does not allow that: not yours."),
        (error(500, "X", "o\x1b[2Jps."), RegistryError, "{} could not answer (500): o�[2Jps."),
        (Said(502, b"<html>" * 50_000), RegistryError, "{} could not answer (502)."),
        (error(400, "X", "y" * 9999), RegistryError, "{} could not answer (400): " + "y" * 300),
        (error(429, "TOO"), RateLimited, "{} was asked too often. Try again later."),
    ],
)
async def test_a_refusal_is_told_in_a_sentence(
    ours: Registries,
    registry: ScriptedRegistry,
    app: Reference,
    said: Said,
    kind: type[EngineError],
    sentence: str,
) -> None:
    registry.instead = lambda asked: said if "/manifests/" in asked.path else None
    with pytest.raises(EngineError) as told:
        await ours.manifest(app)
    assert type(told.value) is kind
    assert str(told.value).startswith(sentence.format(app.host))
    assert len(str(told.value)) < 400


async def test_the_pulls_that_are_left_are_known(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    assert ours.limit(app.host) is None
    headers = {"ratelimit-limit": "100;w=21600", "ratelimit-remaining": "3;w=21600"}

    def counted(asked: Asked) -> Said | None:
        said = registry.answer_itself(asked)
        return Said(said.status, said.body, {**said.headers, **headers})

    registry.instead = counted
    await ours.digest(app)
    limit = ours.limit(app.host)
    assert limit is not None
    assert (limit.remaining, limit.limit, limit.window_s) == (3, 100, 21600)


async def test_who_is_told_to_wait_waits(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    said = error(
        429,
        "TOOMANYREQUESTS",
        Retry_After="5400",
        RateLimit_Limit="100;w=21600",
        RateLimit_Remaining="0;w=21600",
    )
    registry.instead = lambda asked: said if "/manifests/" in asked.path else None
    with pytest.raises(RateLimited) as told:
        await ours.digest(app)
    assert str(told.value) == (
        f"{server.host} was asked too often: it allows 100 pulls in 6 hours. Try again in 2 hours."
    )
    assert told.value.retry_s == 5400
    asked = len(server.asked)
    for attempt in (ours.digest(app), ours.tags(app)):
        with pytest.raises(RateLimited, match=r"Try again in 2 hours\."):
            await attempt
    assert len(server.asked) == asked


async def test_what_is_not_what_its_digest_says_is_refused(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    body, kind = registry.manifests["team/app/1"]
    pinned = app.with_digest(registry.add("team/app:1", body, kind))
    other = Said(200, body + b" ", {"Content-Type": kind})
    registry.instead = lambda asked: other if asked.method == "GET" and "/m" in asked.path else None
    with pytest.raises(RegistryError, match="its digest differs"):
        await ours.manifest(pinned)
    registry.instead = lambda asked: Said(200, b"{}") if "/blobs/" in asked.path else None
    with pytest.raises(RegistryError, match="something else than the configuration of"):
        await ours.image(app)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[" * 1_000_000,
        b'{"schemaVersion": 1, "fsLayers": []}',
        b'{"schemaVersion": 2, "layers": 1' + b"0" * 10_000 + b"}",
        json.dumps({"schemaVersion": 2, "manifests": [{"digest": "../x"}]}).encode(),
    ],
)
async def test_hostile_answers_are_told_in_a_sentence(
    ours: Registries, registry: ScriptedRegistry, app: Reference, body: bytes
) -> None:
    registry.instead = lambda asked: Said(200, body) if "/manifests/" in asked.path else None
    with pytest.raises(RegistryError) as told:
        await ours.image(app)
    assert str(told.value).isprintable()
    registry.instead = lambda asked: Said(200, body) if asked.path != "/v2/" else None
    assert (await ours.tags(app)).names == ()
    assert (await ours.repositories(app.host)).repositories == ()


async def test_what_is_no_image_is_told(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    chart = {
        "schemaVersion": 2,
        "config": {"mediaType": "application/vnd.cncf.helm.config.v1+json", "digest": "x"},
        "layers": [],
    }
    registry.add("team/app:chart", json.dumps(chart).encode(), "application/json")
    with pytest.raises(RegistryError, match=r"is no image, but application/vnd\.cncf\.helm"):
        await ours.image(app.with_tag("chart"))


async def test_a_tag_is_taken_off_where_that_can_be(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    registry.instead = lambda asked: Said(202) if asked.method == "DELETE" else None
    assert await ours.untag(app)
    assert server.paths("DELETE") == ["/v2/team/app/manifests/1"]


@pytest.mark.parametrize(
    "said", [error(400, "DIGEST_INVALID"), error(400, "UNSUPPORTED"), Said(405)]
)
async def test_where_only_images_can_be_deleted_nothing_is_done_unasked(
    ours: Registries, registry: ScriptedRegistry, app: Reference, said: Said
) -> None:
    def older(asked: Asked) -> Said | None:
        is_tag = asked.path.endswith("/1")
        return said if asked.method == "DELETE" and is_tag else None

    registry.instead = older
    registry.manifests["team/app/same"] = registry.manifests["team/app/1"]
    registry.add_image("team/app:other", Labels={"v": "2"})
    assert not await ours.untag(app)
    digest = (await ours.digest(app)).digest
    assert (await ours.tags_of(app, digest)).names == ("1", "same")
    await ours.delete_image(app.with_digest(digest))
    assert (await ours.tags(app)).names == ("other",)


async def test_where_nothing_can_be_deleted_that_is_told(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    registry.instead = lambda asked: error(405, "UNSUPPORTED") if asked.method == "DELETE" else None
    for attempt in (ours.untag(app), ours.delete_image(app.with_digest("sha256:" + "0" * 64))):
        with pytest.raises(RegistryCannot) as told:
            await attempt
        assert str(told.value) == f"{app.host} lets nothing be deleted."


async def test_read_only_deletes_nothing(asker: Asker, server: LocalServer, app: Reference) -> None:
    ours = asker(read_only=True)
    await ours.digest(app)
    for attempt in (ours.untag(app), ours.delete_image(app.with_digest("sha256:" + "0" * 64))):
        with pytest.raises(ReadOnlyRefused):
            await attempt
    assert not server.paths("DELETE")


async def test_an_image_with_the_digest_of_its_tag_is_current(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer
) -> None:
    image = registry.add_image("app:x")
    index = registry.add_index("app:1", {"linux/amd64": image})
    app = Reference(server.host, "app", "1")
    await ours.greet(app.host)
    server.asked.clear()
    check = await ours.check(app, image_id="sha256:x", digests=(f"{server.host}/app@{index}",))
    assert (check.freshness, check.digest) == (Freshness.CURRENT, index)
    assert [it.method for it in server.asked] == ["HEAD"]


async def test_an_index_that_changed_for_others_alone_is_no_update(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer
) -> None:
    image = registry.add_image("app:x")
    old = registry.add_index("app:1", {"linux/amd64": image})
    other = registry.add_image("app:y", arch="arm64")
    registry.add_index("app:1", {"linux/amd64": image, "linux/arm64": other})
    app = Reference(server.host, "app", "1")
    config = (await ours.manifest(app.with_digest(image))).config_digest
    digests = (f"{server.host}/app@{old}",)
    check = await ours.check(app, image_id=config, digests=digests, platform=LINUX)
    assert check.freshness is Freshness.CURRENT
    assert check.newer is None


async def test_a_newer_image_is_shown(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer
) -> None:
    old = registry.add_image("app:1")
    registry.add_image("app:1", created="2026-03-04T05:06:07Z", Labels={"v": "2"})
    app = Reference(server.host, "app", "1")
    digests = (f"{server.host}/app@{old}", "elsewhere.example/app@" + "sha256:" + "0" * 64)
    check = await ours.check(app, image_id="sha256:x", digests=digests)
    assert check.freshness is Freshness.NEWER
    assert check.newer is not None
    assert check.newer.config.labels == {"v": "2"}


async def test_what_never_came_from_there_is_not_called_old(
    ours: Registries, app: Reference
) -> None:
    check = await ours.check(app, image_id="sha256:x", digests=())
    assert (check.freshness, check.newer) == (Freshness.UNKNOWN, None)
    config = (await ours.manifest(app)).config_digest
    assert (await ours.check(app, image_id=config, digests=())).freshness is Freshness.CURRENT


async def test_a_challenge_of_an_unknown_kind_is_no_registry(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    registry.instead = lambda _: denied("Negotiate")
    with pytest.raises(RegistryError, match="is no registry: it answers with 401"):
        await ours.tags(app)
