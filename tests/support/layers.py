"""Layers made of a few words, and what must come of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dockertui.model.layer_files import FileKind, FileTable, LayerFiles, Owner

Said = tuple[str, FileKind, int] | tuple[str, FileKind, int, int]
"""A path, what a layer says it is, its size, and its owner if that is another."""
FILE, FOLDER, SYMLINK = FileKind.FILE, FileKind.FOLDER, FileKind.SYMLINK
GONE, EMPTIED = FileKind.WHITEOUT, FileKind.OPAQUE


def layer_of(table: FileTable, entries: Iterable[Said]) -> LayerFiles:
    """A layer of a table."""
    layer = LayerFiles()
    for path, kind, size, *user in entries:
        owner = table.owner_number(Owner(0o755, user[0] if user else 0, 0))
        link = b"elsewhere" if kind is SYMLINK else b""
        layer.add(table.paths.add(path.encode()), kind, size, owner, 1_700_000_000, link)
    layer.seal()
    table.layers[f"layer {len(table.layers)}"] = layer
    return layer


def table_of(*layers: Sequence[Said]) -> tuple[FileTable, list[LayerFiles]]:
    """A table and its layers, the lowest first."""
    table = FileTable()
    return table, [layer_of(table, it) for it in layers]


BUILT: tuple[Sequence[Said], ...] = (
    (
        ("bin", FOLDER, 0),
        ("bin/sh", FILE, 900),
        ("bin/ls", SYMLINK, 0),
        ("etc", FOLDER, 0),
        ("etc/passwd", FILE, 40),
    ),
    (
        ("app", FOLDER, 0),
        ("app/a", FILE, 10),
        ("app/big", FILE, 3000),
        ("app/data", FOLDER, 0),
        ("app/data/one", FILE, 2),
        ("app/data/two", FILE, 3),
    ),
    (("app", FOLDER, 0), ("app/a", FILE, 12), ("app/big", GONE, 0)),
    (
        ("app", FOLDER, 0),
        ("app/data", FOLDER, 0),
        ("app/data", EMPTIED, 0),
        ("app/data/three", FILE, 5),
    ),
)
"""An image that adds, changes, hides, and empties a folder."""
