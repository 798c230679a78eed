"""What a person adds is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockertui.sync.added_registries import AddedRegistries


async def test_no_file_is_as_good_as_an_empty_one(tmp_path: Path) -> None:
    added = AddedRegistries(tmp_path / "none")
    assert await added.hosts() == ()
    assert not await added.forget("ghcr.io")
    assert not (tmp_path / "none").exists()


async def test_what_is_added_is_there_in_the_next_run(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "dockertui"
    assert await AddedRegistries(folder).add("ghcr.io")
    assert await AddedRegistries(folder).add("localhost:5000")
    assert not await AddedRegistries(folder).add("ghcr.io")
    assert await AddedRegistries(folder).hosts() == ("ghcr.io", "localhost:5000")
    assert await AddedRegistries(folder).forget("ghcr.io")
    assert await AddedRegistries(folder).hosts() == ("localhost:5000",)
    assert [it.name for it in folder.iterdir()] == ["registries"]


async def test_what_is_no_host_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "registries").write_bytes(b"ghcr.io\n\n \xff\x1b[31m\nno host\nquay.io\nghcr.io")
    assert await AddedRegistries(tmp_path).hosts() == ("ghcr.io", "quay.io")


async def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        await AddedRegistries(tmp_path / "file" / "dockertui").add("ghcr.io")
