"""The docker command and we see the same logins, whoever of us logs in or out."""

from __future__ import annotations

import asyncio
import json
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockertui.engine.errors import CredentialsError, LoginNeeded, LoginRefused
from dockertui.engine.registry.registries import Registries
from dockertui.engine.registry.secret import Secret
from dockertui.model.reference import Reference
from tests.registry.conftest import APP, Made, Person
from tests.support.real_engine import RealEngine
from tests.support.real_registry import PASSWORD, USER, RealRegistry

pytestmark = pytest.mark.engine

PASS_PROGRAMS = ("pass", "gpg", "docker-credential-pass", "docker")


def app(registry: RealRegistry) -> Reference:
    """An image there."""
    return Reference(registry.host, APP, "1.2")


class Docker:
    """The docker command of a person."""

    def __init__(self, person: Person, engine: RealEngine) -> None:
        program = shutil.which("docker")
        if program is None:
            pytest.skip("not installed: docker")
        self.program = program
        self.environ = {**person.environ, "DOCKER_HOST": engine.base_url}

    async def run(self, *words: str, said: str = "") -> tuple[int, str]:
        """Run it; its exit code, and what it said."""
        process = await asyncio.create_subprocess_exec(
            self.program,
            *words,
            env=self.environ,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        out, _ = await process.communicate(said.encode())
        return process.returncode or 0, out.decode()

    async def log_in(self, registry: RealRegistry) -> None:
        """Log in with the right password."""
        words = ("login", "-u", USER, "--password-stdin", registry.host)
        code, said = await self.run(*words, said=PASSWORD)
        assert code == 0, said

    async def can_pull(self, registry: RealRegistry) -> bool:
        """Is it let in?"""
        code, said = await self.run("pull", "-q", str(app(registry)))
        assert code == 0 or "no basic auth credentials" in said, said
        return code == 0


@pytest.fixture
def docker(person: Person, real_engine: RealEngine) -> Docker:
    """The docker command."""
    return Docker(person, real_engine)


@pytest.fixture
def key(person: Person, request: pytest.FixtureRequest) -> Iterator[Person]:
    """Somebody with a key and a password store, and `pass` to keep their passwords.

    Its parameter is the passphrase of the key.
    """
    missing = [it for it in PASS_PROGRAMS if shutil.which(it) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    # Short: the agent's socket is in there.
    folder = Path(tempfile.mkdtemp(prefix="gpg-", dir="/tmp"))
    person.has_all()
    person.environ |= {"GNUPGHOME": str(folder), "PASSWORD_STORE_DIR": str(folder / "store")}
    make_key(person, getattr(request, "param", ""))
    yield person
    subprocess.run(["gpgconf", "--kill", "all"], env=person.environ, check=False)
    shutil.rmtree(folder, ignore_errors=True)


def make_key(person: Person, passphrase: str) -> None:
    """Make a key, and a password store for it."""
    words = ("gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase)
    for command in (
        (*words, "--quick-gen-key", "Ada <ada@example.com>", "future-default", "default", "never"),
        ("pass", "init", "ada@example.com"),
    ):
        subprocess.run(command, env=person.environ, capture_output=True, check=True)


def lock(person: Person) -> None:
    """Let the agent forget the passphrase."""
    subprocess.run(["gpgconf", "--kill", "gpg-agent"], env=person.environ, check=True)


async def test_who_logs_in_here_is_logged_in_there(
    ours: Registries, locked_registry: RealRegistry, docker: Docker
) -> None:
    assert not await docker.can_pull(locked_registry)
    outcome = await ours.login(locked_registry.host, USER, Secret(PASSWORD))
    assert (outcome.store, outcome.was_asked) == ("config.json", True)
    assert await docker.can_pull(locked_registry)
    assert await ours.logout(locked_registry.host)
    assert not await docker.can_pull(locked_registry)


async def test_who_logs_in_there_is_logged_in_here(
    made: Made, locked_registry: RealRegistry, docker: Docker
) -> None:
    with pytest.raises(LoginNeeded):
        await made().tags(app(locked_registry))
    await docker.log_in(locked_registry)
    assert (await made().tags(app(locked_registry))).names
    known = {it.host: it for it in await made().registries()}
    assert known[locked_registry.host].username == USER
    await docker.run("logout", locked_registry.host)
    with pytest.raises(LoginNeeded):
        await made().tags(app(locked_registry))


async def test_both_write_the_same(
    ours: Registries, locked_registry: RealRegistry, docker: Docker, person: Person
) -> None:
    person.config.write_text('{"psFormat": "x", "auths": {"elsewhere.example": {}}}')
    await docker.log_in(locked_registry)
    theirs = json.loads(person.config.read_text())
    person.config.write_text('{"psFormat": "x", "auths": {"elsewhere.example": {}}}')
    await ours.login(locked_registry.host, USER, Secret(PASSWORD))
    assert json.loads(person.config.read_text()) == theirs
    assert stat.S_IMODE(person.config.stat().st_mode) == 0o600


async def test_a_wrong_password_is_told_and_not_kept(
    ours: Registries, locked_registry: RealRegistry, person: Person
) -> None:
    with pytest.raises(LoginRefused, match="does not accept the user name or the password"):
        await ours.login(locked_registry.host, USER, Secret("wrong"))
    assert not person.config.exists()


async def test_a_password_that_was_changed_is_told(
    ours: Registries, locked_registry: RealRegistry, docker: Docker, person: Person
) -> None:
    await docker.log_in(locked_registry)
    said = person.config.read_text()
    auth = json.loads(said)["auths"][locked_registry.host]["auth"]
    person.config.write_text(said.replace(auth, "YWRhOm9sZA=="))
    with pytest.raises(LoginRefused, match="does not accept the login of ada any more"):
        await ours.tags(app(locked_registry))


async def test_the_engine_is_asked_where_we_cannot(
    ours: Registries, locked_registry: RealRegistry, real_engine: RealEngine, docker: Docker
) -> None:
    # Here it is down, and in the engine's namespace it goes on.
    here, there = locked_registry.running
    here.kill()
    here.wait()
    try:
        with pytest.raises(LoginRefused):
            await ours.login(locked_registry.host, USER, Secret("wrong"))
        await ours.login(locked_registry.host, USER, Secret(PASSWORD))
        assert there.poll() is None
        assert await docker.can_pull(locked_registry)
    finally:
        locked_registry.kill()
        locked_registry.start()


async def test_pass_keeps_what_either_of_us_gives_it(
    made: Made, locked_registry: RealRegistry, key: Person, real_engine: RealEngine
) -> None:
    outcome = await made().login(locked_registry.host, USER, Secret(PASSWORD))
    assert (outcome.store, outcome.is_plain_text) == ("pass", False)
    assert json.loads(key.config.read_text()) == {
        "credsStore": "pass",
        "auths": {locked_registry.host: {}},
    }
    docker = Docker(key, real_engine)
    assert await docker.can_pull(locked_registry)
    assert (await made().tags(app(locked_registry))).names
    known = {it.host: it for it in await made().registries()}[locked_registry.host]
    assert (known.username, known.is_logged_in, known.store) == (USER, True, "pass")
    assert await made().logout(locked_registry.host)
    assert not await docker.can_pull(locked_registry)
    await docker.log_in(locked_registry)
    assert (await made().tags(app(locked_registry))).names
    await docker.run("logout", locked_registry.host)
    with pytest.raises(LoginNeeded):
        await made().tags(app(locked_registry))


@pytest.mark.parametrize("key", ["passphrase"], indirect=True)
async def test_a_locked_key_is_told_in_time(
    made: Made, locked_registry: RealRegistry, key: Person
) -> None:
    await made().login(locked_registry.host, USER, Secret(PASSWORD))
    lock(key)
    begun = time.monotonic()
    with pytest.raises(CredentialsError) as told:
        await made().tags(app(locked_registry))
    assert time.monotonic() - begun < 12
    assert "docker-credential-pass" in str(told.value)
    assert told.value.advice


async def test_a_store_that_was_never_set_up_is_told(
    made: Made, locked_registry: RealRegistry, key: Person
) -> None:
    shutil.rmtree(key.environ["PASSWORD_STORE_DIR"])
    with pytest.raises(CredentialsError, match="pass not initialized") as told:
        await made().login(locked_registry.host, USER, Secret(PASSWORD))
    assert "pass init" in told.value.advice[1]
