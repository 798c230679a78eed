"""What the pages about an image say."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import cast

import pytest

from dockertui.engine import Engine
from dockertui.model import Container, ContainerState, Image, Layer
from dockertui.model.image_detail import ImageDetail
from dockertui.model.layer_files import FileEntry, FileKind, Owner
from dockertui.resources.image_pages.dockerfile import dockerfile_of
from dockertui.resources.image_pages.file_texts import (
    attributes,
    link_text,
    mode_text,
    owner_text,
    story,
    sums_text,
)
from dockertui.resources.image_pages.files_head import head_lines, invitation, nothing_left
from dockertui.resources.image_pages.layers import Step, layers_of
from dockertui.resources.image_pages.users import User, users_of
from dockertui.secrecy import MASK
from dockertui.store import ImageUse, Store
from dockertui.store.image_files import FileSums, Mark
from dockertui.sync import Member, Watcher
from dockertui.sync.file_browsing import FileBrowsing, Wish
from dockertui.sync.image_reading import ImageReading, ReadingState
from tests.support.layers import BUILT, FILE, FOLDER, table_of

MB = 1_000_000
LAYERS = {"base": ("a",), "web": ("a", "b", "c"), "old": ("a", "b"), "twin": ("a",)}
HISTORY = (
    Layer("", None, 'CMD ["web"]', 0),
    Layer("", None, "COPY . /app # buildkit", 3 * MB),
    Layer("", None, "ENV API_KEY=s3cret", 0),
    Layer("", None, "RUN make # buildkit", 2 * MB),
    Layer("", None, "ADD rootfs.tar / # buildkit", 10 * MB),
)


class ToldEngine:
    """Knows four images."""

    name = "e"

    async def image_detail(self, image_id: str) -> ImageDetail:
        return ImageDetail(id=image_id, layers=LAYERS[image_id])

    async def history(self, image_id: str) -> tuple[Layer, ...]:
        return HISTORY if image_id == "web" else HISTORY[-1:]


@pytest.fixture
async def member() -> AsyncGenerator[Member]:
    store = Store()
    ImageUse(store)
    store.replace(
        Image,
        (
            Image(id=it, name=f"{it}:1", tags=(f"{it}:1",), engine="e", size_bytes=15 * MB)
            for it in LAYERS
        ),
    )
    store.replace(
        Container,
        (
            Container(id="2", name="gone", engine="e", image_id="web"),
            Container(
                id="1", name="web-1", engine="e", image_id="web", state=ContainerState.RUNNING
            ),
            Container(id="3", name="other", engine="e", image_id="base"),
        ),
    )
    one = Member(cast("Engine", ToldEngine()), store, cast("Watcher", None))
    yield one
    one.study.close()


def image(member: Member, name: str) -> Image:
    return member.store.snapshot(Image)[name]


async def test_layers_tell_who_shares_them_and_what_is_unique(member: Member) -> None:
    found = await layers_of(member.study, image(member, "web"))
    steps = [it for it in found.sheet.rows if isinstance(it, Step)]
    assert [(it.place, it.shared) for it in steps] == [
        (None, None),
        (2, ()),
        (None, None),
        (1, ("old:1",)),
        (0, ("base:1", "old:1", "twin:1")),
    ]
    columns = {it.title: it for it in found.sheet.columns}
    assert [columns["Shared"].written(it) for it in steps] == ["", "unique", "", "1 more", "3 more"]
    assert found.summary == "3 layers, 3.0 MB of 15.0 MB unique"
    assert found.steps == ("ADD rootfs.tar /", "RUN make", "COPY . /app")


async def test_an_image_knows_its_containers_its_children_and_its_bases(member: Member) -> None:
    sheet = await users_of(member, image(member, "old"))
    users = [it for it in sheet.rows if isinstance(it, User)]
    assert [(it.name, it.relation, it.note) for it in users] == [
        ("web:1", "built on it", "1 more layer, 15.0 MB"),
        ("base:1", "its base", "1 layer, 15.0 MB"),
        ("twin:1", "its base", "1 layer, 15.0 MB"),
    ]
    sheet = await users_of(member, image(member, "web"))
    users = [it for it in sheet.rows if isinstance(it, User)]
    assert [(it.name, it.relation) for it in users][:2] == [
        ("web-1", "runs it"),
        ("gone", "made from it"),
    ]
    assert users[0].target.key == ("e", "1")
    sheet = await users_of(member, image(member, "base"))
    relations = {it.name: it.relation for it in sheet.rows if isinstance(it, User)}
    assert relations["twin:1"] == "same layers"


async def test_a_dockerfile_begins_with_the_nearest_image_and_masks_secrets(
    member: Member,
) -> None:
    facts = await dockerfile_of(member.study, image(member, "web"))
    said = [it for it in facts if not it.value.startswith("#")]
    assert [it.value for it in said] == [
        "FROM old:1",
        "ENV API_KEY=s3cret",
        "COPY . /app",
        'CMD ["web"]',
    ]
    assert said[1].masked == f"ENV API_KEY={MASK}"
    facts = await dockerfile_of(member.study, image(member, "twin"))
    assert "No image here is the one" in " ".join(it.value for it in facts)


def entry(kind: FileKind, mode: int = 0o644, link: str = "", size: int = 0) -> FileEntry:
    return FileEntry(kind, size, Owner(mode, 1000, 33), 1_700_000_000, link)


def test_an_entry_reads_as_ls_writes_it() -> None:
    assert mode_text(entry(FileKind.FILE, 0o4755)) == "-rwsr-xr-x"
    assert mode_text(entry(FileKind.FOLDER, 0o1777)) == "drwxrwxrwt"
    assert mode_text(entry(FileKind.CHARACTER_DEVICE, 0o620)) == "crw--w----"
    assert owner_text(entry(FileKind.FILE)) == "1000:33"
    assert link_text(entry(FileKind.SYMLINK, link="/x")) == " → /x"
    assert link_text(entry(FileKind.HARD_LINK, link="x")) == " = x"
    assert attributes(entry(FileKind.FILE, size=1)).endswith("1 byte")


def test_a_path_has_a_story() -> None:
    table, layers = table_of(*BUILT)
    steps = ("ADD", "COPY", "RUN", "RM")

    def told(path: bytes) -> list[str]:
        node = table.paths.find(path)
        assert node is not None
        return [text for text, _ in story(table, layers, node, steps)]

    assert told(b"app/a") == ["layer 2 adds it, 10 B  COPY", "layer 3 changes it, 12 B  RUN"]
    assert told(b"app/big") == ["layer 2 adds it, 3.0 kB  COPY", "layer 3 hides it  RUN"]
    assert told(b"app/data/one") == ["layer 2 adds it, 2 B  COPY", "layer 4 hides it  RM"]
    assert told(b"app") == ["layer 2 adds it  COPY"]


def test_sums_are_told_in_words() -> None:
    sums = FileSums(added=1, changed=2, hidden=0, size_bytes=900, wasted_bytes=100)
    assert [it for it, _ in sums_text(sums, of_layer=True)] == [
        "+ 1 added",
        "~ 2 changed",
        "900 B",
        "makes 100 B below it useless",
    ]
    assert [it for it, _ in sums_text(sums, of_layer=False)] == [
        "3 files",
        "900 B",
        "100 B wasted",
        "efficiency 90.0%",
    ]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (ReadingState.UNREAD, "Not read yet"),
        (ReadingState.PACKING, "The engine packs the image  nothing has come for 7 s"),
        (ReadingState.READING, "Reading"),
        (ReadingState.STOPPED, "Stopped  r reads it from the beginning"),
        (ReadingState.FAILED, "Not read to the end  It broke. r tries again."),
        (ReadingState.READ, "Whole image  0 layers"),
    ],
)
async def test_the_head_says_how_far_the_reading_is(state: ReadingState, says: str) -> None:
    reading = ImageReading(cast("Engine", ToldEngine()), Image(id="x", name="x", size_bytes=4000))
    browsing = FileBrowsing(reading, lambda: None)
    reading.state, reading.problem, reading.bytes_read = state, "It broke.", 1000
    first, second = head_lines(browsing, (), 7.0)
    assert "".join(it for it, _ in first).startswith(says)
    written = "".join(it for it, _ in second)
    assert ("━" * 20 in written) is reading.is_going_on
    assert ("esc stops" in written) is reading.is_going_on
    assert all(invitation(reading))
    browsing.close()


def test_where_nothing_is_left_it_says_so() -> None:
    assert nothing_left(Wish(shown=Mark.HIDDEN))[0] == "Nothing here is hidden."
    assert nothing_left(Wish(shown=Mark.WASTED))[0] == "No space is wasted here."
    assert nothing_left(Wish())[0] == "There are no files in it."
    table, layers = table_of((("d", FOLDER, 0), ("d/f", FILE, 1)))
    assert list(story(table, layers, 1, ())) == [("layer 1 adds it", 2)]
