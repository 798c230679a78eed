"""What changes an engine: one short method for each verb."""

from __future__ import annotations

from typing import Any

from dockertui.engine.connection import CHANGE_TIMEOUT_S
from dockertui.engine.payload.fields import rows, text
from dockertui.engine.registry_access import RegistryAccess

_DEFAULT_GRACE_S = 10
_STOP_SLACK_S = 20.0
_FOR_EVER_S = 86_400


class Changes(RegistryAccess):
    """The verbs that are not reads. The engine's own words come back when it refuses."""

    async def start(self, container_id: str) -> None:
        """Start a container that is not running."""
        await self._change(lambda client: client.start(container_id))

    async def stop(self, container_id: str, *, grace_s: int | None = None) -> None:
        """Ask it to stop, and kill it after `grace_s`; `None` for the container's own grace."""
        await self._end("/containers/{0}/stop", container_id, grace_s)

    async def restart(self, container_id: str, *, grace_s: int | None = None) -> None:
        """Stop it, as `stop` does, and start it again."""
        await self._end("/containers/{0}/restart", container_id, grace_s)

    async def kill(self, container_id: str, *, signal: str = "SIGKILL") -> None:
        """Send its main process a signal."""
        await self._change(lambda client: client.kill(container_id, signal))

    async def pause(self, container_id: str) -> None:
        """Freeze every process in it."""
        await self._change(lambda client: client.pause(container_id))

    async def unpause(self, container_id: str) -> None:
        """Let its processes run again."""
        await self._change(lambda client: client.unpause(container_id))

    async def rename(self, container_id: str, name: str) -> None:
        """Give it another name."""
        await self._change(lambda client: client.rename(container_id, name))

    async def remove_container(
        self, container_id: str, *, force: bool = False, volumes: bool = False
    ) -> None:
        """Remove it, running or not with `force`, and its anonymous volumes with `volumes`."""
        await self._change(
            lambda client: client.remove_container(container_id, v=volumes, force=force)
        )

    async def remove_image(self, reference: str, *, force: bool = False) -> tuple[str, ...]:
        """Remove a tag, and the image with its last one.

        Returns:
            What the engine says it did: `Untagged: …` and `Deleted: …` lines.
        """
        done: Any = await self._change(
            lambda client: client.remove_image(reference, force=force), timeout_s=120
        )
        return tuple(
            f"{text(verb)}: {text(what)}" for step in rows(done) for verb, what in step.items()
        )

    async def _end(self, path: str, container_id: str, grace_s: int | None) -> None:
        """Stop or restart, and wait for as long as the container may take.

        docker-py would wait for 10 s whatever the container's own grace is, and would override
        that grace with 10 when it restarts.
        """
        # Not for the first screen.
        from dockertui.engine.payload.container_detail import stop_timeout_s

        own_grace_s = grace_s
        if own_grace_s is None:
            seen = await self._call(lambda client: client.inspection(container_id))
            own_grace_s = stop_timeout_s(seen)
        if own_grace_s is None:
            own_grace_s = _DEFAULT_GRACE_S
        wait_s = (own_grace_s if own_grace_s >= 0 else _FOR_EVER_S) + _STOP_SLACK_S
        params = {} if grace_s is None else {"t": str(grace_s)}
        await self._change(
            lambda client: client.change(path, container_id, params=params, timeout_s=wait_s),
            timeout_s=max(wait_s, CHANGE_TIMEOUT_S),
        )
