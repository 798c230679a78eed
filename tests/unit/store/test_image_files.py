"""What an image's layers come to."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dockertui.model.layer_files import FileKind, FileTable
from dockertui.store.image_files import (
    Change,
    FileView,
    Mark,
    layer_view,
    partial_view,
    whole_view,
)
from tests.support.layers import BUILT, EMPTIED, FILE, FOLDER, GONE, Said, table_of


def seen(view: FileView) -> dict[str, tuple[Change, int, int]]:
    """What became of each path that is in a view: how, its size, and what is wasted."""
    return {
        view.table.path(node): (view.change(node), view.totals[node], view.wasted[node])
        for node in range(1, len(view))
        if view.changes[node]
    }


def test_an_image_shows_what_its_layers_leave() -> None:
    table, layers = table_of(*BUILT)
    view = whole_view(table, layers)
    paths = seen(view)
    assert paths["/bin/sh"] == (Change.ADDED, 900, 0)
    assert paths["/app/a"] == (Change.CHANGED, 12, 10)
    assert paths["/app/big"] == (Change.HIDDEN, 0, 3000)
    assert paths["/app/data/one"] == (Change.HIDDEN, 0, 2)
    assert paths["/app/data/three"] == (Change.ADDED, 5, 0)
    assert paths["/app"][1:] == (17, 3015)
    sums = view.sums
    assert (sums.added, sums.changed, sums.hidden, sums.seen) == (4, 1, 3, 5)
    assert (sums.size_bytes, sums.wasted_bytes) == (957, 3015)
    assert round(sums.efficiency, 3) == round(957 / (957 + 3015), 3)


def test_up_to_a_layer_nothing_of_those_above_it_counts() -> None:
    table, layers = table_of(*BUILT)
    paths = seen(whole_view(table, layers[:2]))
    assert paths["/app/big"] == (Change.ADDED, 3000, 0)
    assert "/app/data/three" not in paths


def test_a_layer_alone_shows_what_it_did() -> None:
    table, layers = table_of(*BUILT)
    view = layer_view(table, layers[:3])
    paths = seen(view)
    assert paths == {
        "/app": (Change.SAME, 12, 3010),
        "/app/a": (Change.CHANGED, 12, 10),
        "/app/big": (Change.HIDDEN, 0, 3000),
    }
    sums = view.sums
    assert (sums.added, sums.changed, sums.hidden, sums.wasted_bytes) == (0, 1, 1, 3010)


def test_a_folder_that_is_emptied_hides_what_was_in_it_but_not_what_comes_with_it() -> None:
    table, layers = table_of(*BUILT)
    paths = seen(layer_view(table, layers))
    assert paths["/app/data"][0] is Change.SAME
    assert paths["/app/data/one"] == (Change.HIDDEN, 0, 2)
    assert paths["/app/data/three"] == (Change.ADDED, 5, 0)


def test_a_folder_that_a_file_replaces_takes_all_that_was_in_it_along() -> None:
    table, layers = table_of(
        (("a", FOLDER, 0), ("a/b", FOLDER, 0), ("a/b/c", FILE, 7)), (("a", FILE, 1),)
    )
    paths = seen(whole_view(table, layers))
    assert paths["/a"] == (Change.CHANGED, 1, 7)
    assert paths["/a/b/c"] == (Change.HIDDEN, 0, 7)


def test_a_file_that_comes_back_is_seen() -> None:
    table, layers = table_of((("f", FILE, 4),), (("f", GONE, 0),), (("f", FILE, 6),))
    assert seen(whole_view(table, layers)) == {"/f": (Change.CHANGED, 6, 4)}
    assert seen(layer_view(table, layers)) == {"/f": (Change.ADDED, 6, 0)}


def test_what_is_hidden_without_being_there_is_nothing() -> None:
    table, layers = table_of((("a", FILE, 1),), (("ghost", GONE, 0), ("none/of/it", EMPTIED, 0)))
    assert seen(whole_view(table, layers)) == {"/a": (Change.ADDED, 1, 0)}
    assert seen(layer_view(table, layers)) == {}


def test_a_folder_of_another_owner_has_changed() -> None:
    table, layers = table_of(
        (("a", FOLDER, 0), ("b", FOLDER, 0)), (("a", FOLDER, 0, 7), ("b", FOLDER, 0))
    )
    paths = seen(layer_view(table, layers))
    assert (paths["/a"][0], paths["/b"][0]) == (Change.CHANGED, Change.SAME)
    assert seen(whole_view(table, layers))["/a"][0] is Change.CHANGED


def test_the_same_path_twice_in_a_layer_is_what_comes_last() -> None:
    table, layers = table_of((("a", FILE, 5), ("a", FILE, 3)))
    assert seen(whole_view(table, layers)) == {"/a": (Change.ADDED, 3, 0)}


def test_marks_lead_to_what_is_below() -> None:
    table, layers = table_of(*BUILT)
    view = whole_view(table, layers)
    app, bin_ = (table.paths.find(it) or 0 for it in (b"app", b"bin"))
    assert view.marks[app] & Mark.HIDDEN
    assert view.marks[app] & Mark.WASTED
    assert not view.marks[bin_] & (Mark.HIDDEN | Mark.CHANGED | Mark.WASTED)
    assert view.marks[0] & Mark.HIDDEN


def test_a_part_of_an_image_shows_what_is_there_and_tells_nothing_of_changes() -> None:
    table, _ = table_of(*BUILT)
    view = partial_view(table)
    assert {it[0] for it in seen(view).values()} == {Change.SAME}
    assert "/app/big" in seen(view)
    assert view.sums.same == 8


def test_an_image_without_layers_is_empty() -> None:
    view = whole_view(FileTable(), [])
    assert (len(view), view.sums.seen, view.sums.efficiency) == (1, 0, 1.0)


Tree = dict[str, tuple[FileKind, int]]
some_paths = st.sampled_from(["a", "b", "a/c", "a/d", "a/c/e", "a/c/f", "b/g"])
some_said = st.tuples(
    some_paths, st.sampled_from([FILE, FOLDER, GONE, EMPTIED]), st.integers(0, 50)
).map(lambda it: (it[0], it[1], it[2] if it[1] is FILE else 0))
some_layers = st.lists(st.lists(some_said, max_size=6, unique_by=lambda it: it[:2]), max_size=5)


def unpacked(layers: list[list[Said]]) -> Tree:
    """What an engine makes of layers, one after the other, as slowly as it can be done."""
    tree: Tree = {}
    for layer in layers:
        for path, kind, *_ in layer:
            if kind is GONE:
                tree = {it: said for it, said in tree.items() if not below(it, path, itself=True)}
            elif kind is EMPTIED:
                tree = {it: said for it, said in tree.items() if not below(it, path)}
        own: Tree = {}
        for path, kind, size, *_ in layer:
            if kind in {FILE, FOLDER}:
                if kind is FILE:
                    tree = {it: said for it, said in tree.items() if not below(it, path)}
                own[path] = kind, size
        tree |= own
    return tree


def below(path: str, folder: str, *, itself: bool = False) -> bool:
    return path.startswith(f"{folder}/") or (itself and path == folder)


@settings(max_examples=400)
@given(some_layers)
def test_any_layers_come_to_what_unpacking_them_comes_to(layers: list[list[Said]]) -> None:
    table, made = table_of(*layers)
    view = whole_view(table, made)
    tree = unpacked(layers)
    visible = {
        view.table.path(node)[1:]: view.entry(node)
        for node in range(1, len(view))
        if view.stack.places[node] and view.change(node) is not Change.HIDDEN
    }
    assert {path: (it.kind, it.size_bytes) for path, it in visible.items() if it} == tree
    stored = sum(size for layer in layers for size in last_sizes(layer).values())
    assert view.sums.size_bytes == sum(size for _, size in tree.values())
    assert view.sums.size_bytes + view.sums.wasted_bytes == stored


def last_sizes(layer: list[Said]) -> dict[str, int]:
    """What a layer stores of each path; of one that it names twice, the last."""
    return {path: size for path, kind, size, *_ in layer if kind in {FILE, FOLDER}}


@given(some_layers.filter(bool))
def test_what_a_layer_did_is_the_difference_that_it_makes(layers: list[list[Said]]) -> None:
    table, made = table_of(*layers)
    view = layer_view(table, made)
    before, after = unpacked(layers[:-1]), unpacked(layers)
    for node in range(1, len(view)):
        path, change = view.table.path(node)[1:], view.change(node)
        if change is Change.ADDED:
            assert path in after
            assert path not in before
        elif change is Change.HIDDEN:
            assert path in before
            assert path not in after
        elif change is Change.CHANGED:
            assert path in before
            assert path in after
    hidden = {
        view.table.path(it)[1:] for it in range(len(view)) if view.changes[it] == Change.HIDDEN
    }
    assert hidden == before.keys() - after.keys()
