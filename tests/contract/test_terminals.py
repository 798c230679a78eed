"""A terminal in a container."""

from __future__ import annotations

import asyncio

import pytest

from dockertui.engine import ExecRequest, ObjectNotFound, StateConflict, Terminal
from tests.contract.subject import Subject


async def read_until(terminal: Terminal, text: bytes) -> bytes:
    """What is written until a text is there."""
    got = b""
    async with asyncio.timeout(10):
        while text not in got:
            piece = await asyncio.to_thread(terminal.recv, 65536)
            assert piece, got
            got += piece
    return got


async def read_all(terminal: Terminal) -> bytes:
    """What is written until the process ends."""
    got = b""
    async with asyncio.timeout(10):
        while piece := await asyncio.to_thread(terminal.recv, 65536):
            got += piece
    return got


async def test_a_shell_is_found(subject: Subject) -> None:
    assert await subject.engine.find_shell(await subject.make()) in {"ash", "sh"}


async def test_a_shell_answers_what_is_typed(subject: Subject) -> None:
    container_id = await subject.make()
    terminal = await subject.engine.execute(container_id, ExecRequest(command=("sh",)))
    assert terminal.tty
    assert terminal.title == "sh"
    await asyncio.to_thread(terminal.resize, 100, 30)
    terminal.sendall(b"echo $((6*7))\r")
    await read_until(terminal, b"42")
    assert await asyncio.to_thread(terminal.exit_code) is None
    terminal.sendall(b"exit 3\r")
    await read_all(terminal)
    assert await asyncio.to_thread(terminal.exit_code) == 3
    terminal.close()


async def test_the_size_of_the_window_is_known_there(subject: Subject) -> None:
    container_id = await subject.make()
    terminal = await subject.engine.execute(container_id, ExecRequest(command=("sh",)))
    for columns, rows in ((100, 30), (80, 24)):
        await asyncio.to_thread(terminal.resize, columns, rows)
        terminal.sendall(b"stty size\r")
        await read_until(terminal, b"%d %d" % (rows, columns))
    terminal.close()


async def test_user_and_folder_are_heeded(subject: Subject) -> None:
    container_id = await subject.make()
    request = ExecRequest(command=("sh", "-c", "id; pwd"), user="77", working_dir="/tmp")
    terminal = await subject.engine.execute(container_id, request)
    who, where = (await read_all(terminal)).splitlines()
    assert b"77" in who
    assert where == b"/tmp"
    terminal.close()


async def test_what_does_not_run_has_no_terminal(subject: Subject) -> None:
    stopped, paused = await subject.make(start=False), await subject.make()
    await subject.engine.pause(paused)
    for container_id in (stopped, paused):
        with pytest.raises(StateConflict):
            await subject.engine.find_shell(container_id)
        with pytest.raises(StateConflict):
            await subject.engine.execute(container_id, ExecRequest(command=("sh",)))
        with pytest.raises(StateConflict):
            await subject.engine.attach(container_id)
    with pytest.raises(ObjectNotFound):
        await subject.engine.attach("f" * 64)


async def test_a_command_that_is_not_there_is_told(subject: Subject) -> None:
    container_id = await subject.make()
    terminal = await subject.engine.execute(container_id, ExecRequest(command=("no-such-thing",)))
    assert b"no-such-thing" in await read_all(terminal)
    assert await asyncio.to_thread(terminal.exit_code) in {126, 127}
    await asyncio.to_thread(terminal.resize, 80, 24)
    terminal.close()


async def test_attaching_to_a_terminal_may_be_left(subject: Subject) -> None:
    container_id = await subject.make("sh", tty=True, stdin_open=True)
    terminal = await subject.engine.attach(container_id)
    assert terminal.tty
    await asyncio.to_thread(terminal.resize, 90, 20)
    terminal.sendall(b"echo $((6*7))\r")
    await read_until(terminal, b"42")
    terminal.sendall(b"\x10\x11")
    await read_all(terminal)
    assert await asyncio.to_thread(terminal.exit_code) is None
    terminal.close()


async def test_attaching_without_a_terminal_gives_plain_output(subject: Subject) -> None:
    container_id = await subject.make("cat", stdin_open=True, detach=True)
    terminal = await subject.engine.attach(container_id)
    assert not terminal.tty
    terminal.sendall(b"hello\n")
    assert await read_until(terminal, b"hello\n") == b"hello\n"
    terminal.sendall(b"\x10")
    terminal.sendall(b"\x11")
    await read_all(terminal)
    assert await asyncio.to_thread(terminal.exit_code) is None
    terminal.close()


async def test_the_end_of_what_one_is_attached_to_is_seen(subject: Subject) -> None:
    container_id = await subject.make("sh", tty=True, stdin_open=True)
    terminal = await subject.engine.attach(container_id)
    terminal.sendall(b"exit 5\r")
    await read_all(terminal)
    assert await asyncio.to_thread(terminal.exit_code) == 5
    terminal.close()
