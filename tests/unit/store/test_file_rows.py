"""Which files are on show, and where in them a name is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dockertui.model.layer_files import FileTable
from dockertui.store.file_rows import FileRows, Order
from dockertui.store.file_search import FileSearch
from dockertui.store.image_files import FileView, Mark, whole_view
from tests.support.layers import BUILT, FILE, GONE, Said, layer_of, table_of


def view_of(*layers: list[Said]) -> FileView:
    return whole_view(*table_of(*(layers or BUILT)))


def rows_of(
    view: FileView, *, order: Order = Order.SIZE, shown: Mark = Mark.ANY, levels: int = 0
) -> FileRows:
    rows = FileRows(view, bytearray(), order, shown)
    if levels:
        rows.open_levels(levels)
    return rows


def paths(rows: FileRows) -> list[str]:
    return [rows.view.table.path(it) for it in rows.nodes]


def test_at_first_only_the_top_is_on_show_the_largest_first() -> None:
    assert paths(rows_of(view_of())) == ["/bin", "/etc", "/app"]


def test_files_can_be_sorted_by_name() -> None:
    assert paths(rows_of(view_of(), order=Order.NAME)) == ["/app", "/bin", "/etc"]


def test_a_folder_opens_and_folds_where_it_stands() -> None:
    rows = rows_of(view_of())
    rows.open(2)
    assert paths(rows)[2:] == ["/app", "/app/a", "/app/data", "/app/big"]
    assert list(rows.depths) == [0, 0, 0, 1, 1, 1]
    rows.open(4)
    assert paths(rows)[4:] == ["/app/data", "/app/data/three", *paths(rows)[6:8], "/app/big"]
    rows.fold(2)
    assert paths(rows) == ["/bin", "/etc", "/app"]
    rows.open(2)
    assert "/app/data/three" in paths(rows)


def test_all_folders_open_level_by_level() -> None:
    rows = rows_of(view_of(), levels=1)
    assert "/app/data" in paths(rows)
    assert "/app/data/three" not in paths(rows)
    rows.open_levels(2)
    assert "/app/data/three" in paths(rows)
    rows.open_levels(0)
    assert len(rows) == 3


def test_one_goes_from_a_file_to_its_folder() -> None:
    rows = rows_of(view_of(), levels=9)
    place = paths(rows).index("/app/data/three")
    parent = rows.parent(place)
    assert parent is not None
    assert paths(rows)[parent] == "/app/data"
    assert rows.parent(paths(rows).index("/app")) is None


def test_only_hidden_files_are_shown_with_the_folders_that_lead_to_them() -> None:
    rows = rows_of(view_of(), shown=Mark.HIDDEN)
    rows.open_marked()
    assert paths(rows) == ["/app", "/app/big", "/app/data", "/app/data/two", "/app/data/one"]
    assert rows.tells_waste
    assert [rows.size(it) for it in rows.nodes] == [3015, 3000, 5, 3, 2]


def test_only_changed_files_are_shown() -> None:
    rows = rows_of(view_of(), shown=Mark.CHANGED)
    rows.open_marked()
    assert paths(rows) == ["/app", "/app/a"]


def test_what_is_no_longer_on_show_leads_to_the_folder_it_is_in() -> None:
    rows = rows_of(view_of())
    node = rows.view.table.paths.find(b"app/data/three")
    assert node is not None
    assert paths(rows)[rows.nearest(node)] == "/app"
    assert rows.open_to(node)
    assert paths(rows)[rows.nearest(node)] == "/app/data/three"
    assert not rows.open_to(node)


def test_rows_of_nothing_are_none() -> None:
    rows = rows_of(whole_view(FileTable(), []))
    assert len(rows) == 0
    assert rows.nearest(5) == 0


def test_folders_may_lie_in_each_other_without_an_end() -> None:
    view = view_of([("/".join("d" * 1500), FILE, 1)])
    rows = rows_of(view, levels=64)
    assert len(rows) == 65
    rows.open_marked()
    assert len(rows) == 1500
    search = FileSearch(rows, "d")
    assert search.count == 1500


def hits(rows: FileRows, words: str) -> list[str]:
    """Every hit, in the order in which one comes to it."""
    search, found = FileSearch(rows, words), list[str]()
    node = search.first()
    while node is not None and len(found) < search.count:
        found.append(rows.view.table.path(node))
        node = search.after(node)
    assert node == search.first()
    return found


def test_a_search_finds_names_in_folded_folders_in_the_order_of_the_rows() -> None:
    rows = rows_of(view_of())
    assert hits(rows, "a") == ["/etc/passwd", "/app", "/app/a", "/app/data"]
    assert hits(rows, "BIG") == ["/app/big"]
    assert hits(rows, "nothing") == []


def test_a_search_with_a_slash_finds_parts_of_paths() -> None:
    rows = rows_of(view_of())
    assert hits(rows, "data/t") == ["/app/data/three", "/app/data/two"]
    assert hits(rows, "bin/") == ["/bin"]
    assert hits(rows, "etc/sh") == []


def test_a_search_finds_only_what_may_be_shown() -> None:
    rows = rows_of(view_of(), shown=Mark.HIDDEN)
    assert hits(rows, "t") == ["/app/data", "/app/data/two"]


names = st.sampled_from(["a", "ab", "b", "ba", "c"])
files = st.lists(
    st.lists(names, min_size=1, max_size=4).map("/".join), min_size=1, max_size=12, unique=True
)


@given(files, st.sampled_from(["a", "b", "ab", "a/b"]), st.data())
def test_going_back_is_going_on_the_other_way_round(
    chosen: list[str], words: str, data: st.DataObject
) -> None:
    rows = rows_of(view_of([(it, FILE, len(it)) for it in chosen]), levels=9)
    search = FileSearch(rows, words)
    on_show = [it for it in rows.nodes if search.is_hit(it)]
    assert search.count == len(on_show)
    node = data.draw(st.sampled_from(list(rows.nodes)))
    place = rows.nodes.index(node)
    later = [it for it in rows.nodes[place + 1 :] if search.is_hit(it)]
    earlier = [it for it in rows.nodes[:place] if search.is_hit(it)]
    assert search.after(node) == next(iter([*later, *on_show]), None)
    assert search.before(node) == next(iter([*reversed(earlier), *reversed(on_show)]), None)
    assert search.at_or_after(node) == (node if search.is_hit(node) else search.after(node))


def test_going_on_from_what_is_no_longer_among_the_files_begins_anew() -> None:
    table, layers = table_of([("a", FILE, 1), ("b", FILE, 2)])
    layers.append(layer_of(table, [("a", GONE, 0)]))
    rows = rows_of(whole_view(table, layers), shown=Mark.ADDED)
    search = FileSearch(rows, "b")
    gone = table.paths.find(b"a") or 0
    assert search.after(gone) == table.paths.find(b"b")
    assert search.after(10_000) == table.paths.find(b"b")
