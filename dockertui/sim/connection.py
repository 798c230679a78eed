"""One client's connection: HTTP in, HTTP out, until it is hijacked or closed."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import h11

from dockertui.sim import routing
from dockertui.sim.answers import Answer, Hijack, Refusal, Reply, Stream, ok

if TYPE_CHECKING:
    from dockertui.sim.trouble import Trouble
    from dockertui.sim.world import World

_PIECE = 1 << 16
T = TypeVar("T")


class _Gone(Exception):
    """The client has left."""


@dataclass(frozen=True, slots=True)
class _Request:
    head: h11.Request
    content: bytes

    def header(self, name: bytes) -> str:
        return next(
            (value.decode("latin-1") for key, value in self.head.headers if key == name), ""
        )


class Connection:
    """Answers what one client asks, one request after the other."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        world: World,
        trouble: Trouble,
    ) -> None:
        """Serve `world` over a connection that was just accepted."""
        self._reader = reader
        self._writer = writer
        self._world = world
        self._trouble = trouble
        self._http = h11.Connection(h11.SERVER)

    async def serve(self) -> None:
        """Answer until either side has had enough."""
        try:
            while (request := await self._next_request()) is not None:
                await self._handle(request)
                if self._http.our_state is not h11.DONE:
                    break
                self._http.start_next_cycle()
        except (ConnectionError, _Gone, h11.RemoteProtocolError):
            pass
        finally:
            self._writer.close()

    def abort(self) -> None:
        """Cut the connection, whatever it was doing."""
        self._writer.transport.abort()

    async def _next_request(self) -> _Request | None:
        head: h11.Request | None = None
        content = bytearray()
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                if self._http.they_are_waiting_for_100_continue:
                    go_on = h11.InformationalResponse(status_code=100, headers=[])
                    self._writer.write(self._http.send(go_on) or b"")
                self._http.receive_data(await self._reader.read(_PIECE))
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                content += event.data
            elif isinstance(event, h11.EndOfMessage) and head is not None:
                return _Request(head, bytes(content))
            else:
                return None

    async def _handle(self, request: _Request) -> None:
        if self._trouble.silent:
            await self._while_connected(asyncio.get_running_loop().create_future())
        if self._trouble.delay_s:
            await self._while_connected(asyncio.sleep(self._trouble.delay_s))
        if self._trouble.rubbish:
            self._writer.write(self._trouble.rubbish)
            raise _Gone
        try:
            answer = await self._answer(request)
        except Refusal as refusal:
            answer = ok({"message": refusal.message}, refusal.status)
        match answer:
            case Reply():
                await self._reply(answer)
            case Stream():
                await self._while_connected(self._stream(answer))
            case Hijack():
                await self._hijack(
                    answer, upgraded="upgrade" in request.header(b"connection").lower()
                )

    async def _answer(self, request: _Request) -> Answer:
        path, query = routing.parse_target(request.head.target.decode("latin-1"))
        version, path = routing.split_version(path)
        method = request.head.method.decode("latin-1")
        self._trouble.check(method, path)
        handler, places = routing.find(method, path)
        call = routing.Call(
            self._world,
            method,
            places,
            query,
            request.content,
            request.header(b"content-type"),
            version,
        )
        answer = handler(call)
        if inspect.isawaitable(answer):
            return await self._while_connected(answer)
        return answer

    async def _while_connected(self, work: Awaitable[T]) -> T:
        """Do something that takes time, but not for longer than the client waits for it."""
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                hears = asyncio.ensure_future(self._reader.read(_PIECE))
                try:
                    await asyncio.wait({task, hears}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    hears.cancel()
                    await asyncio.wait({hears})
                if hears.done() and not hears.cancelled():
                    data = hears.result()
                    self._http.receive_data(data)
                    if not data and not task.done():
                        raise _Gone
            return task.result()
        finally:
            task.cancel()

    async def _reply(self, reply: Reply) -> None:
        headers = self._headers(reply.headers)
        if reply.body is not None:
            if reply.body:
                headers.append(("Content-Type", reply.content_type))
            headers.append(("Content-Length", str(len(reply.body))))
        self._send_head(reply.status, headers)
        if reply.body:
            self._writer.write(self._http.send(h11.Data(data=reply.body)) or b"")
        self._writer.write(self._http.send(h11.EndOfMessage()) or b"")
        await self._writer.drain()

    async def _stream(self, stream: Stream) -> None:
        headers = self._headers(())
        if stream.content_type is not None:
            headers.append(("Content-Type", stream.content_type))
        self._send_head(200, headers)
        try:
            async for piece in stream.pieces:
                self._writer.write(self._http.send(h11.Data(data=piece)) or b"")
                await self._writer.drain()
        finally:
            await _close(stream.pieces)
        self._writer.write(self._http.send(h11.EndOfMessage()) or b"")
        await self._writer.drain()

    async def _hijack(self, hijack: Hijack, *, upgraded: bool) -> None:
        head = [
            "HTTP/1.1 101 UPGRADED" if upgraded else "HTTP/1.1 200 OK",
            "Content-Type: application/vnd.docker.raw-stream",
            *(["Connection: Upgrade", "Upgrade: tcp"] if upgraded else []),
            *(f"{name}: {value}" for name, value in hijack.headers),
        ]
        self._writer.write("\r\n".join([*head, "", ""]).encode())
        await hijack.talk(_Wire(self._reader, self._writer, self._http.trailing_data[0]))
        await self._writer.drain()
        raise _Gone

    def _send_head(self, status: int, headers: list[tuple[str, str]]) -> None:
        reason = HTTPStatus(status).phrase.encode()
        response = h11.Response(status_code=status, headers=headers, reason=reason)
        self._writer.write(self._http.send(response) or b"")

    def _headers(self, more: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
        return [
            *self._world.host.headers(),
            ("Date", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())),
            *more,
        ]


class _Wire:
    """A hijacked connection."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, already_read: bytes
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._already_read = already_read

    async def read(self) -> bytes:
        """Wait for what the client says; nothing at all once it has said its last."""
        if self._already_read:
            early, self._already_read = self._already_read, b""
            return early
        return await self._reader.read(_PIECE)

    def write(self, data: bytes) -> None:
        """Say something to the client."""
        self._writer.write(data)

    async def drain(self) -> None:
        """Wait while the client has too much unread."""
        await self._writer.drain()


async def _close(pieces: object) -> None:
    closing: Coroutine[Any, Any, None] | None = getattr(pieces, "aclose", lambda: None)()
    if closing is not None:
        await closing
