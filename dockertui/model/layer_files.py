"""The files of an image's layers: what each layer says of each path, in a few bytes."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from dockertui.model.path_table import PathTable
from dockertui.text import clean

_MOST_ID = 0xFFFFFFFF
_MOST_OWNERS = 0xFFFF
_LATEST_S = 0xFFFFFFFF
_LARGEST = 1 << 50


class FileKind(IntEnum):
    """What an entry of a layer is."""

    FILE = 0
    FOLDER = 1
    SYMLINK = 2
    HARD_LINK = 3
    CHARACTER_DEVICE = 4
    BLOCK_DEVICE = 5
    PIPE = 6
    WHITEOUT = 7
    """It hides what lower layers have at its path."""
    OPAQUE = 8
    """It hides all that lower layers have in its folder."""

    @property
    def hides(self) -> bool:
        """Is it no file, but the word that something of a lower layer is gone?"""
        return self >= FileKind.WHITEOUT


class Owner(NamedTuple):
    """Whose a file is, and what one may do with it."""

    mode: int
    """Its permissions, with the set-ID and sticky bits."""
    user: int
    """The number of its owner."""
    group: int
    """The number of its group."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What a layer says of a path."""

    kind: FileKind
    """What it is."""
    size_bytes: int
    """What is stored of it in the layer."""
    owner: Owner
    """Whose it is."""
    modified_s: int
    """When it was changed last, in seconds since 1970."""
    link: str = ""
    """What a link leads to; as it stands, for it is never followed."""


class LayerFiles:
    """All entries of one layer, in the order of its archive."""

    __slots__ = (
        *("_link_starts", "_linking", "_links", "_owners", "_times"),
        *("is_cut", "is_whole", "kinds", "nodes", "problem", "sizes"),
    )

    def __init__(self) -> None:
        """Begin without entries."""
        self.nodes = array("I")
        """The path of each entry."""
        self.kinds = bytearray()
        """The kind of each, as a number."""
        self.sizes = array("Q")
        """What is stored of each."""
        self._owners = array("H")
        self._times = array("I")
        self._linking = array("I")
        self._link_starts = array("I")
        self._links = bytearray()
        self.problem = ""
        """Why the rest of it could not be read, in a sentence; empty if it could."""
        self.is_cut = False
        """Were some of its names or links too long to be kept whole?"""
        self.is_whole = False
        """Has it been read to its end?"""

    def __len__(self) -> int:
        """How many entries there are; it grows last, when one is added."""
        return len(self.nodes)

    def add(self, node: int, kind: int, size: int, owner: int, time_s: int, link: bytes) -> None:
        """Add an entry; numbers that no file system has are brought into bounds.

        Args:
            node: Its path.
            kind: What it is.
            size: What is stored of it.
            owner: Whose it is, by the number that the table has for that.
            time_s: When it was changed last.
            link: What it leads to.
        """
        if link:
            self._linking.append(len(self.kinds))
            self._link_starts.append(len(self._links))
            self._links += link
            self._links += b"\0"
        self.kinds.append(kind)
        self.sizes.append(size if 0 <= size <= _LARGEST else _LARGEST)
        self._owners.append(owner)
        self._times.append(time_s if 0 <= time_s <= _LATEST_S else 0)
        self.nodes.append(node)

    def owner(self, place: int) -> int:
        """Whose an entry is, by its number in the table."""
        return self._owners[place]

    def time_s(self, place: int) -> int:
        """When an entry was changed last."""
        return self._times[place]

    def link(self, place: int) -> bytes:
        """What an entry leads to; empty for what is no link."""
        at = bisect_left(self._linking, place)
        if at == len(self._linking) or self._linking[at] != place:
            return b""
        start = self._link_starts[at]
        return bytes(self._links[start : self._links.index(b"\0", start)])

    def seal(self) -> None:
        """Let go of the room that was kept for more: nothing will be added any more."""
        self.nodes, self.sizes = self.nodes[:], self.sizes[:]
        self._owners, self._times = self._owners[:], self._times[:]
        self.is_whole = True


class FileTable:
    """The files of several layers, which share their paths.

    One thread fills it while another looks: see `PathTable` for why that is safe.
    """

    __slots__ = ("_owner_numbers", "_owners", "is_full", "layers", "paths")

    def __init__(self) -> None:
        """Begin without layers."""
        self.paths = PathTable()
        """Every path that any layer names."""
        self.layers: dict[str, LayerFiles] = {}
        """Each layer by its name in the archive, in the order in which they came."""
        self.is_full = False
        """Were there more files than are kept?"""
        self._owners: list[Owner] = []
        self._owner_numbers: dict[Owner, int] = {}

    @property
    def count(self) -> int:
        """How many entries all layers have."""
        return sum(map(len, tuple(self.layers.values())))

    def owner_number(self, owner: Owner) -> int:
        """The number of an owner and permissions; the last one for all, once there are too many."""
        if (found := self._owner_numbers.get(owner)) is not None:
            return found
        if len(self._owners) > _MOST_OWNERS:
            return _MOST_OWNERS
        number = len(self._owners)
        mode, user, group = owner
        self._owners.append(Owner(mode & 0o7777, user & _MOST_ID, group & _MOST_ID))
        self._owner_numbers[owner] = number
        return number

    def entry(self, layer: LayerFiles, place: int) -> FileEntry:
        """One entry of a layer, by its place."""
        return FileEntry(
            FileKind(layer.kinds[place]),
            layer.sizes[place],
            self._owners[layer.owner(place)],
            layer.time_s(place),
            readable(layer.link(place)),
        )

    def name(self, node: int) -> str:
        """The last part of a path, fit to draw."""
        return readable(self.paths.name(node))

    def path(self, node: int) -> str:
        """A whole path, fit to draw, with a slash before it."""
        return f"/{readable(self.paths.path(node))}"


@dataclass(frozen=True, slots=True)
class FilesRead:
    """How far the reading of an image's files is."""

    table: FileTable
    """All that has been read; it goes on growing until the last of these."""
    bytes_read: int = 0
    """How much of the archive has come."""
    order: tuple[str, ...] = ()
    """The names of its layers in the table, lowest first; empty until the end, when it is known."""


def readable(name: bytes | bytearray) -> str:
    r"""A name from a file system, fit to draw; what is no UTF-8 is shown as what it is.

    >>> readable(b"caf\xe9\x1b")
    'caf\\xe9�'
    """
    return clean(name.decode("utf-8", "backslashreplace"))
