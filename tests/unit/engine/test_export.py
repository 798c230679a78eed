"""A container's files, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pytest

from dockertui.engine import EngineError
from dockertui.engine.chunks import CutShortError
from dockertui.engine.files import FileThereError
from dockertui.engine.long_wire import LongWire
from dockertui.engine.run_worker import written

END = bytes(1_024)


class Brings:
    """A wire that brings pieces, and then ends or is cut."""

    def __init__(self, *pieces: bytes, cut: bool = False) -> None:
        self.pieces = [*pieces]
        self.cut = cut

    def recv(self) -> bytes:
        if self.pieces:
            return self.pieces.pop(0)
        if self.cut:
            raise CutShortError("in the middle")
        return b""


def write(path: Path, wire: Brings, *, replace: bool = False) -> list[int]:
    return [done for (done,) in written(cast("LongWire", wire), path, replace=replace)]


def test_an_archive_that_is_whole_is_kept(tmp_path: Path) -> None:
    assert write(tmp_path / "a.tar", Brings(b"x" * 512, END[:100], END[100:])) == [512, 612, 1536]
    assert (tmp_path / "a.tar").read_bytes() == b"x" * 512 + END
    assert os.listdir(tmp_path) == ["a.tar"]


@pytest.mark.parametrize(
    "wire", [Brings(b"x" * 512), Brings(), Brings(END[:-1]), Brings(b"x", END, cut=True)]
)
def test_one_that_is_cut_short_leaves_nothing(tmp_path: Path, wire: Brings) -> None:
    with pytest.raises(EngineError, match="No file was written"):
        write(tmp_path / "a.tar", wire)
    assert os.listdir(tmp_path) == []


def test_one_that_is_called_off_leaves_nothing(tmp_path: Path) -> None:
    writing = written(cast("LongWire", Brings(b"x" * 512, END)), tmp_path / "a.tar", replace=False)
    assert next(writing) == (512,)
    writing.close()  # type: ignore[attr-defined]  # it is a generator
    assert os.listdir(tmp_path) == []


def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(b"before")
    with pytest.raises(FileThereError):
        write(path, Brings(END))
    with pytest.raises(EngineError):
        write(path, Brings(b"x"), replace=True)
    assert path.read_bytes() == b"before"
    write(path, Brings(END), replace=True)
    assert path.read_bytes() == END
