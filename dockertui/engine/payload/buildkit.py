"""What BuildKit says while it solves: vertices, their progress, and their logs.

Source: `SolveStatus` in BuildKit's `client/graph.go`, as `--progress=rawjson` writes it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from dockertui.engine.payload.fields import Payload, block, is_true, rows, text, whole
from dockertui.engine.payload.progress import lines_in
from dockertui.model.progress import Phase, Progress

_INTERNAL = "[internal]"
_LAST_LINES = 20


class Solve:
    """Follows one build from word to word."""

    def __init__(self) -> None:
        """Know of no vertex yet."""
        self.failure = ""
        """The step that failed, the end of its log and its error; empty while none has."""
        self._steps: dict[str, int] = {}
        self._step = 0
        self._begun: dict[str, int] = {}
        self._ended: set[str] = set()
        self._logs: dict[str, list[str]] = {}

    def words(self, payload: Payload) -> Iterator[Progress]:
        """What one word says."""
        for vertex in rows(payload.get("vertexes")):
            yield from self._vertex(vertex)
        for status in rows(payload.get("statuses")):
            yield from _status(status)
        for log in rows(payload.get("logs")):
            yield from self._log(log)
        for warning in rows(payload.get("warnings")):
            yield from lines_in(f"warning: {_decoded(warning.get('short'))}")

    def _vertex(self, vertex: Payload) -> Iterator[Progress]:
        digest, name = text(vertex.get("digest")), text(vertex.get("name"))
        stage, steps = _place(name)
        if steps:
            self._steps[stage] = steps
        if vertex.get("started") and digest not in self._begun:
            self._begun[digest] = len(self._begun) + 1
            self._step += bool(steps)
            line = f"#{self._begun[digest]} {name}"
            known = sum(self._steps.values())
            yield Progress(line=line, step=self._step if steps else 0, steps=known)
        if (error := block(vertex.get("error"))) and digest not in self._ended:
            self._ended.add(digest)
            self.failure = "\n".join((name, *self._logs.get(digest, ()), error))
            yield from lines_in(f"#{self._begun.get(digest, 0)} ERROR: {error}")
        elif vertex.get("completed") and digest not in self._ended:
            self._ended.add(digest)
            how = "CACHED" if is_true(vertex.get("cached")) else "DONE"
            if not name.startswith(_INTERNAL):
                yield Progress(line=f"#{self._begun.get(digest, 0)} {how}")

    def _log(self, log: Payload) -> Iterator[Progress]:
        digest = text(log.get("vertex"))
        for word in lines_in(_decoded(log.get("data"))):
            kept = self._logs.setdefault(digest, [])
            kept.append(word.line)
            del kept[:-_LAST_LINES]
            yield Progress(line=f"#{self._begun.get(digest, 0)} {word.line}")


def _status(status: Payload) -> Iterator[Progress]:
    """How far a transfer is: a layer that comes, an export."""
    part, total = text(status.get("id")), max(0, whole(status.get("total")))
    if not part or not total:
        return
    is_over = bool(status.get("completed"))
    yield Progress(
        part.removeprefix("extracting ").removeprefix("sha256:")[:12],
        text(status.get("name")) or part.partition(" ")[0],
        Phase.DONE if is_over else Phase.MOVING,
        done=max(0, whole(status.get("current"))),
        total=total,
    )


def _place(name: str) -> tuple[str, int]:
    """The stage of a vertex, and how many steps that has: `[build 2/5] RUN make`.

    >>> _place("[build 2/5] RUN make"), _place("[2/3] COPY . ."), _place("exporting to image")
    (('build', 5), ('', 3), ('', 0))
    """
    head = name[1:].partition("]")[0] if name.startswith("[") else ""
    stage, _, place = head.rpartition(" ")
    _, slash, steps = place.partition("/")
    return (stage, int(steps)) if slash and steps.isdecimal() else ("", 0)


def _decoded(value: object) -> str:
    if not isinstance(value, str):
        return ""
    try:
        return base64.b64decode(value, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
