"""A tar archive, read as it comes: its headers looked at, its contents passed over or passed on.

Python's own reader takes three times as long for a header, keeps every one, and pulls what it
reads instead of being fed. Here nothing is kept but one header, and no size that is claimed takes
any room.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import NamedTuple, Protocol

from dockertui.engine.payload.tar_fields import decimal, is_header, number, records
from dockertui.model.layer_files import Owner

BLOCK = 512
LONGEST_NAME = 4096
"""Bytes of a path or of a link's target that are kept; no file system takes longer ones."""
_LONGEST_RECORDS = 1 << 20
_HEEDED = {b"path", b"linkpath", b"size", b"uid", b"gid", b"mtime", b"GNU.sparse.name"}
_REMEMBERED = 4096

_HEADER = Struct("100s24s12s12s8xc100s6s2x32x32x16x155s12x")
_NOTHING = bytes(BLOCK)
_FILE, _OLD_FILE, _FOLDER = b"0", b"\0", b"5"
_HARD_LINK, _SYMLINK, _SPARSE = b"1", b"2", b"S"
_LONG_NAME, _LONG_LINK, _RECORDS, _GLOBAL_RECORDS = b"L", b"K", b"x", b"g"
_ABOUT_THE_NEXT = (_LONG_NAME, _LONG_LINK, _RECORDS, _GLOBAL_RECORDS)
_WITHOUT_CONTENT = b"123456"
_SPARSE_GOES_ON = 482
_SPARSE_MAP_GOES_ON = 504


class BrokenArchive(Exception):
    """What came is no tar archive, or only the beginning of one; `str()` says where it breaks."""


class Sink(Protocol):
    """Takes the content of an entry."""

    def feed(self, piece: bytes) -> None:
        """Take the next piece."""
        ...

    def end(self) -> None:
        """Know that all of it has come."""
        ...


class Header(NamedTuple):
    """What an archive says of an entry."""

    path: bytes
    """Where it belongs; as it stands, so it may be hostile."""
    flag: bytes
    """Its kind, as tar marks it."""
    size: int
    """The bytes that follow it in the archive."""
    owner: Owner
    """Whose it is, and what one may do with it."""
    time_s: int
    """When it was changed last."""
    link: bytes
    """What a link leads to."""
    is_cut: bool
    """Was its path or link too long to be kept whole?"""


Entered = Callable[[Header], Sink | None]
"""Takes a header, and says who takes what follows; `None` passes it over."""


class TarScanner:
    """Takes an archive in pieces of any size, and tells of each entry once."""

    def __init__(self, entered: Entered) -> None:
        """Begin at the first header.

        Args:
            entered: Told of each entry.
        """
        self._entered = entered
        self._rest = b""
        self._left = 0
        self._sink: Sink | None = None
        self._padding = 0
        self._map_goes_on = False
        self._records: dict[bytes, bytes] = {}
        self._is_cut = False
        self._owners: dict[bytes, Owner] = {}
        self.is_over = False
        """Has the mark of its end come? What follows means nothing."""

    def feed(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            BrokenArchive: If it is no part of an archive.
        """
        if self._rest:
            piece, self._rest = self._rest + piece, b""
        at, end = 0, len(piece)
        while at < end and not self.is_over:
            if self._left and not self._map_goes_on:
                step = min(self._left, end - at)
                if self._sink is not None:
                    self._sink.feed(piece[at : at + step])
                self._left -= step
                at += step
                if not self._left:
                    self._finish()
            elif self._padding and not self._map_goes_on:
                step = min(self._padding, end - at)
                self._padding -= step
                at += step
            elif end - at < BLOCK:
                self._rest = piece[at:]
                break
            else:
                self._take(piece[at : at + BLOCK])
                at += BLOCK

    def end(self) -> None:
        """Know that nothing more comes.

        Raises:
            BrokenArchive: If something should.
        """
        if self._left:
            raise BrokenArchive(f"It ends {self._left:,} bytes before the end of a file in it.")
        if self._rest or self._map_goes_on:
            raise BrokenArchive("It ends in the middle of a header.")

    @property
    def lacks(self) -> int:
        """How many bytes of the current entry have not come."""
        return self._left

    def _finish(self) -> None:
        sink, self._sink = self._sink, None
        if sink is not None:
            sink.end()

    def _take(self, block: bytes) -> None:
        if self._map_goes_on:
            self._map_goes_on = block[_SPARSE_MAP_GOES_ON] != 0
            return
        if block[0] == 0 and block == _NOTHING:
            self.is_over = True
            return
        if not is_header(block):
            raise BrokenArchive("It is no tar archive, or is damaged: a header does not add up.")
        name, owner, size, time_, flag, link, magic, prefix = _HEADER.unpack(block)
        if flag in _ABOUT_THE_NEXT:
            self._extend(flag, number(size))
            return
        name = name.partition(b"\0")[0]
        if prefix[0] and magic == b"ustar\0":
            name = _text(prefix) + b"/" + name
        header = Header(
            name,
            flag,
            number(size),
            self._owners.get(owner) or self._owner(owner),
            number(time_),
            _text(link) if link[0] else b"",
            False,
        )
        if self._records or self._is_cut:
            header = self._amended(header)
        self._enter(header, block)

    def _enter(self, header: Header, block: bytes) -> None:
        size = header.size
        if header.flag in _WITHOUT_CONTENT and size:
            size, header = 0, header._replace(size=0)
        elif header.flag == _SPARSE:
            self._map_goes_on = block[_SPARSE_GOES_ON] != 0
        sink = self._entered(header)
        self._left, self._padding = size, -size % BLOCK
        if size:
            self._sink = sink
        elif sink is not None:
            sink.end()

    def _extend(self, flag: bytes, size: int) -> None:
        """Keep what is said of the next entry, as far as that is no more than it may be."""
        key = {_LONG_NAME: b"path", _LONG_LINK: b"linkpath", _RECORDS: b""}.get(flag)
        most = LONGEST_NAME if key else _LONGEST_RECORDS
        self._left, self._padding = size, -size % BLOCK
        if key is not None and size:
            self._sink = _Extension(most, lambda it: self._extended(key, it, size))

    def _extended(self, key: bytes, text: bytes, size: int) -> None:
        if size > len(text) + 1:
            self._is_cut = True
        if key:
            self._records[key] = _text(text)
        elif size <= len(text):
            told = records(text)
            # What is heeded and no more: an endless row of such headers must not add up.
            self._records |= {it: told[it] for it in _HEEDED & told.keys()}

    def _amended(self, header: Header) -> Header:
        """A header with what was said of it before."""
        told, self._records = self._records, {}
        is_cut, self._is_cut = self._is_cut, False
        path, link = told.get(b"path", header.path), told.get(b"linkpath", header.link)
        path = told.get(b"GNU.sparse.name", path)
        mode, user, group = header.owner
        if b"uid" in told:
            user = decimal(told[b"uid"])
        if b"gid" in told:
            group = decimal(told[b"gid"])
        return Header(
            _text(path)[:LONGEST_NAME],
            header.flag,
            decimal(told[b"size"]) if b"size" in told else header.size,
            Owner(mode, user, group),
            decimal(told[b"mtime"]) if b"mtime" in told else header.time_s,
            _text(link)[:LONGEST_NAME],
            is_cut or len(path) > LONGEST_NAME or len(link) > LONGEST_NAME,
        )

    def _owner(self, fields: bytes) -> Owner:
        """Owner and permissions, of which there are few different ones."""
        if len(self._owners) >= _REMEMBERED:
            self._owners.clear()
        mode, user, group = (number(fields[at : at + 8]) for at in (0, 8, 16))
        owner = self._owners[fields] = Owner(mode, user, group)
        return owner


class _Extension:
    """Keeps the beginning of what is said of the next entry."""

    def __init__(self, most: int, told: Callable[[bytes], None]) -> None:
        self._most = most
        self._told = told
        self._text = bytearray()

    def feed(self, piece: bytes) -> None:
        if (room := self._most - len(self._text)) > 0:
            self._text += piece[:room]

    def end(self) -> None:
        self._told(bytes(self._text))


def _text(field: bytes) -> bytes:
    return field.partition(b"\0")[0]
