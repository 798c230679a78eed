"""Paths by the hundred thousand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.model import path_table
from dockertui.model.path_table import ROOT, PathTable

some_names = st.lists(
    st.binary(min_size=1, max_size=4).filter(lambda it: not set(it) & set(b"/\0") and it != b"."),
    min_size=1,
    max_size=6,
)


@given(st.lists(some_names, max_size=60))
def test_a_path_has_one_node_and_a_node_one_path(paths: list[list[bytes]]) -> None:
    table = PathTable()
    nodes = {b"/".join(it): table.add(b"/".join(it)) for it in paths}
    for path, node in nodes.items():
        assert table.add(path) == node
        assert table.find(path) == node
        assert table.path(node) == path
        assert table.depth(node) == path.count(b"/")
        assert table.name(node) == path.rpartition(b"/")[2]
    assert len(set(nodes.values())) == len(nodes)
    folders = {b"/".join(it[:depth]) for it in paths for depth in range(1, len(it) + 1)}
    assert len(table) == 1 + len(folders)


@given(st.lists(some_names, max_size=60))
def test_a_folder_comes_before_what_is_in_it(paths: list[list[bytes]]) -> None:
    table = PathTable()
    for path in paths:
        table.add(b"/".join(path))
    assert all(parent < node for node, parent in enumerate(table.parents) if node)


def test_what_means_nothing_in_a_path_is_left_out() -> None:
    table = PathTable()
    node = table.add(b"usr/bin")
    for same in (b"/usr/bin", b"./usr/./bin", b"usr//bin"):
        assert table.add(same) == node
    assert table.add(b"") == table.add(b"/") == table.add(b".") == ROOT


def test_what_was_never_added_is_not_found() -> None:
    table = PathTable()
    table.add(b"a/b")
    assert table.find(b"a/c") is None
    assert table.find(b"b") is None
    assert table.find(b"a") is not None


def test_names_that_collide_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_table, "hash", lambda _: 7, raising=False)
    table = PathTable()
    nodes = {it: table.add(it) for it in (b"a/x", b"b/x", b"a/y", b"x")}
    assert len(set(nodes.values())) == 4
    assert all(table.path(node) == path for path, node in nodes.items())
    assert all(table.add(path) == table.find(path) == node for path, node in nodes.items())


def test_many_more_than_there_was_room_for_at_first_are_all_found() -> None:
    table = PathTable()
    for number in range(5_000):
        table.add(b"folder-%d/file-%d" % (number % 70, number))
    assert len(table) == 1 + 70 + 5_000
    assert all(table.find(b"folder-%d/file-%d" % (it % 70, it)) for it in range(5_000))


@given(st.lists(some_names, max_size=40), st.binary(min_size=1, max_size=2))
def test_names_that_contain_a_text_are_found_whatever_their_case(
    paths: list[list[bytes]], text: bytes
) -> None:
    table = PathTable()
    for path in paths:
        table.add(b"/".join(path))
    table.seal()
    expected = [it for it in range(1, len(table)) if text.lower() in table.name(it).lower()]
    if b"/" not in text:
        assert list(table.containing(text)) == expected
    assert not table.containing(b"")


def test_a_sealed_table_still_tells_its_paths() -> None:
    table = PathTable()
    node = table.add(b"usr/lib/x")
    table.seal()
    assert table.path(node) == b"usr/lib/x"
