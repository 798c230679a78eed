"""What quotes, variables and `$(...)` come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dockertui.sim.shell.grammar import closing

if TYPE_CHECKING:
    from dockertui.sim.shell.shell import Shell

_NAME = re.compile(r"[A-Za-z_]\w*|[?$#@*0-9]")
_NUMBER = re.compile(r"\d+|[A-Za-z_]\w*|\*\*|[<>=!]=|[-+*/%<>()]")


async def expand(shell: Shell, raw: str, *, splits: bool = True) -> list[str]:
    """Expand a word as it stands in a script; what was not quoted may become several."""
    fields: list[str] = []
    current, is_open = "", False
    position = 0
    if raw == "~" or raw.startswith("~/"):
        current, is_open, position = shell.variables.get("HOME", "/"), True, 1
    while position < len(raw):
        char = raw[position]
        end = closing(raw, position)
        if char == "'":
            current, is_open = current + raw[position + 1 : end - 1], True
        elif char == '"':
            current, is_open = current + await _quoted(shell, raw[position + 1 : end - 1]), True
        elif char == "\\":
            current, is_open = current + raw[position + 1 : end], True
        elif char == "$":
            value, end = await _dollar(shell, raw, position)
            words = value.split() if splits else [value]
            if splits and value[:1].isspace() and is_open:
                fields.append(current)
                current, is_open = "", False
            for index, word in enumerate(words):
                if index:
                    fields.append(current)
                    current = ""
                current, is_open = current + word, True
        else:
            current, is_open = current + char, True
        position = end
    return [*fields, current] if is_open else fields


async def _quoted(shell: Shell, text: str) -> str:
    parts: list[str] = []
    position = 0
    while position < len(text):
        if text[position] == "$":
            value, position = await _dollar(shell, text, position)
            parts.append(value)
        elif text[position] == "\\" and text[position + 1 : position + 2] in {'"', "\\", "$", "`"}:
            parts.append(text[position + 1])
            position += 2
        else:
            parts.append(text[position])
            position += 1
    return "".join(parts)


async def _dollar(shell: Shell, text: str, position: int) -> tuple[str, int]:
    """Expand what begins with a dollar sign; its value, and where it ends."""
    end = closing(text, position)
    if text.startswith("$((", position):
        return str(_arithmetic(shell, text[position + 3 : end - 2])), end
    if text.startswith("$(", position):
        return await shell.substitute(text[position + 2 : end - 1]), end
    if text.startswith("${", position):
        name, dash, default = text[position + 2 : end - 1].partition(":-")
        value = _variable(shell, name)
        return (await _quoted(shell, default) if dash and not value else value), end
    match = _NAME.match(text, position + 1)
    if match is None:
        return "$", position + 1
    return _variable(shell, match[0]), match.end()


def _variable(shell: Shell, name: str) -> str:
    if name == "?":
        return str(shell.status)
    if name == "$":
        return str(shell.pid)
    return shell.variables.get(name, "")


def _arithmetic(shell: Shell, text: str) -> int:
    """Calculate with whole numbers, `*` before `+`, no brackets."""
    tokens = [
        it if not it[0].isalpha() and it[0] != "_" else _variable(shell, it) or "0"
        for it in _NUMBER.findall(text.replace("$", ""))
    ]
    terms: list[int] = []
    sign, position = 1, 0
    while position < len(tokens):
        token = tokens[position]
        if token in "+-":
            sign = -1 if token == "-" else 1
        elif token in "*/%" and terms and position + 1 < len(tokens):
            position += 1
            terms[-1] = _combine(terms[-1], token, int(tokens[position]))
        elif token.isdigit():
            terms.append(sign * int(token))
            sign = 1
        position += 1
    return sum(terms)


def _combine(left: int, operator: str, right: int) -> int:
    if operator == "*":
        return left * right
    if not right:
        return 0
    return left // right if operator == "/" else left % right
