"""Containers: started, stopped, killed, paused, waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from http import HTTPStatus

from dockertui.sim.answers import NO_CONTENT, NOT_MODIFIED, Answer, Refusal, Stream, dumps
from dockertui.sim.container import Container
from dockertui.sim.ports import refuse_taken_ports
from dockertui.sim.routing import Call, route
from dockertui.sim.signals import signal_number


@route("POST", "/containers/{id}/start")
def start(call: Call) -> Answer:
    """Start a container."""
    container = _container(call)
    if container.state in {"running", "restarting"}:
        return NOT_MODIFIED
    try:
        refuse_taken_ports(container)
        container.life.start()
    except Refusal:
        # What could not start has ended, and was to be removed then.
        if container.host_config.get("AutoRemove"):
            call.world.remove_container(container)
        raise
    return NO_CONTENT


@route("POST", "/containers/{id}/stop")
async def stop(call: Call) -> Answer:
    """Stop a container."""
    container = _container(call)
    if not container.is_up and container.state != "restarting":
        return NOT_MODIFIED
    await _see_through(call, container.life.stop(_grace_s(call)))
    return NO_CONTENT


@route("POST", "/containers/{id}/restart")
async def restart(call: Call) -> Answer:
    """Stop a container and start it."""
    await _see_through(call, _container(call).life.restart(_grace_s(call)))
    return NO_CONTENT


@route("POST", "/containers/{id}/kill")
def kill(call: Call) -> Answer:
    """Send a container a signal."""
    reference = call.path["id"]
    number: int | str = call.query.get("signal") or "KILL"
    try:
        number = signal_number(str(number))
        call.world.container(reference).life.kill(number)
    except LookupError as error:
        raise Refusal(500, f"Cannot kill container: {reference}: {error.args[0]}") from None
    except Refusal as refusal:
        if refusal.status == HTTPStatus.BAD_REQUEST:
            raise
        message = f"Cannot kill container: {reference}: {refusal.message}"
        raise Refusal(refusal.status, message) from None
    return NO_CONTENT


@route("POST", "/containers/{id}/pause")
def pause(call: Call) -> Answer:
    """Freeze a container."""
    _container(call).life.pause()
    return NO_CONTENT


@route("POST", "/containers/{id}/unpause")
def unpause(call: Call) -> Answer:
    """Let a frozen container go on."""
    _container(call).life.unpause()
    return NO_CONTENT


@route("POST", "/containers/{id}/wait")
def wait(call: Call) -> Answer:
    """Wait until a container has ended; the head of the answer does not wait."""
    container = _container(call)
    condition, exits = call.query.get("condition") or "not-running", container.life.exits

    async def code() -> AsyncIterator[bytes]:
        exit_code = await container.life.ended(condition, exits)
        yield dumps({"Error": None, "StatusCode": exit_code}) + b"\n"

    return Stream(code(), "application/json")


def _container(call: Call) -> Container:
    return call.world.container(call.path["id"])


def _grace_s(call: Call) -> float | None:
    return float(call.number("t", 0)) if call.query.get("t") else None


async def _see_through(call: Call, work: Awaitable[None]) -> None:
    """Do it to the end even if the client leaves, as the engine does."""

    async def whole() -> None:
        await work

    await asyncio.shield(call.world.spawn(whole()))
