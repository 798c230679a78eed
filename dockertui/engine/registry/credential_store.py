"""Where the docker command keeps who is logged in, so that it and we always agree."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dockertui.engine.errors import CredentialsError
from dockertui.engine.payload.fields import Payload, table
from dockertui.engine.registry.config_file import (
    HUB_KEY,
    PLAIN_FILE,
    DockerConfig,
    change_config,
    config_path,
    credentials_in,
    entry_for,
    read_config,
)
from dockertui.engine.registry.secret import Credentials
from dockertui.model.reference import HUB, is_host
from dockertui.model.registry import Origin
from dockertui.text import clean

if TYPE_CHECKING:
    from dockertui.engine.registry.helper import CredentialProgram

IN_ENVIRONMENT = "DOCKER_AUTH_CONFIG"
"""Overrides every store, for whoever starts us with credentials of their own."""
_HUB_HOSTS = {HUB, "index.docker.io", "registry-1.docker.io"}


Listed = Mapping[str, str] | CredentialsError
"""What a helper tells: registries with who is logged in, or why it does not tell."""


@dataclass(frozen=True, slots=True)
class Login:
    """What a store tells of a registry without giving the password away."""

    host: str
    """The registry, as image names have it."""
    username: str
    """Who is logged in; empty for a token, or for nobody."""
    store: str
    """Who keeps the credentials."""
    origin: Origin
    """How the registry is known."""
    is_logged_in: bool = True
    """Are there credentials?"""
    problem: str = ""
    """Why they cannot be told, in a sentence."""


class CredentialStore:
    """The store. Its methods block; each reads it anew, for the docker command writes it, too."""

    def __init__(
        self, environ: Mapping[str, str], home: Path, *, timeout_s: float | None = None
    ) -> None:
        """Find it.

        Args:
            environ: The environment.
            home: The person's home.
            timeout_s: How long a helper may take; `None` for the usual time.
        """
        self._environ = environ
        self._path = config_path(environ, home)
        self._timeout_s = timeout_s

    def get(self, host: str) -> Credentials | None:
        """Who is logged in to a registry; `None` for nobody.

        Raises:
            CredentialsError: When the store does not work.
        """
        key = key_of(host)
        if given := table(self._in_environment().get(key)):
            return self._understood(given, host)
        config = self._config()
        if name := config.store_for(key):
            return self._helper(name).credentials(key)
        return self._understood(_entry(config, key), host)

    def put(self, host: str, credentials: Credentials) -> str:
        """Keep who is logged in to a registry, and say who keeps it.

        Raises:
            CredentialsError: When the store does not work; nothing is kept then.
        """
        key = key_of(host)
        config = self._config()
        name = config.store_for(key)

        def change(content: dict[str, Any]) -> None:
            if config.default_store and not content.get("credsStore"):
                content["credsStore"] = config.default_store
            # With a helper, the empty entry says no more than that one is logged in.
            entry = {} if name else entry_for(credentials)
            content["auths"] = {**table(content.get("auths")), key: entry}

        if name:
            self._helper(name).keep(key, credentials)
            # The helper has it, and will be found again where nothing may be written.
            with suppress(CredentialsError):
                change_config(self._path, change)
        else:
            change_config(self._path, change)
        return name or PLAIN_FILE

    def erase(self, host: str) -> bool:
        """Forget who is logged in to a registry; false if nobody was.

        Raises:
            CredentialsError: When the store does not work.
        """
        key = key_of(host)
        # Older ones were kept under addresses.
        keys = (key,) if key == HUB_KEY else (key, f"http://{key}", f"https://{key}")
        config = self._config()
        there = False
        for name in dict.fromkeys(it for each in keys if (it := config.store_for(each))):
            helper = self._helper(name)
            known = helper.usernames()
            for each in (it for it in keys if it in known):
                helper.erase(each)
                there = True
        in_file = tuple(it for it in keys if it in config.auths)
        if in_file:
            change_config(self._path, lambda content: _drop(content, in_file))
        return there or any(config.auths[it] for it in in_file)

    def helpers(self) -> tuple[str, ...]:
        """The helpers that keep something.

        Raises:
            CredentialsError: When the configuration cannot be read.
        """
        config = self._config()
        names = (config.default_store, *config.helpers.values())
        return tuple(dict.fromkeys(it for it in names if it))

    def listed_by(self, helper: str) -> Mapping[str, str] | CredentialsError:
        """The registries that a helper knows with who is logged in, or why it does not tell."""
        try:
            return self._helper(helper).usernames()
        except CredentialsError as error:
            return error

    def logins(self, listed: Mapping[str, Listed]) -> tuple[Login, ...]:
        """Every registry that the store knows.

        Args:
            listed: What each of `helpers` says.

        Raises:
            CredentialsError: When the configuration cannot be read.
        """
        config = self._config()
        found: dict[str, Login] = {}
        for key, entry in self._in_environment().items():
            _add(found, key, _login_in(entry, IN_ENVIRONMENT, Origin.ENVIRONMENT))
        for key, helper in config.helpers.items():
            _add(found, key, _login_at(key, helper, listed, Origin.HELPER))
        default = config.default_store
        said = listed.get(default, {})
        for key in said if isinstance(said, Mapping) else ():
            _add(found, key, _login_at(key, default, listed, Origin.HELPER))
        for key, entry in config.auths.items():
            if name := config.store_for(key):
                # The docker command, too, looks nowhere else then.
                _add(found, key, _login_at(key, name, listed, Origin.CONFIG))
            else:
                _add(found, key, _login_in(entry, PLAIN_FILE, Origin.CONFIG))
        return tuple(found.values())

    def _config(self) -> DockerConfig:
        return read_config(self._path).with_usual_store(self._environ)

    def _helper(self, name: str) -> CredentialProgram:
        # It brings docker-py, which not everybody who looks at a registry needs.
        from dockertui.engine.registry.helper import TIMEOUT_S, CredentialProgram

        return CredentialProgram(name, self._environ, timeout_s=self._timeout_s or TIMEOUT_S)

    def _in_environment(self) -> Payload:
        try:
            return table(table(json.loads(self._environ.get(IN_ENVIRONMENT) or "{}")).get("auths"))
        except (ValueError, RecursionError):
            raise CredentialsError(f"{IN_ENVIRONMENT} is not JSON.") from None

    def _understood(self, entry: Any, host: str) -> Credentials | None:
        try:
            return credentials_in(entry)
        except ValueError as error:
            raise CredentialsError(
                f"What is kept for {clean(host)} is damaged: {error}.",
                ("Log in again to put it right.",),
            ) from None


def key_of(host: str) -> str:
    """What a registry is called wherever credentials are kept."""
    return HUB_KEY if host in _HUB_HOSTS else host


def host_of(key: str) -> str:
    """The registry that credentials are kept for; empty for what is none.

    >>> host_of("https://index.docker.io/v1/"), host_of("http://localhost:5000/v2/")
    ('docker.io', 'localhost:5000')
    """
    if key == HUB_KEY:
        return HUB
    host = key.partition("://")[2].partition("/")[0] if "://" in key else key.partition("/")[0]
    return "" if host in _HUB_HOSTS or not is_host(host) else host


def _entry(config: DockerConfig, key: str) -> Any:
    if key in config.auths:
        return config.auths[key]
    return next((it for name, it in config.auths.items() if host_of(name) == key), None)


def _add(found: dict[str, Login], key: str, login: Login) -> None:
    if host := host_of(key):
        found.setdefault(host, replace(login, host=host))


def _login_in(entry: Any, store: str, origin: Origin) -> Login:
    try:
        credentials = credentials_in(entry)
    except ValueError as error:
        return Login("", "", store, origin, False, f"What is kept for it is damaged: {error}.")
    name = clean(credentials.username) if credentials is not None else ""
    return Login("", name, store, origin, credentials is not None)


def _login_at(key: str, helper: str, listed: Mapping[str, Listed], origin: Origin) -> Login:
    said = listed.get(helper, {})
    if isinstance(said, CredentialsError):
        return Login("", "", helper, origin, False, str(said))
    return Login("", said.get(key, ""), helper, origin, key in said)


def _drop(content: dict[str, Any], keys: tuple[str, ...]) -> None:
    auths = table(content.get("auths"))
    content["auths"] = {key: it for key, it in auths.items() if key not in keys}
