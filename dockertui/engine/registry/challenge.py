"""What a registry asks for when it wants to know who asks: `WWW-Authenticate`.

Source: RFC 9110, 11.6.1, and https://distribution.github.io/distribution/spec/auth/token/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_PART = re.compile(
    rf"""\s* ,* \s* (?:
        (?P<name>{_TOKEN}) \s* = \s* (?: "(?P<quoted>(?:[^"\\]|\\.)*)" | (?P<bare>{_TOKEN}) )
        | (?P<scheme>{_TOKEN}) (?= \s | , | $ )
    )""",
    re.VERBOSE,
)
_LONGEST = 4096
_KNOWN = ("bearer", "basic")


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way in which one may say who one is."""

    scheme: str
    """`bearer` or `basic`."""
    parameters: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """What it says besides: `realm`, `service`, `scope`, `error`."""

    @property
    def realm(self) -> str:
        """Where tokens are to be had, or what one logs in to."""
        return self.parameters.get("realm", "")

    @property
    def service(self) -> str:
        """For whom the token is to be."""
        return self.parameters.get("service", "")

    @property
    def scope(self) -> str:
        """What it is to allow; empty when it does not say."""
        return self.parameters.get("scope", "")

    def is_like(self, other: Challenge | None) -> bool:
        """Does it send us to the same place as another?"""
        return other is not None and (self.scheme, self.realm, self.service) == (
            other.scheme,
            other.realm,
            other.service,
        )


def challenge_in(headers: Iterable[str]) -> Challenge | None:
    """The challenge to answer, of those we can: a token rather than the password itself.

    >>> challenge_in(['Bearer realm="https://auth.docker.io/token",service="registry.docker.io"'])
    ... # doctest: +ELLIPSIS
    Challenge(scheme='bearer', parameters={'realm': 'https://auth.docker.io/token', ...})
    """
    found = [it for header in headers for it in _challenges(header[:_LONGEST])]
    for scheme in _KNOWN:
        for each in found:
            if each.scheme == scheme and (scheme == "basic" or each.realm):
                return each
    return None


def _challenges(header: str) -> Iterator[Challenge]:
    scheme, parameters, at = "", dict[str, str](), 0
    while part := _PART.match(header, at):
        at = part.end()
        if part["scheme"]:
            if scheme:
                yield Challenge(scheme, parameters)
            scheme, parameters = part["scheme"].lower(), {}
        else:
            bare = part["bare"]
            said = bare if bare is not None else re.sub(r"\\(.)", r"\1", part["quoted"])
            parameters.setdefault(part["name"].lower(), said)
    if scheme:
        yield Challenge(scheme, parameters)
