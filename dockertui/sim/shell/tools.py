"""The small programs that every image with a shell has."""

from __future__ import annotations

import asyncio
import posixpath
import re
import time
from typing import TYPE_CHECKING

from dockertui.sim.clock import SECOND, how_long
from dockertui.sim.shell.commands import command

if TYPE_CHECKING:
    from dockertui.sim.shell.shell import Shell

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "a": "\x07", "\\": "\\", "0": "\0"}
_AT_ONCE = 500


@command("echo")
def echo(shell: Shell, arguments: list[str]) -> None:
    """Write the arguments."""
    end, escapes = "\n", False
    while arguments and re.fullmatch("-[neE]+", arguments[0]):
        option = arguments.pop(0)
        end = "" if "n" in option else end
        escapes = escapes or "e" in option
    text = " ".join(arguments)
    shell.out((_unescape(text) if escapes else text) + end)


@command("printf")
def printf(shell: Shell, arguments: list[str]) -> None:
    """Write a format, its places taken by the arguments."""
    pattern, values = _unescape(arguments[0] if arguments else ""), arguments[1:]
    places = len(re.findall(r"%0?\d*[sdi]", pattern)) or len(values) + 1
    while True:
        shell.out(_format(pattern, values[:places]))
        values = values[places:]
        if not values:
            return


@command("pwd")
def where(shell: Shell, _arguments: list[str]) -> None:
    """Say where we are."""
    shell.out(f"{shell.directory}\n")


@command("ls")
def list_files(shell: Shell, arguments: list[str]) -> int:
    """List what is in directories."""
    options = "".join(each[1:] for each in arguments if each.startswith("-"))
    code = 0
    for path in [each for each in arguments if not each.startswith("-")] or [shell.directory]:
        names = shell.files.names(shell.resolve(path))
        if names is None and shell.files.read(shell.resolve(path)) is None:
            shell.err(f"ls: {path}: No such file or directory\n")
            code = 1
            continue
        shown = [it for it in names or [path] if "a" in options or not it.startswith(".")]
        if "l" in options:
            shell.out("".join(_long_line(shell, path, each) for each in shown))
        elif shown:
            shell.out(("  " if shell.has_terminal else "\n").join(shown) + "\n")
    return code


@command("cat")
async def concatenate(shell: Shell, arguments: list[str]) -> int:
    """Write files, or what is read."""
    code = 0
    if not arguments:
        while (line := await shell.read_line()) is not None:
            shell.out(line)
    for path in arguments:
        content = shell.files.read(shell.resolve(path))
        if content is None:
            shell.err(f"cat: can't open '{path}': No such file or directory\n")
            code = 1
        else:
            shell.out(content)
    return code


@command("touch")
def touch(shell: Shell, arguments: list[str]) -> None:
    """Make empty files."""
    for path in arguments:
        whole = shell.resolve(path)
        shell.files.write(whole, shell.files.read(whole) or "")


@command("mkdir")
def make_directories(shell: Shell, arguments: list[str]) -> None:
    """Make directories; one is known by a file in it."""
    for path in [each for each in arguments if not each.startswith("-")]:
        shell.files.write(posixpath.join(shell.resolve(path), ".keep"), "")


@command("top")
async def watch_processes(shell: Shell, arguments: list[str]) -> None:
    """List processes without end."""
    while True:
        shell.out("\x1b[H\x1b[J" if shell.has_terminal else "")
        processes(shell, arguments)
        await asyncio.sleep(5)


@command("rm", "rmdir")
def remove(shell: Shell, arguments: list[str]) -> int:
    """Remove files."""
    code = 0
    for path in [each for each in arguments if not each.startswith("-")]:
        if not shell.files.remove(shell.resolve(path)) and "-f" not in arguments:
            shell.err(f"rm: can't remove '{path}': No such file or directory\n")
            code = 1
    return code


@command("ps")
def processes(shell: Shell, _arguments: list[str]) -> None:
    """List processes."""
    shell.out("PID   USER     TIME  COMMAND\n")
    container = shell.container
    lines = [" ".join(container.command), *container.behaviour.processes]
    numbers = [1, *range(29, 29 + len(lines) - 1), 57]
    for number, line in zip(numbers, [*lines, "ps"], strict=True):
        shell.out(f"{number:5d} {'root':8s} 0:00 {line}\n")


@command("hostname")
def hostname(shell: Shell, _arguments: list[str]) -> None:
    """Say what the container is called."""
    shell.out(shell.files.read("/etc/hostname") or "\n")


@command("whoami")
def who(shell: Shell, _arguments: list[str]) -> None:
    """Say who we are."""
    shell.out(f"{shell.user}\n")


@command("id")
def identity(shell: Shell, _arguments: list[str]) -> None:
    """Say who we are in numbers."""
    number = 0 if shell.user == "root" else 65534
    shell.out(f"uid={number}({shell.user}) gid={number}({shell.user})\n")


@command("uname")
def system(shell: Shell, arguments: list[str]) -> None:
    """Say which system this is."""
    host = shell.container.world.host
    name = (shell.files.read("/etc/hostname") or "").strip()
    everything = f"Linux {name} {host.kernel} #1 SMP x86_64 GNU/Linux"
    texts = {"-a": everything, "-r": host.kernel, "-n": name, "-m": "x86_64"}
    shell.out(texts.get(arguments[0] if arguments else "", "Linux") + "\n")


@command("date")
def date(shell: Shell, arguments: list[str]) -> None:
    """Say what time it is."""
    pattern = "%a %b %e %H:%M:%S UTC %Y"
    for each in arguments:
        pattern = each[1:] if each.startswith("+") else pattern
    seconds = shell.container.world.clock.time_ns() // SECOND
    shell.out(time.strftime(pattern, time.gmtime(seconds)) + "\n")


@command("uptime")
def uptime(shell: Shell, _arguments: list[str]) -> None:
    """Say for how long the container runs."""
    age_ns = shell.container.world.clock.time_ns() - shell.container.started_ns
    shell.out(f" up {how_long(age_ns / SECOND).lower()},  load average: 0.42, 0.37, 0.30\n")


@command("stty")
def terminal_settings(shell: Shell, arguments: list[str]) -> int:
    """Say how large the terminal is."""
    if not shell.has_terminal:
        shell.err("stty: standard input: Not a tty\n")
        return 1
    rows, columns = shell.size()
    if arguments == ["size"]:
        shell.out(f"{rows} {columns}\n")
    else:
        shell.out(f"speed 38400 baud; rows {rows}; columns {columns};\n")
    return 0


@command("tty")
def terminal_name(shell: Shell, _arguments: list[str]) -> int:
    """Say which terminal this is."""
    shell.out("/dev/pts/0\n" if shell.has_terminal else "not a tty\n")
    return 0 if shell.has_terminal else 1


@command("seq")
async def count(shell: Shell, arguments: list[str]) -> None:
    """Write numbers."""
    numbers = [int(each) for each in arguments]
    first, step, last = {1: (1, 1, *numbers), 2: (numbers[0], 1, numbers[-1])}.get(
        len(numbers), (*numbers, 0, 0)[:3]
    )
    for number in range(first, last + (1 if step > 0 else -1), step or 1):
        shell.out(f"{number}\n")
        if not number % _AT_ONCE:
            await asyncio.sleep(0)


@command("yes")
async def agree(shell: Shell, arguments: list[str]) -> None:
    """Agree without end."""
    text = f"{' '.join(arguments) or 'y'}\n"
    while True:
        shell.out(text * _AT_ONCE)
        await asyncio.sleep(0.001)


@command("grep")
async def search(shell: Shell, arguments: list[str]) -> int:
    """Write the lines that match."""
    options = "".join(each[1:] for each in arguments if each.startswith("-"))
    pattern, *paths = [each for each in arguments if not each.startswith("-")]
    flags = re.IGNORECASE if "i" in options else 0
    wanted = [
        line
        for line in await _lines(shell, paths)
        if bool(re.search(pattern, line, flags)) != ("v" in options)
    ]
    if "q" not in options:
        shell.out("".join(wanted))
    return 0 if wanted else 1


@command("wc")
async def count_lines(shell: Shell, arguments: list[str]) -> None:
    """Count lines."""
    paths = [each for each in arguments if not each.startswith("-")]
    shell.out(f"{len(await _lines(shell, paths))}\n")


@command("head", "tail")
async def some_lines(shell: Shell, arguments: list[str]) -> None:
    """Write the first lines, or the last if that is how it was called."""
    count_, paths = 10, []
    for option, value in zip(["", *arguments], [*arguments, ""], strict=True):
        if option == "-n" or re.fullmatch(r"-\d+", value):
            count_ = int(value.lstrip("-"))
        elif not value.startswith("-") and value:
            paths.append(value)
    if "-f" in arguments:
        await asyncio.Event().wait()
    found = await _lines(shell, paths)
    shell.out("".join(found[:count_] if shell.called == "head" else found[-count_:]))


async def _lines(shell: Shell, paths: list[str]) -> list[str]:
    if paths:
        texts = (shell.files.read(shell.resolve(path)) or "" for path in paths)
        return [line for text in texts for line in text.splitlines(keepends=True)]
    found: list[str] = []
    while (line := await shell.read_line()) is not None:
        found.append(line)
    return found


def _unescape(text: str) -> str:
    text = re.sub(r"\\(?:x([0-9a-fA-F]{1,2})|0?(\d{2,3}))", _code, text)
    return re.sub(r"\\([ntrea\\0])", lambda it: _ESCAPES[it[1]], text)


def _code(match: re.Match[str]) -> str:
    return chr(int(match[1], 16) if match[1] else int(match[2], 8))


def _format(pattern: str, values: list[str]) -> str:
    taken = iter(values)
    return re.sub(r"%(0?\d*)([sdi])", lambda it: _place(it, next(taken, "")), pattern)


def _place(match: re.Match[str], value: str) -> str:
    if match[2] == "s":
        return value.rjust(int(match[1] or 0))
    return f"{int(value or 0):{match[1]}d}"


def _long_line(shell: Shell, directory: str, name: str) -> str:
    path = posixpath.join(shell.resolve(directory), name)
    content = shell.files.read(path)
    kind = "drwxr-xr-x" if content is None else "-rw-r--r--"
    size = 4096 if content is None else len(content)
    made = time.strftime("%b %e %H:%M", time.gmtime(shell.container.created_ns // SECOND))
    return f"{kind}    1 root     root {size:9d} {made} {name}\n"


@command("clear")
def clear(shell: Shell, _arguments: list[str]) -> None:
    """Empty the screen."""
    shell.out("\x1b[H\x1b[J")
