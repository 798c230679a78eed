"""An index is asked for the image that runs somewhere."""

from __future__ import annotations

import pytest

from dockertui.model.reference import parse_reference
from dockertui.model.remote_image import Manifest, Platform, PlatformManifest

THERE = (
    *("linux/amd64", "linux/arm/v6", "linux/arm/v7", "linux/arm64/v8", "windows/amd64"),
    *("unknown/unknown",),
)


def platform(text: str) -> Platform:
    os, architecture, variant = [*text.split("/"), ""][:3]
    return Platform(os, architecture, variant)


INDEX = Manifest(
    repository=parse_reference("app"),
    digest="",
    media_type="",
    size_bytes=0,
    platforms=tuple(
        PlatformManifest(platform(it), it, 1, is_attestation="unknown" in it) for it in THERE
    ),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("linux/amd64", "linux/amd64"),
        ("linux/arm/v7", "linux/arm/v7"),
        ("linux/arm", "linux/arm/v6"),
        ("linux/arm64", "linux/arm64/v8"),
        ("linux/arm64/v8", "linux/arm64/v8"),
        ("windows/amd64", "windows/amd64"),
        ("linux/s390x", ""),
        ("unknown/unknown", ""),
    ],
)
def test_the_image_for_a_platform_is_found(wanted: str, found: str) -> None:
    image = INDEX.image_for(platform(wanted))
    assert (image.digest if image else "") == found


def test_without_a_platform_it_is_the_first_image() -> None:
    image = INDEX.image_for(None)
    assert image is not None
    assert str(image.platform) == "linux/amd64"
    assert "unknown/unknown" not in [it.digest for it in INDEX.images]


def test_windows_of_another_build_does_not_serve() -> None:
    there = Platform("windows", "amd64", "", "10.0.17763.1")
    assert there.serves(Platform("windows", "amd64"))
    assert not there.serves(Platform("windows", "amd64", "", "10.0.20348.1"))
