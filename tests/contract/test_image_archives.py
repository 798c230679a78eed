"""Images saved to files, loaded from them, and made of archives."""

from __future__ import annotations

import asyncio
import gzip
import os
import resource
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, suppress
from pathlib import Path

import pytest

from dockertui.engine import EngineError, ReadOnlyRefused
from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.files import FileThereError
from dockertui.engine.image_work import ImportRequest, SaveRequest
from dockertui.model import Image
from dockertui.model.progress import Phase, Result
from dockertui.model.reference import parse_reference
from tests.contract.subject import Subject
from tests.contract.told import all_of, tags
from tests.support.images import archive_of, image_of

MB = 1_000_000


@pytest.fixture
async def named(subject: Subject) -> AsyncIterator[str]:
    """An image of 4 MB and more, with a name of its own."""
    name = "keep/me:1"
    if subject.is_real:
        await asyncio.to_thread(image_of, subject.api, name, 12 * MB)
    else:
        await subject.engine.images.tag("busybox:1", parse_reference(name))
    yield name
    with suppress(EngineError):
        await subject.engine.remove_image(name)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mounted, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def in_folder(place: Path) -> list[str]:
    """The names of what is in a folder."""
    return [it.name for it in place.iterdir()]


def saving(name: str, path: Path, **more: bool) -> SaveRequest:
    return SaveRequest(names=(name,), path=path, about_bytes=4 * MB, **more)


async def test_what_is_saved_can_be_loaded_again(
    subject: Subject, named: str, tmp_path: Path
) -> None:
    engine, path = subject.engine, tmp_path / "kept.tar"
    words = await all_of(engine.images.save(saving(named, path)))
    assert isinstance(words[-1], Result)
    assert words[-1].size_bytes == path.stat().st_size > 4 * MB
    assert in_folder(tmp_path) == ["kept.tar"]
    assert path.stat().st_mode & 0o077 == 0
    await engine.remove_image(named)
    loaded = await all_of(engine.images.load(path))
    assert isinstance(loaded[-1], Result)
    assert loaded[-1].image_id == named
    sent = [it for it in loaded if it.part and it.phase is Phase.DONE]
    assert sent[-1].done == path.stat().st_size
    assert named in await tags(engine)


async def test_a_file_that_is_there_is_kept_unless_asked(
    subject: Subject, named: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.tar"
    path.write_text("precious")
    with pytest.raises(FileThereError, match="such a file already"):
        await all_of(subject.engine.images.save(saving(named, path)))
    assert path.read_text() == "precious"
    await all_of(subject.engine.images.save(saving(named, path, replace=True)))
    assert path.stat().st_size > MB


async def test_a_full_disk_is_told_and_nothing_is_left(
    subject: Subject, named: str, small_disk: Path
) -> None:
    with pytest.raises(EngineError, match=r"the disk is full\. Nothing is left of it"):
        await all_of(subject.engine.images.save(saving(named, small_disk / "x.tar")))
    assert in_folder(small_disk) == []


async def test_an_image_that_is_not_there_leaves_no_file(subject: Subject, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"(?i)no such image|reference does not exist"):
        await all_of(subject.engine.images.save(saving("none/such:1", tmp_path / "x.tar")))
    assert in_folder(tmp_path) == []


async def test_one_that_is_left_half_way_leaves_no_file(
    subject: Subject, named: str, tmp_path: Path
) -> None:
    async with aclosing(subject.engine.images.save(saving(named, tmp_path / "x.tar"))) as told:
        await anext(told)
    for _ in range(200):
        if not in_folder(tmp_path):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the part of a file stayed")


async def test_what_is_no_image_is_refused_in_words(subject: Subject, tmp_path: Path) -> None:
    path = tmp_path / "rubbish.tar"
    path.write_bytes(b"this is no archive" * 1000)
    with pytest.raises(EngineError):
        await all_of(subject.engine.images.load(path))
    with pytest.raises(EngineError, match="there is no such file"):
        await all_of(subject.engine.images.load(tmp_path / "none.tar"))


async def test_a_root_file_system_becomes_an_image(subject: Subject, tmp_path: Path) -> None:
    engine, path = subject.engine, tmp_path / "root.tar"
    path.write_bytes(archive_of({"etc/motd": b"hello\n", "bin/thing": b"x" * 10_000}))
    request = ImportRequest(
        path=path, reference=parse_reference("made/of:files"), changes=('CMD ["/bin/thing"]',)
    )
    words = await all_of(engine.images.import_image(request))
    assert isinstance(words[-1], Result)
    image = next(it for it in await engine.list(Image) if it.id == words[-1].image_id)
    assert image.tags == ("made/of:files",)
    inspected = await engine.inspect(image)
    assert inspected["Config"]["Cmd"] == ["/bin/thing"]
    await engine.remove_image("made/of:files")


async def test_a_large_file_is_never_held_in_memory(
    subject: Subject, named: str, tmp_path: Path
) -> None:
    path = tmp_path / "large.tar"
    with path.open("wb") as file:
        file.truncate(300 * MB)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    engine = DockerEngine(subject.engine._address)  # noqa: SLF001 - another at the same place
    if subject.is_real:  # A simulated one, which takes it all in, has the same memory.
        with suppress(EngineError):
            await all_of(engine.images.load(path))
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000
    await engine.close()


async def test_compressed_archives_are_loaded_as_they_are(
    subject: Subject, named: str, tmp_path: Path
) -> None:
    path = tmp_path / "kept.tar"
    await all_of(subject.engine.images.save(saving(named, path)))
    packed = tmp_path / "kept.tar.gz"
    packed.write_bytes(gzip.compress(path.read_bytes(), 1))
    assert isinstance((await all_of(subject.engine.images.load(packed)))[-1], Result)


async def test_saving_is_a_read_and_loading_is_not(
    subject: Subject, named: str, tmp_path: Path
) -> None:
    engine, path = subject.another_engine(read_only=True), tmp_path / "x.tar"
    await all_of(engine.images.save(saving(named, path)))
    with pytest.raises(ReadOnlyRefused):
        await all_of(engine.images.load(path))
    with pytest.raises(ReadOnlyRefused):
        await engine.images.tag(named, parse_reference("other:1"))
    await engine.close()
