"""Where the engine is: from the command line, the environment or a Docker context.

Standard library only, for the command line answers before anything else is imported.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dockertui.engine.errors import AddressError

DEFAULT_SOCKET = "/var/run/docker.sock"
DEFAULT_NAME = "default"
_PLAIN_PORT, _TLS_PORT = 2375, 2376
_SCHEMES = "unix://, tcp://, http:// or https://"


@dataclass(frozen=True, slots=True)
class TLSFiles:
    """How an engine behind TLS is trusted, and how it trusts us."""

    ca: str = ""
    """The certificates we trust; empty for the system's."""
    cert: str = ""
    """Our certificate; empty for none."""
    key: str = ""
    """Its key."""
    verify: bool = True
    """Must the engine's certificate be right?"""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an engine is."""

    name: str
    """Its context's name, or `default`."""
    url: str
    """`unix:///path`, `tcp://host:port`, `http://host:port` or `https://host:port`."""
    tls: TLSFiles | None = None
    """How to speak TLS; `None` to speak plainly."""
    origin: str = "the default socket"
    """Who named it, as words that follow `from`."""
    stand_in: str = ""
    """The folder that stands in for the person's home and for all registries, as a simulated engine
    has one; empty for the real ones."""

    @property
    def socket_path(self) -> str:
        """The path of its Unix socket; empty when it has none."""
        return self.url.removeprefix("unix://") if self.url.startswith("unix://") else ""

    @property
    def host_port(self) -> tuple[str, int]:
        """Its host and port, when it has no Unix socket."""
        parts = urlsplit(self.url)
        return parts.hostname or "localhost", parts.port or self._usual_port

    @property
    def http_url(self) -> str:
        """Its URL for an HTTP client, when it has no Unix socket."""
        host, port = self.host_port
        scheme = "https" if self.tls else "http"
        return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"

    @property
    def _usual_port(self) -> int:
        return _TLS_PORT if self.tls else _PLAIN_PORT


def resolve(host: str | None, environ: Mapping[str, str], home: Path) -> Address:
    """Find the engine as the Docker CLI does.

    Args:
        host: What `--host` said, if anything.
        environ: The environment.
        home: The person's home.

    Returns:
        Of `--host`, `DOCKER_HOST`, `DOCKER_CONTEXT` and the current context the first that is
        set; else the default socket, or the one that a rootless Docker or Podman has.

    Raises:
        AddressError: When what was given is no address.
    """
    if host:
        return parse(host, environ, home, "--host")
    if url := environ.get("DOCKER_HOST"):
        return parse(url, environ, home, "DOCKER_HOST")
    folder = _config_folder(environ, home)
    named, current = environ.get("DOCKER_CONTEXT"), _current_context(folder)
    if (name := named or current) and name != DEFAULT_NAME:
        origin = "DOCKER_CONTEXT" if named else "the current context"
        return _from_context(name, folder, origin)
    return Address(DEFAULT_NAME, f"unix://{_likely_socket(environ, home)}")


def parse(url: str, environ: Mapping[str, str], home: Path, origin: str) -> Address:
    """Read a URL as `--host` and `DOCKER_HOST` have it; see `resolve` for the rest."""
    checked = _checked(url, origin)
    return Address(DEFAULT_NAME, checked, _tls_for(checked, environ, home), origin)


def _checked(url: str, origin: str) -> str:
    url = url.strip()
    if not url.isprintable():
        raise AddressError(f"{origin}: {url!r} is not a URL.")
    scheme, colon, rest = url.partition("://")
    if not colon:
        raise AddressError(f"{origin}: {url!r} is not a URL: it must begin with {_SCHEMES}.")
    match scheme:
        case "unix":
            return f"unix://{_socket_path(rest, url, origin)}"
        case "tcp" | "http" | "https":
            _check_host_and_port(url, origin)
            return url.rstrip("/")
        case "ssh":
            raise AddressError(
                f"{origin}: ssh:// is not supported yet. Forward the engine's socket with "
                f"`ssh -N -L /tmp/docker.sock:{DEFAULT_SOCKET} {rest or 'HOST'}`, "
                "then use unix:///tmp/docker.sock."
            )
        case "npipe" if sys.platform != "win32":
            raise AddressError(f"{origin}: named pipes exist on Windows alone: {url!r}.")
        case _:
            raise AddressError(f"{origin}: {scheme}:// is not known; use {_SCHEMES}.")


def _socket_path(path: str, url: str, origin: str) -> str:
    if not path.strip("/"):
        raise AddressError(f"{origin}: {url!r} lacks the path of a socket.")
    return path if path.startswith("/") else f"/{path}"


def _check_host_and_port(url: str, origin: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise AddressError(f"{origin}: the port in {url!r} is not a number from 1 to 65535.")
    if not parts.hostname:
        raise AddressError(f"{origin}: {url!r} lacks a host.")
    if parts.path.strip("/"):
        raise AddressError(f"{origin}: {url!r} must end after its host and port.")


def _tls_for(url: str, environ: Mapping[str, str], home: Path) -> TLSFiles | None:
    asked = environ.get("DOCKER_TLS_VERIFY", "") != ""
    if url.startswith(("unix://", "http://")) or not (asked or url.startswith("https://")):
        return None
    named = environ.get("DOCKER_CERT_PATH")
    folder = Path(named) if named else _config_folder(environ, home)
    return _tls_files(folder, verify=True)


def _tls_files(folder: Path, *, verify: bool) -> TLSFiles:
    ca, cert, key = (
        str(path) if (path := folder / name).is_file() else ""
        for name in ("ca.pem", "cert.pem", "key.pem")
    )
    return TLSFiles(ca, cert, key, verify) if cert and key else TLSFiles(ca, verify=verify)


def _config_folder(environ: Mapping[str, str], home: Path) -> Path:
    named = environ.get("DOCKER_CONFIG")
    return Path(named) if named else home / ".docker"


def _current_context(folder: Path) -> str:
    try:
        config = json.loads((folder / "config.json").read_bytes())
    except (OSError, ValueError):
        return ""  # The Docker CLI, too, goes on without it.
    name = config.get("currentContext") if isinstance(config, dict) else ""
    return name if isinstance(name, str) else ""


def _from_context(name: str, folder: Path, origin: str) -> Address:
    from hashlib import sha256  # It loads OpenSSL, which only a context's name is worth.

    digest = sha256(name.encode(errors="surrogateescape")).hexdigest()
    endpoint = _docker_endpoint(name, folder / "contexts" / "meta" / digest / "meta.json", origin)
    url = endpoint.get("Host")
    if not isinstance(url, str) or not url:
        raise AddressError(f"The context {name!r} ({origin}) does not say where its engine is.")
    url = _checked(url, f"The context {name!r}")
    tls_folder = folder / "contexts" / "tls" / digest / "docker"
    skip = endpoint.get("SkipTLSVerify") is True
    tls = _tls_files(tls_folder, verify=not skip) if tls_folder.is_dir() or skip else None
    if url.startswith("https://"):
        tls = tls or TLSFiles()
    elif url.startswith(("unix://", "http://")):
        tls = None
    return Address(name, url, tls, f"{origin}, {name}")


def _docker_endpoint(name: str, meta: Path, origin: str) -> Mapping[str, Any]:
    try:
        content = json.loads(meta.read_bytes())
    except FileNotFoundError:
        raise AddressError(
            f"There is no context {name!r} ({origin}); `docker context ls` lists those there are."
        ) from None
    except OSError as error:
        raise AddressError(f"The context {name!r} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise AddressError(f"The context {name!r} is damaged: {meta} is not JSON.") from None
    endpoints = content.get("Endpoints") if isinstance(content, dict) else None
    endpoint = endpoints.get("docker") if isinstance(endpoints, dict) else None
    if not isinstance(endpoint, dict):
        raise AddressError(f"The context {name!r} is damaged: {meta} names no Docker endpoint.")
    return endpoint


def _likely_socket(environ: Mapping[str, str], home: Path) -> str:
    for path in (DEFAULT_SOCKET, *_other_sockets(environ, home)):
        if os.path.exists(path):
            return path
    return DEFAULT_SOCKET


def _other_sockets(environ: Mapping[str, str], home: Path) -> Iterator[str]:
    runtime = environ.get("XDG_RUNTIME_DIR")
    if runtime:
        yield f"{runtime}/docker.sock"
    yield f"{home}/.docker/run/docker.sock"
    if runtime:
        yield f"{runtime}/podman/podman.sock"
    yield "/run/podman/podman.sock"
