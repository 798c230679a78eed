"""What is known on this side of what is in a registry."""

from __future__ import annotations

from typing import Any

from dockertui.model import Image
from dockertui.model.reference import Reference, parse_reference
from dockertui.resources.registries.rows import (
    Sameness,
    repositories_here,
    sameness,
    tags_here,
)

_DIGEST = "sha256:" + "a" * 64
_OTHER = "sha256:" + "b" * 64


def image(*tags: str, digests: tuple[str, ...] = (), **more: Any) -> Image:
    return Image(id="sha256:" + str(len(tags)) * 64, name="x", tags=tags, digests=digests, **more)


NGINX = image("nginx:1.27", "nginx:latest", digests=(f"nginx@{_DIGEST}",))
BUILT = image("shop/api:2")
PUSHED = image("localhost:5000/shop/api:2")


def test_what_was_built_here_does_not_come_from_docker_hub() -> None:
    here = repositories_here([NGINX, BUILT, PUSHED], "docker.io")
    assert dict(here) == {parse_reference("nginx"): 1}


def test_an_image_counts_once_for_a_repository() -> None:
    here = repositories_here([NGINX, BUILT, PUSHED], "localhost:5000")
    assert dict(here) == {Reference("localhost:5000", "shop/api"): 1}


def test_tags_are_those_of_one_repository() -> None:
    images = [NGINX, BUILT, PUSHED]
    assert tags_here(images, parse_reference("nginx")) == ("latest", "1.27")
    assert tags_here(images, parse_reference("localhost:5000/shop/api")) == ("2",)


def test_the_same_image_is_told_from_another_of_the_same_name() -> None:
    tag = parse_reference("nginx:1.27")
    assert sameness([NGINX], tag, _DIGEST) is Sameness.SAME
    assert sameness([NGINX], tag, _OTHER) is Sameness.OTHER
    assert sameness([NGINX], parse_reference("nginx:1.28"), _OTHER) is Sameness.NONE
    assert sameness([], tag, _DIGEST) is Sameness.NONE
