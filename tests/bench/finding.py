"""Searches and a filter in a log of a million lines that is already there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figure import Figure, Samples
from tests.bench.tool import COLUMNS, ROWS, Tool
from tests.support.terminal import Picture, Terminal

LITERAL = "search of 1,000,000 lines for `5000 GET`: first hit on screen"
LITERAL_ALL = "search for `5000 GET`: all 100 hits"
SMART = "search for `5000 get`: first hit on screen"
SMART_ALL = "search for `5000 get`: all 100 hits, capital letters or not"
REGEX = "search for the regex `[05]5000 [A-Z]+`: first hit on screen"
REGEX_ALL = "search for the regex: all 20 hits"
SEARCH_BLOCK = "searches: longest block of the event loop"
FILTER = 'filter `"777 GET"` over 1,000,000 lines: first page'
FILTER_ALL = "filter: all 1,000 lines"
FILTER_BLOCK = "filter: longest block of the event loop"

WHOLE_LOG_S = 90
SETTLED_S = 1.2
"""Longer than the time of which the longest block is told."""
FOUND_S = 3.0
MORE_LINES, TOP, SEARCH, FILTER_KEY, REGEX_KEY = "a", "g", "/", "&", "\x12"
ENTER, ESCAPE = "\r", "\x1b"
PAGE_ROWS = 40

Sees = Callable[[Picture], bool]


def find(tool: Tool, host: str, lines: int) -> Samples:
    """Open the log from its first line on, search in it and filter it."""
    with TemporaryDirectory() as folder:
        blocks = Path(folder) / "blocks"
        with tool.open(host, {"DOCKERTUI_LOOP_WATCH": str(blocks)}) as terminal:
            see_all(terminal, lines)
            return {**searches(terminal, blocks), **filtering(terminal, blocks)}


def see_all(terminal: Terminal, lines: int) -> None:
    """Have all lines, and the first one in view."""
    terminal.wait_for(" over", timeout_s=20)
    terminal.wait_for_quiet(0.3, timeout_s=3)
    for key in ("l", MORE_LINES, MORE_LINES):
        terminal.send(key)
        terminal.wait_for_quiet(0.3, timeout_s=3)
    terminal.wait_for(f"{lines:,} lines", timeout_s=WHOLE_LOG_S)
    terminal.wait_for_quiet(0.5, timeout_s=5)
    terminal.send(TOP)


def searches(terminal: Terminal, blocks: Path) -> dict[str, list[float]]:
    """Search for a text, for one without regard to capitals, and for a regular expression."""
    time.sleep(SETTLED_S)
    watched = len(blocks.read_text().split())
    literal = search_ms(terminal, "5000 GET", 100)
    smart = search_ms(terminal, "5000 get", 100)
    regex = search_ms(terminal, "[05]5000 [A-Z]+", 20, regex=True)
    return {
        LITERAL: literal[:1],
        LITERAL_ALL: literal[1:],
        SMART: smart[:1],
        SMART_ALL: smart[1:],
        REGEX: regex[:1],
        REGEX_ALL: regex[1:],
        SEARCH_BLOCK: blocks_since(blocks, watched),
    }


def search_ms(terminal: Terminal, text: str, hits: int, *, regex: bool = False) -> list[float]:
    """How long it takes from pasting a text until the first hit is seen, and until all are."""
    terminal.send(SEARCH + (REGEX_KEY if regex else ""))
    time.sleep(SETTLED_S)
    first = re.compile(r"1000005000 GET|10000[05]5000 GET")
    all_ = re.compile(rf"\s{hits:,} hits? ")
    found = answers_ms(
        terminal,
        pasted(text),
        lambda picture: any(first.search(line) for line in picture.lines),
        lambda picture: any(all_.search(line) for line in picture.lines),
    )
    terminal.send(ESCAPE)
    time.sleep(SETTLED_S)
    return found


def filtering(terminal: Terminal, blocks: Path) -> dict[str, list[float]]:
    """Leave few of the lines."""
    terminal.send(FILTER_KEY)
    terminal.wait_for_quiet(0.3, timeout_s=3)
    terminal.send(pasted('"777 GET"'))
    time.sleep(SETTLED_S)
    watched = len(blocks.read_text().split())
    page_ms, all_ms = answers_ms(
        terminal,
        ENTER,
        lambda picture: sum("777 GET" in line for line in picture.lines) >= PAGE_ROWS,
        lambda picture: any("1,000 of 1,000," in line for line in picture.lines),
    )
    time.sleep(SETTLED_S)
    return {FILTER: [page_ms], FILTER_ALL: [all_ms], FILTER_BLOCK: blocks_since(blocks, watched)}


def answers_ms(terminal: Terminal, keys: str, *wanted: Sees) -> list[float]:
    """How long it takes from some keys until one thing is seen, then until the next is."""
    pressed_s = terminal.send(keys)
    time.sleep(FOUND_S)  # Whoever looks meanwhile takes time from who searches.
    picture, times = Picture(COLUMNS, ROWS), list[float]()
    for piece in terminal.painted:
        picture.feed(piece.data)
        while piece.at_s > pressed_s and len(times) < len(wanted) and wanted[len(times)](picture):
            times.append((piece.at_s - pressed_s) * 1000)
    if len(times) < len(wanted):
        raise TimeoutError(f"not all was found. On screen:\n{picture.text}")
    return times


def pasted(text: str) -> str:
    """A text as a terminal hands it over when it is pasted."""
    return f"\x1b[200~{text}\x1b[201~"


def blocks_since(report: Path, watched: int) -> list[float]:
    """The longest block of each second, but for the first so many."""
    return [float(each) for each in report.read_text().split()[watched:]]


FIGURES = (
    *(Figure(name=each, unit="ms", bar=50) for each in (LITERAL, SMART, REGEX)),
    *(Figure(name=each, unit="ms", bar=400) for each in (LITERAL_ALL, SMART_ALL, REGEX_ALL)),
    Figure(name=SEARCH_BLOCK, unit="ms", bar=20, collapse=max),
    Figure(name=FILTER, unit="ms", bar=100),
    Figure(name=FILTER_ALL, unit="ms"),
    Figure(name=FILTER_BLOCK, unit="ms", bar=20, collapse=max),
)
