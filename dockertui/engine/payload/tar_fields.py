"""The fields of a tar archive's headers. Whatever is in them, they give a value of their type.

Source: the ustar and pax formats of POSIX.1-2001, and GNU tar's additions.
"""

from __future__ import annotations

from zlib import adler32

_SIGN = 0x80
_BINARY = (0x80, 0xFF)
_MODULUS = 65521
_CHECKSUM_START, _CHECKSUM_END = 148, 156
_SPACES = 8 * 0x20
_HALF = 128
_MOST_DIGITS = 20


def number(field: bytes) -> int:
    r"""A number, in octal digits or in binary; 0 for anything else, and for negative ones.

    >>> number(b"0000644\0"), number(b"\x80\0\0\0\0\0\x01\0"), number(b"\xff" * 8), number(b"x")
    (420, 256, 0, 0)
    """
    first = field[0]
    if first in _BINARY:
        return int.from_bytes(field[1:], "big") if first == _SIGN else 0
    digits = field.partition(b"\0")[0].strip()
    return int(digits, 8) if digits.isdigit() and not digits.strip(b"01234567") else 0


def decimal(text: bytes) -> int:
    """The whole part of a decimal number, as pax records have it; 0 for anything else.

    >>> decimal(b"1700000000.123456"), decimal(b"-3"), decimal(b"9" * 4000)
    (1700000000, 0, 0)
    """
    digits = text.partition(b".")[0]
    return int(digits) if digits.isdigit() and len(digits) <= _MOST_DIGITS else 0


def is_header(block: bytes) -> bool:
    """Is a block of 512 bytes a header, by its checksum?"""
    field = block[_CHECKSUM_START:_CHECKSUM_END]
    # The sum of all bytes, by way of a C function that has it in its lower half but for a
    # modulus: adding them up here would take as long as all the rest of reading a header.
    total = (adler32(block) & 0xFFFF) - 1 - sum(field) + _SPACES
    told = number(field)
    return (total - told) % _MODULUS == 0 or _signed_sum(block) == told


def _signed_sum(block: bytes) -> int:
    """The checksum as some old programs understood it."""
    plain = block[:_CHECKSUM_START] + b" " * 8 + block[_CHECKSUM_END:]
    return sum(it - 256 if it >= _HALF else it for it in plain)


def records(block: bytes) -> dict[bytes, bytes]:
    r"""The records of a pax header, as far as they make sense.

    >>> records(b"18 path=some/name\n12 size=100\n999 x=")
    {b'path': b'some/name', b'size': b'100'}
    """
    found: dict[bytes, bytes] = {}
    at = 0
    while at < len(block):
        digits = block[at : at + _MOST_DIGITS].partition(b" ")[0]
        length = int(digits) if digits.isdigit() else 0
        end = at + length
        key, equals, value = block[at + len(digits) + 1 : max(at, end - 1)].partition(b"=")
        if length <= len(digits) or end > len(block) or not equals or block[end - 1] != 0x0A:  # noqa: PLR2004 - a line feed
            break
        found[key] = value
        at = end
    return found
