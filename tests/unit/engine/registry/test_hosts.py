"""Whom one speaks to: where it is, and whether without TLS."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.engine.errors import RegistryError
from dockertui.engine.registry.hosts import (
    bare,
    endpoint_of,
    has_port,
    is_listed,
    is_local,
    may_be_plain,
    name_of,
    origin_of,
)
from dockertui.engine.registry.logins import host_in
from dockertui.engine.registry.proxies import proxy_for
from dockertui.model.registry import Trust

LOCAL = ("localhost", "localhost:5000", "127.0.0.1:5000", "127.255.0.9", "[::1]:5000", "LOCALHOST")
OTHERS = ("10.0.0.1:5000", "localhost.example.com", "127.0.0.1.example.com", "[fe80::1]", "nas")


@pytest.mark.parametrize("host", LOCAL)
def test_this_machine_needs_no_tls(host: str) -> None:
    assert is_local(host)
    assert may_be_plain(host, Trust())


@pytest.mark.parametrize("host", OTHERS)
def test_no_other_machine_may_do_without_tls(host: str) -> None:
    assert not is_local(host)
    assert not may_be_plain(host, Trust())


def test_what_the_engine_lists_may_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(name: str, *_: Any, **__: Any) -> list[Any]:
        if name != "nas.lan":
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("10.1.2.3", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    trust = Trust(
        frozenset({"nas:5000", "box"}), ("10.0.0.0/8", "127.0.0.0/8", "fd00::/8", "rubbish")
    )
    listed = ("nas:5000", "10.9.9.9:80", "[fd00::1]:5000", "nas.lan:5000")
    assert all(is_listed(it, trust) for it in listed)
    assert not any(
        is_listed(it, trust) for it in ("box:5000", "nas:5001", "11.0.0.1", "nowhere", "127.0.0.1")
    )


def test_docker_hub_is_at_another_address_than_its_name() -> None:
    assert endpoint_of("docker.io") == "registry-1.docker.io"
    assert endpoint_of("ghcr.io") == "ghcr.io"
    assert name_of("registry-1.docker.io") == name_of("docker.io") == "Docker Hub"


def test_a_host_is_told_from_its_port() -> None:
    hosts = ("nas", "nas:5000", "[::1]", "[::1]:5000", "10.0.0.1:5000")
    assert [has_port(it) for it in hosts] == [False, True, False, True, True]
    assert [bare(it) for it in hosts] == ["nas", "nas", "::1", "::1", "10.0.0.1"]


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a/", "https://", "https://u:p@a/", "https://a:99999/", "//a/", "x", ""),
        *("https://a/\x1b", "file:///etc/passwd", "https://[::1/"),
    ],
)
def test_an_address_that_nobody_should_follow_is_none(url: str) -> None:
    assert origin_of(url) is None


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_none(text: str) -> None:
    origin = origin_of(text)
    assert origin is None or origin_of(origin.url) == origin


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("docker.io", "docker.io"),
        ("https://index.docker.io/v1/", "docker.io"),
        ("hub.docker.com", "docker.io"),
        ("", "docker.io"),
        (" ghcr.io ", "ghcr.io"),
        ("http://localhost:5000/v2/", "localhost:5000"),
        ("[::1]:5000", "[::1]:5000"),
    ],
)
def test_a_registry_may_be_written_as_an_address(written: str, host: str) -> None:
    assert host_in(written) == host


@pytest.mark.parametrize("written", ["a b", "nas:0", "nas:65536", "nas:x", "a_b", "\x1b[31m", "a?"])
def test_what_is_no_registry_is_told(written: str) -> None:
    with pytest.raises(RegistryError, match="is no registry") as told:
        host_in(written)
    assert str(told.value).isprintable()


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://ghcr.io", "http://proxy:3128"),
        ("http://ghcr.io", ""),
        ("https://localhost:5000", ""),
        ("https://127.0.0.1", ""),
        ("https://a.corp.example", ""),
        ("https://corp.example", ""),
        ("https://notcorp.example", "http://proxy:3128"),
        ("https://10.1.1.1", ""),
        ("https://nas:5000", ""),
        ("https://nas:5001", "http://proxy:3128"),
    ],
)
def test_a_proxy_is_used_where_the_environment_says_so(url: str, proxy: str) -> None:
    environ = {
        "HTTPS_PROXY": "http://proxy:3128",
        "NO_PROXY": ".corp.example, 10.0.0.0/8,nas:5000",
    }
    origin = origin_of(url)
    assert origin is not None
    assert proxy_for(origin, environ) == proxy


def test_a_star_means_no_proxy_at_all() -> None:
    origin = origin_of("https://ghcr.io")
    assert origin is not None
    assert proxy_for(origin, {"https_proxy": "http://p", "no_proxy": "*"}) == ""
    assert proxy_for(origin, {"all_proxy": "http://p"}) == "http://p"
