"""A registry that answers from a script: what it holds, whom it lets in, and what goes wrong."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from tests.support.http_server import Answer, Asked, Said, as_json

INDEX = "application/vnd.oci.image.index.v1+json"
IMAGE = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


def digest_of(body: bytes) -> str:
    """The digest of something."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


class ScriptedRegistry:
    """Answers as a registry does; `answer` is for `http_server.serving`."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.manifests: dict[str, tuple[bytes, str]] = {}
        """Bodies and media types, by `repository/digest` and `repository/tag`."""
        self.user, self.password = "ada", "s3cret"
        self.wants = ""
        """`basic` or `bearer` to let nobody in who does not say who they are; empty for all."""
        self.realm = ""
        """Where tokens are to be had."""
        self.instead: Callable[[Asked], Answer | None] = lambda _: None
        """Answers in place of the registry, if it wants to."""

    def add_image(self, name: str, *, os: str = "linux", arch: str = "amd64", **config: Any) -> str:
        """Hold an image of one layer under `repository:tag`; the manifest's digest is returned."""
        created = config.pop("created", "2026-01-02T03:04:05Z")
        content = {
            "os": os,
            "architecture": arch,
            "created": created,
            "config": config,
            "history": [{"created_by": "COPY . /"}, {"created_by": "CMD x", "empty_layer": True}],
        }
        body = json.dumps(content).encode()
        self.blobs[digest_of(body)] = body
        manifest = {
            "schemaVersion": 2,
            "mediaType": IMAGE,
            "config": {"mediaType": CONFIG, "digest": digest_of(body), "size": len(body)},
            "layers": [{"mediaType": LAYER, "digest": digest_of(b"layer"), "size": 1234}],
        }
        return self.add(name, json.dumps(manifest).encode(), IMAGE)

    def add_index(self, name: str, images: dict[str, str]) -> str:
        """Let a tag stand for images by platform; the index's digest is returned."""
        listed = [
            {
                "mediaType": IMAGE,
                "digest": digest,
                "size": 1,
                "platform": dict(zip(("os", "architecture"), platform.split("/"), strict=True)),
            }
            for platform, digest in images.items()
        ]
        body = {"schemaVersion": 2, "mediaType": INDEX, "manifests": listed}
        return self.add(name, json.dumps(body).encode(), INDEX)

    def add(self, name: str, body: bytes, kind: str) -> str:
        """Hold any manifest under `repository:tag`; its digest is returned."""
        repository, _, tag = name.partition(":")
        digest = digest_of(body)
        self.manifests[f"{repository}/{digest}"] = (body, kind)
        self.manifests[f"{repository}/{tag}"] = (body, kind)
        return digest

    def answer(self, asked: Asked) -> Answer:
        """Answer a request."""
        instead = self.instead(asked)
        if instead is not None:
            return instead
        return self.answer_itself(asked)

    def answer_itself(self, asked: Asked) -> Said:
        """Answer a request, whatever `instead` says."""
        if asked.path == "/token":
            return self._token(asked)
        return self._refusal(asked) or self._content(asked)

    def _refusal(self, asked: Asked) -> Said | None:
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        if self.wants == "basic" and asked.authorization != f"Basic {pair}":
            return denied('Basic realm="test"')
        if self.wants == "bearer":
            scope = scope_of(asked)
            if asked.authorization != f"Bearer token-for-{scope or 'nothing'}":
                wanted = f',scope="{scope}"' if scope else ""
                return denied(f'Bearer realm="{self.realm}",service="test"{wanted}')
        return None

    def _token(self, asked: Asked) -> Said:
        said = asked.query | parse_qs(asked.body.decode())
        granted = {"token": f"token-for-{said.get('scope', ['nothing'])[0]}", "expires_in": 300}
        if asked.authorization:
            pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            if asked.authorization != f"Basic {pair}":
                return as_json({"details": "incorrect username or password"}, 401)
            if "offline_token" in said:
                granted["refresh_token"] = "identity-of-ada"
        return as_json(granted)

    def _content(self, asked: Asked) -> Said:
        path = asked.path.removeprefix("/v2/")
        repository, _, rest = path.partition("/manifests/")
        if not path:
            return as_json({}, Docker_Distribution_Api_Version="registry/2.0")
        if rest:
            return self._manifest(asked, repository, rest)
        if "/blobs/" in path:
            found = self.blobs.get(path.rpartition("/")[2])
            return Said(200, found) if found is not None else error(404, "BLOB_UNKNOWN")
        if path.endswith("/tags/list"):
            return self._tags(path.removesuffix("/tags/list"))
        if path == "_catalog":
            return as_json(
                {"repositories": sorted({self._repository(it) for it in self.manifests})}
            )
        return error(404, "NAME_UNKNOWN")

    def _manifest(self, asked: Asked, repository: str, version: str) -> Said:
        found = self.manifests.get(f"{repository}/{version}")
        if found is None:
            return error(404, "MANIFEST_UNKNOWN")
        body, kind = found
        if asked.method == "DELETE":
            self.manifests = {key: it for key, it in self.manifests.items() if it != found}
            return Said(202)
        return Said(200, body, {"Content-Type": kind, "Docker-Content-Digest": digest_of(body)})

    def _tags(self, repository: str) -> Said:
        names = [
            key.rpartition("/")[2] for key in self.manifests if self._repository(key) == repository
        ]
        if not names:
            return error(404, "NAME_UNKNOWN")
        return as_json({"name": repository, "tags": [it for it in names if ":" not in it]})

    @staticmethod
    def _repository(key: str) -> str:
        return key.rpartition("/")[0]


def denied(challenge: str) -> Said:
    """The answer to somebody who does not say who they are."""
    return error(401, "UNAUTHORIZED", WWW_Authenticate=challenge)


def error(status: int, code: str, message: str = "", **headers: str) -> Said:
    """A refusal as registries write it."""
    return as_json({"errors": [{"code": code, "message": message}]}, status, **headers)


def scope_of(asked: Asked) -> str:
    """What a token must allow for a request."""
    path = asked.path.removeprefix("/v2/")
    for part in ("/manifests/", "/blobs/", "/tags/list"):
        if part in path:
            actions = "pull,delete" if asked.method == "DELETE" else "pull"
            return f"repository:{path.partition(part)[0]}:{actions}"
    return "registry:catalog:*" if path == "_catalog" else ""
