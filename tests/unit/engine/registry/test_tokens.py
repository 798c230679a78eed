"""Registries that hand out tokens get the password where it belongs, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockertui.engine.errors import (
    LoginNeeded,
    LoginRefused,
    RateLimited,
    RegistryDenied,
    RegistryError,
    RegistryUnreachable,
)
from dockertui.engine.registry.calls import Call
from dockertui.engine.registry.challenge import Challenge
from dockertui.engine.registry.hosts import origin_of
from dockertui.engine.registry.registries import Registries
from dockertui.engine.registry.secret import Credentials, Secret
from dockertui.engine.registry.tokens import Tokens
from dockertui.engine.registry.transport import Transport
from dockertui.model.reference import Reference
from dockertui.model.registry import Trust
from tests.support.http_server import Asked, LocalServer, Said, as_json, serving
from tests.support.scripted_registry import ScriptedRegistry, denied, error
from tests.unit.engine.registry.test_config_file import packed


@pytest.fixture
def registry() -> ScriptedRegistry:
    """A registry with two images, that wants tokens."""
    made = ScriptedRegistry()
    made.wants = "bearer"
    made.add_image("team/app:1")
    made.add_image("team/other:1")
    return made


@pytest.fixture
def server(registry: ScriptedRegistry) -> Iterator[LocalServer]:
    """Where the registry is, and its tokens."""
    with serving(registry.answer) as made:
        registry.realm = f"{made.url}/token?account_for=all"
        yield made


@pytest.fixture
def app(server: LocalServer) -> Reference:
    """An image there."""
    return Reference(server.host, "team/app", "1")


def tokens(server: LocalServer) -> list[Asked]:
    """What was asked for tokens."""
    return [it for it in server.asked if it.path == "/token"]


def log_in(folder: Path, host: str, **entry: str) -> None:
    """Have somebody logged in, as the docker command leaves them."""
    (folder / "config.json").write_text(json.dumps({"auths": {host: entry}}))


async def test_nobody_in_particular_gets_a_token_too(
    ours: Registries, server: LocalServer, app: Reference
) -> None:
    assert (await ours.tags(app)).names == ("1",)
    (asked,) = tokens(server)
    assert not asked.authorization
    assert asked.query == {
        "account_for": ["all"],
        "service": ["test"],
        "client_id": ["docker"],
        "scope": ["repository:team/app:pull"],
    }


async def test_a_token_is_kept_for_what_it_allows(
    ours: Registries, server: LocalServer, app: Reference
) -> None:
    for _ in range(3):
        await ours.tags(app)
    await ours.image(app)
    assert len(tokens(server)) == 1
    await ours.tags(Reference(server.host, "team/other"))
    assert len(tokens(server)) == 2
    await ours.repositories(server.host)
    assert tokens(server)[-1].query["scope"] == ["registry:catalog:*"]


async def test_the_password_goes_to_where_tokens_are_and_nowhere_else(
    ours: Registries, server: LocalServer, app: Reference, tmp_path: Path
) -> None:
    log_in(tmp_path, server.host, auth=packed("ada:s3cret"))
    await ours.image(app)
    (asked,) = tokens(server)
    assert asked.authorization == f"Basic {packed('ada:s3cret')}"
    assert asked.query["account"] == ["ada"]
    others = {it.authorization for it in server.asked if it is not asked}
    assert others == {"", "Bearer token-for-repository:team/app:pull"}


async def test_an_identity_token_is_exchanged_for_others(
    ours: Registries, server: LocalServer, app: Reference, tmp_path: Path
) -> None:
    log_in(tmp_path, server.host, auth=packed("ada:"), identitytoken="identity&of=ada")
    await ours.tags(app)
    (asked,) = tokens(server)
    assert (asked.method, asked.authorization) == ("POST", "")
    assert asked.body.decode() == (
        "grant_type=refresh_token&service=test&client_id=docker"
        "&scope=repository%3Ateam%2Fapp%3Apull&refresh_token=identity%26of%3Dada"
    )


async def test_a_token_that_ended_early_is_replaced_once(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    await ours.tags(app)
    refused: list[str] = []

    def once(asked: Asked) -> Said | None:
        if asked.path.endswith("/tags/list") and not refused:
            refused.append(asked.authorization)
            return denied(f'Bearer realm="{registry.realm}",service="test",error="invalid_token"')
        return None

    registry.instead = once
    assert (await ours.tags(app)).names == ("1",)
    assert refused == ["Bearer token-for-repository:team/app:pull"]
    assert len(tokens(server)) == 2


async def test_who_may_not_see_it_is_told_so(
    ours: Registries,
    registry: ScriptedRegistry,
    server: LocalServer,
    app: Reference,
    tmp_path: Path,
) -> None:
    def never(asked: Asked) -> Said | None:
        if "team/app" in asked.path:
            return denied(f'Bearer realm="{registry.realm}",service="test",error="insufficient"')
        return None

    registry.instead = never
    with pytest.raises(LoginNeeded) as told:
        await ours.tags(app)
    assert str(told.value) == (
        f"{server.host} has no team/app:1, or shows it only to those who are logged in."
    )
    assert len(server.asked) < 8
    await ours.login(server.host, "ada", Secret("s3cret"))
    with pytest.raises(RegistryDenied, match="or does not show it to ada"):
        await ours.tags(app)


async def test_logging_in_keeps_a_token_in_place_of_the_password(
    ours: Registries, server: LocalServer, app: Reference, tmp_path: Path
) -> None:
    outcome = await ours.login(server.host, "ada", Secret("s3cret"))
    assert (outcome.username, outcome.was_asked) == ("ada", True)
    content = (tmp_path / "config.json").read_text()
    assert json.loads(content)["auths"][server.host] == {
        "auth": packed("ada:"),
        "identitytoken": "identity-of-ada",
    }
    await ours.tags(app)
    assert tokens(server)[-1].method == "POST"


async def test_a_wrong_password_is_told_and_not_kept(
    ours: Registries, server: LocalServer, tmp_path: Path
) -> None:
    with pytest.raises(LoginRefused) as told:
        await ours.login(server.host, "ada", Secret("wrong"))
    assert str(told.value) == f"{server.host} does not accept the user name or the password."
    assert not (tmp_path / "config.json").exists()


async def test_a_login_that_is_right_no_longer_is_told(
    ours: Registries, server: LocalServer, app: Reference, tmp_path: Path
) -> None:
    log_in(tmp_path, server.host, auth=packed("ada:old"))
    with pytest.raises(LoginRefused, match="does not accept the login of ada any more"):
        await ours.tags(app)


async def test_a_password_is_not_sent_to_a_stranger_without_tls(
    ours: Registries,
    registry: ScriptedRegistry,
    server: LocalServer,
    app: Reference,
    tmp_path: Path,
) -> None:
    log_in(tmp_path, server.host, auth=packed("ada:s3cret"))
    registry.realm = "http://tokens.example/token"
    with pytest.raises(RegistryUnreachable, match=r"tokens\.example speaks plain http"):
        await ours.tags(app)
    registry.realm = "gopher://tokens.example/token"
    with pytest.raises(RegistryError, match="no address to be followed"):
        await ours.tags(app)


@pytest.mark.parametrize(
    "body",
    [
        b'{"token": "a\\r\\nX-Evil: 1"}',
        b'{"token": "' + b"x" * 40_000 + b'"}',
        b'{"token": 5}',
        b'{"token": ""}',
        b"{}",
        b"[]",
        b"<html>",
        b"[" * 60_000,
        b'{"token": "\xff"}',
    ],
)
async def test_a_token_that_is_none_is_told(
    ours: Registries, registry: ScriptedRegistry, app: Reference, body: bytes
) -> None:
    registry.instead = lambda asked: Said(200, body) if asked.path == "/token" else None
    with pytest.raises(RegistryError, match="gives out a token that is none"):
        await ours.tags(app)


async def test_a_token_without_end_is_not_read(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    long = Said(200, b'{"token": "x"' + b" " * 1_000_000 + b"}")
    registry.instead = lambda asked: long if asked.path == "/token" else None
    with pytest.raises(RegistryError, match="more than 65,536 bytes"):
        await ours.tags(app)


async def test_where_tokens_are_rationed_the_time_is_told(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    said = error(429, "TOOMANYREQUESTS", Retry_After="90")
    registry.instead = lambda asked: said if asked.path == "/token" else None
    with pytest.raises(RateLimited, match=r"Try again in 2 minutes\."):
        await ours.tags(app)


async def test_a_failure_where_tokens_are_is_told(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    said = as_json({"message": "database \x1b[31mdown"}, 503)
    registry.instead = lambda asked: said if asked.path == "/token" else None
    with pytest.raises(RegistryError, match=r"gives out no token \(503\): database �\[31mdown\."):
        await ours.tags(app)


@pytest.mark.parametrize(
    ("realm", "sentence"),
    [
        ("https://127.0.0.1:9/token", "sends us to this machine itself"),
        ("http://tokens.example/token", "without TLS"),
    ],
)
def test_a_distant_registry_cannot_send_the_password_astray(realm: str, sentence: str) -> None:
    distant = origin_of("https://registry.example")
    assert distant is not None
    challenge = Challenge("bearer", {"realm": realm, "service": "test"})
    ours = Transport((), Trust(frozenset({"tokens.example"})), {})
    credentials = Credentials("ada", Secret("s3cret"))
    with pytest.raises(RegistryError, match=sentence):
        Tokens(ours).get(Call(), challenge, "", credentials, asked_by=distant)
