"""Where the engine is, from what a person or the Docker CLI has set."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine import AddressError
from dockertui.engine.address import DEFAULT_SOCKET, resolve


def save_context(home: Path, name: str, endpoint: dict[str, Any], *, raw: str = "") -> Path:
    """Write a context as the Docker CLI does; the folder for its TLS files is returned."""
    digest = sha256(name.encode()).hexdigest()
    folder = home / ".docker/contexts/meta" / digest
    folder.mkdir(parents=True)
    meta = {"Name": name, "Metadata": {}, "Endpoints": {"docker": endpoint}}
    (folder / "meta.json").write_text(raw or json.dumps(meta))
    return home / ".docker/contexts/tls" / digest / "docker"


def use_context(home: Path, name: str) -> None:
    """Make a context the current one."""
    (home / ".docker").mkdir(exist_ok=True)
    (home / ".docker/config.json").write_text(json.dumps({"currentContext": name}))


def test_the_option_wins_over_everything(tmp_path: Path) -> None:
    environ = {"DOCKER_HOST": "tcp://other:1", "DOCKER_CONTEXT": "another"}
    address = resolve("unix:///tmp/a.sock", environ, tmp_path)
    assert (address.url, address.origin) == ("unix:///tmp/a.sock", "--host")
    assert address.socket_path == "/tmp/a.sock"


def test_docker_host_wins_over_contexts(tmp_path: Path) -> None:
    use_context(tmp_path, "away")
    address = resolve(None, {"DOCKER_HOST": "tcp://box:2375"}, tmp_path)
    assert (address.url, address.origin, address.tls) == ("tcp://box:2375", "DOCKER_HOST", None)
    assert address.host_port == ("box", 2375)


def test_the_current_context_is_followed(tmp_path: Path) -> None:
    save_context(tmp_path, "away", {"Host": "tcp://box:1234"})
    use_context(tmp_path, "away")
    address = resolve(None, {}, tmp_path)
    assert (address.name, address.url) == ("away", "tcp://box:1234")


def test_docker_context_wins_over_the_current_one(tmp_path: Path) -> None:
    save_context(tmp_path, "away", {"Host": "tcp://box:1234"})
    save_context(tmp_path, "near", {"Host": "unix:///tmp/near.sock"})
    use_context(tmp_path, "away")
    assert resolve(None, {"DOCKER_CONTEXT": "near"}, tmp_path).name == "near"


def test_docker_config_moves_the_contexts(tmp_path: Path) -> None:
    save_context(tmp_path, "away", {"Host": "tcp://box:1234"})
    use_context(tmp_path, "away")
    environ = {"DOCKER_CONFIG": str(tmp_path / ".docker")}
    assert resolve(None, environ, tmp_path / "elsewhere").name == "away"


def test_a_context_brings_its_tls_files(tmp_path: Path) -> None:
    tls = save_context(tmp_path, "away", {"Host": "tcp://box:2376"})
    tls.mkdir(parents=True)
    for name in ("ca.pem", "cert.pem", "key.pem"):
        (tls / name).touch()
    files = resolve(None, {"DOCKER_CONTEXT": "away"}, tmp_path).tls
    assert files is not None
    assert files.ca == str(tls / "ca.pem")
    assert files.key == str(tls / "key.pem")
    assert files.verify


def test_a_context_may_skip_verification(tmp_path: Path) -> None:
    save_context(tmp_path, "away", {"Host": "tcp://box:2376", "SkipTLSVerify": True})
    files = resolve(None, {"DOCKER_CONTEXT": "away"}, tmp_path).tls
    assert files is not None
    assert not files.verify


def test_tls_is_asked_for_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").touch()
    environ = {"DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": str(tmp_path)}
    address = resolve("tcp://box", environ, tmp_path)
    assert address.tls is not None
    assert address.tls.ca == str(tmp_path / "ca.pem")
    assert address.tls.cert == ""
    assert address.http_url == "https://box:2376"


def test_an_ipv6_host_keeps_its_brackets_in_urls_alone(tmp_path: Path) -> None:
    address = resolve("tcp://[::1]:2375", {}, tmp_path)
    assert address.host_port == ("::1", 2375)
    assert address.http_url == "http://[::1]:2375"


def test_a_rootless_engine_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dockertui.engine.address.DEFAULT_SOCKET", str(tmp_path / "none"))
    (tmp_path / "podman").mkdir()
    (tmp_path / "podman/podman.sock").touch()
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert resolve(None, environ, tmp_path).socket_path == f"{tmp_path}/podman/podman.sock"
    (tmp_path / "docker.sock").touch()
    assert resolve(None, environ, tmp_path).socket_path == f"{tmp_path}/docker.sock"


def test_without_any_socket_the_default_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.path.exists", lambda _: False)
    assert resolve(None, {}, tmp_path).url == f"unix://{DEFAULT_SOCKET}"


def test_a_damaged_config_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".docker").mkdir()
    for content in ("{", "[]", '{"currentContext": 7}'):
        (tmp_path / ".docker/config.json").write_text(content)
        assert resolve(None, {}, tmp_path).name == "default"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("box:2375", "must begin with"),
        ("ftp://box", "ftp:// is not known"),
        ("unix://", "lacks the path"),
        ("unix:///", "lacks the path"),
        ("tcp://box:http", "the port"),
        ("tcp://box:0", "the port"),
        ("tcp://box:70000", "the port"),
        ("tcp://:2375", "lacks a host"),
        ("tcp://box:2375/v1", "end after its host"),
        ("ssh://me@box", "ssh -N -L"),
        ("npipe:////./pipe/docker_engine", "Windows"),
        ("unix:///tmp/\x1b[31m.sock", "not a URL"),
    ],
)
def test_what_is_no_address_is_refused_in_one_clear_line(
    url: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(AddressError, match=words.replace("(", r"\(")) as caught:
        resolve(url, {}, tmp_path)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert str(caught.value).startswith("--host")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("{", "not JSON"),
        ("[]", "names no Docker endpoint"),
        ('{"Endpoints": {"docker": []}}', "names no Docker endpoint"),
        ('{"Endpoints": {"docker": {}}}', "does not say where"),
        ('{"Endpoints": {"docker": {"Host": "gopher://x"}}}', "gopher:// is not known"),
    ],
)
def test_a_damaged_context_is_named(raw: str, words: str, tmp_path: Path) -> None:
    save_context(tmp_path, "away", {}, raw=raw)
    with pytest.raises(AddressError, match=words) as caught:
        resolve(None, {"DOCKER_CONTEXT": "away"}, tmp_path)
    assert "'away'" in str(caught.value)


def test_an_unknown_context_is_named(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="There is no context 'away'"):
        resolve(None, {"DOCKER_CONTEXT": "away"}, tmp_path)
