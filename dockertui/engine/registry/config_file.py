"""The docker command's `config.json`: what it says of registries, read and changed with care.

Source: https://docs.docker.com/reference/cli/docker/#docker-cli-configuration-file-configjson-properties
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dockertui.engine.errors import CredentialsError
from dockertui.engine.payload.fields import Payload, table
from dockertui.engine.registry.secret import Credentials, Secret
from dockertui.text import clean

HUB_KEY = "https://index.docker.io/v1/"
"""What Docker Hub is called wherever credentials are kept."""
PLAIN_FILE = "config.json"
"""The store that is the file itself."""
HELPER_PREFIX = "docker-credential-"
_MOST_BYTES = 4 * 1024 * 1024
_OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class DockerConfig:
    """What the file says. It may hold passwords, so it does not show itself."""

    path: Path
    """Where it is, whether it is there or not."""
    content: Payload = field(default_factory=dict[str, Any], repr=False)
    """All of it."""

    @property
    def auths(self) -> Payload:
        """What it says of each registry."""
        return table(self.content.get("auths"))

    def store_for(self, key: str) -> str:
        """The helper that keeps the credentials for a registry; empty for the file itself."""
        helpers = table(self.content.get("credHelpers"))
        said = helpers.get(key, self.content.get("credsStore"))
        return said if isinstance(said, str) else ""

    @property
    def default_store(self) -> str:
        """The helper for all registries without one of their own; empty for the file itself."""
        return self.store_for("")

    @property
    def helpers(self) -> Mapping[str, str]:
        """The registries with helpers of their own."""
        found = table(self.content.get("credHelpers"))
        return {key: it for key, it in found.items() if isinstance(it, str)}

    def with_usual_store(self, environ: Mapping[str, str]) -> DockerConfig:
        """The same, with the helper that the docker command takes where nothing is said."""
        if self.content.get("credsStore") or self.helpers or self.auths:
            return self
        usual = usual_store(environ)
        return DockerConfig(self.path, {**self.content, "credsStore": usual}) if usual else self


def config_path(environ: Mapping[str, str], home: Path) -> Path:
    """Where the docker command keeps its configuration."""
    named = environ.get("DOCKER_CONFIG")
    return (Path(named) if named else home / ".docker") / "config.json"


def read_config(path: Path) -> DockerConfig:
    """Read the file; one that is not there says nothing.

    Raises:
        CredentialsError: When it is there, but cannot be read.
    """
    try:
        with path.open("rb") as file:
            body = file.read(_MOST_BYTES + 1)
        content = json.loads(body) if body.strip() and len(body) <= _MOST_BYTES else {}
    except (FileNotFoundError, NotADirectoryError):
        return DockerConfig(path)
    except OSError as error:
        raise CredentialsError(f"{_shown(path)} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        # Not from the error: it quotes the file, which may hold passwords.
        raise CredentialsError(
            f"{_shown(path)} is damaged: it is not JSON.",
            ("Nothing is written to it as long as it cannot be understood.",),
        ) from None
    if len(body) > _MOST_BYTES or not isinstance(content, dict):
        raise CredentialsError(f"{_shown(path)} is no configuration of Docker.")
    return DockerConfig(path, content)


def change_config(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the file as it is now, all at once or not at all; only its owner may read it then.

    Args:
        path: Where it is; where it leads to, if it is a symbolic link.
        change: Is given the content to change, and keeps what it does not know.

    Raises:
        CredentialsError: When it cannot be understood, or not be written.
    """
    before = read_config(path).content
    content = dict(before)
    change(content)
    if content == before:
        return
    try:
        _write(Path(os.path.realpath(path)), json.dumps(content, indent="\t", ensure_ascii=False))
    except OSError as error:
        raise CredentialsError(f"{_shown(path)} cannot be written: {error.strerror}.") from None


def usual_store(environ: Mapping[str, str]) -> str:
    """The helper that the docker command takes where nothing is said; empty for none.

    Source: https://github.com/docker/cli, `cli/config/credentials/default_store_*.go`.
    """
    search = environ.get("PATH", "")
    if sys.platform == "darwin":
        name = "osxkeychain"
    else:
        name = "pass" if shutil.which("pass", path=search) else "secretservice"
    return name if shutil.which(HELPER_PREFIX + name, path=search) else ""


def credentials_in(entry: Any) -> Credentials | None:
    """What an entry of `auths` holds; `None` for nothing.

    Raises:
        ValueError: When it holds something that cannot be understood.
    """
    said = table(entry)
    username, password = _text(said, "username"), _text(said, "password")
    if packed := _text(said, "auth"):
        try:
            pair = base64.b64decode(packed, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise ValueError("it is not packed as it should be") from None
        username, colon, password = pair.partition(":")
        if not colon or not username:
            raise ValueError("it has no user name")
        password = password.strip("\0")
    if token := _text(said, "identitytoken"):
        return Credentials(username, Secret(token), is_token=True)
    return Credentials(username, Secret(password)) if username else None


def entry_for(credentials: Credentials) -> dict[str, str]:
    """What an entry of `auths` is to hold."""
    password = "" if credentials.is_token else credentials.secret.reveal()
    entry = {}
    if credentials.username or password:
        pair = f"{credentials.username}:{password}"
        entry["auth"] = base64.b64encode(pair.encode()).decode()
    if credentials.is_token:
        entry["identitytoken"] = str(credentials.secret.reveal())
    return entry


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            _take_over_owner(path, file.fileno())
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _take_over_owner(path: Path, descriptor: int) -> None:
    """Root, too, leaves the file to whoever it belongs to."""
    with suppress(OSError):
        before = path.stat()
        if stat.S_ISREG(before.st_mode) and before.st_uid != os.geteuid():
            os.fchown(descriptor, before.st_uid, before.st_gid)
    os.fchmod(descriptor, _OWNER_ALONE)


def _text(payload: Payload, name: str) -> str:
    said = payload.get(name)
    return said if isinstance(said, str) else ""


def _shown(path: Path) -> str:
    return clean(str(path))
