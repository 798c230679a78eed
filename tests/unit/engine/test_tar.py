"""A tar archive, read as it comes, by whoever wrote it."""

from __future__ import annotations

import io
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockertui.engine.payload.tar import LONGEST_NAME, BrokenArchive, Header, Sink, TarScanner
from dockertui.engine.payload.tar_fields import decimal, is_header, number, records
from dockertui.model.layer_files import Owner
from tests.support.archives import Put, cut, folder, packed

FORMS = (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)
KINDS = (
    *(tarfile.REGTYPE, tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE),
    *(tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE),
)


class Kept:
    """Keeps the content of entries."""

    def __init__(self) -> None:
        self.content = b""
        self.is_over = False

    def feed(self, piece: bytes) -> None:
        self.content += piece

    def end(self) -> None:
        self.is_over = True


def scanned(pieces: list[bytes]) -> tuple[list[Header], list[bytes], str]:
    """The headers and contents in an archive, and what is wrong with it."""
    headers: list[Header] = []
    sinks: list[Kept] = []

    def enter(header: Header) -> Sink:
        headers.append(header)
        sinks.append(Kept())
        return sinks[-1]

    scanner = TarScanner(enter)
    problem = ""
    try:
        for piece in pieces:
            scanner.feed(piece)
        scanner.end()
    except BrokenArchive as error:
        problem = str(error)
    else:
        assert all(it.is_over for it in sinks)
    return headers, [it.content for it in sinks], problem


def names(data: bytes) -> list[bytes]:
    return [it.path for it in scanned([data])[0]]


def put(name: str, kind: bytes, content: bytes, link: str, number_: int) -> Put:
    """An entry that makes sense."""
    return Put(
        name,
        content if kind == tarfile.REGTYPE else b"",
        kind,
        link if kind in {tarfile.SYMTYPE, tarfile.LNKTYPE} else "",
        mode=number_ & 0o7777,
        user=number_,
        group=number_ * 7,
        time_s=number_,
    )


some_name = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=300
).filter(lambda it: it.strip("/"))
some_entries = st.lists(
    st.builds(
        put,
        some_name,
        st.sampled_from(KINDS),
        st.binary(max_size=1500),
        some_name,
        st.integers(0, 2_000_000),
    ),
    max_size=5,
)
some_places = st.lists(st.integers(0, 20_000), max_size=12)


@given(some_entries, st.sampled_from(FORMS[1:]), some_places)
def test_what_tar_wrote_is_read_however_it_is_cut(
    entries: list[Put], form: int, places: list[int]
) -> None:
    data = packed(entries, form)
    headers, contents, problem = scanned(cut(data, places))
    assert problem == ""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        expected = archive.getmembers()
        bodies = [
            (archive.extractfile(it) or io.BytesIO()).read() if it.isreg() else b""
            for it in expected
        ]
    assert [it.path.rstrip(b"/") for it in headers] == [
        it.name.encode("utf-8", "surrogateescape").rstrip(b"/") for it in expected
    ]
    assert [it.link for it in headers] == [
        it.linkname.encode("utf-8", "surrogateescape") for it in expected
    ]
    assert [it.owner for it in headers] == [Owner(it.mode, it.uid, it.gid) for it in expected]
    assert [it.time_s for it in headers] == [it.mtime for it in expected]
    assert contents == bodies


@settings(max_examples=300)
@given(some_entries, some_places, st.data())
def test_any_bytes_mean_the_same_however_they_are_cut(
    entries: list[Put], places: list[int], data: st.DataObject
) -> None:
    damaged = bytearray(packed(entries))
    for _ in range(data.draw(st.integers(0, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(damaged)))
    whole = bytes(damaged[:end])
    assert scanned(cut(whole, places)) == scanned([whole])


@given(st.binary(max_size=3000), some_places)
def test_rubbish_is_no_archive_however_it_is_cut(data: bytes, places: list[int]) -> None:
    assert scanned(cut(data, places)) == scanned([data])


def test_an_archive_ends_at_its_end() -> None:
    data = packed([Put("a", b"x")])
    assert names(data + packed([Put("b")])) == [b"a"]
    assert scanned([data + b"anything"])[2] == ""


def test_a_name_of_any_length_is_kept_whole_up_to_a_bound() -> None:
    for form in FORMS[1:]:
        (long,) = names(packed([Put("d/" * 100 + "x" * 200)], form))
        assert long == b"d/" * 100 + b"x" * 200
        (header,) = scanned([packed([Put("x" * 9000)], form)])[0]
        assert header.path == b"x" * LONGEST_NAME
        assert header.is_cut


def test_a_prefix_belongs_to_the_name() -> None:
    path = "/".join(["folder"] * 20)
    assert names(packed([Put(path)], tarfile.USTAR_FORMAT)) == [path.encode()]


def test_records_for_all_that_follows_are_passed_over() -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", pax_headers={"path": "everywhere"}) as archive:
        archive.addfile(tarfile.TarInfo("a"))
    assert names(written.getvalue()) == [b"a"]


def test_an_endless_row_of_headers_about_the_next_entry_adds_nothing_up() -> None:
    about = packed([Put("a", pax={f"user.{it}": "x" * 900 for it in range(40)})])
    start = about[: about.index(b"a\0\0\0")]
    scanner = TarScanner(lambda _: None)
    for _ in range(300):
        scanner.feed(start)
    assert len(scanner._records) == 0  # noqa: SLF001 - what must not grow


def test_records_that_are_too_long_are_passed_over() -> None:
    huge = packed([Put("short", pax={"comment": "x" * (3 << 20), "path": "other"})])
    (header,) = scanned([huge])[0]
    assert header.path == b"short"
    assert header.is_cut


def test_what_has_no_content_is_followed_by_none_whatever_it_claims() -> None:
    claiming = bytearray(packed([Put("link", kind=tarfile.SYMTYPE, link="x"), Put("after")]))
    claiming[124:136] = b"00000001000\0"
    claiming[148:156] = b"        "
    claiming[148:156] = b"%06o\0 " % sum(claiming[:512])
    headers, _, problem = scanned([bytes(claiming)])
    assert [(it.path, it.size) for it in headers] == [(b"link", 0), (b"after", 0)]
    assert problem == ""


def test_a_size_that_nobody_has_takes_no_room_and_no_time() -> None:
    bomb = bytearray(packed([Put("bomb")]))
    bomb[124:136] = b"\x80" + (1 << 80).to_bytes(11, "big")
    bomb[148:156] = b"        "
    bomb[148:156] = b"%06o\0 " % sum(bomb[:512])
    headers, _, problem = scanned([bytes(bomb)])
    assert headers[0].size == 1 << 80
    assert "before the end of a file in it" in problem


def test_the_map_of_an_old_sparse_file_is_passed_over() -> None:
    sparse = bytearray(packed([Put("sparse", b"data"), Put("after")]))
    sparse[156:157], sparse[257:265], sparse[482] = b"S", b"ustar  \0", 1
    sparse[148:156] = b"        "
    sparse[148:156] = b"%06o\0 " % sum(sparse[:512])
    more = bytearray(512)
    more[504] = 1
    last = bytes(512)
    data = bytes(sparse[:512]) + bytes(more) + last + bytes(sparse[512:])
    headers, contents, problem = scanned([data])
    assert ([it.path for it in headers], contents[0], problem) == (
        [b"sparse", b"after"],
        b"data",
        "",
    )


@pytest.mark.parametrize(
    ("end", "says"),
    [(100, "in the middle of a header"), (700, "bytes before the end of a file")],
)
def test_an_archive_that_is_cut_off_says_where(end: int, says: str) -> None:
    assert says in scanned([packed([Put("a", b"x" * 900)])[:end]])[2]


def test_a_checksum_of_signed_bytes_is_one_too() -> None:
    block = bytearray(packed([Put("caf\xe9", pax={})], tarfile.GNU_FORMAT)[:512])
    block[148:156] = b"        "
    total = sum(it - 256 if it > 127 else it for it in block)
    block[148:156] = b"%06o\0 " % total
    assert is_header(bytes(block))
    block[0] ^= 1
    assert not is_header(bytes(block))


@given(st.binary(min_size=12, max_size=12))
def test_any_field_is_a_number(field: bytes) -> None:
    assert number(field) >= 0


@given(st.binary(max_size=400))
def test_any_block_has_records_or_none(block: bytes) -> None:
    assert all(decimal(it) >= 0 for it in records(block).values())


def test_a_folder_may_have_a_slash_behind_its_name() -> None:
    assert names(packed([folder("etc"), Put("etc/x")])) == [b"etc/", b"etc/x"]
