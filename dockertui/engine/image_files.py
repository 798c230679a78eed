"""Images saved to files, loaded from them, and made of root file systems; never held in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from dockertui.engine.errors import EngineError
from dockertui.engine.files import NewFile, reason_not_read
from dockertui.engine.image_work import ImportRequest, SaveRequest, Told
from dockertui.engine.long_wire import LongWire
from dockertui.engine.payload.fields import Payload, text
from dockertui.engine.transfers import GATHER_S, Transfers, Words, said
from dockertui.engine.wire import PIECE
from dockertui.model.progress import Phase, Progress, Result
from dockertui.text import clean

_TAR = {"Content-Type": "application/x-tar"}
_LOADED = ("Loaded image: ", "Loaded image ID: ")


class Pulse:
    """Says how far a file is, now and then."""

    def __init__(self, name: str, status: str, total: int, *, is_about: bool = False) -> None:
        """Begin.

        Args:
            name: What it is called.
            status: What is done with it.
            total: How many bytes it has; 0 if nobody knows.
            is_about: Is that only about right?
        """
        self._name, self._status = name, status
        self._total, self._is_about = total, is_about
        self._next_s = 0.0
        self.done = 0
        """How many bytes are through."""

    def beat(self, more: int) -> Words:
        """Count more bytes, and say so if it is time."""
        self.done += more
        if (now_s := time.monotonic()) >= self._next_s:
            self._next_s = now_s + GATHER_S
            yield (self.word(Phase.MOVING),)

    def word(self, phase: Phase) -> Progress:
        """How far it is."""
        total = self._total
        if phase is Phase.DONE or (self._is_about and self.done > total):
            total = self.done
        return Progress(
            self._name,
            self._status,
            phase,
            done=self.done,
            total=total,
            is_about=self._is_about and phase is not Phase.DONE,
        )


class ImageFiles(Transfers):
    """Images and files."""

    def save(self, request: SaveRequest) -> Told:
        """Write images to a file. A failure leaves none behind, and one that was there as it was.

        Raises:
            FileThereError: There is one, and it may not be replaced.
        """

        def read(wire: LongWire) -> Words:
            pulse = Pulse(clean(request.path.name), "Saving", request.about_bytes, is_about=True)
            with NewFile(request.path, replace=request.replace) as file:
                wire.begin(self._long_target("/images/get", names=request.names), method="GET")
                wire.answer()
                while piece := wire.recv():
                    file.write(piece)
                    yield from pulse.beat(len(piece))
                file.keep()
            yield pulse.word(Phase.DONE), Result(size_bytes=pulse.done)

        return self._told(read, changes=False)

    def load(self, path: Path) -> Told:
        """Take in the images of a file that was saved, compressed or not."""
        loaded: list[str] = []

        def heed(payload: Payload) -> None:
            line = text(payload.get("stream")).strip()
            loaded.extend(line.removeprefix(it) for it in _LOADED if line.startswith(it))

        def read(wire: LongWire) -> Words:
            yield from self._sent(wire, "/images/load", path, {"quiet": "0"}, heed)
            if not loaded:
                raise EngineError(f"The engine found no image in {clean(str(path))}.")
            yield (Result(image_id=loaded[-1]),)

        return self._told(read)

    def import_image(self, request: ImportRequest) -> Told:
        """Make an image of a root file system."""
        params: dict[str, str | tuple[str, ...]] = {"fromSrc": "-", "changes": request.changes}
        if request.message:
            params["message"] = request.message
        if request.reference is not None:
            named = request.reference.tagged()
            params |= {"repo": named.familiar_name, "tag": named.tag}
        made = ""

        def heed(payload: Payload) -> None:
            nonlocal made
            status = text(payload.get("status"))
            made = status if status.startswith("sha256:") else made

        def read(wire: LongWire) -> Words:
            yield from self._sent(wire, "/images/create", request.path, params, heed)
            yield (Result(image_id=made),)

        return self._told(read)

    def _sent(
        self,
        wire: LongWire,
        target: str,
        path: Path,
        params: dict[str, str | tuple[str, ...]],
        heed: Callable[[Payload], None],
    ) -> Words:
        """Send a file, and say what the engine says to it."""
        with _opened(path) as (file, size):
            pulse = Pulse(clean(path.name), "Sending", size)
            target = self._long_target(target, **{k: v for k, v in params.items() if v})
            wire.begin(target, headers=_TAR, size=size)
            left = size
            while left:
                piece = _read(file, path, min(PIECE, left))
                left -= len(piece)
                wire.send(piece)
                yield from pulse.beat(len(piece))
            yield (pulse.word(Phase.DONE),)
            wire.answer()
            yield from said(wire, heed)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[FileIO, int]]:
    """A file to be sent, and its size."""
    try:
        file = path.expanduser().open("rb", buffering=0)
        size = path.expanduser().stat().st_size
    except OSError as error:
        raise _not_read(path, error) from error
    with file:
        yield file, size


def _read(file: FileIO, path: Path, most: int) -> bytes:
    try:
        piece = file.read(most)
    except OSError as error:
        raise _not_read(path, error) from error
    if not piece:
        raise EngineError(f"{clean(str(path))} became shorter while it was read.")
    return piece


def _not_read(path: Path, error: OSError) -> EngineError:
    return EngineError(f"{clean(str(path))} cannot be read: {reason_not_read(error)}.")
