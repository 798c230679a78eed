"""Values that are one of a few words, and other words with a form of their own."""

from __future__ import annotations

import re

from dockertui.model.run.mistakes import BadValue
from dockertui.model.run.mounts import csv_fields
from dockertui.model.run.values import pair, whole

_PLATFORM = re.compile(r"[a-z0-9_.-]+(?:/[a-z0-9_.-]+){0,2}")
_SIGNAL = re.compile(r"(?:SIG)?[A-Z][A-Z0-9]*(?:[+-]\d+)?|\d{1,2}", re.IGNORECASE)
_RULE = re.compile(r"[acb] (?:\d+|\*):(?:\d+|\*) [rwm]{1,3}")
_CAPABILITY = re.compile(r"(?:CAP_)?[A-Z_]+|ALL", re.IGNORECASE)
_PROFILES = frozenset(("unconfined", "builtin"))
_WITHOUT_VALUE = "no-new-privileges"


def one_of(text: str, *words: str) -> str:
    """One of some words.

    Raises:
        BadValue: When it is none of them.
    """
    if text.strip() not in words:
        raise BadValue(f"It is one of {', '.join(words)}.")
    return text.strip()


def namespace(text: str, *words: str) -> str:
    """One of some words, or another container's.

    Raises:
        BadValue: When it is neither.
    """
    kind, colon, name = text.strip().partition(":")
    if colon and kind == "container" and name:
        return text.strip()
    if text.strip() not in words:
        raise BadValue(f"It is one of {', '.join(words)}, or container:name.")
    return text.strip()


def pull_policy(text: str) -> str:
    """When to pull an image.

    Raises:
        BadValue: When it is no policy.
    """
    return one_of(text, "missing", "always", "never")


def platform(text: str) -> str:
    """A platform.

    Raises:
        BadValue: When it is none.
    """
    if not _PLATFORM.fullmatch(text.strip()):
        raise BadValue(f"{text} is no platform, such as linux/amd64 or linux/arm64/v8.")
    return text.strip()


def stop_signal(text: str) -> str:
    """A signal by name or number.

    Raises:
        BadValue: When it is none.
    """
    if not _SIGNAL.fullmatch(text.strip()):
        raise BadValue(f"{text} is no signal, such as SIGTERM or 15.")
    return text.strip()


def folder_inside(text: str) -> str:
    """A folder in a container, in full.

    Raises:
        BadValue: When it is none.
    """
    if not text.startswith("/") and not re.match(r"[a-zA-Z]:[\\/]", text):
        raise BadValue(f"{text} does not begin with a slash, as a folder in a container does.")
    return text


def device_rule(text: str) -> str:
    """A rule for devices.

    Raises:
        BadValue: When it is none.
    """
    if not _RULE.fullmatch(text.strip()):
        raise BadValue("A rule is a kind, numbers and rights, such as c 42:* rmw.")
    return text.strip()


def capability(text: str) -> str:
    """A capability.

    Raises:
        BadValue: When it is none.
    """
    if not _CAPABILITY.fullmatch(text.strip()):
        raise BadValue(f"{text} is no capability, such as NET_ADMIN or ALL.")
    return text.strip()


def security_opt(text: str) -> tuple[str, str]:
    """A security option: its name, and its value, which may be empty for one of them.

    >>> security_opt("seccomp=unconfined"), security_opt("no-new-privileges")
    (('seccomp', 'unconfined'), ('no-new-privileges', ''))

    Raises:
        BadValue: When it is none.
    """
    name, equals, value = text.strip().partition("=")
    if not equals and name != _WITHOUT_VALUE:
        name, equals, value = text.strip().partition(":")
    if name != _WITHOUT_VALUE and not value:
        raise BadValue("It is a name and a value, such as seccomp=unconfined.")
    return name, value


def seccomp_file(text: str) -> str:
    """The file that a security option takes a profile from; empty for none."""
    name, value = security_opt(text)
    is_file = name == "seccomp" and value not in _PROFILES and not value.startswith("{")
    return value if is_file else ""


def gpus(text: str) -> dict[str, list[str]]:
    """What is asked of graphics processors, part by part.

    >>> gpus("all"), gpus("device=0,driver=nvidia")
    ({'count': ['all']}, {'device': ['0'], 'driver': ['nvidia']})

    Raises:
        BadValue: When it is nothing one can ask.
    """
    said: dict[str, list[str]] = {}
    for part in csv_fields(text):
        name, value = ("count", part) if "=" not in part else pair(part, "device=0")
        name = name.strip()
        if name not in {"count", "device", "driver", "capabilities", "options"}:
            raise BadValue(f"{name} is none of count, device, driver, capabilities and options.")
        several = name in {"device", "capabilities", "options"}
        said.setdefault(name, []).extend(value.split(",") if several else [value])
    for count in said.get("count", ()):
        if count != "all":
            whole(count, -1)
    return said
