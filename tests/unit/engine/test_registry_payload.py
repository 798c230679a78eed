"""What registries, Docker Hub's web and engines say becomes values, whatever they say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.engine.payload.manifest import parse_image_config, parse_manifest
from dockertui.engine.payload.registry import (
    next_page,
    parse_catalogue,
    parse_hub_search,
    parse_hub_tags,
    parse_search,
    parse_tags,
    parse_trust,
)
from dockertui.model.reference import parse_reference
from dockertui.model.remote_image import Manifest, Platform, RemoteLayer

RECORDED = Path(__file__).parent / "recorded"
SHA = "sha256:" + "ab" * 32
OTHER = "sha256:" + "cd" * 32
APP = parse_reference("ghcr.io/team/app")

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


def recorded(name: str) -> Any:
    """An answer as it was, or as its documentation shows it."""
    return json.loads((RECORDED / name).read_text())


def manifest_in(payload: Any, media_type: str = "") -> Manifest | None:
    """Read a manifest that came from somewhere."""
    return parse_manifest(payload, repository=APP, digest=SHA, media_type=media_type, size_bytes=99)


def test_an_index_has_the_images_of_its_platforms() -> None:
    index = manifest_in(recorded("oci-index.json"))
    assert index is not None
    assert index.is_index
    assert [str(it.platform) for it in index.images] == [
        *("linux/amd64", "linux/arm/v7", "linux/arm64/v8", "windows/amd64"),
    ]
    assert index.images[-1].platform.os_version == "10.0.20348.2582"
    assert [it.is_attestation for it in index.platforms] == [*[False] * 4, True, True]
    assert index.images[0].size_bytes == 1778
    assert index.annotations["org.opencontainers.image.version"] == "1.2.3"


def test_an_image_has_its_layers_and_its_configuration() -> None:
    image = manifest_in(recorded("docker-manifest.json"))
    assert image is not None
    assert not image.is_index
    assert image.config_digest.startswith("sha256:2f1ae1b3")
    assert [it.size_bytes for it in image.layers] == [2_207_025, 152, 4_194_304]
    assert [it.is_elsewhere for it in image.layers] == [False, False, True]
    assert image.download_bytes == 2_207_025 + 152 + 4_194_304 + 1497
    assert not image.artifact_type


def test_a_configuration_tells_how_the_image_was_made() -> None:
    layers = tuple(RemoteLayer(SHA, size) for size in (100, 20, 3))
    config = parse_image_config(recorded("image-config.json"), layers)
    assert config.created == datetime(2026, 5, 4, 10, 11, 12, 123456, UTC)
    assert config.platform == Platform("linux", "arm64", "v8")
    assert config.command == ("server", "--port", "80")
    assert config.env == (("PATH", "/bin"), ("EMPTY", ""), ("URL", "http://x?a=b"))
    assert config.labels == {"org.opencontainers.image.version": "1.2.3"}
    assert config.ports == ("443/tcp", "80/tcp")
    assert [(it.created_by, it.size_bytes) for it in config.history] == [
        ("", 3),
        ('CMD ["server" "--port" "80"]', 0),
        ("COPY server /bin/ # buildkit", 20),
        ("ADD rootfs.tar / # buildkit", 100),
    ]


def test_what_is_no_image_says_what_it_is() -> None:
    chart = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.cncf.helm.config.v1+json", "digest": SHA},
        "layers": [],
    }
    found = manifest_in(chart)
    assert found is not None
    assert found.artifact_type == "application/vnd.cncf.helm.config.v1+json"


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"schemaVersion": 1, "fsLayers": [{"blobSum": SHA}], "layers": []},
        {"schemaVersion": 2},
        {"schemaVersion": "2", "layers": []},
    ],
)
def test_a_manifest_of_another_age_or_kind_is_none(payload: Any) -> None:
    assert manifest_in(payload) is None


def test_a_manifest_that_lies_is_harmless() -> None:
    lies = {
        "schemaVersion": 2,
        "config": {"digest": "sha256:../../etc", "size": -5},
        "layers": [
            {"digest": "x\x1b[2J", "size": 10**4000, "mediaType": "\x1b]0;x\x07"},
            {"digest": SHA, "size": 1e300},
            "rubbish",
        ]
        * 2_000,
        "annotations": {"\x1b[31m": "\x9b2J", "a": 1},
    }
    found = manifest_in(lies)
    assert found is not None
    assert found.config_digest == ""
    assert found.config_size_bytes == 0
    assert len(found.layers) == 2_000
    assert found.layers[0].digest == ""
    assert found.layers[0].size_bytes == found.layers[1].size_bytes == 2**63 - 1
    assert found.layers[0].media_type == "�]0;x�"
    assert found.annotations == {"�[31m": "�2J"}


@given(values, values)
def test_any_json_can_be_read(payload: Any, other: Any) -> None:
    body = payload if isinstance(payload, dict) else {"schemaVersion": 2, "layers": payload}
    manifest_in({**body, "config": other, "manifests": payload}, "x")
    parse_image_config({**body, "config": other, "history": payload}, ())
    parse_catalogue({"repositories": payload}, "a")
    parse_tags({"tags": payload})
    parse_hub_search({"results": payload})
    parse_hub_tags({"results": [{"name": "x", "images": payload, "digest": other}]})
    parse_trust({"RegistryConfig": {"IndexConfigs": payload, "InsecureRegistryCIDRs": other}})
    parse_search(iter([{"name": payload, "description": other}]))


def test_only_names_that_could_be_asked_for_are_listed() -> None:
    names = ["team/app", "UPPER", "a\x1b[2J", "../etc", "", 5, "x" * 300, "base"]
    assert [it.path for it in parse_catalogue({"repositories": names}, "nas:5000")] == [
        *("team/app", "base"),
    ]
    assert parse_tags({"tags": ["1.2", "a b", "-x", "\x1b", None, "latest"]}) == ("1.2", "latest")
    assert parse_tags({"name": "team/app", "tags": None}) == ()


@pytest.mark.parametrize(
    ("link", "query"),
    [
        ('</v2/_catalog?last=b&n=2>; rel="next"', "last=b&n=2"),
        ('<https://elsewhere.example/v2/_catalog?last=b>; rel="next"', "last=b"),
        ("</v2/a/tags/list?next_page=x%3D%3D&n=9>; rel=next", "next_page=x%3D%3D&n=9"),
        ('</v2/_catalog>; rel="next"', ""),
        ('</v2/_catalog?last=b>; rel="prev"', ""),
        ("", ""),
        ("rubbish", ""),
        ("<http://[::1?a=b>; rel=next", ""),
        ("</v2/?a=b\x7f>; rel=next", ""),
    ],
)
def test_a_list_goes_on_where_its_link_leads(link: str, query: str) -> None:
    assert next_page(link) == query


def test_docker_hubs_web_finds_repositories() -> None:
    hits = parse_hub_search(recorded("hub-search.json"))
    assert [(it.repository.familiar, it.stars, it.pulls, it.is_official) for it in hits] == [
        ("nginx", 20_786, 12_345_678_901, True),
        ("bitnami/nginx", 200, 1_000_000, False),
        ("someone/nginx", 0, 3, False),
    ]
    assert hits[0].description == "Official build of Nginx."


def test_an_engine_finds_repositories() -> None:
    hits = parse_search(iter(recorded("engine-search.json")))
    assert [(it.repository.familiar, it.stars, it.pulls, it.is_official) for it in hits] == [
        ("alpine", 10_093, None, True),
        ("someone/alpine", 0, None, False),
    ]


def test_docker_hubs_web_tells_of_tags() -> None:
    tags = parse_hub_tags(recorded("hub-tags.json"))
    assert [it.name for it in tags] == ["8.0.3-bookworm", "old"]
    first, old = tags
    assert first.digest.startswith("sha256:f957ce91")
    assert first.pushed == datetime(2026, 7, 22, 22, 5, 41, 933364, UTC)
    assert first.size_bytes == 41_519_304
    assert [(str(it.platform), it.size_bytes) for it in first.images] == [
        ("linux/amd64", 41_519_304),
        ("linux/arm64/v8", 40_118_871),
        ("unknown/unknown", 2_033),
    ]
    assert [it.is_attestation for it in first.images] == [False, False, True]
    assert old.digest == ""
    assert old.pushed is not None


def test_an_engine_tells_whom_it_trusts() -> None:
    trust = parse_trust(recorded("info-registries.json"))
    assert trust.hosts == {"nas.lan:5000"}
    assert trust.networks == ("10.0.0.0/8", "127.0.0.0/8")
