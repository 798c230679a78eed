"""Logging in to registries and out of them, and which there are."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from dockertui.engine.errors import (
    CredentialsError,
    EngineError,
    LoginRefused,
    ReadOnlyRefused,
    RegistryError,
    RegistryUnreachable,
    Unreachable,
)
from dockertui.engine.registry.asking import Asking
from dockertui.engine.registry.config_file import PLAIN_FILE
from dockertui.engine.registry.credential_store import Listed, Login
from dockertui.engine.registry.hosts import HUB_NAME, name_of
from dockertui.engine.registry.secret import Credentials, Secret
from dockertui.engine.registry_auth import auth_config
from dockertui.engine.threads import in_thread
from dockertui.model.image import Image
from dockertui.model.reference import HUB, is_host, reference_in
from dockertui.model.registry import LoginOutcome, Origin, Registry
from dockertui.text import clean

T = TypeVar("T")

_STORE_TIMEOUT_S = 40.0
"""More than all helpers may take together, so that it is they who are named."""
_MOST_SECRET = 16 * 1024
_HUB_NAMES = {"", HUB, "index.docker.io", "registry-1.docker.io", "hub.docker.com", "docker hub"}
_HIGHEST_PORT = 65_535


class Logins(Asking):
    """Who is logged in where. It is the docker command's own store that is read and written."""

    async def login(self, host: str, username: str, secret: Secret) -> LoginOutcome:
        """Log in to a registry: see whether it lets us in, and only then keep the credentials.

        Args:
            host: The registry, as a person may write it.
            username: Their name there.
            secret: Their password, or a token made for the purpose.

        Raises:
            LoginRefused: When the registry does not accept them.
            RegistryError: When it cannot be asked.
            CredentialsError: When the store does not work.
        """
        self._check_not_read_only()
        host = host_in(host)
        credentials = _checked(username, secret)
        was_asked, identity = await self._verified(host, credentials)
        kept = Credentials(credentials.username, identity, is_token=True) if identity else None
        store = await self._stored(lambda: self._store.put(host, kept or credentials))
        self._forget(host)
        return LoginOutcome(
            host=host,
            username=credentials.username,
            store=store,
            was_asked=was_asked,
            is_plain_text=store == PLAIN_FILE,
        )

    async def logout(self, host: str) -> bool:
        """Forget the credentials for a registry; false if there were none.

        Raises:
            CredentialsError: When the store does not work.
        """
        self._check_not_read_only()
        host = host_in(host)
        there = await self._stored(lambda: self._store.erase(host))
        self._forget(host)
        return there

    async def registries(
        self, images: Iterable[Image] = (), added: Collection[str] = ()
    ) -> tuple[Registry, ...]:
        """Every registry that we know of, Docker Hub first.

        Args:
            images: The images of the engine, as far as they are to count.
            added: Hosts that the person named.

        Raises:
            CredentialsError: When the configuration cannot be read. A helper that does not work
                is told in the registries that it keeps.
        """
        helpers = await self._stored(self._store.helpers)
        said = await asyncio.gather(*(self._listed(it) for it in helpers))
        listed = dict(zip(helpers, said, strict=True))
        logins = await self._stored(lambda: self._store.logins(listed))
        return tuple(_registries(logins, Counter(_hosts_of(images)), added))

    async def login_for_engine(self, host: str) -> dict[str, str] | None:
        """What an engine is to be given to pull and push, as docker-py wants it.

        `None` if nobody is logged in. The password does not show when it is looked at.

        Raises:
            CredentialsError: When the store does not work.
        """
        found = await self._stored(lambda: self._store.get(host))
        return auth_config(found, host) if found else None

    async def _listed(self, helper: str) -> Listed:
        return await self._stored(lambda: self._store.listed_by(helper))

    async def _stored(self, work: Callable[[], T]) -> T:
        try:
            return await in_thread(work, timeout_s=_STORE_TIMEOUT_S)
        except TimeoutError as error:
            raise CredentialsError("The store of credentials does not answer.") from error

    async def _verified(self, host: str, credentials: Credentials) -> tuple[bool, Secret | None]:
        try:
            return await self._ask(host, lambda session, call: session.check(call, credentials))
        except RegistryUnreachable as error:
            # The docker command lets the engine ask, which may be nearer to the registry.
            if self._engine is None or error.kind is Unreachable.PLAIN:
                raise
            try:
                return True, await self._engine.check_login(host, credentials)
            except LoginRefused:
                raise
            except EngineError:
                raise error from None

    def _check_not_read_only(self) -> None:
        if self._read_only:
            raise ReadOnlyRefused("Nothing is changed here: this session is read-only.")


def host_in(text: str) -> str:
    """The registry that a person means, who may have pasted an address.

    >>> host_in("https://Registry.example.com:5000/v2/"), host_in("Docker Hub")
    ('Registry.example.com:5000', 'docker.io')

    Raises:
        RegistryError: When it is none.
    """
    rest = text.strip().partition("://")[2] if "://" in text else text.strip()
    host = rest.partition("/")[0]
    if host.lower() in _HUB_NAMES:
        return HUB
    port = host.rpartition(":")[2]
    is_port = not port.isdigit() or 0 < int(port[:6]) <= _HIGHEST_PORT
    if not is_host(host) or not is_port:
        raise RegistryError(
            f"{clean(host)[:60]!r} is no registry: name a host, with its port if it has one, as in "
            "registry.example.com:5000."
        )
    return host


def _checked(username: str, secret: Secret) -> Credentials:
    username = username.strip()
    password = secret.reveal()
    if not username:
        raise LoginRefused("Give a user name.")
    if ":" in username or not username.isprintable():
        raise LoginRefused("A user name has no colon in it, and nothing that cannot be seen.")
    if not password:
        raise LoginRefused("Give a password, or a token.")
    if len(password) > _MOST_SECRET or "\0" in password:
        raise LoginRefused("That is no password.")
    return Credentials(username, secret)


def _hosts_of(images: Iterable[Image]) -> Iterable[str]:
    for image in images:
        tagged = {it.host for name in image.tags if (it := reference_in(name)) is not None}
        pulled = {it.host for name in image.digests if (it := reference_in(name)) is not None}
        # What was built here has a name as those on Docker Hub have, and does not come from there.
        yield from tagged - {HUB} | pulled


def _registries(
    logins: Iterable[Login], images: Counter[str], added: Collection[str]
) -> Iterable[Registry]:
    known = {it.host: it for it in logins}
    hosts = (HUB, *sorted({*known, *images, *added} - {HUB}))
    for host in hosts:
        login = known.get(host)
        origins = {Origin.HUB} if host == HUB else set()
        origins |= {Origin.IMAGES} if images[host] else set()
        origins |= {Origin.ADDED} if host in added else set()
        origins |= {login.origin} if login is not None else set()
        is_in = login is not None and login.is_logged_in
        yield Registry(
            id=host,
            name=HUB_NAME if host == HUB else name_of(host),
            username=login.username if login is not None else "",
            is_logged_in=is_in,
            store=login.store if login is not None and is_in else "",
            origins=frozenset(origins),
            images=images[host],
            problem=login.problem if login is not None else "",
        )
