"""The person's own terminal, wired to one in a container.

Terminal emulation is left to the terminal that the person has: whatever is typed goes there as it
is, and whatever is written comes back as it is.
"""

from __future__ import annotations

import os
import select
import signal
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread, current_thread, main_thread

from dockertui.engine.protocol import Terminal
from dockertui.text import clean

_PIECE = 65_536
_LOOK_AT_SIZE_S = 0.1
"""Asking costs nothing, works in any thread, and leaves the program's own SIGWINCH alone."""
_ENDING = frozenset((signal.SIGTERM, signal.SIGHUP))
"""Signals that take the terminal back from a process, for the program is to end."""
_IFLAG, _LFLAG, _CC = 0, 3, 6
_SOBER = b"\x1b[0m\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1l\x1b>"
"""No colour, a cursor, no mouse, no bracketed paste, plain keys: a program that was cut off in
the middle may have left any of them behind."""


def run_console(
    terminal: Terminal, *, before: str = "", stdin_fd: int = 0, stdout_fd: int = 1
) -> int | None:
    """Hand the person's terminal over until the process ends or is left, or we are to end. Blocks.

    Args:
        terminal: The process. It is closed in the end.
        before: What to say on the line above it, behind its title.
        stdin_fd: Where the person types; its mode is restored whatever happens.
        stdout_fd: Where the person reads.

    Returns:
        How the process ended; `None` if it goes on, or if the engine does not say.
    """
    heading = " ─ ".join(clean(it) for it in (terminal.title, before) if it)
    try:
        with _handed_over(stdin_fd, raw=terminal.tty):
            _write(stdout_fd, f"\x1b[1m{heading}\x1b[0m\r\n".encode())
            with _signals() as signals:
                over = _pump(terminal, stdin_fd, stdout_fd, signals)
        _write(stdout_fd, _SOBER)
        return terminal.exit_code() if over else None
    finally:
        terminal.close()


@contextmanager
def _handed_over(fd: int, *, raw: bool) -> Iterator[None]:
    """Let every key through. Where no terminal is on the other side, echo and end lines here."""
    try:
        before = termios.tcgetattr(fd)
    except termios.error:  # It is no terminal, and has no mode.
        yield
        return
    try:
        if raw:
            tty.setraw(fd, termios.TCSADRAIN)
        else:
            _set_unbuffered(fd)
        yield
    finally:
        with suppress(termios.error):  # The person has hung up.
            # What was typed too late must not be taken for a command of ours.
            termios.tcsetattr(fd, termios.TCSAFLUSH, before)


class _Signals:
    """Tells of signals while nobody else can, and hands them on after."""

    def __init__(self) -> None:
        self.fd, self._told = os.pipe()
        self._come = b""
        os.set_blocking(self.fd, False)
        os.set_blocking(self._told, False)
        self._before = signal.set_wakeup_fd(self._told)

    def end_us(self) -> bool:
        """Has one come that ends the program?"""
        with suppress(BlockingIOError):
            self._come += os.read(self.fd, _PIECE)
        return not _ENDING.isdisjoint(self._come)

    def close(self) -> None:
        """Let them go their usual way again."""
        signal.set_wakeup_fd(self._before)
        self.end_us()
        if self._come and self._before >= 0:
            os.write(self._before, self._come)
        os.close(self.fd)
        os.close(self._told)


@contextmanager
def _signals() -> Iterator[_Signals | None]:
    """Notice signals, which an event loop cannot while it waits for us; only its thread may."""
    if current_thread() is not main_thread():
        yield None
        return
    signals = _Signals()
    try:
        yield signals
    finally:
        signals.close()


def _set_unbuffered(fd: int) -> None:
    mode = termios.tcgetattr(fd)
    mode[_IFLAG] &= ~termios.IXON
    mode[_LFLAG] &= ~(termios.ICANON | termios.ISIG)
    mode[_CC][termios.VMIN], mode[_CC][termios.VTIME] = 1, 0
    termios.tcsetattr(fd, termios.TCSADRAIN, mode)


def _pump(terminal: Terminal, stdin_fd: int, stdout_fd: int, signals: _Signals | None) -> bool:
    """Carry keys there and output back, each at its own pace, until there is no more output.

    Returns:
        False if it was not for that, but for a signal.
    """
    over, say_over = os.pipe()
    output = Thread(
        target=_copy_output, args=(terminal, stdout_fd, say_over), name="console", daemon=True
    )
    output.start()
    size = None
    try:
        while True:
            if (now := _size(stdout_fd)) != size and now is not None:
                size = now
                terminal.resize(size.columns, size.lines)
            ready, _, _ = select.select([stdin_fd, over], [], [], _LOOK_AT_SIZE_S)
            if signals is not None and signals.end_us():
                return False
            if over in ready or (stdin_fd in ready and not _copy_input(terminal, stdin_fd)):
                return True
    finally:
        terminal.close()
        output.join()
        os.close(over)


def _copy_input(terminal: Terminal, stdin_fd: int) -> bool:
    """Carry over what was typed; false when the person is gone."""
    try:
        typed = os.read(stdin_fd, _PIECE)
    except OSError:
        return False
    terminal.sendall(typed)
    return bool(typed)


def _copy_output(terminal: Terminal, stdout_fd: int, say_over: int) -> None:
    try:
        while (output := terminal.recv(_PIECE)) and _write(stdout_fd, output):
            pass
    finally:
        os.close(say_over)


def _write(fd: int, data: bytes) -> bool:
    """Write it all; false when the person is gone."""
    while data:
        try:
            data = data[os.write(fd, data) :]
        except BlockingIOError:
            select.select([], [fd], [])
        except OSError:
            return False
    return True


def _size(fd: int) -> os.terminal_size | None:
    with suppress(OSError):
        return os.get_terminal_size(fd)
    return None
