"""What the Info and Layers tabs say of an image."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dockertui.model import Image
from dockertui.resources.image_facts import Json, image_facts
from dockertui.resources.image_pages.layers import COLUMNS
from dockertui.secrecy import MASK
from dockertui.store.layer_history import instruction

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
NGINX = Image(
    id="sha256:" + "b" * 64,
    name="nginx:1.27",
    tags=("nginx:1.27", "nginx:latest"),
    size_bytes=71_000_000,
    created=NOW - timedelta(days=90),
    containers=2,
)
INSPECTED: Json = {
    "Os": "linux",
    "Architecture": "arm64",
    "Variant": "v8",
    "Config": {
        "Entrypoint": ["/docker-entrypoint.sh"],
        "Cmd": ["nginx", "-g", "daemon off;"],
        "Env": ["PATH=/bin", "ADMIN_TOKEN=abc"],
        "ExposedPorts": {"80/tcp": {}, "443/tcp": {}},
        "Labels": {"maintainer": "somebody"},
    },
}


def said(image: Image = NGINX, inspected: Json = INSPECTED) -> dict[str, str]:
    return {it.label: it.value for it in image_facts(image, inspected, NOW)}


def test_an_image_tells_its_platform_program_and_size() -> None:
    facts = said()
    assert facts["Platform"] == "linux/arm64/v8"
    assert facts["Command"] == "nginx -g 'daemon off;'"
    assert facts["Exposes"] == "80/tcp, 443/tcp"
    assert facts["Size"] == "71.0 MB, with the layers that it shares"
    assert facts["Used by"] == "2 containers"
    assert facts["maintainer"] == "somebody"


def test_every_tag_is_told() -> None:
    facts = image_facts(NGINX, INSPECTED, NOW)
    assert [it.value for it in facts[:2]] == ["nginx:1.27", "nginx:latest"]


def test_a_dangling_image_says_that_it_is() -> None:
    assert said(replace(NGINX, tags=(), containers=0))["Tags"] == "none: it is dangling"


def test_secrets_in_its_environment_are_masked() -> None:
    facts = image_facts(NGINX, INSPECTED, NOW)
    token = next(it for it in facts if it.label == "ADMIN_TOKEN")
    assert (token.value, token.masked) == ("abc", MASK)


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"Config": None},
        {"Config": {"Env": None, "Cmd": None, "Entrypoint": None, "Labels": None}},
        {"Config": {"Env": "A=b", "Cmd": "sh", "ExposedPorts": [], "Labels": []}, "Os": 3},
        {"Config": []},
    ],
)
def test_whatever_is_missing_or_odd_is_left_out(odd: Json) -> None:
    assert said(inspected=odd)["ID"] == NGINX.id


@pytest.mark.parametrize(
    ("created_by", "read"),
    [
        ('/bin/sh -c #(nop)  CMD ["nginx"]', 'CMD ["nginx"]'),
        ("/bin/sh -c #(nop) COPY file:1 in /", "COPY file:1 in /"),
        ("/bin/sh -c set -x && make", "RUN set -x && make"),
        ("RUN /bin/sh -c apk add curl # buildkit", "RUN apk add curl"),
        ("RUN |1 VERSION=3 /bin/sh -c make # buildkit", "RUN make"),
        ("|2 A=1 B=2 /bin/sh -c make", "RUN make"),
        ("COPY . /app # buildkit", "COPY . /app"),
        ("", ""),
    ],
)
def test_an_instruction_reads_as_it_stood_in_the_dockerfile(created_by: str, read: str) -> None:
    assert instruction(created_by) == read


def test_the_instruction_has_the_room_that_is_left() -> None:
    assert [it.title for it in COLUMNS if it.flexible] == ["Instruction"]
