"""One logs in where one means to, and the registries that there are are known."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine.errors import (
    CredentialsError,
    EngineError,
    LoginNeeded,
    LoginRefused,
    ReadOnlyRefused,
    RegistryUnreachable,
)
from dockertui.engine.problems import causes
from dockertui.engine.registry.registries import Registries
from dockertui.engine.registry.secret import Credentials, Secret
from dockertui.model import Image
from dockertui.model.reference import Reference
from dockertui.model.registry import Origin, SearchHit, Trust
from tests.support.http_server import LocalServer, serving
from tests.support.scripted_registry import ScriptedRegistry
from tests.unit.engine.registry.conftest import Asker
from tests.unit.engine.registry.test_config_file import packed

NOBODY = "127.0.0.1:1"
"""Where nobody listens."""


class Engine:
    """The engine's side, which reaches what we do not."""

    def __init__(self, right: Secret | None = None) -> None:
        self.right = right
        self.asked: list[str] = []

    async def trust(self) -> Trust:
        self.asked.append("trust")
        return Trust(frozenset({"nas.example:5000"}), ("10.0.0.0/8",))

    async def check_login(self, host: str, credentials: Credentials) -> Secret | None:
        self.asked.append(f"login {host} {credentials.username}")
        if self.right is None:
            raise EngineError("dial tcp: lookup nas.example: no such host")
        if credentials.secret != self.right:
            raise LoginRefused(f"{host} does not accept the user name or the password.")
        return None

    async def search(self, term: str, *, room: int = 25) -> tuple[SearchHit, ...]:
        self.asked.append(f"search {term} {room}")
        return (SearchHit(Reference("docker.io", "library/found")),)


@pytest.fixture
def registry() -> ScriptedRegistry:
    """A registry that wants a password."""
    made = ScriptedRegistry()
    made.wants = "basic"
    made.add_image("app:1")
    return made


@pytest.fixture
def server(registry: ScriptedRegistry) -> Iterator[LocalServer]:
    """Where it is."""
    with serving(registry.answer) as made:
        yield made


@pytest.fixture
def app(server: LocalServer) -> Reference:
    """The image there."""
    return Reference(server.host, "app", "1")


def helper(folder: Path, name: str, script: str) -> None:
    """Install a credential helper."""
    (folder / "bin").mkdir(exist_ok=True)
    path = folder / "bin" / f"docker-credential-{name}"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


async def test_logging_in_and_out_counts_at_once(
    ours: Registries, server: LocalServer, app: Reference, tmp_path: Path
) -> None:
    with pytest.raises(LoginNeeded):
        await ours.tags(app)
    outcome = await ours.login(f"http://{server.host}/v2/", " ada ", Secret("s3cret"))
    assert (outcome.host, outcome.username, outcome.store) == (server.host, "ada", "config.json")
    assert outcome.was_asked
    assert outcome.is_plain_text
    assert (await ours.tags(app)).names == ("1",)
    assert json.loads((tmp_path / "config.json").read_text()) == {
        "auths": {server.host: {"auth": packed("ada:s3cret")}}
    }
    assert await ours.logout(server.host)
    with pytest.raises(LoginNeeded):
        await ours.tags(app)
    assert not await ours.logout(server.host)


async def test_a_wrong_password_leaves_the_right_one_where_it_is(
    ours: Registries, server: LocalServer, app: Reference
) -> None:
    await ours.login(server.host, "ada", Secret("s3cret"))
    with pytest.raises(LoginRefused, match="does not accept the user name or the password"):
        await ours.login(server.host, "ada", Secret("wrong"))
    assert (await ours.tags(app)).names == ("1",)


async def test_a_registry_that_asks_nobody_lets_any_password_through(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer
) -> None:
    registry.wants = ""
    outcome = await ours.login(server.host, "ada", Secret("anything"))
    assert not outcome.was_asked
    assert server.asked[-1].authorization.startswith("Basic ")


@pytest.mark.parametrize(
    ("username", "password"),
    [("", "x"), ("a:b", "x"), ("a\nb", "x"), ("ada", ""), ("ada", "x" * 20_000), ("ada", "\0")],
)
async def test_what_cannot_be_right_is_not_even_sent(
    ours: Registries, server: LocalServer, username: str, password: str
) -> None:
    with pytest.raises(LoginRefused) as told:
        await ours.login(server.host, username, Secret(password))
    assert not password or password not in str(told.value)
    assert not server.asked


async def test_a_password_in_any_language_is_right(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    registry.password = "pä ss:wörd 🔑"
    await ours.login(server.host, "ada", Secret(registry.password))
    assert (await ours.tags(app)).names == ("1",)


async def test_read_only_logs_nobody_in_or_out(
    asker: Asker, server: LocalServer, tmp_path: Path
) -> None:
    ours = asker(read_only=True)
    with pytest.raises(ReadOnlyRefused):
        await ours.login(server.host, "ada", Secret("s3cret"))
    with pytest.raises(ReadOnlyRefused):
        await ours.logout(server.host)
    assert not server.asked
    assert not (tmp_path / "config.json").exists()


async def test_a_registry_near_the_engine_is_asked_by_the_engine(asker: Asker) -> None:
    engine = Engine(Secret("right"))
    ours = asker(engine=engine)
    with pytest.raises(LoginRefused):
        await ours.login(NOBODY, "ada", Secret("wrong"))
    assert (await ours.login(NOBODY, "ada", Secret("right"))).was_asked
    assert engine.asked == [f"login {NOBODY} ada"] * 2
    assert (await ours.login_for_engine(NOBODY) or {})["username"] == "ada"


async def test_where_the_engine_fails_too_it_is_our_own_reason_that_is_told(asker: Asker) -> None:
    with pytest.raises(RegistryUnreachable, match="Nobody listens at"):
        await asker(engine=Engine()).login(NOBODY, "ada", Secret("x"))


async def test_the_engine_is_asked_once_whom_it_trusts(
    asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: Any, **__: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    engine = Engine()
    ours = asker(engine=engine)
    ours.allow("other.example")
    for _ in range(2):
        with pytest.raises(RegistryUnreachable):
            await ours.greet("registry.example:5000")
    assert engine.asked == ["trust"]
    assert ours.trust.hosts == {"nas.example:5000", "other.example"}
    assert ours.trust.networks == ("10.0.0.0/8",)


async def test_what_an_engine_is_given_does_not_show(ours: Registries, server: LocalServer) -> None:
    assert await ours.login_for_engine(server.host) is None
    await ours.login(server.host, "ada", Secret("s3cret"))
    given = await ours.login_for_engine(server.host)
    assert given == {"username": "ada", "password": "s3cret", "serveraddress": server.host}
    assert "s3cret" not in repr(given)
    assert "s3cret" in json.dumps(given)


async def test_an_identity_token_is_given_to_an_engine_as_one(
    ours: Registries, tmp_path: Path
) -> None:
    entry = {"auth": packed("ada:"), "identitytoken": "tok"}
    key = "https://index.docker.io/v1/"
    (tmp_path / "config.json").write_text(json.dumps({"auths": {key: entry}}))
    assert await ours.login_for_engine("docker.io") == {
        "identitytoken": "tok",
        "serveraddress": key,
    }


async def test_every_registry_is_known_by_how_we_know_of_it(
    ours: Registries, tmp_path: Path
) -> None:
    auths = {"nas:5000": {"auth": packed("ada:x")}, "old.example": {}}
    (tmp_path / "config.json").write_text(json.dumps({"auths": auths}))
    images = [
        Image(
            id="1",
            name="",
            tags=("nginx:1", "ghcr.io/a/b:1"),
            digests=("nginx@sha256:" + "0" * 64,),
        ),
        Image(id="2", name="", tags=("nas:5000/app:1", "nas:5000/app:2")),
        Image(id="3", name="", tags=(), digests=("<none>@<none>",)),
    ]
    found = {it.host: it for it in await ours.registries(images, ("mine.example",))}
    assert list(found) == ["docker.io", "ghcr.io", "mine.example", "nas:5000", "old.example"]
    assert found["docker.io"].name == "Docker Hub"
    assert found["docker.io"].is_hub
    assert found["docker.io"].origins == {Origin.HUB, Origin.IMAGES}
    assert found["nas:5000"].origins == {Origin.CONFIG, Origin.IMAGES}
    assert (found["nas:5000"].username, found["nas:5000"].is_logged_in) == ("ada", True)
    assert (found["nas:5000"].store, found["nas:5000"].images) == ("config.json", 1)
    assert found["mine.example"].origins == {Origin.ADDED}
    assert not found["old.example"].is_logged_in


async def test_helpers_that_hang_are_waited_for_together(asker: Asker, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        helper(tmp_path, name, "exec /bin/sleep 1000")
    helpers = {"a.example": "one", "b.example": "two", "c.example": "three"}
    (tmp_path / "config.json").write_text(json.dumps({"credHelpers": helpers}))
    begun = time.monotonic()
    found = await asker(helper_timeout_s=1.0).registries()
    assert time.monotonic() - begun < 2.5
    problems = [it.problem for it in found if it.host != "docker.io"]
    assert len(problems) == 3
    assert all("did not answer within" in it for it in problems)


async def test_a_broken_helper_matters_only_where_a_password_is_wanted(
    asker: Asker, registry: ScriptedRegistry, app: Reference, tmp_path: Path
) -> None:
    helper(tmp_path, "broken", "echo it is locked; exit 1")
    (tmp_path / "config.json").write_text('{"credsStore": "broken"}')
    registry.wants = "bearer"
    registry.realm = f"http://{app.host}/token"
    ours = asker()
    assert (await ours.tags(app)).names == ("1",)
    registry.wants = "basic"
    other = asker()
    for _ in range(2):
        with pytest.raises(CredentialsError, match="docker-credential-broken failed: it is locked"):
            await other.tags(app)
    with pytest.raises(CredentialsError, match="it is locked"):
        await other.login(app.host, "ada", Secret("s3cret"))


async def test_a_damaged_configuration_is_told_and_left_alone(
    ours: Registries, server: LocalServer, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text('{"auths": {"a": {"auth": "c2VjcmV0"')
    for attempt in (
        ours.login(server.host, "ada", Secret("s3cret")),
        ours.logout(server.host),
        ours.registries(),
    ):
        with pytest.raises(CredentialsError, match="is damaged: it is not JSON"):
            await attempt
    assert (tmp_path / "config.json").read_text().startswith('{"auths": {"a"')


async def test_a_password_is_in_no_log_and_no_trace(
    ours: Registries,
    registry: ScriptedRegistry,
    server: LocalServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    import traceback

    caplog.set_level(logging.DEBUG)
    secret = Secret("hunter2-hunter2")
    with pytest.raises(LoginRefused) as refused:
        await ours.login(server.host, "ada", secret)
    with pytest.raises(RegistryUnreachable) as unreachable:
        await ours.login(NOBODY, "ada", secret)
    for error in (refused.value, unreachable.value):
        for each in causes(error):
            told = traceback.TracebackException.from_exception(each, capture_locals=True)
            shown = "".join(told.format())
            assert "hunter2" not in shown
            assert packed("ada:hunter2-hunter2") not in shown
    assert "hunter2" not in caplog.text
    assert packed("ada:hunter2-hunter2") not in caplog.text


async def test_many_questions_at_once_ask_the_store_once(
    asker: Asker, app: Reference, tmp_path: Path
) -> None:
    said = '{"Username":"ada","Secret":"s3cret"}'
    helper(tmp_path, "slow", f"echo x >>'{tmp_path}/asked'; /bin/sleep 0.05; echo '{said}'")
    (tmp_path / "config.json").write_text('{"credsStore": "slow"}')
    ours = asker()
    await asyncio.gather(*(ours.tags(app) for _ in range(8)))
    assert (tmp_path / "asked").read_text() == "x\n"
