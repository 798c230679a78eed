"""Images pulled from a registry and pushed to one, and what all long work with images shares."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from functools import partial
from urllib.parse import quote, urlencode

from dockertui.engine.address import Address
from dockertui.engine.chunks import CutShortError
from dockertui.engine.connection import Connection
from dockertui.engine.errors import EngineError, ReadOnlyRefused
from dockertui.engine.image_work import Told
from dockertui.engine.long_wire import LongWire
from dockertui.engine.outside import outside_of
from dockertui.engine.payload.bodies import object_in
from dockertui.engine.payload.fields import Payload
from dockertui.engine.payload.progress import failure_in, words_in
from dockertui.engine.registry_auth import HEADER, AuthFor, encoded, from_store
from dockertui.engine.wire import Wire
from dockertui.model.progress import Progress, Result
from dockertui.model.reference import Reference

GATHER_S = 0.03
"""How long words may be gathered: nobody can read more than so many pictures a second."""
_ROOM = 64
_LONGEST_WORD = 16 << 20

Words = Iterator[tuple[Progress, ...]]


class Transfers:
    """Moves images, and gives all work with images its wire."""

    def __init__(self, connection: Connection, address: Address) -> None:
        """Work on an engine.

        Args:
            connection: Reaches it.
            address: Where it is.
        """
        self._connection = connection
        self._address = address
        self._auth_for: AuthFor = partial(from_store, outside_of(address.stand_in))

    def pull(self, reference: Reference, *, platform: str = "") -> Told:
        """Pull an image; without tag or digest, `latest`."""
        wanted = {"fromImage": reference.familiar_name, "tag": reference.version}
        if platform:
            wanted["platform"] = platform

        def read(wire: LongWire) -> Words:
            headers = self._asking_as(reference)
            wire.begin(self._long_target("/images/create", **wanted), headers=headers)
            wire.answer()
            yield from said(wire)
            yield (Result(image_id=reference.tagged().familiar),)

        return self._told(read)

    def push(self, reference: Reference) -> Told:
        """Push a tag to the registry that it names."""
        named = reference.tagged()
        path = f"/images/{quote(named.familiar_name, safe='/:')}/push"

        def read(wire: LongWire) -> Words:
            headers = self._asking_as(named, always=True)
            wire.begin(self._long_target(path, tag=named.tag), headers=headers)
            wire.answer()
            yield from said(wire)
            yield (Result(image_id=named.familiar),)

        return self._told(read)

    async def _told(
        self, read: Callable[[LongWire], Words], *, changes: bool = True
    ) -> AsyncGenerator[tuple[Progress, ...]]:
        """Say what `read` finds out on a wire of its own, until it is through or nobody listens."""
        if changes and self._connection.read_only:
            raise ReadOnlyRefused("Nothing is changed here: this session is read-only.")

        wire = LongWire(self._address)

        def work(_: Wire) -> Words:
            with self._connection.reaching(), _whole():
                yield from read(wire)

        async with aclosing(self._connection.stream(work, room=_ROOM, wire=wire)) as batches:
            async for batch in batches:
                yield tuple(word for words in batch for word in words)

    def _long_target(self, path: str, **params: str | tuple[str, ...]) -> str:
        target = self._connection.target("") + path
        return f"{target}?{urlencode(params, doseq=True)}" if params else target

    def _asking_as(self, reference: Reference, *, always: bool = False) -> Mapping[str, str]:
        """The header that says who asks; an engine that pushes wants one even of nobody."""
        config = self._auth_for(reference)
        return {HEADER: encoded(config)} if config or always else {}


@contextmanager
def _whole() -> Iterator[None]:
    """Take an answer that ends too early for a failure."""
    try:
        yield
    except CutShortError as error:
        raise EngineError(
            "The connection to the engine ended in the middle. What had been done by then, "
            "the lists show."
        ) from error


def said(wire: LongWire, heed: Callable[[Payload], None] = lambda _: None) -> Words:
    """What an engine says of its work, to the end.

    Args:
        wire: Carries the answer, of which no more than the head was read.
        heed: Is shown every word as it came.

    Raises:
        EngineError: When the work failed, in the engine's own words.
    """
    for batch in _payloads(wire):
        words: list[Progress] = []
        failure = ""
        for payload in batch:
            heed(payload)
            words += words_in(payload)
            failure = failure or failure_in(payload)
        yield tuple(words)
        if failure:
            raise EngineError(failure)


def _payloads(wire: LongWire) -> Iterator[list[Payload]]:
    rest = b""
    while piece := wire.recv():
        *lines, rest = (rest + piece).split(b"\n")
        if len(rest) > _LONGEST_WORD:
            raise EngineError("The engine's answer cannot be read: it has no end.")
        yield [object_in(line) for line in lines if line.strip()]
        time.sleep(GATHER_S)
    if rest.strip():
        yield [object_in(rest)]
