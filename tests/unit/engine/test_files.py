"""Files that appear when they are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockertui.engine import EngineError
from dockertui.engine.files import FileThereError, NewFile


def names(place: Path) -> list[str]:
    return sorted(it.name for it in place.iterdir())


def test_a_file_appears_when_it_is_kept(tmp_path: Path) -> None:
    with NewFile(tmp_path / "a", replace=False) as file:
        file.write(b"some")
        assert "a" not in names(tmp_path)
        file.write(b"thing")
        file.keep()
    assert (tmp_path / "a").read_bytes() == b"something"
    assert names(tmp_path) == ["a"]


def test_what_is_not_kept_leaves_nothing(tmp_path: Path) -> None:
    with NewFile(tmp_path / "a", replace=False) as file:
        file.write(b"some")
    assert names(tmp_path) == []


def test_one_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    with NewFile(tmp_path / "a", replace=False) as file:
        (tmp_path / "a").write_text("theirs")
        with pytest.raises(FileThereError):
            file.keep()
    assert (tmp_path / "a").read_text() == "theirs"
    assert names(tmp_path) == ["a"]


def test_one_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(0o640)
    with NewFile(tmp_path / "a", replace=True) as file:
        file.write(b"new")
        file.keep()
    assert (tmp_path / "a").read_text() == "new"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "words"),
    [("none/a", "there is no such folder"), ("", "that is a folder"), ("x" * 300, "too long")],
)
def test_why_it_cannot_be_written_is_said(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(EngineError, match=f"cannot be written: .*{words}. Nothing is left"):
        NewFile(tmp_path / name, replace=False)
