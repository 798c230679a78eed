"""Attaching to what a container's first process reads and writes."""

from __future__ import annotations

import asyncio

from dockertui.sim.answers import NOTHING, Answer, Channel, Hijack, Refusal, Reply
from dockertui.sim.container import Container
from dockertui.sim.conversation import Conversation
from dockertui.sim.log import LogQuery
from dockertui.sim.routing import Call, route

_RAW = "application/vnd.docker.raw-stream"


@route("POST", "/containers/{id}/attach")
def attach(call: Call) -> Answer:
    """Talk with a container's first process."""
    # The engine refuses this in plain text: it has left HTTP before it looks.
    try:
        container = call.world.container(call.path["id"])
    except Refusal as refusal:
        return Reply(f"{refusal.message}\r\n".encode(), refusal.status, _RAW)
    if container.state == "paused":
        text = f"container {call.path['id']} is paused, unpause the container before attach\r\n"
        return Reply(text.encode(), 409, _RAW)
    container.emit("attach")
    return Hijack(_Attachment(container, call).talk)


@route("POST", "/containers/{id}/resize")
def resize(call: Call) -> Answer:
    """Say how large a container's terminal is."""
    container = call.world.container(call.path["id"])
    try:
        rows, columns = call.number("h", 0), call.number("w", 0)
    except Refusal as refusal:
        raise Refusal(400, refusal.message) from None
    if not container.is_up:
        raise Refusal(409, f"Container {container.id} is not running")
    if container.life.session is not None:
        container.life.session.size = (rows, columns)
    container.emit("resize", height=str(rows), width=str(columns))
    return NOTHING


class _Attachment:
    """A client attached to a container."""

    def __init__(self, container: Container, call: Call) -> None:
        self._container = container
        self._reads = call.flag("stdin")
        self._streams = call.flag("stream")
        self._replays = call.flag("logs")
        self._query = LogQuery(
            follow=call.flag("stream"),
            stdout=call.flag("stdout"),
            stderr=call.flag("stderr"),
            tail=None if call.flag("logs") else 0,
            raw=container.has_tty,
        )

    async def talk(self, channel: Channel) -> None:
        container = self._container
        conversation = Conversation(
            channel,
            raw=container.has_tty,
            stdout=self._query.stdout,
            stderr=self._query.stderr,
        )
        if self._replays and not self._streams:
            await self._follow_log(channel)
            return
        # What a program writes the moment it starts is for whoever is attached already.
        container.taps.add(conversation.emit)
        try:
            await container.life.begun(container.life.exits)
            await self._follow(channel, conversation)
        finally:
            container.taps.discard(conversation.emit)
        if conversation.was_detached:
            container.emit("detach")

    async def _follow(self, channel: Channel, conversation: Conversation) -> None:
        container = self._container
        work = [
            asyncio.ensure_future(self._listen(conversation)),
            asyncio.ensure_future(conversation.is_over.wait()),
            asyncio.ensure_future(container.life.ended()),
        ]
        writing = asyncio.ensure_future(self._write(channel, conversation))
        try:
            await asyncio.wait({*work[1:]}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*work, writing):
                task.cancel()

    async def _listen(self, conversation: Conversation) -> None:
        session = self._container.life.session if self._reads else None
        closes = session is not None and self._container.config.get("StdinOnce")
        await conversation.listen(
            session.feed if session is not None else None,
            session.hang_up if session is not None and closes else None,
        )

    async def _write(self, channel: Channel, conversation: Conversation) -> None:
        """Pass on what is written at once, or line by line where it is known ahead."""
        container = self._container
        if container.life.session is None and container.is_up:
            container.taps.discard(conversation.emit)
            await self._follow_log(channel)
            return
        await conversation.is_over.wait()

    async def _follow_log(self, channel: Channel) -> None:
        async for piece in self._container.log.read(self._query):
            channel.write(piece)
            await channel.drain()
