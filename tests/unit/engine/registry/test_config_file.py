"""The docker command's configuration is read and changed with care."""

from __future__ import annotations

import base64
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine import EngineError
from dockertui.engine.errors import CredentialsError
from dockertui.engine.registry.config_file import (
    change_config,
    config_path,
    credentials_in,
    entry_for,
    read_config,
    usual_store,
)
from dockertui.engine.registry.secret import Credentials, Secret


def packed(pair: str) -> str:
    """A user name and a password as the file has them."""
    return base64.b64encode(pair.encode()).decode()


def set_auth(content: dict[str, Any]) -> None:
    """A change like any other."""
    content["auths"] = {"nas:5000": {"auth": packed("ada:secret")}}


def mode_of(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def program(folder: Path, name: str) -> None:
    """Something that can be run, of some name."""
    (folder / name).write_text("#!/bin/sh\n")
    (folder / name).chmod(0o755)


def test_it_is_where_the_docker_command_has_it() -> None:
    assert config_path({}, Path("/home/ada")) == Path("/home/ada/.docker/config.json")
    assert config_path({"DOCKER_CONFIG": "/c"}, Path("/home/ada")) == Path("/c/config.json")


def test_a_file_that_is_not_there_says_nothing_and_is_made(tmp_path: Path) -> None:
    path = tmp_path / "not" / "there" / "config.json"
    assert read_config(path).auths == {}
    change_config(path, set_auth)
    assert mode_of(path) == 0o600
    assert mode_of(path.parent) == 0o700
    assert "nas:5000" in read_config(path).auths


def test_what_is_not_known_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    before = {
        "psFormat": "x",
        "plugins": {"a": {"b": "ü<>"}},
        "n": 12345678901234567890,
        "auths": {},
    }
    path.write_text(json.dumps(before))
    path.chmod(0o644)
    change_config(path, set_auth)
    after = json.loads(path.read_text())
    assert list(after) == list(before)
    assert {**after, "auths": {}} == before
    assert mode_of(path) == 0o600
    assert os.listdir(tmp_path) == ["config.json"]


def test_a_change_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    change_config(path, set_auth)
    before = path.stat().st_ino
    change_config(path, set_auth)
    assert path.stat().st_ino == before
    change_config(path, lambda content: content.update(x=1))
    assert path.stat().st_ino != before


def test_a_link_stays_one(tmp_path: Path) -> None:
    path, target = tmp_path / "config.json", tmp_path / "elsewhere.json"
    path.symlink_to(target)
    change_config(path, set_auth)
    assert path.is_symlink()
    assert "nas:5000" in json.loads(target.read_text())["auths"]


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(" \n")
    assert read_config(path).content == {}


@pytest.mark.parametrize(
    "body", ['{"auths": {"a": {"auth": "c2VjcmV0"', "[]", "[" * 100_000, "\xff"]
)
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, body: str) -> None:
    path = tmp_path / "config.json"
    path.write_text(body, encoding="latin-1")
    for attempt in (lambda: read_config(path), lambda: change_config(path, set_auth)):
        with pytest.raises(CredentialsError) as told:
            attempt()
        assert str(path) in str(told.value)
        assert "c2VjcmV0" not in f"{told.value!r}{told.value.__cause__!r}{told.value.__context__!r}"
    assert path.read_text(encoding="latin-1") == body


def test_where_nothing_may_be_written_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CredentialsError, match="cannot be written"):
        change_config(tmp_path / "file" / "config.json", set_auth)
    (tmp_path / "config.json").mkdir()
    with pytest.raises(CredentialsError, match="cannot be read: Is a directory"):
        read_config(tmp_path / "config.json")


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.json"
    change_config(path, set_auth)
    before = path.read_text()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CredentialsError, match="No space left on device"):
        change_config(path, lambda content: content.update(x=1))
    assert path.read_text() == before
    assert os.listdir(tmp_path) == ["config.json"]


def test_it_does_not_show_itself(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    change_config(path, set_auth)
    assert packed("ada:secret") not in repr(read_config(path))


@pytest.mark.parametrize(
    ("entry", "username", "secret", "is_token"),
    [
        ({"auth": packed("ada:pa:ss wörd")}, "ada", "pa:ss wörd", False),
        ({"auth": packed("ada:secret\0\0")}, "ada", "secret", False),
        ({"username": "ada", "password": "secret"}, "ada", "secret", False),
        ({"auth": packed("ada:"), "identitytoken": "tok"}, "ada", "tok", True),
        ({"identitytoken": "tok"}, "", "tok", True),
    ],
)
def test_an_entry_holds_credentials(
    entry: dict[str, str], username: str, secret: str, *, is_token: bool
) -> None:
    assert credentials_in(entry) == Credentials(username, Secret(secret), is_token=is_token)


@pytest.mark.parametrize("entry", [{}, None, [], {"auth": ""}, {"auth": 5}, {"email": "x"}])
def test_an_empty_entry_holds_none(entry: object) -> None:
    assert credentials_in(entry) is None


@pytest.mark.parametrize("auth", ["!!!", packed("nocolon"), packed(":x"), "/////w=="])
def test_a_damaged_entry_is_told(auth: str) -> None:
    with pytest.raises(ValueError, match=r"^it "):
        credentials_in({"auth": auth})


@pytest.mark.parametrize(
    "credentials",
    [
        Credentials("ada", Secret("pa:ss wörd")),
        Credentials("ada", Secret("tok"), is_token=True),
        Credentials("", Secret("tok"), is_token=True),
    ],
)
def test_what_is_written_down_is_read_again(credentials: Credentials) -> None:
    assert credentials_in(json.loads(json.dumps(entry_for(credentials)))) == credentials


def test_the_helper_is_the_one_that_the_docker_command_would_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    environ = {"PATH": str(tmp_path)}
    assert usual_store(environ) == ""
    program(tmp_path, "docker-credential-secretservice")
    assert usual_store(environ) == "secretservice"
    program(tmp_path, "pass")
    assert usual_store(environ) == ""
    program(tmp_path, "docker-credential-pass")
    assert usual_store(environ) == "pass"
    config = read_config(tmp_path / "config.json")
    assert config.with_usual_store(environ).default_store == "pass"
    (tmp_path / "config.json").write_text('{"auths": {"nas:5000": {}}}')
    assert read_config(tmp_path / "config.json").with_usual_store(environ).default_store == ""


def test_a_registry_may_have_a_helper_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text('{"credsStore": "pass", "credHelpers": {"gcr.io": "gcloud", "a": "", "b": 5}}')
    config = read_config(path)
    assert [config.store_for(it) for it in ("gcr.io", "a", "b", "other")] == [
        *("gcloud", "", "", "pass"),
    ]
    assert config.helpers == {"gcr.io": "gcloud", "a": ""}


def test_its_errors_are_the_engines() -> None:
    assert issubclass(CredentialsError, EngineError)
