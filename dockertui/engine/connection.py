"""What every request to an engine goes through: who it is, how to reach it, what may go wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

from dockertui.engine.address import Address
from dockertui.engine.errors import EngineError, EngineUnavailable, ProblemKind, TimedOut
from dockertui.engine.payload.system import parse_version
from dockertui.engine.prefetch import VERSION, Opening, Prefetch
from dockertui.engine.problems import problem, unavailable
from dockertui.engine.streams import S, follow
from dockertui.engine.threads import in_thread
from dockertui.engine.wire import NotHTTPError, Wire, fetch
from dockertui.model import EngineInfo

if TYPE_CHECKING:
    from dockertui.engine.client import Client

T = TypeVar("T")

CONNECT_TIMEOUT_S = 2.5
READ_TIMEOUT_S = 10.0
CHANGE_TIMEOUT_S = 30.0
_CHANGES_AT_ONCE = 24
_WARM_UP_AFTER_S = 0.3
_OLDEST_API = (1, 24)


class Connection:
    """Reaches one engine. Its coroutines are for the event loop, the rest for any thread."""

    def __init__(
        self, address: Address, *, read_only: bool = False, prefetch: Prefetch | None = None
    ) -> None:
        """Describe the engine; nothing is sent until the first call.

        Args:
            address: Where it is.
            read_only: Refuse whatever is not a read.
            prefetch: Has asked the first questions already; the first answers come from it.
        """
        self._address = address
        self._read_only = read_only
        self._prefetch = prefetch
        self._opening: Opening | None = None
        self._info: EngineInfo | None = None
        self._client: Client | None = None
        self._client_lock = Lock()
        self._changing = asyncio.Semaphore(_CHANGES_AT_ONCE)
        self._wires: set[Wire] = set()

    @property
    def name(self) -> str:
        """What it is called on screen: its context's name, or `default`."""
        return self._address.name

    @property
    def address(self) -> str:
        """Its URL, e.g. `unix:///var/run/docker.sock`."""
        return self._address.url

    @property
    def stand_in(self) -> str:
        """The folder that stands in for what is outside of it; empty for the world."""
        return self._address.stand_in

    @property
    def read_only(self) -> bool:
        """Is everything refused that is not a read?"""
        return self._read_only

    async def connect(self) -> EngineInfo:
        """Reach the engine, anew if need be, and agree on an API version.

        Raises:
            EngineUnavailable: With the reason in words; within 3 s when it stays silent.
        """
        prefetch, self._prefetch = self._prefetch, None
        self._opening = await prefetch.take() if prefetch is not None else None
        if self._opening is not None:
            self._info = self._checked(self._opening.answers[VERSION])
            asyncio.get_running_loop().call_later(_WARM_UP_AFTER_S, self._warm_up)
        else:
            self._info = self._checked(await self._ask(VERSION, CONNECT_TIMEOUT_S))
        return self._info

    async def ping(self, *, timeout_s: float = 1.8) -> None:
        """Ask for a sign of life; raise `EngineUnavailable` when there is none in time."""
        await self._ask("/_ping", timeout_s)

    async def close(self) -> None:
        """Close every connection and end every stream, at once."""
        for wire in tuple(self._wires):
            wire.shut()
        if self._client is not None:
            self._client.close()

    async def _known(self) -> EngineInfo:
        """Who it is, and what is spoken with it."""
        return await self.connect() if self._info is None else self._info

    async def _ask(self, target: str, timeout_s: float) -> bytes:
        """Ask whether it is there at all, so that whatever goes wrong means that it is not."""
        try:
            return await in_thread(
                lambda: fetch(self._address, target, timeout_s=timeout_s), timeout_s=timeout_s
            )
        except (OSError, NotHTTPError, EngineError) as error:
            raise unavailable(error, self._address) from error

    def _foreseen(self, target: str) -> bytes | None:
        """The answer to one of the first questions, if it is there and fresh; once each."""
        return self._opening.take(target) if self._opening is not None else None

    async def _call(
        self, request: Callable[[Client], T], *, timeout_s: float = READ_TIMEOUT_S
    ) -> T:
        """Do something with docker-py's client, in a thread."""
        await self._known()
        try:
            return await in_thread(lambda: self._answered(request), timeout_s=timeout_s)
        except TimeoutError as error:
            raise TimedOut(f"The engine did not answer within {timeout_s:.0f} s.") from error

    async def _change(
        self, request: Callable[[Client], T], *, timeout_s: float = CHANGE_TIMEOUT_S
    ) -> T:
        """Do something that changes the engine; a few at once, whatever is marked."""
        async with self._changing:
            return await self._call(request, timeout_s=timeout_s)

    async def _stream(
        self,
        read: Callable[[Wire], Iterator[S]],
        *,
        room: int,
        quiet_s: float | None = None,
        wire: Wire | None = None,
    ) -> AsyncGenerator[list[S]]:
        """Iterate what `read` makes of a wire, or of a new one, that `close` can end, too.

        See `follow`.
        """
        await self._known()
        wire = wire or Wire(self._address)
        self._wires.add(wire)
        try:
            async with aclosing(follow(wire, read, room=room, quiet_s=quiet_s)) as batches:
                async for batch in batches:
                    yield batch
        finally:
            self._wires.discard(wire)

    def _target(self, path: str, *names: str, **params: str) -> str:
        """The path and query of a request, in the API version agreed on."""
        version = self._info.api_version if self._info else ""
        filled = path.format(*(quote(name, safe=":") for name in names))
        return f"/v{version}{filled}?{urlencode(params)}" if params else f"/v{version}{filled}"

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        """Say in our words why a wire cannot be opened."""
        try:
            yield
        except (OSError, NotHTTPError) as error:
            raise unavailable(error, self._address) from error

    # What parts of the engine layer use that are imported only when they are first wanted.
    call, change, stream, target, reaching = _call, _change, _stream, _target, _reaching

    def _answered(self, request: Callable[[Client], T]) -> T:
        from docker.errors import DockerException

        try:
            return request(self._connected())
        except json.JSONDecodeError as error:
            raise EngineError("The engine's answer cannot be read: it is not JSON.") from error
        except DockerException as error:
            raise EngineError(str(error)) from error

    def _connected(self) -> Client:
        """docker-py's client; importing it costs about 100 ms, in whichever thread comes first."""
        from dockertui.engine.client import Client

        version = self._info.api_version if self._info else ""
        with self._client_lock:
            if self._client is None or self._client.api_version != version:
                self._client = Client(self._address, api_version=version, read_only=self._read_only)
            return self._client

    def _warm_up(self) -> None:
        Thread(target=self._connected, name="engine-warm-up", daemon=True).start()

    def _checked(self, version: bytes) -> EngineInfo:
        """Who answered, if it is an engine that we can speak to."""
        payload = _object(version)
        if not isinstance(payload.get("ApiVersion"), str):
            raise EngineUnavailable(problem(ProblemKind.NOT_AN_ENGINE, self._address))
        info = parse_version(payload)
        if _numbers(info.api_version) < _OLDEST_API:
            detail = f"it speaks API {info.api_version}"
            raise EngineUnavailable(problem(ProblemKind.TOO_OLD, self._address, detail))
        return info


def _object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body.decode(errors="replace"))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(it) for it in version.split(".") if it.isascii() and it.isdigit())
