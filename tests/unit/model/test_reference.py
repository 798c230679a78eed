"""References to images are taken apart as Docker does, and mistakes in them explained."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.model.reference import (
    BadReference,
    Reference,
    is_digest,
    is_host,
    is_path,
    is_tag,
    parse_reference,
    reference_in,
)
from dockertui.text import clean

SHA = "sha256:" + "0123456789abcdef" * 4
RIGHT = {
    "nginx": Reference("docker.io", "library/nginx"),
    "nginx:1.27": Reference("docker.io", "library/nginx", "1.27"),
    f"nginx@{SHA}": Reference("docker.io", "library/nginx", "", SHA),
    f"nginx:1.27@{SHA}": Reference("docker.io", "library/nginx", "1.27", SHA),
    "bitnami/redis": Reference("docker.io", "bitnami/redis"),
    "docker.io/nginx": Reference("docker.io", "library/nginx"),
    "docker.io/library/nginx": Reference("docker.io", "library/nginx"),
    "index.docker.io/nginx": Reference("docker.io", "library/nginx"),
    "localhost/app": Reference("localhost", "app"),
    "localhost:5000/team/app:1.2": Reference("localhost:5000", "team/app", "1.2"),
    f"localhost:5000/team/app:1.2@{SHA}": Reference("localhost:5000", "team/app", "1.2", SHA),
    "127.0.0.1:5000/app": Reference("127.0.0.1:5000", "app"),
    "[::1]:5000/app:x": Reference("[::1]:5000", "app", "x"),
    "registry.EXAMPLE.com/a/b/c/d": Reference("registry.EXAMPLE.com", "a/b/c/d"),
    "ghcr.io/a--b/c__d/e.f": Reference("ghcr.io", "a--b/c__d/e.f"),
    "localhost:5000": Reference("docker.io", "library/localhost", "5000"),
    "NAS/app": Reference("NAS", "app"),
    "  nginx:1 \n": Reference("docker.io", "library/nginx", "1"),
}
FAMILIAR = {
    "docker.io/library/nginx:1": "nginx:1",
    "docker.io/bitnami/redis": "bitnami/redis",
    "ghcr.io/library/nginx": "ghcr.io/library/nginx",
    "docker.io/library/a/b": "library/a/b",
    "docker.io/localhost/app": "docker.io/localhost/app",
    f"docker.io/library/nginx:1@{SHA}": f"nginx:1@{SHA}",
}
WRONG = {
    "": ("Name an image, such as nginx:1.27.", ""),
    "Nginx": ("Repository names are lower case. Did you mean nginx?", "nginx"),
    "Team/App:V1": ("Repository names are lower case. Did you mean team/app:V1?", "team/app:V1"),
    "ghcr.io/Team/app": (
        "Repository names are lower case. Did you mean ghcr.io/team/app?",
        "ghcr.io/team/app",
    ),
    "https://ghcr.io/a/b:1": (
        "An image is named without a URL around it. Did you mean ghcr.io/a/b:1?",
        "ghcr.io/a/b:1",
    ),
    "https://hub.docker.com/_/nginx": (
        "An image is named without a URL around it. Did you mean nginx?",
        "nginx",
    ),
    "https://hub.docker.com/r/bitnami/redis/tags": (
        "An image is named without a URL around it. Did you mean bitnami/redis?",
        "bitnami/redis",
    ),
    "docker pull nginx:1": (
        "An image's name has no spaces in it. Did you mean nginx:1?",
        "nginx:1",
    ),
    "nginx 1.27": ("An image's name has no spaces in it. Did you mean nginx:1.27?", "nginx:1.27"),
    "nginx:": ("After the colon, the tag is missing. Did you mean nginx?", "nginx"),
    "nginx:.x": (
        ".x is no tag: it has letters, digits and . _ - in it, and does not begin with a dot or a"
        " hyphen.",
        "",
    ),
    "a:b:c": (
        "b:c is no tag: it has letters, digits and . _ - in it, and does not begin with a dot or a"
        " hyphen.",
        "",
    ),
    "nginx:" + "t" * 129: ("A tag has at most 128 characters; this one has 129.", ""),
    "x" * 248: ("A repository's name has at most 255 characters.", ""),
    "nginx@": (
        "After the @, a digest is wanted, such as sha256: and 64 digits. Did you mean nginx?",
        "nginx",
    ),
    "nginx@sha256:abc": ("A sha256 digest has 64 digits; this one has 3.", ""),
    "nginx@md5:" + "1" * 32: ("md5 is no known kind of digest; sha256 is the usual one.", ""),
    "nginx@sha256:" + "g" * 64: (
        "A sha256 digest has the digits 0 to 9 and a to f in it, in lower case.",
        "",
    ),
    SHA: (
        "That is the ID of an image, which only the engine that has it understands: name it.",
        "",
    ),
    "0123456789abcdef" * 4: (
        "That is the ID of an image, which only the engine that has it understands: name it.",
        "",
    ),
    "ghcr.io/": ("The name of the repository is missing.", ""),
    "a//b": ("There is nothing between two of the slashes.", ""),
    "-app": ("-app must begin and end with a letter or a digit.", ""),
    "a..b": ("a..b has too many of . or _ side by side.", ""),
    "a!b": ("a!b has ! in it, where only letters, digits and . _ - may be.", ""),
    "my_nas:5000/app": (
        "my_nas:5000 is no registry: its name has letters, digits, dots and hyphens, and may end"
        " in a port, as in registry.example.com:5000.",
        "",
    ),
    "a\x1b]0;x\x07": ("a�]0;x� has � in it, where only letters, digits and . _ - may be.", ""),
}

words = st.text("abz09", min_size=1, max_size=4)
components = st.builds(
    str.join, st.sampled_from(["-", "---", "_", "__", "."]), st.lists(words, min_size=1, max_size=3)
)
paths = st.lists(components, min_size=1, max_size=4).map("/".join)
labels = st.from_regex(r"[a-zA-Z0-9]([a-zA-Z0-9-]{0,5}[a-zA-Z0-9])?", fullmatch=True)
names = st.lists(labels, min_size=2, max_size=4).map(".".join) | st.sampled_from(
    ["localhost", "LAN", "[::1]", "[fe80::1:2]"]
)
ports = st.just("") | st.integers(1, 65535).map(":{}".format)
hosts = st.builds(str.__add__, names, ports)
tags = st.just("") | st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", fullmatch=True)
digests = st.just("") | st.text("0123456789abcdef", min_size=64, max_size=64).map("sha256:".__add__)


@pytest.mark.parametrize(("text", "parts"), RIGHT.items())
def test_a_reference_has_its_parts(text: str, parts: Reference) -> None:
    assert parse_reference(text) == parts


@pytest.mark.parametrize(("text", "short"), FAMILIAR.items())
def test_a_reference_is_shown_as_people_write_it(text: str, short: str) -> None:
    assert parse_reference(text).familiar == short
    assert parse_reference(short) == parse_reference(text)


@pytest.mark.parametrize(("text", "told"), WRONG.items())
def test_a_mistake_is_told_with_what_may_have_been_meant(text: str, told: tuple[str, str]) -> None:
    with pytest.raises(BadReference) as raised:
        parse_reference(text)
    assert (str(raised.value), raised.value.suggestion) == told
    assert reference_in(text) is None


@given(host=hosts, path=paths, tag=tags, digest=digests)
def test_any_reference_comes_back_as_it_was(host: str, path: str, tag: str, digest: str) -> None:
    written = f"{host}/{path}" + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")
    made = parse_reference(written)
    assert (made.host, made.path, made.tag, made.digest) == (host, path, tag, digest)
    assert str(made) == written
    assert parse_reference(made.familiar) == made


@given(path=paths, tag=tags, digest=digests)
def test_any_name_of_docker_hub_comes_back_as_it_was(path: str, tag: str, digest: str) -> None:
    host = "" if "/" in path else "library/"
    made = Reference("docker.io", host + path, tag, digest)
    assert parse_reference(str(made)) == made
    assert parse_reference(made.familiar) == made


@given(st.text(max_size=300) | st.text("aA0.:/@-_ []\x1b\n", max_size=40))
def test_any_text_is_a_reference_or_a_sentence(text: str) -> None:
    try:
        made = parse_reference(text)
    except BadReference as error:
        sentence, meant = str(error), error.suggestion
    else:
        assert is_host(made.host)
        assert is_path(made.path)
        assert not made.tag or is_tag(made.tag)
        assert not made.digest or is_digest(made.digest)
        assert parse_reference(str(made)) == made
        return
    assert clean(sentence) == sentence
    assert sentence[-1] in ".?"
    assert not meant or parse_reference(meant).familiar == meant


def test_what_an_engine_calls_an_image_by_may_be_no_reference() -> None:
    assert reference_in("busybox:1") == Reference("docker.io", "library/busybox", "1")
    assert [reference_in(it) for it in ("<none>:<none>", SHA, "", "a b")] == [None] * 4


def test_a_reference_asks_for_its_digest_else_its_tag_else_the_latest() -> None:
    asked = [parse_reference(it).version for it in (f"a:1@{SHA}", "a:1", "a")]
    assert asked == [SHA, "1", "latest"]
    assert str(parse_reference("a").tagged()) == "docker.io/library/a:latest"
    assert parse_reference("a:1").tagged().tag == "1"
    assert not parse_reference(f"a@{SHA}").tagged().tag


def test_another_image_of_the_repository_is_named_by_its_tag_or_digest() -> None:
    made = parse_reference(f"ghcr.io/a/b:1@{SHA}")
    assert str(made.repository) == "ghcr.io/a/b"
    assert str(made.with_tag("2")) == "ghcr.io/a/b:2"
    assert str(made.with_digest(SHA)) == f"ghcr.io/a/b@{SHA}"
    with pytest.raises(BadReference):
        made.with_tag("-")
    with pytest.raises(BadReference):
        made.with_digest("sha256:12")


def test_a_reference_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        parse_reference("nginx").tag = "x"  # type: ignore[misc]
