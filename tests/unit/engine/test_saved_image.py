"""An image as an engine saves it, in any layout, whole or not, good or bad."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tracemalloc
from collections.abc import Callable, Iterable
from hashlib import sha256

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from dockertui.engine.payload import layer_tar, saved_image
from dockertui.engine.payload.inflation import MOST
from dockertui.engine.payload.saved_image import Abandoned, SavedImage
from dockertui.engine.payload.tar import BrokenArchive
from dockertui.model.layer_files import FileKind, FileTable, LayerFiles
from tests.support.archives import Put, classic, cut, folder, oci, packed

IMAGE = f"sha256:{'c' * 64}"
BASE = packed(
    [
        folder("app"),
        Put("app/a", b"hello", user=1000, group=100, mode=0o4755),
        Put("app/link", kind=tarfile.SYMTYPE, link="/app/a"),
        Put("app/hard", kind=tarfile.LNKTYPE, link="app/a"),
        Put("dev/null", kind=tarfile.CHRTYPE),
        Put("run/pipe", kind=tarfile.FIFOTYPE),
    ]
)
UPPER = packed(
    [
        Put("app/.wh.a"),
        folder("data"),
        Put("data/.wh..wh..opq"),
        Put(".wh..wh.plnk/1.2", b"of the driver"),
        Put("data/new", b"x" * 3000),
    ]
)
BASE_SAYS = [
    ("/app", FileKind.FOLDER, 0),
    ("/app/a", FileKind.FILE, 5),
    ("/app/link", FileKind.SYMLINK, 0),
    ("/app/hard", FileKind.HARD_LINK, 0),
    ("/dev/null", FileKind.CHARACTER_DEVICE, 0),
    ("/run/pipe", FileKind.PIPE, 0),
]
UPPER_SAYS = [
    ("/app/a", FileKind.WHITEOUT, 0),
    ("/data", FileKind.FOLDER, 0),
    ("/data", FileKind.OPAQUE, 0),
    ("/data/new", FileKind.FILE, 3000),
]

Told = list[tuple[str, FileKind, int]]


def told(table: FileTable, layer: LayerFiles) -> Told:
    """What a layer says, entry by entry."""
    entries = (table.entry(layer, at) for at in range(len(layer)))
    paths = map(table.path, layer.nodes)
    return [(path, it.kind, it.size_bytes) for path, it in zip(paths, entries, strict=True)]


def read(pieces: Iterable[bytes]) -> tuple[FileTable, list[LayerFiles]]:
    """The layers of an image, the lowest first."""
    table = FileTable()
    saved = SavedImage(table)
    for piece in pieces:
        saved.feed(piece)
    return table, [table.layers[name] for name in saved.end(IMAGE)]


def what_is_read(pieces: Iterable[bytes]) -> object:
    """All that comes of an archive, or what is wrong with it."""
    try:
        table, layers = read(pieces)
    except BrokenArchive as error:
        return str(error)
    return [(told(table, it), it.problem, it.is_cut) for it in layers], table.is_full


PLAIN: Callable[[bytes], bytes] = bytes
FOLDED = (
    PLAIN,
    gzip.compress,
    zstd.compress,
    lambda it: gzip.compress(it[:700]) + gzip.compress(it[700:]),
)


@pytest.mark.parametrize("fold", FOLDED)
@pytest.mark.parametrize("layout", [classic, oci, lambda it: oci(it, with_manifest=False)])
def test_every_layout_says_the_same(
    layout: Callable[[list[bytes]], bytes], fold: Callable[[bytes], bytes]
) -> None:
    table, (base, upper) = read([layout([fold(BASE), fold(UPPER)])])
    assert told(table, base) == BASE_SAYS
    assert told(table, upper) == UPPER_SAYS
    entry = table.entry(base, 1)
    assert (entry.owner, entry.modified_s) == ((0o4755, 1000, 100), 1_700_000_000)
    assert [table.entry(base, at).link for at in (2, 3)] == ["/app/a", "app/a"]
    assert not base.problem
    assert base.is_whole


@settings(max_examples=60)
@given(
    st.sampled_from([classic, oci]),
    st.sampled_from(FOLDED),
    st.lists(st.integers(0, 30_000), max_size=40),
    st.data(),
)
def test_any_bytes_give_the_same_files_or_the_same_words_however_they_are_cut(
    layout: Callable[[list[bytes]], bytes],
    fold: Callable[[bytes], bytes],
    places: list[int],
    data: st.DataObject,
) -> None:
    damaged = bytearray(layout([fold(BASE), fold(UPPER)]))
    for _ in range(data.draw(st.integers(0, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    whole = bytes(damaged[: data.draw(st.integers(0, len(damaged)))])
    assert what_is_read(cut(whole, places)) == what_is_read([whole])


def test_one_byte_at_a_time_is_enough() -> None:
    for layout in (classic, oci):
        archive = layout([gzip.compress(BASE), zstd.compress(UPPER)])
        whole = what_is_read([archive])
        assert what_is_read(archive[at : at + 1] for at in range(len(archive))) == whole


@pytest.mark.parametrize("end", [0, 700, 3000, 9000])
def test_an_archive_that_ends_early_says_so(end: int) -> None:
    whole = classic([BASE, UPPER])
    with pytest.raises(BrokenArchive, match=r"It ends|It is no tar"):
        read([whole[:end]])


def test_an_archive_that_names_no_layers_says_so() -> None:
    for odd in (b"[]", b"{}", b"nothing", b"[" * 100_000, b"[7]", b"null"):
        with pytest.raises(BrokenArchive, match=r"which layers|too early"):
            read([packed([Put("manifest.json", odd)])])


def test_something_else_than_an_archive_says_so() -> None:
    with pytest.raises(BrokenArchive, match="no tar archive"):
        read([b"<html>" + bytes(2000)])


def test_a_layer_that_is_damaged_is_told_of_and_the_others_are_read() -> None:
    damaged = bytearray(gzip.compress(BASE))
    damaged[40] ^= 0xFF
    for bad in (bytes(damaged), gzip.compress(BASE)[:-60], BASE[:700], b"nonsense" * 100):
        table, (base, upper) = read([oci([bad, gzip.compress(UPPER)])])
        assert base.problem
        assert "\n" not in base.problem
        assert told(table, upper) == UPPER_SAYS
        assert not upper.problem


def test_a_file_that_is_cut_off_is_as_large_as_what_came_of_it() -> None:
    table, (layer,) = read([oci([packed([Put("big", b"x" * 5000)])[: 512 + 1000]])])
    assert told(table, layer) == [("/big", FileKind.FILE, 1000)]
    assert "before the end of a file in it" in layer.problem


def test_the_same_layer_twice_is_read_once() -> None:
    link = Put("b" * 64 + "/layer.tar", kind=tarfile.SYMTYPE, link=f"../{'a' * 64}/layer.tar")
    names = [f"{it * 64}/layer.tar" for it in "ab"]
    manifest = json.dumps([{"Config": "x", "Layers": names}]).encode()
    archive = packed([Put(names[0], BASE), link, Put("manifest.json", manifest)])
    table, (first, second) = read([archive])
    assert first is second
    assert told(table, first) == BASE_SAYS


def test_podman_names_its_layers_otherwise() -> None:
    name = f"{sha256(BASE).hexdigest()}.tar"
    manifest = json.dumps([{"Config": "x.json", "Layers": [name]}]).encode()
    table, (layer,) = read([packed([Put(name, BASE), Put("manifest.json", manifest)])])
    assert told(table, layer) == BASE_SAYS


def test_a_layer_that_was_not_saved_is_told_of() -> None:
    manifest = json.dumps([{"Config": "x", "Layers": ["gone/layer.tar"]}]).encode()
    _, (layer,) = read([packed([Put("manifest.json", manifest)])])
    assert layer.problem == "The engine has saved the image without it."


def test_of_several_platforms_the_one_that_is_there_is_read() -> None:
    files = {
        "index.json": {"manifests": [{"digest": "sha256:" + it * 64} for it in "ab"]},
        "blobs/sha256/" + "a" * 64: {"layers": [{"digest": "sha256:" + "f" * 64}]},
        "blobs/sha256/" + "b" * 64: {"layers": [{"digest": "sha256:" + "e" * 64}]},
    }
    entries = [Put(name, json.dumps(it).encode()) for name, it in files.items()]
    table, (layer,) = read([packed([*entries, Put("blobs/sha256/" + "e" * 64, BASE)])])
    assert told(table, layer) == BASE_SAYS


HOSTILE = [
    "../../etc/passwd",
    "/etc/shadow",
    "a/../../b",
    "./././x",
    "a//b///c",
    "..",
    "/",
    "\udce9\udcff",
    "\x1b]52;c;aGk=\x07",
    "a\nb",
    "\u202egnp.exe",
    "n" * 5000,
    "d/" * 1500 + "x",
]


def test_hostile_names_are_only_names() -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", errors="surrogateescape") as archive:
        for name in HOSTILE:
            archive.addfile(tarfile.TarInfo(name))
    table, (layer,) = read([classic([data.getvalue()])])
    assert layer.problem == ""
    paths = [it for it, _, _ in told(table, layer)]
    assert paths[:6] == ["/../../etc/passwd", "/etc/shadow", "/a/../../b", "/x", "/a/b/c", "/.."]
    assert all(it.isprintable() for it in paths)
    assert "\\xe9\\xff" in paths[7]
    assert layer.is_cut


def test_a_bomb_takes_no_room() -> None:
    bomb = gzip.compress(packed([Put("zeros", bytes(200_000_000))]))
    archive = oci([bomb])
    tracemalloc.start()
    try:
        table, (layer,) = read([archive])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert told(table, layer) == [("/zeros", FileKind.FILE, 200_000_000)]
    assert peak < 20 * MOST


def test_a_bomb_is_left_as_soon_as_nobody_wants_to_know() -> None:
    asked = 0

    def is_wanted() -> bool:
        nonlocal asked
        asked += 1
        return asked < 3

    saved = SavedImage(FileTable(), is_wanted)
    with pytest.raises(Abandoned):
        saved.feed(oci([gzip.compress(packed([Put("zeros", bytes(50_000_000))]))]))
    assert asked == 3


def test_no_more_files_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer_tar, "MOST_PATHS", 40)
    table, (layer,) = read([classic([packed(Put(f"f{it}") for it in range(100))])])
    assert table.is_full
    assert len(layer) == 40
    assert layer.problem == ""


def test_the_same_path_again_and_again_is_kept_no_more_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layer_tar, "MOST_FILES", 30)
    again = packed([Put("same")] * 20)
    table, layers = read([classic([again, again])])
    assert table.is_full
    assert sum(map(len, layers)) == 30


def test_no_more_layers_are_kept_than_an_engine_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_image, "MOST_LAYERS", 3)
    with pytest.raises(BrokenArchive, match="9 layers, more than any engine takes"):
        read([classic([packed([Put(str(it))]) for it in range(9)])])


def test_a_document_that_is_too_long_is_not_kept() -> None:
    archive = packed([Put("manifest.json", b" " * (5 << 20))])
    with pytest.raises(BrokenArchive, match="which layers"):
        read([archive])


def test_a_zstd_window_is_bounded() -> None:
    frame = zstd.compress(
        BASE * 400,
        options={
            zstd.CompressionParameter.window_log: 27,
            zstd.CompressionParameter.enable_long_distance_matching: 1,
        },
    )
    compressor = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    streamed = compressor.compress(BASE) + compressor.flush()
    _, (layer,) = read([oci([streamed])])
    assert "damaged" in layer.problem
    assert what_is_read([oci([frame])])
