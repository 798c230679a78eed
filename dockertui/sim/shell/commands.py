"""What the shell does itself: control, variables, signals, and the table of all commands."""

from __future__ import annotations

import asyncio
import operator
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from dockertui.sim.signals import signal_number

if TYPE_CHECKING:
    from dockertui.sim.shell.shell import Shell

Command = Callable[["Shell", list[str]], Awaitable[int | None] | int | None]
COMMANDS: dict[str, Command] = {}
_COMPARED: dict[str, Callable[[int, int], bool]] = {
    "-eq": operator.eq,
    "-ne": operator.ne,
    "-lt": operator.lt,
    "-le": operator.le,
    "-gt": operator.gt,
    "-ge": operator.ge,
}


class Leave(Exception):
    """The shell ends."""

    def __init__(self, code: int) -> None:
        """End with `code`."""
        super().__init__(code)
        self.code = code


def command(*names: str) -> Callable[[Command], Command]:
    """Declare a command; it returns its exit code, or nothing for success."""

    def declare(function: Command) -> Command:
        COMMANDS.update(dict.fromkeys(names, function))
        return function

    return declare


@command("sleep")
async def sleep(shell: Shell, arguments: list[str]) -> int:
    """Wait."""
    seconds = 0.0
    for each in arguments:
        match = re.fullmatch(r"(\d*\.?\d+)([smhd]?)", each)
        if each in {"infinity", "inf"}:
            seconds = 1e9
        elif match is None:
            shell.err(f"sleep: invalid number '{each}'\n")
            return 1
        else:
            seconds += float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]
    await asyncio.sleep(seconds)
    return 0


@command("exit")
def leave(shell: Shell, arguments: list[str]) -> None:
    """End the shell."""
    raise Leave(int(arguments[0]) & 0xFF if arguments else shell.status)


@command("true", ":", "set", "umask", "hash")
def succeed(shell: Shell, _arguments: list[str]) -> None:
    """Do nothing, well."""
    del shell


@command("false")
def fail(_shell: Shell, _arguments: list[str]) -> int:
    """Do nothing, badly."""
    return 1


@command("cd")
def change_directory(shell: Shell, arguments: list[str]) -> int:
    """Go elsewhere."""
    path = shell.resolve(arguments[0] if arguments else shell.variables.get("HOME", "/"))
    if not shell.files.is_directory(path):
        shell.err(f"{shell.name}: cd: can't cd to {arguments[0]}: No such file or directory\n")
        return 2
    shell.directory = path
    return 0


@command("env", "printenv", "export")
def environment(shell: Shell, arguments: list[str]) -> int:
    """Write the environment, or put something into it."""
    for each in arguments:
        name, equals, value = each.partition("=")
        if equals:
            shell.variables[name] = value
        elif name in shell.variables:
            shell.out(f"{shell.variables[name]}\n")
        else:
            return 1
    if not arguments:
        shell.out("".join(f"{name}={value}\n" for name, value in shell.variables.items()))
    return 0


@command("command", "which", "type")
def find_command(shell: Shell, arguments: list[str]) -> int:
    """Say where a command is."""
    found = True
    for name in [each for each in arguments if not each.startswith("-")]:
        place = shell.program(name)
        if place is None:
            found = False
        else:
            shell.out(f"{place}\n")
    return 0 if found else 127


@command("kill")
def send_signal(shell: Shell, arguments: list[str]) -> int:
    """Signal the first process; others are not there for long enough."""
    options = [each[1:] for each in arguments if each.startswith("-")]
    number = signal_number(options[0].removeprefix("s")) if options else 15
    for each in arguments:
        if each in {"1", str(shell.pid)}:
            shell.signal_first_process(number)
    return 0


@command("trap")
def set_trap(shell: Shell, arguments: list[str]) -> None:
    """Say what to do on a signal."""
    for name in arguments[1:]:
        if name not in {"EXIT", "0"}:
            shell.traps[signal_number(name)] = arguments[0]


@command("wait")
async def wait(shell: Shell, _arguments: list[str]) -> int:
    """Wait for what runs in the background, or for a signal."""
    return await shell.wait_for_background()


@command("read")
async def read(shell: Shell, arguments: list[str]) -> int:
    """Read a line into variables."""
    line = await shell.read_line()
    names = [each for each in arguments if not each.startswith("-")] or ["REPLY"]
    words = (line or "").strip().split(None, len(names) - 1)
    shell.variables |= dict.fromkeys(names, "") | dict(zip(names, words, strict=False))
    return 0 if line is not None else 1


@command("test", "[")
def test(shell: Shell, arguments: list[str]) -> int:
    """Compare."""
    match [each for each in arguments if each != "]"]:
        case ["-f" | "-e" | "-s" | "-x" | "-r", path]:
            whole = shell.resolve(path)
            found = shell.files.read(whole) is not None or shell.files.is_directory(whole)
        case ["-d", path]:
            found = shell.files.is_directory(shell.resolve(path))
        case ["-z", text]:
            found = not text
        case ["-n", text] | [text]:
            found = bool(text)
        case [left, "=" | "==", right]:
            found = left == right
        case [left, "!=", right]:
            found = left != right
        case [left, comparison, right]:
            found = _COMPARED[comparison](int(left), int(right))
        case _:
            found = False
    return 0 if found else 1
