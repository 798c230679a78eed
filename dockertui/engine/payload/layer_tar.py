"""A layer's archive: each entry becomes one of a table; whiteouts are told from files."""

from __future__ import annotations

from dockertui.engine.payload.tar import BrokenArchive, Header, Sink, TarScanner
from dockertui.model.layer_files import FileKind, FileTable, LayerFiles

MOST_FILES = 1_000_000
"""Entries that are kept of all layers together; they take some 90 MB."""
MOST_NAME_BYTES = 48 << 20
MOST_PATHS = 1_500_000
_WHITEOUT = b".wh."
_OPAQUE = b".wh..wh..opq"
_OF_THE_DRIVER = b".wh..wh."
"""What begins with this is a matter between an engine and its disk."""
_KINDS = {
    b"1": int(FileKind.HARD_LINK),
    b"2": int(FileKind.SYMLINK),
    b"3": int(FileKind.CHARACTER_DEVICE),
    b"4": int(FileKind.BLOCK_DEVICE),
    b"5": int(FileKind.FOLDER),
    b"6": int(FileKind.PIPE),
}
_NO_FILES = (b"V", b"M")
_FILE, _FOLDER = int(FileKind.FILE), int(FileKind.FOLDER)


class LayerScanner:
    """Fills a layer of a table from its archive. What is wrong with it is noted, never raised."""

    def __init__(self, table: FileTable, layer: LayerFiles) -> None:
        """Begin at the layer's first entry.

        Args:
            table: What the layer belongs to.
            layer: The layer, without entries yet.
        """
        self._table = table
        self._layer = layer
        self._scanner = TarScanner(self._enter)
        self._room = MOST_FILES - table.count

    def feed(self, piece: bytes) -> None:
        """Take the next piece."""
        if self._layer.problem:
            return
        try:
            self._scanner.feed(piece)
        except BrokenArchive as error:
            self._layer.problem = str(error)

    def end(self) -> None:
        """Know that all of it has come."""
        layer = self._layer
        if not layer.problem:
            try:
                self._scanner.end()
            except BrokenArchive as error:
                layer.problem = str(error)
                if len(layer):
                    # What the last one claims to have and what came of it are two things.
                    layer.sizes[-1] = max(0, layer.sizes[-1] - self._scanner.lacks)
        layer.seal()

    def _enter(self, header: Header) -> Sink | None:
        path, flag, size, owner, time_s, link, is_cut = header
        table, layer = self._table, self._layer
        if table.is_full or flag in _NO_FILES:
            return None
        kind = _KINDS.get(flag, _FILE)
        if path[-1:] == b"/":
            path = path.rstrip(b"/")
            kind = _FOLDER if kind == _FILE else kind
        if is_cut:
            layer.is_cut = True
        if _WHITEOUT in path:
            folder, _, name = path.rpartition(b"/")
            if name == _OPAQUE:
                path, kind = folder, int(FileKind.OPAQUE)
            elif _OF_THE_DRIVER in path or name == _WHITEOUT:
                return None
            elif name.startswith(_WHITEOUT):
                path = folder + b"/" + name.removeprefix(_WHITEOUT)
                kind = int(FileKind.WHITEOUT)
            if kind >= FileKind.WHITEOUT:
                size, link = 0, b""
        paths = table.paths
        layer.add(paths.add(path), kind, size, table.owner_number(owner), time_s, link)
        is_full = len(paths) > MOST_PATHS or paths.name_bytes > MOST_NAME_BYTES
        if is_full or len(layer) >= self._room:
            table.is_full = True
        return None
