"""What a builder is sent."""

from __future__ import annotations

import io
import os
import socket
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from dockertui.engine import EngineError
from dockertui.engine.build_context import archived, build_context


def write(place: Path, **files: str) -> None:
    for name, text in files.items():
        path = place / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def packed(place: Path, dockerfile: str = "") -> tarfile.TarFile:
    context = build_context(place, dockerfile)
    return tarfile.open(fileobj=io.BytesIO(b"".join(archived(context))))


def test_everything_in_a_folder_is_sent(tmp_path: Path) -> None:
    write(tmp_path, Dockerfile="FROM a", sub__file="x" * 1000, empty="")
    (tmp_path / "link").symlink_to("sub/file")
    with packed(tmp_path) as archive:
        assert sorted(archive.getnames()) == ["Dockerfile", "empty", "link", "sub", "sub/file"]
        file = archive.extractfile("sub/file")
        assert file is not None
        assert file.read() == b"x" * 1000
        assert archive.getmember("link").linkname == "sub/file"
        assert {it.uid for it in archive} == {0}


def test_what_is_ignored_stays_but_what_tells_the_builder_what_to_do_is_sent(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        Dockerfile="FROM a",
        keep="1",
        logs__a_dot_log="2",
        logs__b_dot_txt="3",
        _dot_dockerignore="# all\n**/*.log\nDockerfile\n\n!logs/b.txt\n",
    )
    with packed(tmp_path) as archive:
        names = archive.getnames()
    assert "logs/a.log" not in names
    assert {"Dockerfile", "keep", "logs/b.txt"} <= set(names)


def test_a_dockerfile_has_its_own_list_of_what_is_ignored(tmp_path: Path) -> None:
    write(tmp_path, Dockerfile="FROM a", a="1", b="2", _dot_dockerignore="a")
    (tmp_path / "Dockerfile.dockerignore").write_text("b")
    with packed(tmp_path) as archive:
        assert "a" in archive.getnames()
        assert "b" not in archive.getnames()


def test_a_dockerfile_from_outside_comes_along(tmp_path: Path) -> None:
    write(tmp_path, context__a="1", other="FROM b")
    context = build_context(tmp_path / "context", "../other")
    with tarfile.open(fileobj=io.BytesIO(b"".join(archived(context)))) as archive:
        file = archive.extractfile(context.dockerfile)
        assert file is not None
        assert file.read() == b"FROM b"


def test_a_file_that_changes_meanwhile_breaks_no_archive(tmp_path: Path) -> None:
    write(tmp_path, Dockerfile="FROM a", a="x" * 100_000, b="y" * 10)
    context = build_context(tmp_path, "")
    pieces, sent = archived(context), b""
    sent += next(pieces)
    os.truncate(tmp_path / "b", 3)
    with (tmp_path / "a").open("a") as file:
        file.write("more")
    sent += b"".join(pieces)
    with tarfile.open(fileobj=io.BytesIO(sent)) as archive:
        assert archive.getnames()[-1] == "b"


def test_sockets_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, Dockerfile="FROM a")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "sock"))
        with packed(tmp_path) as archive:
            assert archive.getnames() == ["Dockerfile"]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="Dockerfile cannot be read: there is no such file"):
        build_context(tmp_path, "")


def test_no_file_is_held_whole(tmp_path: Path) -> None:
    write(tmp_path, Dockerfile="FROM a")
    with (tmp_path / "big").open("wb") as file:
        file.truncate(200 << 20)
    context = build_context(tmp_path, "")
    tracemalloc.start()
    total = sum(map(len, archived(context)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total > 200 << 20
    assert peak < 4 << 20
