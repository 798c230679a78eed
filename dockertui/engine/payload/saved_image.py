"""An image as an engine saves it: an archive of archives, read as it comes."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from dockertui.engine.payload.archive_layout import (
    INDEX,
    MANIFEST,
    is_blob_name,
    is_layer_name,
    layer_order,
)
from dockertui.engine.payload.inflation import LONGEST_MAGIC, Inflation, inflation_for
from dockertui.engine.payload.layer_tar import LayerScanner
from dockertui.engine.payload.tar import BrokenArchive, Header, Sink, TarScanner
from dockertui.model.layer_files import FileTable, LayerFiles

MOST_LAYERS = 1024
_LONGEST_DOCUMENT = 4 << 20
_ALL_DOCUMENTS = 16 << 20
_FILES = (b"0", b"\0")
_SYMLINK = b"2"


class Abandoned(Exception):
    """Nobody wants to know any more."""


class SavedImage:
    """Fills a table from an image's archive."""

    def __init__(self, table: FileTable, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Begin at the archive's first entry.

        Args:
            table: Where the files go.
            is_wanted: Asked often while much is unfolded from little.
        """
        self._table = table
        self._is_wanted = is_wanted
        self._scanner = TarScanner(self._enter)
        self._documents: dict[str, bytes] = {}
        self._documents_room = _ALL_DOCUMENTS
        self._aliases: dict[str, str] = {}

    def feed(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            BrokenArchive: If it is no part of an archive.
            Abandoned: If nobody wants to know any more.
        """
        self._scanner.feed(piece)

    def end(self, image_id: str) -> tuple[str, ...]:
        """Know that all of it has come; the names of the image's layers, the lowest first.

        Raises:
            BrokenArchive: If it has not, or does not say which layers the image has.
        """
        self._scanner.end()
        if not self._scanner.is_over:
            raise BrokenArchive("It ends too early.")
        layers = self._table.layers
        known = {*layers, *self._aliases}
        order = layer_order(self._documents, image_id, known)
        if order is None:
            raise BrokenArchive("It does not say which layers the image has.")
        if len(order) > MOST_LAYERS:
            raise BrokenArchive(f"It has {len(order):,} layers, more than any engine takes.")
        real = tuple(self._aliases.get(it, it) for it in order)
        for name in real:
            if name not in layers:
                lacking = layers[name] = LayerFiles()
                lacking.problem = "The engine has saved the image without it."
        return real

    def _enter(self, header: Header) -> Sink | None:
        name = posixpath.normpath(header.path.decode("utf-8", "backslashreplace"))
        if header.flag == _SYMLINK and is_layer_name(name):
            link = header.link.decode("utf-8", "backslashreplace")
            if len(self._aliases) < MOST_LAYERS:
                self._aliases[name] = posixpath.normpath(
                    posixpath.join(posixpath.dirname(name), link)
                )
            return None
        if header.flag not in _FILES:
            return None
        if name in {MANIFEST, INDEX}:
            return self._document(name)
        if is_layer_name(name):
            return self._layer(name)
        return _Blob(self, name) if is_blob_name(name) else None

    def _document(self, name: str) -> Sink:
        def keep(content: bytes) -> None:
            self._documents[name] = content
            self._documents_room -= len(content)

        return _Document(min(_LONGEST_DOCUMENT, self._documents_room), keep)

    def _layer(self, name: str) -> Sink | None:
        if len(self._table.layers) >= MOST_LAYERS:
            return None
        layer = LayerFiles()
        self._table.layers[name] = layer
        return _Layer(layer, LayerScanner(self._table, layer), self._is_wanted)

    def sink_for(self, name: str, start: bytes) -> Sink | None:
        """Who takes a blob that begins with these bytes."""
        return self._document(name) if start.lstrip()[:1] == b"{" else self._layer(name)


class _Document:
    """Keeps a small file whole, or nothing of it."""

    def __init__(self, most: int, keep: Callable[[bytes], None]) -> None:
        self._most = most
        self._keep = keep
        self._content = bytearray()
        self._is_too_long = False

    def feed(self, piece: bytes) -> None:
        self._is_too_long |= len(self._content) + len(piece) > self._most
        if self._is_too_long:
            self._content.clear()
        else:
            self._content += piece

    def end(self) -> None:
        if not self._is_too_long:
            self._keep(bytes(self._content))


class _Blob:
    """Looks at how a file begins before it says what it is."""

    def __init__(self, saved: SavedImage, name: str) -> None:
        self._saved = saved
        self._name = name
        self._start = b""
        self._sink: Sink | None = None
        self._is_known = False

    def feed(self, piece: bytes) -> None:
        if not self._is_known:
            self._start += piece
            if len(self._start) < LONGEST_MAGIC:
                return
            piece = self._look()
        if self._sink is not None:
            self._sink.feed(piece)

    def end(self) -> None:
        if not self._is_known and (start := self._look()) and self._sink is not None:
            self._sink.feed(start)
        if self._sink is not None:
            self._sink.end()

    def _look(self) -> bytes:
        start, self._start, self._is_known = self._start, b"", True
        self._sink = self._saved.sink_for(self._name, start)
        return start


class _Layer:
    """Unfolds a layer. What is wrong with it is noted in it; the others are read all the same."""

    def __init__(
        self, layer: LayerFiles, scanner: LayerScanner, is_wanted: Callable[[], bool]
    ) -> None:
        self._layer = layer
        self._scanner = scanner
        self._is_wanted = is_wanted
        self._start = b""
        self._inflation: Inflation | None = None

    def feed(self, piece: bytes) -> None:
        if self._layer.problem:
            return
        if self._inflation is None:
            self._start += piece
            if len(self._start) < LONGEST_MAGIC:
                return
            piece, self._start = self._start, b""
        self._guard(lambda: self._unfold(piece))

    def end(self) -> None:
        self._guard(self._close)
        self._scanner.end()

    def _unfold(self, piece: bytes) -> None:
        if self._inflation is None:
            self._inflation = inflation_for(piece)
        for unfolded in self._inflation.feed(piece):
            self._scanner.feed(unfolded)
            if not self._is_wanted():
                raise Abandoned

    def _close(self) -> None:
        if self._start:
            self._unfold(self._start)
        if self._inflation is not None and not self._layer.problem:
            self._inflation.end()

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BrokenArchive as error:
            self._layer.problem = str(error)
