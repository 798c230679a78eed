"""What an engine is asked about registries: whom it trusts, and what it reaches where we do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dockertui.engine.connection import Connection
from dockertui.engine.errors import EngineError, LoginRefused
from dockertui.engine.payload.bodies import object_in, objects_in

if TYPE_CHECKING:
    from dockertui.engine.client import Client
    from dockertui.engine.registry.secret import Credentials, Secret
    from dockertui.model.registry import SearchHit, Trust

_OUTSIDE_TIMEOUT_S = 30.0
"""How long an engine may take to ask somebody else."""
_REFUSED = ("unauthorized", "incorrect username or password", "denied")


class RegistryAccess(Connection):
    """The engine's side of registries."""

    async def trust(self) -> Trust:
        """Whom it speaks to without TLS, or without looking at certificates."""
        # Not for the first screen, like all that is imported here below.
        from dockertui.engine.payload.registry import parse_trust

        return await self._call(lambda client: parse_trust(object_in(client.read("/info"))))

    async def search(self, term: str, *, room: int = 25) -> tuple[SearchHit, ...]:
        """Find repositories on Docker Hub."""
        from dockertui.engine.payload.registry import parse_search

        params = {"term": term, "limit": str(min(room, 100))}

        def ask(client: Client) -> tuple[SearchHit, ...]:
            return parse_search(objects_in(client.read("/images/search", params=params)))

        return await self._call(ask, timeout_s=_OUTSIDE_TIMEOUT_S)

    async def check_login(self, host: str, credentials: Credentials) -> Secret | None:
        """See whether it can log in; what it is given for the password, if anything.

        Raises:
            LoginRefused: When the registry does not accept them.
        """
        from dockertui.engine.registry.credential_store import key_of
        from dockertui.engine.registry.hosts import name_of
        from dockertui.engine.registry.secret import Secret

        body = {
            "username": credentials.username,
            "password": credentials.secret.reveal(),
            "serveraddress": key_of(host),
        }
        try:
            said = await self._call(
                lambda client: client.ask_for("/auth", body=body, timeout_s=_OUTSIDE_TIMEOUT_S),
                timeout_s=_OUTSIDE_TIMEOUT_S,
            )
        except EngineError as error:
            if any(it in str(error).lower() for it in _REFUSED):
                raise LoginRefused(
                    f"{name_of(host)} does not accept the user name or the password."
                ) from None
            # The frames below know the password.
            raise error.with_traceback(None) from None
        token = said.get("IdentityToken")
        return Secret(token) if isinstance(token, str) and token else None
