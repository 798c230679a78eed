"""Commands executed in containers."""

from __future__ import annotations

import asyncio

from dockertui.sim.answers import NOTHING, Answer, Channel, Hijack, Refusal, ok
from dockertui.sim.conversation import Conversation
from dockertui.sim.execution import Execution
from dockertui.sim.frames import STDOUT
from dockertui.sim.routing import Call, route

_PATIENCE_S = 10.0
STARTING_S = 0.02
"""How long a runtime takes to begin; docker-py loses what comes in one packet with the head."""


@route("POST", "/containers/{id}/exec")
def create(call: Call) -> Answer:
    """Prepare to execute a command."""
    container = call.world.container(call.path["id"])
    asked = call.body()
    if not asked.get("Cmd"):
        raise Refusal(400, "No exec command specified")
    if container.state == "paused":
        raise Refusal(
            409, f"Container {container.name} is paused, unpause the container before exec"
        )
    if not container.is_up:
        raise Refusal(409, f"Container {container.id} is not running")
    execution = Execution(call.world.new_id(), container, asked)
    call.world.executions[execution.id] = execution
    container.emit(f"exec_create: {' '.join(execution.command)}", execID=execution.id)
    return ok({"Id": execution.id}, 201)


@route("POST", "/exec/{id}/start")
def start(call: Call) -> Answer:
    """Execute it, and talk with it unless it shall be left alone."""
    execution = _find(call)
    body = call.body()
    if execution.running or execution.exit_code is not None:
        raise Refusal(409, f"Error: Exec command {execution.id} has already run")
    if not execution.container.is_up:
        raise Refusal(409, f"Container {execution.container.id} is not running")
    problem = execution.problem()
    if problem is not None:
        execution.refuse()
    if not body.get("Detach"):
        return Hijack(_Talk(execution, problem).begin, tuple(call.world.host.headers()))
    if problem is not None:
        raise Refusal(400, problem)
    call.world.spawn(execution.run(_nowhere))
    return NOTHING


@route("POST", "/exec/{id}/resize")
async def resize(call: Call) -> Answer:
    """Say how large its terminal is."""
    execution = _find(call)
    if execution.exit_code is not None:
        raise Refusal(404, "no such exec")
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await execution.begun.wait()
    except TimeoutError:
        raise Refusal(500, "timeout waiting for exec session ready") from None
    if execution.session is not None:
        execution.session.size = (call.number("h", 0), call.number("w", 0))
    return NOTHING


@route("GET", "/exec/{id}/json")
def inspect(call: Call) -> Answer:
    """Tell everything about it."""
    return ok(_find(call).inspect())


def _find(call: Call) -> Execution:
    id_ = call.path["id"]
    if id_ not in call.world.executions:
        raise Refusal(404, f"No such exec instance: {id_}")
    return call.world.executions[id_]


def _nowhere(_stream: int, _text: str) -> None:
    """Take what nobody wants to read."""


class _Talk:
    """A client that talks with what it executes."""

    def __init__(self, execution: Execution, problem: str | None) -> None:
        self._execution = execution
        self._problem = problem

    async def begin(self, channel: Channel) -> None:
        execution = self._execution
        asked = execution.asked
        conversation = Conversation(
            channel,
            raw=execution.has_tty,
            stdout=bool(asked.get("AttachStdout")),
            stderr=bool(asked.get("AttachStderr")),
        )
        if self._problem is not None:
            await asyncio.sleep(STARTING_S)
            conversation.emit(STDOUT, f"{self._problem}\r\n")
            return
        await asyncio.sleep(STARTING_S)
        run = execution.container.world.spawn(execution.run(conversation.emit))
        await execution.begun.wait()
        await self._listen(conversation, run)

    async def _listen(self, conversation: Conversation, run: asyncio.Task[None]) -> None:
        session = self._execution.session
        reads = bool(self._execution.asked.get("AttachStdin")) and session is not None
        listening = asyncio.ensure_future(
            conversation.listen(
                session.feed if session is not None and reads else None,
                session.hang_up if session is not None and reads else None,
            )
        )
        leaving = asyncio.ensure_future(conversation.is_over.wait())
        try:
            # The program goes on when its client has left, as it does in the engine.
            await asyncio.wait({run, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            listening.cancel()
            leaving.cancel()
        if conversation.was_detached:
            self._execution.container.emit("exec_detach", execID=self._execution.id)
