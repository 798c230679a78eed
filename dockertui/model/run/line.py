"""A `docker run` line, read as the Docker CLI reads it.

Source: https://github.com/spf13/pflag for how flags are told apart.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from dockertui.model.run.field import Kind, RunField
from dockertui.model.run.fields import FLAGS
from dockertui.model.run.foreign import (
    BEFORE_RUN,
    BEFORE_RUN_SHORT,
    CLIENTS,
    CLIENTS_SHORT,
    PODMANS,
)
from dockertui.model.run.here import Here
from dockertui.model.run.line_words import LineWords, Word
from dockertui.model.run.mistakes import BadLine, BadValue
from dockertui.model.run.mounts import is_true
from dockertui.model.run.shell import joined, quoted
from dockertui.model.run.spec import ReadSpec, RunSpec

_PROGRAMS = frozenset(("docker", "podman", "nerdctl"))
_VERBS = frozenset(("run", "create"))
_BEFORE = frozenset(("sudo", "doas", "exec", "time", "nohup", "env", "command"))
_PROMPT = re.compile(r"\A\s*\S*[#$%>❯]\s+(?=(?:sudo|doas|docker|podman|nerdctl)\s)")
_BEGINS = re.compile(
    r"""\s* (?: \S*[#$%>❯]\s+ )?
        (?: (?: sudo|doas|exec|time|nohup|env|command | -[ugpCh]\s+\S+ | -\S+ | \w+=\S* ) \s+ )*
        (?: \S*/ )? (?: docker|podman|nerdctl ) (?: \.exe )? \s+
        (?: -\S+ (?: \s+[^-\s]\S* )?? \s+ )* (?: container\s+ )? (?: run|create ) (?: \s|\Z )
    """,
    re.VERBOSE,
)
_BEGINNING = 1_000
"""So many letters are looked at: what is pasted may be of any length."""
_BEFORE_TAKES = frozenset(("-u", "-g", "-p", "-C", "-h"))
_NO_DASH = "‐‑‒–—−"
"""What web pages and word processors make of a hyphen, or of two."""

_LONG = {name: it for it in FLAGS for name in (it.flag, *it.also)}
_SHORT = {it.short: it for it in FLAGS if it.short}


def is_run_line(text: str) -> bool:
    """Does a text begin as a line that runs a container?

    >>> is_run_line("  sudo docker run -it alpine"), is_run_line("docker ps")
    (True, False)
    """
    return _BEGINS.match(text[:_BEGINNING]) is not None


def read_line(text: str, here: Here) -> ReadSpec:
    """Read a line that somebody pasted.

    Args:
        text: It may go over several lines, begin with a prompt or `sudo`, and end in a pipe.
        here: What is put for `$HOME`, `$(pwd)` and the like.

    Raises:
        BadLine: When it runs no container, or is cut short.
    """
    words = LineWords(_PROMPT.sub("", text), here)
    reading = _Reading(deque(words.words), [*words.notes])
    reading.skip_to_verb()
    reading.read_flags()
    reading.read_rest()
    return ReadSpec(RunSpec(**reading.values), tuple(dict.fromkeys(reading.notes)))


@dataclass(slots=True)
class _Reading:
    """How far a line has been read."""

    words: deque[Word]
    notes: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    # What stands before `run`

    def skip_to_verb(self) -> None:
        """Pass over all that comes before the flags."""
        self._skip_prefixes()
        program = self._next_word("It is no docker run line.")
        if program.rpartition("/")[2].removesuffix(".exe") not in _PROGRAMS:
            raise BadLine(f"It begins with {quoted(program)}, not with docker run.")
        while self.words and self.words[0].text.startswith("-"):
            self._skip_global(self._next_word(""))
        verb = self._next_word(f"There is no run after {program}.")
        if verb == "container":
            verb = self._next_word("There is no run after container.")
        if verb not in _VERBS:
            raise BadLine(f"{program} {quoted(verb)} runs no image; docker run does.")

    def _skip_prefixes(self) -> None:
        sudo = False
        while self.words:
            text = self.words[0].text
            if text in _BEFORE:
                sudo = sudo or text in {"sudo", "doas"}
            elif sudo and text.startswith("-"):
                if text in _BEFORE_TAKES and len(self.words) > 1:
                    self.words.popleft()
            elif "=" in text and text.partition("=")[0].isidentifier():
                self.notes.append(
                    f"Left out: {quoted(text.partition('=')[0])}=… before the command."
                )
            else:
                return
            self.words.popleft()

    def _skip_global(self, word: str) -> None:
        name, equals, value = word.lstrip("-").partition("=")
        if not word.startswith("--"):
            name, value = BEFORE_RUN_SHORT.get(name[:1], name[:1]), value or name[1:]
        if BEFORE_RUN.get(name) and not equals and not value and self.words:
            value = self.words.popleft().text
        self.notes.append(
            f"Left out: --{_shown(name)}{f' {quoted(value)}' if value else ''}; "
            "it runs on the engine that is shown."
        )

    # The flags

    def read_flags(self) -> None:
        """Read flags up to the image."""
        while self.words:
            text = _with_dashes(self.words[0].text)
            if not text.startswith("-") or text == "-":
                return
            self.words.popleft()
            if text == "--":
                return
            if text.startswith("--"):
                self._read_long(text[2:])
            else:
                self._read_short(text[1:])

    def _read_long(self, text: str) -> None:
        name, equals, value = text.partition("=")
        given = value if equals else None
        if (known := _LONG.get(name)) is not None:
            self._set(known, f"--{name}", given)
        else:
            self._leave_out(name, f"--{name}", given)

    def _read_short(self, letters: str) -> None:
        while letters:
            letter, letters = letters[0], letters[1:]
            given = letters[1:] if letters.startswith("=") and len(letters) > 1 else None
            known = _SHORT.get(letter)
            if known is None:
                takes = CLIENTS.get(CLIENTS_SHORT.get(letter, ""), False)
                given = given if given is not None else (letters or None) if takes else None
                self._leave_out(CLIENTS_SHORT.get(letter, letter), f"-{letter}", given)
                letters = "" if takes or given is not None else letters
                continue
            if known.kind is not Kind.SWITCH and given is None and letters:
                given = letters
            self._set(known, f"-{letter}", given)
            if given is not None or known.kind is not Kind.SWITCH:
                return

    def _set(self, known: RunField, dashed: str, given: str | None) -> None:
        if known.kind is Kind.SWITCH:
            self.values[known.name] = self._switch(dashed, given)
            return
        value = given if given is not None else self._next_word(f"{dashed} needs a value.")
        if known.kind is Kind.LIST:
            self.values[known.name] = (*self.values.get(known.name, ()), value)
        else:
            self.values[known.name] = value

    def _switch(self, dashed: str, given: str | None) -> bool:
        try:
            return given is None or is_true(given)
        except BadValue as mistake:
            raise BadLine(f"{dashed}: {mistake}") from None

    def _leave_out(self, name: str, dashed: str, given: str | None) -> None:
        takes, why = _foreign(name)
        if takes and given is None:
            given = self._next_word(f"{dashed} needs a value.")
        elif takes is None and given is None and self._is_value_next():
            given = self.words.popleft().text
        value = f" {quoted(given)}" if given is not None else ""
        self.notes.append(f"Left out: {_shown(dashed)}{value}; {why}")

    def _is_value_next(self) -> bool:
        """Is what follows an unknown flag more likely its value than the image?"""
        ahead = [it for it in self.words if it.line == self.words[0].line] if self.words else []
        return (
            len(ahead) > 1
            and not ahead[0].text.startswith("-")
            and _with_dashes(ahead[1].text).startswith("-")
        )

    # What follows the flags

    def read_rest(self) -> None:
        """Read the image and the command."""
        if not self.words:
            raise BadLine("There is no image in it.")
        image = self.words.popleft()
        self.values["image"] = image.text
        self.values["command"] = tuple(it.text for it in self.words if it.line == image.line)
        if rest := [it.text for it in self.words if it.line != image.line]:
            self.notes.append(f"Left out, as it is on another line: {joined(rest[:8])}")

    def _next_word(self, without: str) -> str:
        if not self.words:
            raise BadLine(without)
        return self.words.popleft().text


def _foreign(name: str) -> tuple[bool | None, str]:
    """Whether a flag takes a value, `None` for nobody knows, and why it is left out."""
    if name in CLIENTS:
        return CLIENTS[name], "it concerns the docker command alone."
    if name in PODMANS:
        return PODMANS[name], "only Podman has it."
    return None, "docker run knows no such flag."


def _with_dashes(text: str) -> str:
    """A flag whose dashes a web page has made one long one."""
    bare = text.lstrip(_NO_DASH + "-")
    if text[:1] in _NO_DASH and text and bare:
        return f"-{bare}" if len(bare) == 1 else f"--{bare}"
    return text


def _shown(text: str) -> str:
    return quoted(text).strip("'")
