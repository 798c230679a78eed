"""Makes containers from specs, and other things of containers."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dockertui.engine.chunks import CutShortError
from dockertui.engine.errors import EngineError
from dockertui.engine.files import NewFile
from dockertui.engine.long_wire import LongWire
from dockertui.engine.payload.bodies import object_in, objects_in
from dockertui.engine.payload.creation import creation
from dockertui.engine.payload.creation_host import limits_json
from dockertui.engine.payload.fields import Payload, table, text, words
from dockertui.engine.payload.recipe import declared, parse_defaults, recipe
from dockertui.engine.payload.recipe_host import limit_values
from dockertui.engine.run_terminals import RunTerminals
from dockertui.engine.run_work import CommitRequest, Created
from dockertui.engine.wire import Wire
from dockertui.model.run.here import Here
from dockertui.model.run.limits import Limits
from dockertui.model.run.mistakes import BadValue
from dockertui.model.run.resolved import resolved
from dockertui.model.run.spec import ReadSpec, RunSpec

if TYPE_CHECKING:
    from dockertui.engine.client import Client

T = TypeVar("T")

_MOST_NETWORKS = 1_000
_CREATE_S = 60.0
_COMMIT_S = 1_800.0
_ROOM = 64
_TAR_END = 1_024
"""So many zeros end a tar archive that is whole."""


class RunWorker(RunTerminals):
    """The `RunWork` of the protocol."""

    async def create(self, spec: RunSpec, here: Here) -> Created:
        """Create a container, and connect it to all its networks; see the protocol."""
        return await self._connection.change(
            lambda client: _create(client, spec, here), timeout_s=_CREATE_S
        )

    async def spec_of(self, container_id: str) -> ReadSpec:
        """What a container was made from, without what its image and its engine imply."""

        def ask(client: Client) -> ReadSpec:
            seen = client.inspection(container_id)
            defaults = parse_defaults(object_in(client.read("/info")))
            return recipe(seen, _image_of(client, seen), defaults)

        return await self._connection.call(ask)

    async def declared_by(self, image: str) -> RunSpec:
        """What an image declares, as if it had been said by flags."""
        return await self._connection.call(
            lambda client: declared(object_in(client.read("/images/{0}/json", image)))
        )

    async def limits_of(self, container_id: str) -> RunSpec:
        """The limits of a container and its restart policy, and nothing else."""
        seen = await self._connection.call(lambda client: client.inspection(container_id))
        host = table(seen.get("HostConfig"))
        sets = {"cpuset_cpus": "CpusetCpus", "cpuset_mems": "CpusetMems"}
        found = limit_values(host) | {name: text(host.get(key)) for name, key in sets.items()}
        updated = {name: it for name, it in found.items() if name in Limits.__slots__}
        return RunSpec(**updated)

    async def network_names(self) -> tuple[str, ...]:
        """The names and the IDs of its networks, of the first thousand."""

        def ask(client: Client) -> tuple[str, ...]:
            networks = islice(objects_in(client.read("/networks")), _MOST_NETWORKS)
            return tuple(text(it.get(key)) for it in networks for key in ("Name", "Id"))

        return await self._connection.call(ask)

    async def update(self, container_id: str, limits: Limits) -> tuple[str, ...]:
        """Change limits or the restart policy; see the protocol."""

        def ask(client: Client) -> tuple[str, ...]:
            body = _checked(lambda: limits_json(limits))
            said = client.ask_for("/containers/{0}/update", container_id, body=body)
            return words(said.get("Warnings"))

        return await self._connection.change(ask)

    async def commit(self, request: CommitRequest) -> str:
        """Make an image of a container's files and configuration; see the protocol."""
        params: dict[str, Any] = {
            "container": request.container_id,
            "comment": request.message,
            "author": request.author,
            "pause": "1" if request.pause else "0",
            "changes": list(request.changes),
        }
        if request.reference is not None:
            named = request.reference.tagged()
            params |= {"repo": named.familiar_name, "tag": named.tag}
        said = await self._connection.change(
            lambda client: client.ask_for("/commit", params=params, timeout_s=_COMMIT_S),
            timeout_s=_COMMIT_S,
        )
        return text(said.get("Id"))

    async def export(
        self, container_id: str, path: Path, *, replace: bool = False
    ) -> AsyncGenerator[int]:
        """Write a container's files to a tar archive; see the protocol."""
        wire = LongWire(self._address)

        def work(_: Wire) -> Iterator[tuple[int]]:
            with self._connection.reaching():
                wire.begin(
                    self._connection.target("/containers/{0}/export", container_id), method="GET"
                )
                wire.answer()
                yield from written(wire, path, replace=replace)

        async with aclosing(self._connection.stream(work, room=_ROOM, wire=wire)) as batches:
            async for batch in batches:
                yield batch[-1][0]


def _create(client: Client, spec: RunSpec, here: Here) -> Created:
    api = tuple(int(it) for it in str(client.api_version).split("."))
    wanted = _checked(lambda: creation(resolved(spec, here), api))
    said = client.ask_for(
        "/containers/create", params=wanted.params, body=wanted.body, timeout_s=_CREATE_S
    )
    made = Created(text(said.get("Id")), words(said.get("Warnings")))
    try:
        for network, endpoint in wanted.further.items():
            body = {"Container": made.id, "EndpointConfig": endpoint}
            client.ask_for("/networks/{0}/connect", network, body=body)
    except EngineError:
        client.remove_container(made.id, v=True, force=True)
        raise
    return made


def _image_of(client: Client, seen: Payload) -> Payload:
    try:
        return object_in(client.read("/images/{0}/json", text(seen.get("Image"))))
    except EngineError:  # It was removed by force, and what it declared with it.
        return {}


def written(wire: LongWire, path: Path, *, replace: bool) -> Iterator[tuple[int]]:
    """Write what a wire brings; how many bytes there are so far."""
    done, end = 0, b""
    with NewFile(path, replace=replace) as file:
        try:
            while piece := wire.recv():
                file.write(piece)
                done, end = done + len(piece), (end + piece)[-_TAR_END:]
                yield (done,)
        except CutShortError:
            end = b""
        if end != bytes(_TAR_END):
            raise EngineError("The engine ended in the middle of it. No file was written.")
        file.keep()


def _checked(make: Callable[[], T]) -> T:
    try:
        return make()
    except BadValue as mistake:
        raise EngineError(str(mistake)) from mistake
