"""Layers as they are stored, compressed perhaps, and what they hold, piece by piece.

No piece is larger than `MOST`, whatever a few bytes may unfold to.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Protocol

from dockertui.engine.payload.tar import BrokenArchive

MOST = 1 << 18
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
LONGEST_MAGIC = 4
_GZIP_WINDOW = 31
_WINDOW_LOG_MAX = 100
"""The number of the parameter in zstd's own header."""
_ZSTD_BOUNDS = {_WINDOW_LOG_MAX: 25}
"""32 MiB of what went before are kept at most, which is more than any builder asks for."""
_CUT = "It ends in the middle of what is compressed."


class Inflation(Protocol):
    """Unfolds what is fed to it."""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Take a piece; yields what it unfolds to, in pieces of bounded size.

        Raises:
            BrokenArchive: If it cannot be unfolded.
        """
        ...

    def end(self) -> None:
        """Know that nothing more comes.

        Raises:
            BrokenArchive: If something should.
        """
        ...


def inflation_for(start: bytes) -> Inflation:
    """What unfolds something that begins with these bytes.

    Raises:
        BrokenArchive: If this program cannot.
    """
    if start.startswith(_GZIP):
        return _Gzip()
    if start.startswith(_ZSTD):
        return _zstd()
    return _Plain()


class _Plain:
    def feed(self, piece: bytes) -> Iterator[bytes]:
        yield piece

    def end(self) -> None:
        pass


class _Gzip:
    """One member of gzip after the other, as some tools write them in parallel."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(_GZIP_WINDOW)

    def feed(self, piece: bytes) -> Iterator[bytes]:
        while piece:
            if self._inflater.eof:
                self._inflater = zlib.decompressobj(_GZIP_WINDOW)
            try:
                unfolded = self._inflater.decompress(piece, MOST)
            except zlib.error as error:
                raise BrokenArchive(f"It is damaged: {error}.") from error
            piece = self._inflater.unconsumed_tail or self._inflater.unused_data
            if unfolded:
                yield unfolded

    def end(self) -> None:
        if not self._inflater.eof:
            raise BrokenArchive(_CUT)


class _Zstd:
    """One frame of zstd after the other."""

    def __init__(self) -> None:
        # Not in the standard library before Python 3.14, and wanted by few images.
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd

        self._error = zstd.ZstdError
        self._new = partial(zstd.ZstdDecompressor, options=_ZSTD_BOUNDS)
        self._inflater = self._new()

    def feed(self, piece: bytes) -> Iterator[bytes]:
        while piece or not (self._inflater.needs_input or self._inflater.eof):
            if self._inflater.eof:
                self._inflater = self._new()
            try:
                unfolded = self._inflater.decompress(piece, MOST)
            except self._error as error:
                raise BrokenArchive(f"It is damaged: {error}.") from error
            piece = self._inflater.unused_data if self._inflater.eof else b""
            if unfolded:
                yield unfolded

    def end(self) -> None:
        if not self._inflater.eof:
            raise BrokenArchive(_CUT)


def _zstd() -> Inflation:
    try:
        return _Zstd()
    except ImportError as error:
        raise BrokenArchive(
            "It is compressed with zstd, which needs the package backports.zstd."
        ) from error
