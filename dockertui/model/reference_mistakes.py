"""What is wrong with a reference that somebody typed, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockertui.model.reference import (
    HUB,
    LONGEST_PATH,
    LONGEST_TAG,
    BadReference,
    digits_of,
    is_component,
    is_digest,
    is_host,
    is_image_id,
    is_tag,
    reference_in,
    split_host,
    split_version,
)
from dockertui.text import clean, middle_cut

_SHOWN = 60
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_COMMAND = re.compile(r"(?:docker|podman)\s+(?:image\s+)?(?:pull|run|push)\s+(?=\S+$)")
_HUB_PAGE = re.compile(
    r"(?:https?://)?hub\.docker\.com/(?:_|r|repository/docker)/(?P<path>[^?#]+?)(?:/tags)?/?"
)
_SEPARATORS = ".-_"


def mistake_in(text: str) -> BadReference:
    """The error that says what is wrong with something that is no reference."""
    text = text.strip()
    sentence = _sentence(text)
    for meant in _guesses(text):
        if (right := _if_right(meant)) and right != text:
            return BadReference(f"{sentence} Did you mean {middle_cut(right, _SHOWN)}?", right)
    return BadReference(sentence)


def _guesses(text: str) -> Iterator[str]:
    """What may have been meant, the likeliest first; much of it is no reference either."""
    page = _HUB_PAGE.fullmatch(text)
    plain = page["path"] if page else _SCHEME.sub("", _COMMAND.sub("", text), count=1)
    plain = plain.rstrip("/:@")
    if "/" not in plain and "/" in text and split_host(f"{plain}/")[0] != HUB:
        return  # A registry alone would be taken for a repository of Docker Hub.
    yield plain
    yield _lowered(plain)
    yield _lowered(re.sub(r"\s+", ":", plain))
    yield _lowered(re.sub(r"\s+", "", plain))


def _lowered(text: str) -> str:
    """The same with its repository in lower case; hosts and tags may have capitals."""
    host, remote = split_host(text)
    path, tag, digest = split_version(remote)
    if not is_host(host):
        return text.lower()
    tag_too = f":{tag}" if tag is not None else ""
    digest_too = f"@{digest.lower()}" if digest is not None else ""
    # A capital in what looked like a host without a dot was a slip, too, if the rest had one.
    known = "." in host or ":" in host or host == "localhost"
    return f"{host if known else host.lower()}/{path.lower()}{tag_too}{digest_too}"


def _if_right(text: str) -> str:
    """The same reference as a person writes it; empty if it is none."""
    reference = reference_in(text)
    return reference.familiar if reference else ""


def _sentence(text: str) -> str:
    if not text:
        return "Name an image, such as nginx:1.27."
    if is_image_id(text):
        return "That is the ID of an image, which only the engine that has it understands: name it."
    if "://" in text or _HUB_PAGE.fullmatch(text):
        return "An image is named without a URL around it."
    if any(it.isspace() for it in text):
        return "An image's name has no spaces in it."
    host, remote = split_host(text)
    path, tag, digest = split_version(remote)
    return (
        _about_host(host)
        or _about_path(path)
        or (_about_tag(tag) if tag is not None else "")
        or (_about_digest(digest) if digest is not None else "")
        or "That is no image's name."
    )


def _about_host(host: str) -> str:
    if is_host(host):
        return ""
    return (
        f"{_shown(host)} is no registry: its name has letters, digits, dots and hyphens, "
        "and may end in a port, as in registry.example.com:5000."
    )


def _about_path(path: str) -> str:
    if len(path) > LONGEST_PATH:
        return f"A repository's name has at most {LONGEST_PATH} characters."
    if path != path.lower():
        return "Repository names are lower case."
    if not path or path.endswith("/"):
        return "The name of the repository is missing."
    for component in path.split("/"):
        if not component:
            return "There is nothing between two of the slashes."
        if not is_component(component):
            return _about_component(component)
    return ""


def _about_component(component: str) -> str:
    shown = _shown(component)
    strange = next((it for it in component if not _is_plain(it) and it not in _SEPARATORS), "")
    if strange:
        return f"{shown} has {_shown(strange)} in it, where only letters, digits and . _ - may be."
    if component[0] in _SEPARATORS or component[-1] in _SEPARATORS:
        return f"{shown} must begin and end with a letter or a digit."
    return f"{shown} has too many of . or _ side by side."


def _about_tag(tag: str) -> str:
    if is_tag(tag):
        return ""
    if not tag:
        return "After the colon, the tag is missing."
    if len(tag) > LONGEST_TAG:
        return f"A tag has at most {LONGEST_TAG} characters; this one has {len(tag)}."
    return (
        f"{_shown(tag)} is no tag: it has letters, digits and . _ - in it, "
        "and does not begin with a dot or a hyphen."
    )


def _about_digest(digest: str) -> str:
    if is_digest(digest):
        return ""
    algorithm, colon, digits = digest.partition(":")
    wanted = digits_of(algorithm)
    if not colon or not algorithm:
        return "After the @, a digest is wanted, such as sha256: and 64 digits."
    if not wanted:
        return f"{_shown(algorithm)} is no known kind of digest; sha256 is the usual one."
    if len(digits) != wanted:
        return f"A {algorithm} digest has {wanted} digits; this one has {len(digits)}."
    return f"A {algorithm} digest has the digits 0 to 9 and a to f in it, in lower case."


def _is_plain(character: str) -> bool:
    return character.isascii() and (character.islower() or character.isdigit())


def _shown(text: str) -> str:
    return middle_cut(clean(text), _SHOWN)
