"""How the files of an image read: what one is, what became of it, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from stat import S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG, filemode

from dockertui.model.layer_files import FileEntry, FileKind, FileTable, LayerFiles
from dockertui.model.path_table import ROOT
from dockertui.store.image_files import Change, FileSums, Mark
from dockertui.text import counted, decimal_size

MARKS = {
    Change.ADDED: ("+", "$file-added"),
    Change.CHANGED: ("~", "$file-changed"),
    Change.HIDDEN: ("-", "$file-hidden"),
}
"""The sign of what became of a path, and its colour; whatever else has none."""
LENSES = (
    (Mark.ANY, "all files"),
    (Mark.ADDED, "added"),
    (Mark.CHANGED, "changed"),
    (Mark.HIDDEN, "hidden"),
    (Mark.WASTED, "wasted space"),
)
"""Which files can be shown alone, in the order in which a key goes through them."""
_TYPES = {
    FileKind.FILE: S_IFREG,
    FileKind.HARD_LINK: S_IFREG,
    FileKind.FOLDER: S_IFDIR,
    FileKind.SYMLINK: S_IFLNK,
    FileKind.CHARACTER_DEVICE: S_IFCHR,
    FileKind.BLOCK_DEVICE: S_IFBLK,
    FileKind.PIPE: S_IFIFO,
}


def mode_text(entry: FileEntry) -> str:
    """Kind and permissions, as `ls -l` writes them."""
    return filemode(_TYPES.get(entry.kind, S_IFREG) | entry.owner.mode)


def owner_text(entry: FileEntry) -> str:
    """User and group, by their numbers: what they are called only the image knows."""
    return f"{entry.owner.user}:{entry.owner.group}"


def link_text(entry: FileEntry) -> str:
    """Where a link leads to, with an arrow before it; empty for what is no link."""
    if not entry.link:
        return ""
    return f" = {entry.link}" if entry.kind is FileKind.HARD_LINK else f" → {entry.link}"


def attributes(entry: FileEntry) -> str:
    """All there is to know of an entry, on one line."""
    modified = datetime.fromtimestamp(entry.modified_s, UTC).astimezone()
    parts = [mode_text(entry), owner_text(entry), f"{modified:%Y-%m-%d %H:%M:%S}"]
    if entry.kind is FileKind.FILE:
        parts.append(counted(entry.size_bytes, "byte"))
    return "  ".join(parts) + link_text(entry)


def story(
    table: FileTable, layers: Sequence[LayerFiles], node: int, steps: Sequence[str]
) -> Iterator[tuple[str, Change]]:
    """What each layer did to a path, the lowest first; those that left it alone are passed over.

    Args:
        table: Where the path is.
        layers: The image's layers.
        node: The path.
        steps: What made each layer, as far as that is known.
    """
    was_there = False
    for number, layer in enumerate(layers):
        step = f"  {steps[number]}" if number < len(steps) else ""
        place = _place(layer, node)
        if place is None or layer.kinds[place] >= FileKind.WHITEOUT:
            if was_there and _hides(table, layer, node):
                was_there = False
                yield f"layer {number + 1} hides it{step}", Change.HIDDEN
            continue
        entry = table.entry(layer, place)
        size = f", {decimal_size(entry.size_bytes)}" if entry.kind is FileKind.FILE else ""
        verb, change = ("changes", Change.CHANGED) if was_there else ("adds", Change.ADDED)
        if not (was_there and entry.kind is FileKind.FOLDER):
            yield f"layer {number + 1} {verb} it{size}{step}", change
        was_there = True


def _place(layer: LayerFiles, node: int) -> int | None:
    try:
        return layer.nodes.index(node)
    except ValueError:
        return None


def _hides(table: FileTable, layer: LayerFiles, node: int) -> bool:
    """Does a layer hide a path, or a folder that it is in?"""
    if node in _named(layer, FileKind.WHITEOUT):
        return True
    emptied = {*_named(layer, FileKind.WHITEOUT), *_named(layer, FileKind.OPAQUE)}
    while emptied and node != ROOT:
        node = table.paths.parents[node]
        if node in emptied:
            return True
    return False


def _named(layer: LayerFiles, kind: FileKind) -> Iterator[int]:
    """The paths that a layer names as a kind."""
    at = layer.kinds.find(kind)
    while at >= 0:
        yield layer.nodes[at]
        at = layer.kinds.find(kind, at + 1)


def sums_text(sums: FileSums, *, of_layer: bool) -> Iterator[tuple[str, str]]:
    """What files come to, in pieces that each have a colour.

    Args:
        sums: The files, counted.
        of_layer: Are they those of one layer alone?
    """
    if of_layer:
        for count, change, word in (
            (sums.added, Change.ADDED, "added"),
            (sums.changed, Change.CHANGED, "changed"),
            (sums.hidden, Change.HIDDEN, "hidden"),
        ):
            sign, style = MARKS[change]
            if count:
                yield f"{sign} {count:,} {word}", style
        yield decimal_size(sums.size_bytes), ""
        if sums.wasted_bytes:
            yield f"makes {decimal_size(sums.wasted_bytes)} below it useless", "$file-changed"
        return
    yield counted(sums.seen, "file"), ""
    yield decimal_size(sums.size_bytes), ""
    if sums.wasted_bytes:
        yield f"{decimal_size(sums.wasted_bytes)} wasted", "$file-changed"
    yield f"efficiency {100 * sums.efficiency:.1f}%", "" if sums.wasted_bytes else "$dim"
