"""HTTP's chunks, taken apart. They tell a whole answer from one that was cut short."""

from __future__ import annotations

_LONGEST_LINE = 1024


class CutShortError(ConnectionError):
    """A connection ended in the middle of an answer."""


class Dechunker:
    r"""Takes chunks apart, however the bytes come.

    >>> chunks = Dechunker()
    >>> chunks.feed(b"3\r\nabc\r\n2"), chunks.feed(b"\r\nde\r\n0\r\n\r\n"), chunks.is_over
    (b'abc', b'de', True)
    """

    def __init__(self) -> None:
        """Expect the first chunk."""
        self.is_over = False
        """Has the last chunk come?"""
        self._rest = b""
        self._left = 0
        self._line_end_due = False

    def feed(self, data: bytes) -> bytes:
        """What is in the chunks of which these are the next bytes.

        Raises:
            ConnectionError: When they are no chunks.
        """
        found: list[bytes] = []
        data, self._rest, at = self._rest + data, b"", 0
        while at < len(data) and not self.is_over:
            if self._left:
                piece = data[at : at + self._left]
                found.append(piece)
                at += len(piece)
                self._left -= len(piece)
                self._line_end_due = not self._left
                continue
            end = data.find(b"\n", at)
            if end < 0:
                self._rest = data[at:]
                if len(self._rest) > _LONGEST_LINE:
                    raise ConnectionError("no chunk begins where one should")
                break
            self._take_line(data[at:end].strip())
            at = end + 1
        return b"".join(found)

    def _take_line(self, line: bytes) -> None:
        if self._line_end_due and not line:
            self._line_end_due = False
            return
        try:
            self._left = int(line.partition(b";")[0], 16)
        except ValueError:
            raise ConnectionError("no chunk begins where one should") from None
        if self._left < 0:
            raise ConnectionError("no chunk begins where one should")
        # What may follow the last chunk are headers that nobody has asked for.
        self.is_over = not self._left


def chunk(data: bytes) -> bytes:
    r"""A chunk; an empty one is the last.

    >>> chunk(b"abc"), chunk(b"")
    (b'3\r\nabc\r\n', b'0\r\n\r\n')
    """
    return b"%x\r\n%b\r\n" % (len(data), data)
