"""The registries of a simulated world: each answers on a Unix socket that is called as its host.

They are small ones of the second version, as `docker-registry` is, and Docker Hub with its web.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlencode

from dockertui.sim.answers import dumps
from dockertui.sim.clock import timestamp
from dockertui.sim.hub import DESCRIBED
from dockertui.sim.manifests import Blob
from dockertui.sim.routing import Query
from dockertui.sim.shelves import HUB, Shelves

USER, PASSWORD = "shop", "shop"
"""Who may log in, where somebody must."""
LOCKED = "registry.example.com:5443"
"""The registry that wants to know who asks."""
_CLOSED = {HUB, "gcr.io"}
"""Where repositories are not listed."""
_PULLS = 100
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    status: int
    """The HTTP status."""
    body: bytes = b""
    """What it says."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """What it says besides."""


class Registry:
    """One registry."""

    def __init__(self, host: str, shelves: Shelves) -> None:
        """Answer for a host.

        Args:
            host: As names of images have it.
            shelves: What there is.
        """
        self._host = host
        self._shelves = shelves
        self._pulls = 0

    def answer(self, method: str, path: str, query: Query, authorization: str) -> Said:
        """Answer a request."""
        if self._host == LOCKED and authorization != _basic(USER, PASSWORD):
            return _failure(401, "UNAUTHORIZED", "authentication required", 'Basic realm="shop"')
        rest = path.removeprefix("/v2/")
        if not rest or rest == path:
            return _as_json({}, headers={"Docker-Distribution-Api-Version": "registry/2.0"})
        if rest == "_catalog":
            return self._catalogue(query)
        if rest.endswith("/tags/list"):
            return self._tags(rest.removesuffix("/tags/list"))
        repository, part, version = rest.rpartition("/manifests/")
        if part:
            return self._manifest(method, repository, version)
        repository, part, version = rest.rpartition("/blobs/")
        blob = self._shelves.config(self._host, repository, version) if part else None
        return _failure(404, "BLOB_UNKNOWN") if blob is None else Said(200, blob.body)

    def _catalogue(self, query: Query) -> Said:
        if self._host in _CLOSED:
            return _failure(401, "UNAUTHORIZED", "authentication required")
        names = [it for it in self._shelves.repositories(self._host) if it > query.get("last", "")]
        page = names[: _number(query.get("n", ""))]
        headers = {}
        if len(page) < len(names):
            more = urlencode({"last": page[-1], "n": len(page)})
            headers["Link"] = f'</v2/_catalog?{more}>; rel="next"'
        return _as_json({"repositories": page}, headers=headers)

    def _tags(self, repository: str) -> Said:
        names = self._shelves.tags(self._host, repository)
        if not names:
            return _failure(404, "NAME_UNKNOWN", "repository name not known to registry")
        return _as_json({"name": repository, "tags": sorted(names)})

    def _manifest(self, method: str, repository: str, version: str) -> Said:
        if method == "DELETE":
            return self._deletion(repository, version)
        found = self._shelves.manifest(self._host, repository, version)
        if found is None:
            return _failure(404, "MANIFEST_UNKNOWN", "manifest unknown")
        return Said(200, found.body, self._manifest_headers(method, found))

    def _manifest_headers(self, method: str, found: Blob) -> dict[str, str]:
        headers = {"Content-Type": found.kind, "Docker-Content-Digest": found.digest}
        if self._host == HUB:
            self._pulls += method == "GET"
            headers["RateLimit-Limit"] = f"{_PULLS};w=21600"
            headers["RateLimit-Remaining"] = f"{max(0, _PULLS - self._pulls)};w=21600"
        return headers

    def _deletion(self, repository: str, version: str) -> Said:
        if self._host == HUB:
            return _failure(401, "UNAUTHORIZED", "authentication required")
        if not version.startswith("sha256:"):
            return _failure(405, "UNSUPPORTED", "The operation is unsupported.")
        if self._shelves.delete(self._host, repository, version):
            return Said(202)
        return _failure(404, "MANIFEST_UNKNOWN", "manifest unknown")


class HubWeb:
    """Docker Hub's web: it finds repositories, and tells of tags."""

    def __init__(self, shelves: Shelves) -> None:
        """Answer; `shelves` are what there is."""
        self._shelves = shelves

    def answer(self, method: str, path: str, query: Query, _: str) -> Said:
        """Answer a request."""
        if method != "GET":
            return _failure(405, "UNSUPPORTED")
        if path == "/v2/search/repositories/":
            return self._found(query.get("query", "").lower(), _number(query.get("page_size", "")))
        repository = path.removeprefix("/v2/repositories/").removesuffix("/tags")
        return self._tags(repository, _number(query.get("page_size", "")), query.get("page", "1"))

    @staticmethod
    def _found(term: str, room: int) -> Said:
        hits = [
            {
                "repo_name": name,
                "short_description": it.words,
                "star_count": it.stars,
                "pull_count": it.pulls,
                "is_official": "/" not in name,
            }
            for name, it in DESCRIBED.items()
            if term in name or term in it.words.lower()
        ]
        hits.sort(key=lambda it: (term not in str(it["repo_name"]), not it["is_official"]))
        return _as_json({"count": len(hits), "results": hits[:room]})

    def _tags(self, repository: str, room: int, page: str) -> Said:
        tags, images = (
            self._shelves.tags(HUB, repository),
            self._shelves.images(HUB, repository),
        )
        if not tags:
            return _failure(404, "NOT_FOUND", "object not found")
        newest = sorted(tags, key=lambda it: -images[it].created_ns)
        first = (max(1, _number(page)) - 1) * room
        rows = [
            {
                "name": name,
                "digest": tags[name].top.digest,
                "full_size": tags[name].download_bytes,
                "tag_last_pushed": timestamp(images[name].created_ns),
                "images": _platforms(tags[name].top, tags[name].download_bytes),
            }
            for name in newest[first : first + room]
        ]
        return _as_json({"count": len(tags), "results": rows})


def _platforms(index: Blob, size_bytes: int) -> list[dict[str, object]]:
    return [
        {
            "digest": it["digest"],
            "os": it["platform"]["os"],
            "architecture": it["platform"]["architecture"],
            "variant": it["platform"].get("variant", ""),
            "size": round(size_bytes * (1 - place * 0.04)),
        }
        for place, it in enumerate(json.loads(index.body).get("manifests", ()))
    ]


def docker_config() -> bytes:
    """The configuration of somebody who is logged in to the registry that wants it."""
    auth = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    return dumps({"auths": {LOCKED: {"auth": auth}}})


def _basic(user: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else _PAGE


def _as_json(
    content: object, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})
) -> Said:
    return Said(status, dumps(content), {"Content-Type": "application/json", **headers})


def _failure(status: int, code: str, message: str = "", challenge: str = "") -> Said:
    headers = {"WWW-Authenticate": challenge} if challenge else {}
    return _as_json({"errors": [{"code": code, "message": message}]}, status, headers)
