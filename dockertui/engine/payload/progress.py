"""What an engine says of work that lasts: a JSON object for each word.

Source: Docker Engine API, `ImageCreate`, `ImagePush`, `ImageLoad`, `ImageBuild`. A failure comes
as the last word of an answer that began with 200.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockertui.engine.errors import EngineError
from dockertui.engine.payload.fields import Payload, block, table, text, whole
from dockertui.model.progress import Phase, Progress

_PHASES = {
    "Pulling fs layer": Phase.WAITING,
    "Waiting": Phase.WAITING,
    "Preparing": Phase.WAITING,
    "Downloading": Phase.MOVING,
    "Pushing": Phase.MOVING,
    "Loading layer": Phase.MOVING,
    "Verifying Checksum": Phase.MOVED,
    "Download complete": Phase.MOVED,
    "Extracting": Phase.UNPACKING,
    "Pull complete": Phase.DONE,
    "Pushed": Phase.DONE,
    "Already exists": Phase.KEPT,
    "Layer already exists": Phase.KEPT,
}
_BEGINNINGS = {"Mounted from ": Phase.KEPT, "Retrying in ": Phase.WAITING}
_STEP = re.compile(r"Step (\d+)/(\d+) : ")
_LINES = re.compile(r"\r\n|\n|\r")


def words_in(payload: Payload) -> Iterator[Progress]:
    """What one object says."""
    if stream := payload.get("stream"):
        yield from lines_in(stream)
    status = text(payload.get("status"))
    if not status:
        return
    part, detail = text(payload.get("id")), table(payload.get("progressDetail"))
    phase = _PHASES.get(status)
    if phase is None:
        phase = next((it for start, it in _BEGINNINGS.items() if status.startswith(start)), None)
    if phase is None or not part:
        yield Progress(line=f"{part}: {status}" if part else status)
        return
    # containerd's store counts the seconds that it unpacks, not bytes.
    counts_bytes = not detail.get("units")
    yield Progress(
        part=part,
        status=status,
        phase=phase,
        done=max(0, whole(detail.get("current"))) if counts_bytes else 0,
        total=max(0, whole(detail.get("total"))) if counts_bytes else 0,
    )


def lines_in(stream: object) -> Iterator[Progress]:
    """A builder's output, line by line, and the steps that it begins."""
    if not isinstance(stream, str):
        return
    for line in _LINES.split(stream):
        if not line.strip():
            continue
        found = _STEP.match(line)
        yield Progress(
            line=line,
            step=int(found[1]) if found else 0,
            steps=int(found[2]) if found else 0,
        )


def failure_in(payload: Payload) -> str:
    """Why it failed, in the engine's own words; empty if an object says no such thing."""
    said = block(table(payload.get("errorDetail")).get("message")) or block(payload.get("error"))
    return said.strip()


def image_id_in(payload: Payload) -> str:
    """The ID of the image that a builder says it has made; empty if it does not."""
    return text(table(payload.get("aux")).get("ID"))


def check(payload: Payload) -> None:
    """Take a failure for one.

    Raises:
        EngineError: With the engine's own words.
    """
    if words := failure_in(payload):
        raise EngineError(words)
