"""Read on in a program of one's own: the pager, or the editor."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import IO, TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from dockertui.engine.threads import in_thread
from dockertui.screens.keeping import watched
from dockertui.screens.log_keep import scanned
from dockertui.sync.draft import reason
from dockertui.sync.log_export import Form, LogExport

if TYPE_CHECKING:
    from dockertui.screens.log_host import LogHost
    from dockertui.store.log_reading import LogReading

_VARIABLES = {"PAGER": ("PAGER",), "EDITOR": ("VISUAL", "EDITOR")}
_DEFAULTS = {"PAGER": ("less", "-R"), "EDITOR": ("vi",)}
_NO_PAGERS = {"cat", "tee", "true", ":"}
"""What is set to get no pager; it would be over before one sees it."""
_GO_TO_LINE = re.compile(
    r"less|more|most|view|n?vim?x?|gvim|ex|r?nano|pico|emacs(client)?|mg|jed|joe|kak|micro|ne|mcedit"
)
"""Programs that begin at line N when told `+N`."""


def command_line(program: str, environ: Mapping[str, str]) -> list[str]:
    """The words of the program that a person has chosen, or of the usual one.

    Args:
        program: `PAGER` or `EDITOR`.
        environ: Where it is named.

    Raises:
        ValueError: What is named there cannot be taken apart; the message is a sentence.

    >>> command_line("EDITOR", {"EDITOR": "code --wait"}), command_line("PAGER", {})
    (['code', '--wait'], ['less', '-R'])
    """
    for name in _VARIABLES[program]:
        try:
            words = shlex.split(environ.get(name, ""))
        except ValueError as error:
            message = f"${name} cannot be understood: {error}."
            raise ValueError(message) from error
        if words and not (program == "PAGER" and Path(words[0]).name in _NO_PAGERS):
            return words
    return list(_DEFAULTS[program])


def opened_at(words: Sequence[str], file: Path, line: int, total: int) -> list[str]:
    """What to run to see a line of a file.

    >>> opened_at(["vi"], Path("a.log"), 7, 9), opened_at(["code", "-w"], Path("a.log"), 7, 9)
    (['vi', '+7', 'a.log'], ['code', '-w', 'a.log'])
    """
    program = Path(words[0]).name
    if not _GO_TO_LINE.fullmatch(program):
        return [*words, str(file)]
    # The last line belongs to the foot of the page, where the others are above it.
    place = "+G" if program == "less" and line >= total else f"+{line}"
    return [*words, place, str(file)]


def missing(words: Sequence[str], program: str) -> str:
    """Why a program cannot be run, in a sentence; empty when it is there."""
    if shutil.which(words[0]):
        return ""
    return f"{words[0]} is not installed here. ${program} may name another program."


def run(words: Sequence[str]) -> int:
    """Give a program the terminal until it ends. Blocks.

    Raises:
        OSError: It cannot be run.
    """
    # Colours of a log are shown by `less` as such, unless the person has wishes of their own.
    environ = {"LESS": "-R", **os.environ}
    with _deaf_to_interrupts():
        return subprocess.run(list(words), env=environ, check=False).returncode


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Leave ctrl-c to the program; it gets the usual handler back, as this one is not inherited."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class TemporaryLog:
    """A file that nobody else may read, in a folder of its own, for as long as it is needed."""

    def __init__(self, stem: str) -> None:
        """Make it; blocks.

        Args:
            stem: What to call it.

        Raises:
            OSError: There is no room for it.
        """
        self._folder = Path(mkdtemp(prefix="dockertui-"))
        self.path = self._folder / f"{stem}.log"
        fd = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.file: IO[bytes] = os.fdopen(fd, "wb")

    async def fill(self, export: LogExport) -> None:
        """Write lines into it.

        Raises:
            OSError: There is no room for them.
        """
        await export.write_to(self.file)
        await in_thread(self.file.close)

    def remove(self) -> None:
        """Leave nothing of it."""
        with suppress(OSError):
            self.file.close()
        shutil.rmtree(self._folder, ignore_errors=True)


async def read_on(host: LogHost, reading: LogReading, program: str, place: int) -> None:
    """Show the lines that are left in a program, at one of them, until it ends.

    Args:
        host: The screen, which says why when that is not possible.
        reading: The lines.
        program: `PAGER` or `EDITOR`.
        place: The place of the line in `reading.lines`.
    """
    try:
        words = command_line(program, os.environ)
    except ValueError as error:
        host.say(str(error))
        return
    if lack := missing(words, program):
        host.say(lack)
        return
    await scanned(reading)
    form = Form.COLOURED if program == "PAGER" else Form.TEXT
    export = LogExport(reading.lines, form, name="", sources=reading.sources)
    line = max(1, place - reading.lines.first + 1)
    try:
        file = await in_thread(lambda: TemporaryLog("log"))
    except OSError as error:
        host.say(f"There is no place for the lines: {reason(error)}.")
        return
    try:
        heading = f"Opening {Path(words[0]).name}"
        done = await watched(host.app, heading, export, file.fill(export))
        if done and (
            said := leave_screen(host.app, opened_at(words, file.path, line, export.total))
        ):
            host.say(said)
    except OSError as error:
        host.say(f"There is no room for the lines: {reason(error)}.")
    finally:
        # Not in a thread: the terminal may be gone by now, and the program is about to end.
        file.remove()


def leave_screen(app: App[Any], words: Sequence[str]) -> str:
    """Run a program on the whole screen; returns a sentence if there is something to say."""
    said, code = "", 0
    try:
        with app.suspend():
            # An exception that left this block would freeze the screen for good.
            try:
                code = run(words)
            except OSError as error:
                said = f"{words[0]} did not start: {reason(error)}."
    except SuspendNotSupported:
        return "That needs a terminal of its own, which there is none of here."
    app.refresh(layout=True)
    return said or (f"{Path(words[0]).name} ended with exit code {code}." if code else "")
