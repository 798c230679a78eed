"""References to images: `localhost:5000/team/app:1.2@sha256:…`, taken apart and put together.

The grammar is that of https://github.com/distribution/reference, and so is the way in which a
familiar name such as `nginx` stands for `docker.io/library/nginx`. What it does not let through
is told apart in `reference_mistakes`, for a person who typed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

HUB = "docker.io"
"""The host that stands for Docker Hub in names. Its registry is at another address."""
DEFAULT_TAG = "latest"
LONGEST_PATH = 255
LONGEST_TAG = 128

_OTHER_HUB = "index.docker.io"
_OFFICIAL = "library/"
_DIGEST_DIGITS = {"sha256": 64, "sha384": 96, "sha512": 128}

_LABEL = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?")
_COMPONENT = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_PATH = re.compile(rf"{_COMPONENT}(?:/{_COMPONENT})*")
_TAG = re.compile(rf"[A-Za-z0-9_][A-Za-z0-9_.-]{{0,{LONGEST_TAG - 1}}}")
_DIGEST = re.compile(r"(?P<algorithm>[a-z0-9]+):(?P<digits>[a-f0-9]+)")
_ID = re.compile(r"[a-f0-9]{64}")


class BadReference(ValueError):
    """What was given is no reference to an image; `str()` is a sentence that says why."""

    def __init__(self, sentence: str, suggestion: str = "") -> None:
        """Say why.

        Args:
            sentence: What is wrong with it, the suggestion included.
            suggestion: What may have been meant, a reference that is right; empty for none.
        """
        super().__init__(sentence)
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A repository in a registry, and which of its images is meant.

    Made by `parse_reference`; `str` gives what it was made of, in full.
    """

    host: str
    """The registry, with its port if it names one: `docker.io`, `localhost:5000`."""
    path: str
    """The repository there, e.g. `library/nginx`."""
    tag: str = ""
    """Its tag; empty for none."""
    digest: str = ""
    """Its digest, e.g. `sha256:…`, which wins over the tag; empty for none."""

    @property
    def name(self) -> str:
        """Registry and repository, in full."""
        return f"{self.host}/{self.path}"

    @property
    def familiar_name(self) -> str:
        """Registry and repository as a person writes them: without what Docker Hub implies."""
        if self.host != HUB:
            return self.name
        short = self.path.removeprefix(_OFFICIAL)
        shortest = self.path if "/" in short else short
        # docker.io/localhost/app is another than localhost/app.
        return shortest if split_host(shortest) == (self.host, self.path) else self.name

    @property
    def familiar(self) -> str:
        """The whole reference as a person writes it, e.g. `nginx:1.27`."""
        return self.familiar_name + self._rest

    @property
    def is_on_hub(self) -> bool:
        """Is it in Docker Hub?"""
        return self.host == HUB

    @property
    def version(self) -> str:
        """What a registry is asked for: the digest, else the tag, else `latest`."""
        return self.digest or self.tag or DEFAULT_TAG

    @property
    def repository(self) -> Reference:
        """The repository alone."""
        return Reference(self.host, self.path)

    def tagged(self) -> Self:
        """The same with the tag `latest`, if it has neither tag nor digest."""
        return self if self.tag or self.digest else replace(self, tag=DEFAULT_TAG)

    def with_tag(self, tag: str) -> Reference:
        """Another image of the same repository, by its tag.

        Raises:
            BadReference: When it is no tag.
        """
        if not is_tag(tag):
            raise BadReference(f"{tag!r} is no tag.")
        return Reference(self.host, self.path, tag)

    def with_digest(self, digest: str) -> Reference:
        """Another image of the same repository, by its digest.

        Raises:
            BadReference: When it is no digest.
        """
        if not is_digest(digest):
            raise BadReference(f"{digest!r} is no digest.")
        return Reference(self.host, self.path, digest=digest)

    @property
    def _rest(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        return f"{tag}@{self.digest}" if self.digest else tag

    def __str__(self) -> str:
        return self.name + self._rest


def parse_reference(text: str) -> Reference:
    """Take a reference apart. Space around it is passed over, as it comes with pasted text.

    >>> str(parse_reference("nginx"))
    'docker.io/library/nginx'
    >>> parse_reference("localhost:5000/team/app:1.2")
    Reference(host='localhost:5000', path='team/app', tag='1.2', digest='')

    Raises:
        BadReference: With what is wrong, and what may have been meant.
    """
    reference = _parsed(text.strip())
    if reference is None:
        from dockertui.model.reference_mistakes import mistake_in

        raise mistake_in(text)
    return reference


def reference_in(name: str) -> Reference | None:
    """What an engine's name for an image refers to; `None` for an ID, and for what is no name.

    >>> reference_in("sha256:" + "0" * 64) is reference_in("<none>:<none>") is None
    True
    """
    return None if is_digest(name) else _parsed(name)


def is_host(text: str) -> bool:
    """Could it be a registry's host, with or without a port?"""
    return _HOST.fullmatch(text) is not None


def is_path(text: str) -> bool:
    """Could it be a repository's name in its registry?"""
    return len(text) <= LONGEST_PATH and _PATH.fullmatch(text) is not None


def is_component(text: str) -> bool:
    """Could it be what stands between two slashes of a repository's name?"""
    return is_path(text) and "/" not in text


def is_tag(text: str) -> bool:
    """Could it be a tag?"""
    return _TAG.fullmatch(text) is not None


def is_digest(text: str) -> bool:
    """Is it a digest that can be checked: of a known algorithm, with all its digits?"""
    parts = _DIGEST.fullmatch(text)
    return parts is not None and len(parts["digits"]) == _DIGEST_DIGITS.get(parts["algorithm"])


def is_image_id(text: str) -> bool:
    """Is it the whole ID of an image, which cannot be a name?"""
    return _ID.fullmatch(text) is not None or is_digest(text)


def digits_of(algorithm: str) -> int:
    """How many digits a digest of an algorithm has; 0 for one that nobody knows."""
    return _DIGEST_DIGITS.get(algorithm, 0)


def split_host(name: str) -> tuple[str, str]:
    """Part the registry from the rest of a reference, `docker.io` where none is named.

    What stands before the first slash is a registry if it looks like a host: it has a dot or a
    port, is `localhost`, or has a capital letter, which no name on Docker Hub has.
    """
    first, slash, rest = name.partition("/")
    looks_like_host = first == "localhost" or "." in first or ":" in first or first != first.lower()
    host, remote = (first, rest) if slash and looks_like_host else (HUB, name)
    if host == _OTHER_HUB:
        host = HUB
    if host == HUB and "/" not in remote:
        remote = _OFFICIAL + remote
    return host, remote


def split_version(remote: str) -> tuple[str, str | None, str | None]:
    """Part a repository from its tag and its digest, which are `None` where there is none."""
    named, at, digest = remote.partition("@")
    path, colon, tag = named.partition(":")
    return path, tag if colon else None, digest if at else None


@lru_cache(4096)
def _parsed(text: str) -> Reference | None:
    if is_image_id(text):
        return None
    host, remote = split_host(text)
    path, tag, digest = split_version(remote)
    if not (is_host(host) and is_path(path)):
        return None
    if (tag is not None and not is_tag(tag)) or (digest is not None and not is_digest(digest)):
        return None
    return Reference(host, path, tag or "", digest or "")
