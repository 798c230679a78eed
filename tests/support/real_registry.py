"""Real registries of one's own: Debian's docker-registry on the loopback, gone after the test."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import urllib3

from tests.support.real_engine import IMAGE, RealEngine

PROGRAMS = ("docker-registry", "htpasswd", "openssl", "setpriv")
"""What a registry needs, and what we need to start one."""
USER, PASSWORD = "ada", "cor rect:hörse"
"""Who may log in, where somebody must."""
READY_S = 20.0
"""How long a registry may take to answer."""


class RegistryFailedError(RuntimeError):
    """The registry did not come up; the message holds the end of its log."""


def why_no_registry() -> str | None:
    """What this machine lacks to start a registry; `None` if it can."""
    missing = [each for each in PROGRAMS if shutil.which(each) is None]
    return f"not installed: {', '.join(missing)}" if missing else None


class RealRegistry:
    """A throw-away registry, up from construction to `close`. It can be a context manager."""

    def __init__(
        self,
        *,
        locked: bool = False,
        tls: bool = False,
        deletion: bool = True,
        engine: RealEngine | None = None,
    ) -> None:
        """Start it.

        Args:
            locked: Must one be logged in?
            tls: Does it speak TLS, with a certificate of an authority of its own?
            deletion: May manifests be deleted?
            engine: Who pushes to it. An engine has a loopback of its own, so there is a second
                registry there, at the same address and on the same storage.
        """
        self.root = Path(tempfile.mkdtemp(prefix="reg-", dir="/tmp"))
        self.host = f"127.0.0.1:{free_port()}"
        self.locked, self.tls = locked, tls
        self._engine = engine
        self._running: list[subprocess.Popen[bytes]] = []
        if locked:
            (self.root / "htpasswd").write_bytes(hashed(USER, PASSWORD))
        if tls:
            make_certificates(self.root)
        (self.root / "config.yml").write_text(json.dumps(self._config(deletion=deletion)))
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> RealRegistry:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The beginning of its addresses."""
        return f"{'https' if self.tls else 'http'}://{self.host}"

    @property
    def authority(self) -> Path:
        """The certificate of the authority that vouches for it, if it speaks TLS."""
        return self.root / "ca.crt"

    @cached_property
    def pool(self) -> urllib3.PoolManager:
        """What the tests themselves use to speak to it."""
        headers = urllib3.make_headers(basic_auth=f"{USER}:{PASSWORD}") if self.locked else None
        authority = str(self.authority) if self.tls else None
        return urllib3.PoolManager(headers=headers, ca_certs=authority)

    def start(self) -> None:
        """Start it, or start it again on what it holds."""
        serve = [
            *("setpriv", "--pdeathsig", "KILL"),
            *("docker-registry", "serve", str(self.root / "config.yml")),
        ]
        self._run(serve)
        if self._engine is not None:
            self._run([*self._engine.inside(), *serve])
        end = time.monotonic() + READY_S
        while time.monotonic() < end:
            if any(it.poll() is not None for it in self._running):
                break
            if self._answers():
                return
            time.sleep(0.01)
        log = (self.root / "log").read_text(errors="replace").splitlines()[-5:]
        raise RegistryFailedError("the registry did not start:\n" + "\n".join(log))

    def kill(self) -> None:
        """Let it crash; what it holds stays."""
        for each in self._running:
            each.send_signal(signal.SIGKILL)
            each.wait()
        self._running = []

    def close(self) -> None:
        """Leave no process or file of it."""
        self.kill()
        if "pool" in self.__dict__:
            self.pool.clear()
        shutil.rmtree(self.root, ignore_errors=True)

    def push(self, name: str, source: str = IMAGE) -> str:
        """Let the engine push an image of its own under a name here; the digest is returned."""
        assert self._engine is not None
        api = self._engine.client.api
        repository, _, tag = name.partition(":")
        api.tag(source, f"{self.host}/{repository}", tag or "latest")
        login = {"username": USER, "password": PASSWORD} if self.locked else {}
        said = api.push(
            f"{self.host}/{repository}", tag or "latest", stream=True, decode=True,
            auth_config=login,
        )  # fmt: skip
        digest = ""
        for each in said:
            assert "error" not in each, each
            digest = each.get("aux", {}).get("Digest", digest)
        api.remove_image(f"{self.host}/{name}")
        return str(digest)

    def put_index(self, name: str, images: Sequence[dict[str, Any]]) -> str:
        """Let a tag stand for several images; the index's digest is returned.

        Args:
            name: Repository and tag.
            images: The descriptors: `digest`, `size`, `mediaType`, `platform`.
        """
        kind = "application/vnd.docker.distribution.manifest.list.v2+json"
        body = {"schemaVersion": 2, "mediaType": kind, "manifests": list(images)}
        return self.put_manifest(name, body, kind)

    def put_manifest(self, name: str, body: dict[str, Any], kind: str) -> str:
        """Upload a manifest as it is; its digest is returned."""
        repository, _, tag = name.partition(":")
        answer = self.pool.request(
            "PUT",
            f"{self.url}/v2/{repository}/manifests/{tag}",
            body=json.dumps(body),
            headers={**self.pool.headers, "Content-Type": kind},
        )
        assert answer.status == 201, answer.data
        return str(answer.headers["Docker-Content-Digest"])

    def put_blob(self, repository: str, body: bytes) -> dict[str, Any]:
        """Upload a blob; its descriptor is returned."""
        from hashlib import sha256

        digest = f"sha256:{sha256(body).hexdigest()}"
        begun = self.pool.request("POST", f"{self.url}/v2/{repository}/blobs/uploads/")
        place = begun.headers["Location"]
        done = self.pool.request("PUT", f"{place}&digest={digest}", body=body)
        assert done.status == 201, done.data
        return {"digest": digest, "size": len(body)}

    def described(self, name: str, **platform: str) -> dict[str, Any]:
        """The descriptor of a pushed image, for an index."""
        repository, _, tag = name.partition(":")
        kind = "application/vnd.docker.distribution.manifest.v2+json"
        answer = self.pool.request(
            "GET",
            f"{self.url}/v2/{repository}/manifests/{tag}",
            headers={**self.pool.headers, "Accept": kind},
        )
        digest = answer.headers["Docker-Content-Digest"]
        described = {"mediaType": kind, "digest": digest, "size": len(answer.data)}
        return {**described, "platform": platform}

    def _run(self, command: list[str]) -> None:
        with (self.root / "log").open("ab") as log:
            self._running.append(
                subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            )

    def _answers(self) -> bool:
        try:
            self.pool.request("GET", f"{self.url}/v2/", retries=False, timeout=1.0)
        except urllib3.exceptions.HTTPError:
            return False
        return self._engine is None or self._answers_inside()

    def _answers_inside(self) -> bool:
        assert self._engine is not None
        host, port = self.host.split(":")
        asked = [*self._engine.inside(), "busybox", "nc", "-w", "1", host, port]
        return subprocess.run(asked, input=b"", capture_output=True, check=False).returncode == 0

    def _config(self, *, deletion: bool) -> dict[str, Any]:
        http: dict[str, Any] = {"addr": self.host, "secret": uuid4().hex}
        if self.tls:
            http["tls"] = {
                "certificate": str(self.root / "server.crt"),
                "key": str(self.root / "server.key"),
            }
        config: dict[str, Any] = {
            "version": 0.1,
            "log": {"level": "warn", "accesslog": {"disabled": True}},
            "storage": {
                "filesystem": {"rootdirectory": str(self.root / "data")},
                "delete": {"enabled": deletion},
            },
            "http": http,
        }
        if self.locked:
            config["auth"] = {"htpasswd": {"realm": "test", "path": str(self.root / "htpasswd")}}
        return config


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hashed(user: str, password: str) -> bytes:
    """A line for the registry's file of passwords."""
    asked = ["htpasswd", "-niB", "-C", "4", user]
    return subprocess.run(asked, input=password.encode(), capture_output=True, check=True).stdout


def make_certificates(folder: Path) -> None:
    """Make an authority, `ca.crt`, and a certificate of it for the loopback, `server.crt`."""
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    ask(folder, "req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=CA")
    ask(
        folder, "req", "-x509", *curve, "-keyout", "server.key", "-out", "server.crt",
        "-subj", "/CN=registry", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
        "-addext", "basicConstraints=critical,CA:FALSE", "-CA", "ca.crt", "-CAkey", "ca.key",
    )  # fmt: skip


def ask(folder: Path, *command: str) -> None:
    """Let openssl do something in a folder."""
    subprocess.run(["openssl", *command], cwd=folder, capture_output=True, check=True)
