"""From a request to the function that answers it."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from dockertui.sim.answers import JSON, Answer, Refusal

if TYPE_CHECKING:
    from dockertui.sim.world import World

NEWEST = (1, 45)
OLDEST = (1, 24)

_VERSION = re.compile(r"/v(\d+)\.(\d+)(/.*)")


class Query(dict[str, str]):
    """What stood behind a question mark; of what was said several times, the last."""

    def __init__(self, text: str) -> None:
        """Take it apart; `text` is what stood there."""
        self.pairs = parse_qsl(text, keep_blank_values=True)
        super().__init__(self.pairs)


@dataclass(frozen=True, slots=True)
class Call:
    """One request, taken apart."""

    world: World
    """Whom it is about."""
    method: str
    """`GET`, `POST`..."""
    path: Mapping[str, str]
    """What stood in the places of the route's braces."""
    query: Query
    """What stood behind the question mark."""
    content: bytes
    """The body as it came."""
    content_type: str
    """What the client says the body is."""
    version: tuple[int, int]
    """The API version that the client speaks."""

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Read a query parameter as the engine reads booleans."""
        if name not in self.query:
            return default
        return self.query[name].strip().lower() not in {"", "0", "no", "false", "none"}

    def several(self, name: str) -> list[str]:
        """Read a query parameter that may be given more than once."""
        return [value for key, value in self.query.pairs if key == name and value]

    def number(self, name: str, default: int) -> int:
        """Read a query parameter as an integer, or refuse in Go's words."""
        text = self.query.get(name, "")
        try:
            return int(text) if text else default
        except ValueError:
            raise Refusal(500, f'strconv.Atoi: parsing "{text}": invalid syntax') from None

    def filters(self, *known: str) -> dict[str, list[str]]:
        """Read `filters`, in its old form or its new one.

        Args:
            known: the filters there are; others are refused. Nothing known is everything known.
        """
        text = self.query.get("filters") or "{}"
        try:
            given = json.loads(text)
        except ValueError:
            raise Refusal(
                500, f"invalid character '{text[0]}' looking for beginning of value"
            ) from None
        filters = {str(key): [str(each) for each in values] for key, values in given.items()}
        for key in filters:
            if known and key not in known:
                raise Refusal(400, f"Invalid filter '{key}'")
        return filters

    def body(self) -> JSON:
        """Read the body as a JSON object; no body is an empty one."""
        if not self.content.strip():
            return {}
        if self.content_type.partition(";")[0].strip() != "application/json":
            raise Refusal(
                400, f"Content-Type specified ({self.content_type}) must be 'application/json'"
            )
        try:
            body = json.loads(self.content)
        except ValueError:
            raise Refusal(400, "unexpected EOF") from None
        return body if isinstance(body, dict) else {}


Handler = Callable[[Call], Answer | Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class _Route:
    method: str
    pattern: re.Pattern[str]
    handler: Handler


_ROUTES: dict[str, list[_Route]] = {}


def route(method: str, pattern: str) -> Callable[[Handler], Handler]:
    """Answer `method` on paths like `pattern`.

    `{id}` stands for one segment, `{name*}` for as many as there are: an image's name may
    hold slashes.
    """
    compiled = re.compile(
        re.sub(r"{(\w+)(\*?)}", lambda it: f"(?P<{it[1]}>{'.+' if it[2] else '[^/]+'})", pattern)
    )
    first = pattern.split("/")[1]

    def declare(handler: Handler) -> Handler:
        _ROUTES.setdefault(first, []).append(_Route(method, compiled, handler))
        return handler

    return declare


def split_version(path: str) -> tuple[tuple[int, int], str]:
    """Take the API version off a path, refusing those that the engine does not speak."""
    match = _VERSION.fullmatch(path)
    if match is None:
        return NEWEST, path
    version = (int(match[1]), int(match[2]))
    named = f"client version {version[0]}.{version[1]}"
    if version > NEWEST:
        newest = "{}.{}".format(*NEWEST)
        raise Refusal(400, f"{named} is too new. Maximum supported API version is {newest}")
    if version < OLDEST:
        oldest = "{}.{}".format(*OLDEST)
        raise Refusal(
            400,
            f"{named} is too old. Minimum supported API version is {oldest}, "
            "please upgrade your client to a newer version",
        )
    return version, match[3]


def find(method: str, path: str) -> tuple[Handler, Mapping[str, str]]:
    """Find who answers, or refuse."""
    for candidate in _ROUTES.get(path.split("/")[1] if "/" in path else "", ()):
        if candidate.method == method and (match := candidate.pattern.fullmatch(path)):
            return candidate.handler, match.groupdict()
    raise Refusal(404, "page not found")


def parse_target(target: str) -> tuple[str, Query]:
    """Split a request's target into its path and its query."""
    path, _, query = target.partition("?")
    return unquote(path), Query(query)
