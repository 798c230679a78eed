"""The small shell, executed and attached to."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import Any

import docker
import pytest
from docker import APIClient

from dockertui.sim.server import SimulatedEngine
from tests.unit.sim.conftest import PATIENCE_S, Run, until


@pytest.mark.parametrize(
    ("script", "output"),
    [
        ("echo 'a  b' \"c  d\" e\\ f", "a  b c  d e f\n"),
        ("x=1; y=\"$x 2\"; echo $y ${z:-none} '$x'", "1 2 none $x\n"),
        ("for i in 1 2 3; do echo $i; done | tail -n 1", "3\n"),
        ("i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i", "3\n"),
        ("if false; then echo a; elif true; then echo b; else echo c; fi", "b\n"),
        ("false || echo no && echo yes", "no\nyes\n"),
        ("echo $(echo inner | grep inn)", "inner\n"),
        ("printf '%s=%03d\\n' a 7 b 8", "a=007\nb=008\n"),
        ("echo one > /tmp/f; echo two >> /tmp/f; cat /tmp/f", "one\ntwo\n"),
        ("cd /tmp && pwd", "/tmp\n"),
        ("sh -c 'echo deep; exit 4'; echo $?", "deep\n4\n"),
        ("! false && echo negated", "negated\n"),
        ("echo $((2+3*4)) $((7%3))", "14 1\n"),
        ("# nothing\necho after", "after\n"),
        ("command -v bash || command -v sh", "/bin/sh\n"),
        ("(echo a; echo b) | wc -l", "2\n"),
        ("X=5 env | grep ^X=", "X=5\n"),
    ],
)
async def test_a_script_writes_what_sh_would(
    client: APIClient, run: Run, script: str, output: str
) -> None:
    container = await run(script)
    await until(lambda: container.state == "exited")
    assert (await asyncio.to_thread(client.logs, container.id)).decode() == output


async def test_what_is_wrong_goes_to_stderr_and_into_the_exit_code(
    client: APIClient, run: Run
) -> None:
    for script, code, words in (
        ("nonesuch", 127, b"sh: nonesuch: not found"),
        ("cat /nowhere", 1, b"No such file"),
        ("echo 'open", 2, b"unterminated quoted string"),
        ("done", 2, b'unexpected "done"'),
    ):
        container = await run(script)
        assert (await asyncio.to_thread(client.wait, container.id))["StatusCode"] == code
        assert words in await asyncio.to_thread(client.logs, container.id, stdout=False)


async def test_a_trap_answers_a_signal(client: APIClient, run: Run) -> None:
    container = await run("trap 'echo bye; exit 5' USR1; while true; do sleep 0.01; done")
    await asyncio.to_thread(client.kill, container.id, signal="USR1")
    assert (await asyncio.to_thread(client.wait, container.id))["StatusCode"] == 5
    assert await asyncio.to_thread(client.logs, container.id) == b"bye\n"


async def execute(
    client: APIClient,
    container_id: str,
    command: list[str],
    **more: Any,
) -> tuple[Any, int]:
    """Execute something; what it wrote, and its exit code."""

    def work() -> tuple[Any, int]:
        made = client.exec_create(container_id, command, **more)
        output = client.exec_start(made["Id"], demux=True)
        return output, client.exec_inspect(made["Id"])["ExitCode"]

    return await asyncio.to_thread(work)


async def test_a_command_is_executed(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")
    script = ["sh", "-c", "echo $WHO; pwd; echo no >&2; exit 3"]
    output, code = await execute(
        client, container.id, script, environment={"WHO": "me"}, workdir="/tmp"
    )
    assert output == (b"me\n/tmp\n", b"no\n")
    assert code == 3


async def test_what_cannot_be_executed_says_why(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")
    for command, more, words in (
        (["bash"], {}, b'exec: "bash": executable file not found in $PATH'),
        (["/bin/bash"], {}, b'exec: "/bin/bash": stat /bin/bash: no such file or directory'),
        (["sh"], {"workdir": "/nowhere"}, b'chdir to cwd ("/nowhere")'),
        (["sh"], {"user": "nobody2"}, b"unable to find user nobody2"),
    ):
        (output, _), code = await execute(client, container.id, command, **more)
        assert words in output
        assert code == 126


async def test_nothing_is_executed_in_one_that_does_not_run(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")
    container.life.pause()
    with pytest.raises(docker.errors.APIError, match="unpause the container before exec"):
        await asyncio.to_thread(client.exec_create, container.id, "sh")
    container.life.unpause()
    container.crash()
    with pytest.raises(docker.errors.APIError, match="is not running"):
        await asyncio.to_thread(client.exec_create, container.id, "sh")


class Talk:
    """A person at the other end of a hijacked connection."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._wire: socket.socket = stream._sock  # noqa: SLF001
        self._wire.settimeout(PATIENCE_S)
        self.heard = b""

    def say(self, text: bytes) -> None:
        """Type."""
        self._wire.sendall(text)

    def hear(self, text: bytes) -> None:
        """Wait until something was written."""
        while text not in self.heard:
            piece = self._wire.recv(65536)
            assert piece, self.heard
            self.heard += piece

    def hear_the_end(self) -> None:
        """Wait until the other side has closed."""
        while piece := self._wire.recv(65536):
            self.heard += piece
        self.leave()

    def leave(self) -> None:
        """Close."""
        self._stream.close()
        self._wire.close()


def open_shell(client: APIClient, container_id: str) -> tuple[str, Talk]:
    """Execute a shell on a terminal."""
    made = client.exec_create(container_id, "sh", tty=True, stdin=True)
    stream = client.exec_start(made["Id"], tty=True, socket=True)
    return made["Id"], Talk(stream)


async def test_a_shell_is_typed_to(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")

    def person() -> int:
        id_, talk = open_shell(client, container.id)
        talk.hear(b"/ # ")
        client.exec_resize(id_, height=33, width=111)
        talk.say(b"stty size\r")
        talk.hear(b"33 111\r\n")
        talk.say(b"ecko\x7f\x7fho typed\x1b[12;3R\r")
        talk.hear(b"typed\r\n")
        talk.say(b"sleep 1000\r")
        talk.hear(b"sleep 1000\r\n")
        time.sleep(0.05)
        talk.say(b"\x03")
        talk.hear(b"^C\r\n")
        talk.say(b"exit 3\r")
        talk.hear_the_end()
        return int(client.exec_inspect(id_)["ExitCode"])

    assert await asyncio.to_thread(person) == 3


async def test_a_shell_goes_on_when_its_client_has_left(
    engine: SimulatedEngine, client: APIClient, run: Run
) -> None:
    container = await run("sleep 100")

    def person() -> str:
        id_, talk = open_shell(client, container.id)
        talk.hear(b"/ # ")
        talk.leave()
        return id_

    execution = engine.world.executions[await asyncio.to_thread(person)]
    assert execution.running
    container.crash()
    await until(lambda: not execution.running)


async def test_attaching_types_to_the_first_process(client: APIClient) -> None:
    made = await asyncio.to_thread(
        client.create_container, "busybox:1", "sh", tty=True, stdin_open=True
    )
    await asyncio.to_thread(client.start, made["Id"])

    def person(last: bytes) -> bytes:
        asked = {"stdin": 1, "stdout": 1, "stream": 1}
        talk = Talk(client.attach_socket(made["Id"], params=asked))
        talk.say(b"echo here\r")
        talk.hear(b"here\r\n")
        talk.hear(b"# ")
        talk.say(last)
        talk.hear_the_end()
        return talk.heard

    await asyncio.to_thread(person, b"\x10\x11")
    state = (await asyncio.to_thread(client.inspect_container, made["Id"]))["State"]
    assert state["Running"]
    await asyncio.to_thread(person, b"exit 4\r")
    assert (await asyncio.to_thread(client.wait, made["Id"]))["StatusCode"] == 4


async def test_attaching_to_a_frozen_one_is_refused(engine: SimulatedEngine, run: Run) -> None:
    container = await run("sleep 100")
    container.life.pause()
    reader, writer = await asyncio.open_unix_connection(engine.socket_path)
    target = f"/containers/{container.id}/attach?stream=1"
    writer.write(f"POST {target} HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 409 Conflict")
    assert b"unpause the container before attach" in answer
