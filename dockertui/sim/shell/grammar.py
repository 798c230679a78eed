"""The grammar of the shell: from text to a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPERATORS = ("&&", "||", ";;", ">>", ">&", "2>&1", "2>", ";", "&", "|", "(", ")", "<", ">", "\n")
_RESERVED = frozenset({"then", "else", "elif", "fi", "do", "done", "}"})
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)


class GrammarError(Exception):
    """The text is no script."""


@dataclass(frozen=True, slots=True)
class Operator:
    """A token that is not a word."""

    text: str
    """What stands there."""


Token = str | Operator
"""A word, quotes and all, or an operator."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where output goes instead."""

    stream: int
    """1 or 2."""
    target: str
    """`&1`, `&2` or a word that names a file."""
    appends: bool = False
    """Is the file kept and written on?"""


@dataclass(frozen=True, slots=True)
class Simple:
    """A command with its arguments."""

    words: tuple[str, ...]
    """Unexpanded."""
    assignments: tuple[tuple[str, str], ...] = ()
    """Names and unexpanded values."""
    redirects: tuple[Redirect, ...] = ()
    """Where its output goes."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Commands one after the other, each with what stands before it: `;`, `&&` or `||`."""

    steps: tuple[tuple[str, Node], ...]
    """In order."""


@dataclass(frozen=True, slots=True)
class Pipe:
    """Commands that read what the one before wrote."""

    parts: tuple[Node, ...]
    """In order."""
    negated: bool = False
    """Is success failure?"""


@dataclass(frozen=True, slots=True)
class Loop:
    """`while`, or `until` where negated."""

    condition: Node
    """Asked before each round."""
    body: Node
    """Done in each round."""
    negated: bool = False
    """Go on for as long as the condition fails?"""


@dataclass(frozen=True, slots=True)
class For:
    """`for NAME in WORDS`."""

    name: str
    """The variable."""
    words: tuple[str, ...]
    """Unexpanded."""
    body: Node
    """Done for each."""


@dataclass(frozen=True, slots=True)
class If:
    """`if`, with `elif` as another `If` in `otherwise`."""

    condition: Node
    """Asked."""
    then: Node
    """Done if it succeeds."""
    otherwise: Node | None = None
    """Done if not."""


@dataclass(frozen=True, slots=True)
class Background:
    """A command that nobody waits for."""

    node: Node
    """What is done."""


Node = Simple | Sequence | Pipe | Loop | For | If | Background


def tokenize(text: str) -> list[Token]:
    """Split a script into words and operators.

    >>> tokenize("echo 'a b' >&2; ls")
    ['echo', "'a b'", Operator(text='>&'), '2', Operator(text=';'), 'ls']
    """
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        char = text[position]
        if char in " \t\r":
            position += 1
        elif text.startswith("\\\n", position):
            position += 2
        elif char == "#":
            position = (text + "\n").index("\n", position)
        else:
            operator = next((it for it in _OPERATORS if text.startswith(it, position)), None)
            end = position + len(operator) if operator else _word_end(text, position)
            tokens.append(Operator(operator) if operator else text[position:end])
            position = end
    return tokens


def parse(text: str) -> Node:
    """Read a script.

    Raises:
        GrammarError: it is none.
    """
    parser = _Parser(tokenize(text))
    node = parser.sequence()
    if parser.peek() is not None:
        raise GrammarError(f'syntax error: unexpected "{_show(parser.peek())}"')
    return node


def closing(text: str, position: int) -> int:
    """Find where what opens at `position` (a quote, `$(` or `${`) ends; just behind it."""
    char = text[position]
    if char == "\\":
        return min(len(text), position + 2)
    if char == "'":
        end = text.find("'", position + 1)
        if end < 0:
            raise GrammarError("syntax error: unterminated quoted string")
        return end + 1
    if char == "$" and text[position + 1 : position + 2] in {"(", "{"}:
        return _closing_bracket(text, position + 1)
    if char != '"':
        return position + 1
    position += 1
    while position < len(text):
        if text[position] == '"':
            return position + 1
        position = closing(text, position) if text[position] in "\\$" else position + 1
    raise GrammarError("syntax error: unterminated quoted string")


def _closing_bracket(text: str, position: int) -> int:
    opening, end = text[position], {"(": ")", "{": "}"}[text[position]]
    depth = 0
    while position < len(text):
        char = text[position]
        depth += (char == opening) - (char == end)
        position = closing(text, position) if char in "\\'\"" else position + 1
        if not depth:
            return position
    raise GrammarError(f'syntax error: missing "{end}"')


def _word_end(text: str, position: int) -> int:
    while position < len(text) and text[position] not in " \t\r\n;&|()<>":
        position = closing(text, position)
    return position


def _show(token: Token | None) -> str:
    if token is None:
        return "end of file"
    return (token.text if isinstance(token, Operator) else token).replace("\n", "newline")


class _Parser:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._position = 0

    def peek(self) -> Token | None:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def sequence(self) -> Node:
        steps: list[tuple[str, Node]] = []
        joint = ";"
        while True:
            while self._takes(";") or self._takes("\n"):
                joint = ";"
            token = self.peek()
            if token is None or token in _RESERVED or token == Operator(")"):
                break
            node = self._pipe()
            if self._takes("&"):
                node = Background(node)
            steps.append((joint, node))
            joint = ";"
            for operator in ("&&", "||"):
                if self._takes(operator):
                    joint = operator
                    self._skip_newlines()
        return Sequence(tuple(steps))

    def _pipe(self) -> Node:
        negated = self._takes_word("!")
        parts = [self._command()]
        while self._takes("|"):
            self._skip_newlines()
            parts.append(self._command())
        return parts[0] if len(parts) == 1 and not negated else Pipe(tuple(parts), negated)

    def _command(self) -> Node:
        match self.peek():
            case "while" | "until" as word:
                self._position += 1
                condition = self.sequence()
                return Loop(condition, self._body(), negated=word == "until")
            case "for":
                return self._for()
            case "if":
                self._position += 1
                return self._if()
            case "{":
                self._position += 1
                node = self.sequence()
                self._expect("}")
                return node
            case Operator("("):
                self._position += 1
                node = self.sequence()
                self._expect_operator(")")
                return node
        return self._simple()

    def _for(self) -> Node:
        self._position += 1
        name = self._word()
        words: list[str] = []
        if self._takes_word("in"):
            while isinstance(self.peek(), str):
                words.append(self._word())
        while self._takes(";") or self._takes("\n"):
            pass
        return For(name, tuple(words), self._body())

    def _if(self) -> Node:
        condition = self.sequence()
        self._expect("then")
        then = self.sequence()
        if self._takes_word("elif"):
            return If(condition, then, self._if())
        otherwise = self.sequence() if self._takes_word("else") else None
        self._expect("fi")
        return If(condition, then, otherwise)

    def _body(self) -> Node:
        self._expect("do")
        body = self.sequence()
        self._expect("done")
        return body

    def _simple(self) -> Simple:
        words: list[str] = []
        assignments: list[tuple[str, str]] = []
        redirects: list[Redirect] = []
        while (token := self.peek()) is not None:
            if isinstance(token, Operator):
                redirect = self._redirect(words)
                if redirect is None:
                    break
                redirects.append(redirect)
            elif not words and (match := _ASSIGNMENT.fullmatch(token)):
                self._position += 1
                assignments.append((match[1], match[2]))
            else:
                words.append(self._word())
        if not (words or assignments or redirects):
            raise GrammarError(f'syntax error: unexpected "{_show(self.peek())}"')
        return Simple(tuple(words), tuple(assignments), tuple(redirects))

    def _redirect(self, words: list[str]) -> Redirect | None:
        if self._takes("2>&1"):
            return Redirect(2, "&1")
        for text in (">&", ">>", "2>", ">", "<"):
            if self._takes(text):
                stream = 2 if text == "2>" else 1
                # In `1>&2` the tokenizer has taken the number for a word.
                if words and words[-1] == "1" and text != "2>":
                    words.pop()
                target = self._word()
                if text == "<":
                    return Redirect(0, target)
                return Redirect(stream, f"&{target}" if text == ">&" else target, text == ">>")
        return None

    def _word(self) -> str:
        token = self.peek()
        if not isinstance(token, str):
            raise GrammarError(f'syntax error: unexpected "{_show(token)}"')
        self._position += 1
        return token

    def _skip_newlines(self) -> None:
        while self._takes("\n"):
            pass

    def _takes(self, operator: str) -> bool:
        found = self.peek() == Operator(operator)
        self._position += found
        return found

    def _takes_word(self, word: str) -> bool:
        found = self.peek() == word
        self._position += found
        return found

    def _expect(self, word: str) -> None:
        if not self._takes_word(word):
            raise GrammarError(f'syntax error: unexpected "{_show(self.peek())}"')

    def _expect_operator(self, operator: str) -> None:
        if not self._takes(operator):
            raise GrammarError(f'syntax error: unexpected "{_show(self.peek())}"')
