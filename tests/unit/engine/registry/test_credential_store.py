"""Who is logged in is kept where the docker command keeps it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine.errors import CredentialsError
from dockertui.engine.registry.credential_store import CredentialStore, Login, host_of, key_of
from dockertui.engine.registry.secret import Credentials, Secret
from dockertui.model.registry import Origin
from tests.unit.engine.registry.test_config_file import packed

ADA = Credentials("ada", Secret("s3cret"))
HUB_KEY = "https://index.docker.io/v1/"
KEEPER = """#!/usr/bin/env -S python3 -I -S
import json, os, sys
place = os.environ["KEEP"]
kept = json.load(open(place)) if os.path.exists(place) else {}
said = sys.stdin.read()
if sys.argv[1] == "store":
    kept[json.loads(said)["ServerURL"]] = json.loads(said)
elif sys.argv[1] == "erase":
    del kept[said]
elif sys.argv[1] == "list":
    print(json.dumps({key: it["Username"] for key, it in kept.items()}))
elif said in kept:
    print(json.dumps(kept[said]))
else:
    print("credentials not found in native keychain")
    sys.exit(1)
json.dump(kept, open(place, "w"))
"""


class Person:
    """Somebody with a configuration, and a helper called `keeper`."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "config.json"
        helper = folder / "bin" / "docker-credential-keeper"
        helper.parent.mkdir()
        helper.write_text(KEEPER)
        helper.chmod(0o755)
        broken = folder / "bin" / "docker-credential-broken"
        broken.write_text("#!/bin/sh\necho it is locked; exit 1\n")
        broken.chmod(0o755)
        system = ":".join(it for it in os.environ["PATH"].split(":") if "venv" not in it)
        self.environ = {
            "PATH": f"{helper.parent}:{system}",
            "DOCKER_CONFIG": str(folder),
            "KEEP": str(folder / "kept"),
        }

    @property
    def store(self) -> CredentialStore:
        return CredentialStore(self.environ, Path("/nowhere"))

    def write(self, **content: Any) -> None:
        self.config.write_text(json.dumps(content))

    def read(self) -> Any:
        return json.loads(self.config.read_text())

    def logins(self) -> dict[str, Login]:
        store = self.store
        listed = {it: store.listed_by(it) for it in store.helpers()}
        return {it.host: it for it in store.logins(listed)}


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody whose system has no helper that would be taken unasked."""
    made = Person(tmp_path)
    made.write(auths={"elsewhere.example": {"auth": packed("eve:x")}})
    return made


@pytest.mark.parametrize("store", ["", "keeper"])
@pytest.mark.parametrize("host", ["nas:5000", "docker.io", "[::1]:5000"])
def test_what_is_kept_is_found_and_forgotten(person: Person, store: str, host: str) -> None:
    person.write(credsStore=store, auths={"elsewhere.example": {}}, x=1)
    assert person.store.get(host) is None
    assert person.store.put(host, ADA) == (store or "config.json")
    assert person.store.get(host) == ADA
    assert person.logins()[host].is_logged_in
    assert person.logins()[host].username == "ada"
    assert person.read()["x"] == 1
    if store:
        assert person.read()["auths"][key_of(host)] == {}
    assert person.store.erase(host)
    assert person.store.get(host) is None
    assert person.read()["auths"] == {"elsewhere.example": {}}
    assert not person.store.erase(host)


@pytest.mark.parametrize("store", ["", "keeper"])
def test_a_token_takes_the_place_of_a_password(person: Person, store: str) -> None:
    token = Credentials("ada", Secret("tok"), is_token=True)
    person.write(credsStore=store, auths={"elsewhere.example": {}})
    person.store.put("nas:5000", token)
    found = person.store.get("nas:5000")
    assert found is not None
    assert (found.secret, found.is_token) == (Secret("tok"), True)
    assert "s3cret" not in person.config.read_text()


def test_docker_hub_is_kept_under_its_old_address(person: Person) -> None:
    person.store.put("docker.io", ADA)
    assert HUB_KEY in person.read()["auths"]
    assert "docker.io" in person.logins()


def test_each_registry_has_the_helper_that_it_is_given(person: Person) -> None:
    person.write(credHelpers={"nas:5000": "keeper"}, auths={"elsewhere.example": {}})
    assert person.store.put("nas:5000", ADA) == "keeper"
    assert person.store.put("other:5000", ADA) == "config.json"
    logins = person.logins()
    assert logins["nas:5000"].store == "keeper"
    assert logins["nas:5000"].origin is Origin.HELPER
    assert logins["other:5000"].store == "config.json"
    assert not logins["elsewhere.example"].is_logged_in


def test_with_a_helper_what_the_file_holds_does_not_count(person: Person) -> None:
    person.write(credsStore="keeper", auths={"nas:5000": {"auth": packed("ada:old")}})
    assert person.store.get("nas:5000") is None
    assert not person.logins()["nas:5000"].is_logged_in


def test_credentials_under_an_address_are_found_and_forgotten(person: Person) -> None:
    person.write(auths={"https://nas:5000/v1/": {"auth": packed("ada:s3cret")}})
    assert person.store.get("nas:5000") == ADA
    assert person.logins()["nas:5000"].username == "ada"
    person.write(auths={"https://nas:5000": {"auth": packed("ada:s3cret")}, "keep": {}})
    assert person.store.erase("nas:5000")
    assert person.read()["auths"] == {"keep": {}}


def test_the_environment_wins_over_every_store(person: Person) -> None:
    person.store.put("nas:5000", ADA)
    given = {"auths": {"nas:5000": {"auth": packed("bob:x")}, HUB_KEY: {"auth": packed("bob:y")}}}
    person.environ["DOCKER_AUTH_CONFIG"] = json.dumps(given)
    found = person.store.get("nas:5000")
    assert found is not None
    assert found.username == "bob"
    assert person.logins()["docker.io"].origin is Origin.ENVIRONMENT
    person.environ["DOCKER_AUTH_CONFIG"] = "{"
    with pytest.raises(CredentialsError, match="DOCKER_AUTH_CONFIG is not JSON"):
        person.store.get("nas:5000")


def test_a_helper_that_does_not_work_is_told_where_it_counts(person: Person) -> None:
    person.write(
        credsStore="broken",
        credHelpers={"gcr.io": "missing", "nas:5000": "keeper"},
        auths={"elsewhere.example": {}},
    )
    logins = person.logins()
    assert logins["elsewhere.example"].problem == "docker-credential-broken failed: it is locked"
    assert "docker-credential-missing" in logins["gcr.io"].problem
    assert not logins["nas:5000"].problem
    for attempt in (
        lambda: person.store.get("elsewhere.example"),
        lambda: person.store.put("elsewhere.example", ADA),
        lambda: person.store.erase("elsewhere.example"),
    ):
        with pytest.raises(CredentialsError, match="it is locked"):
            attempt()
    assert person.read()["auths"] == {"elsewhere.example": {}}


def test_a_helper_is_enough_where_the_file_cannot_be_written(person: Person) -> None:
    person.write(credsStore="keeper", auths={})
    person.config.rename(person.config.parent / "real.json")
    person.config.symlink_to("/proc/self/nowhere/real.json")
    person.environ["DOCKER_CONFIG"] = str(person.config.parent)
    # Nothing can be read there either: a helper of its own has to be named by the environment.
    (person.config.parent / "bin" / "pass").symlink_to("docker-credential-keeper")
    (person.config.parent / "bin" / "docker-credential-pass").symlink_to("docker-credential-keeper")
    assert person.store.put("nas:5000", ADA) == "pass"
    assert person.store.get("nas:5000") == ADA


def test_the_helper_taken_unasked_is_written_down(person: Person) -> None:
    person.config.unlink()
    folder = person.config.parent / "bin"
    for name in ("pass", "docker-credential-pass"):
        (folder / name).symlink_to("docker-credential-keeper")
    assert person.store.put("nas:5000", ADA) == "pass"
    assert person.read() == {"credsStore": "pass", "auths": {"nas:5000": {}}}


def test_damaged_credentials_are_told(person: Person) -> None:
    person.write(auths={"nas:5000": {"auth": "!"}, "other:5000": {"auth": packed("a:b")}})
    with pytest.raises(CredentialsError, match="What is kept for nas:5000 is damaged"):
        person.store.get("nas:5000")
    assert person.store.get("other:5000") is not None
    assert "damaged" in person.logins()["nas:5000"].problem
    person.store.put("nas:5000", ADA)
    assert person.store.get("nas:5000") == ADA


@pytest.mark.parametrize(
    ("key", "host"),
    [
        (HUB_KEY, "docker.io"),
        ("https://index.docker.io/v1/access-token", ""),
        ("https://index.docker.io/v1/refresh-token", ""),
        ("nas:5000", "nas:5000"),
        ("http://nas:5000/v2/", "nas:5000"),
        ("[::1]:5000", "[::1]:5000"),
        ("\x1b[2J", ""),
        ("", ""),
        ("a b", ""),
    ],
)
def test_a_key_is_for_a_registry_or_for_nothing_of_ours(key: str, host: str) -> None:
    assert host_of(key) == host
