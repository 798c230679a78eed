"""What is different in two images."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dockertui.model.image_detail import ImageDetail
from dockertui.secrecy import MASK
from dockertui.store.image_compare import Compared, Made, compare

ONE = ImageDetail(
    id="sha256:1",
    os="linux",
    architecture="amd64",
    size_bytes=30_000_000,
    created=datetime(2026, 1, 1, tzinfo=UTC),
    command=("sh", "-c", "a b"),
    env=(("PATH", "/bin"), ("API_KEY", "old"), ("EMPTY", "")),
    labels={"version": "1", "same": "x"},
)
A, B, C = Made("sha256:aaa", 20_000_000, "ADD / /"), Made("sha256:bbb", 10, "RUN x"), "sha256:ccc"


def compared(
    other: dict[str, Any] | None = None,
    ones: list[Made] | None = None,
    others: list[Made] | None = None,
) -> dict[tuple[str, str], Compared]:
    values = {name: getattr(ONE, name) for name in ImageDetail.__dataclass_fields__}
    rows = compare(ONE, ImageDetail(**values | (other or {})), ones or [], others or [])
    return {(it.heading, it.label): it for it in rows}


def differing(rows: dict[tuple[str, str], Compared]) -> set[str]:
    return {label for (_, label), it in rows.items() if it.differs}


def test_an_image_differs_from_itself_in_nothing() -> None:
    assert differing(compared(ones=[A, B], others=[A, B])) == set()


def test_what_is_different_says_so_in_both() -> None:
    rows = compared({"size_bytes": 31_500_000, "architecture": "arm64/v8", "user": "1000"})
    assert differing(rows) == {"Size", "Platform", "User"}
    assert rows["", "Size"].other == "31.5 MB, 1.5 MB more"
    assert (rows["Program", "User"].one, rows["Program", "User"].other) == ("root", "1000")


def test_what_only_one_has_is_nothing_in_the_other() -> None:
    rows = compared(
        {"env": (("PATH", "/bin"), ("API_KEY", "old")), "labels": {"same": "x", "n": ""}}
    )
    assert differing(rows) == {"EMPTY", "version", "n"}
    assert (rows["Environment", "EMPTY"].one, rows["Environment", "EMPTY"].other) == ("", None)
    assert (rows["Labels", "n"].one, rows["Labels", "n"].other) == (None, "")


def test_secrets_are_masked_and_compared_all_the_same() -> None:
    row = compared({"env": (("API_KEY", "new"),)})["Environment", "API_KEY"]
    assert row.differs
    assert (row.shown_one, row.shown_other) == (MASK, MASK)


def test_layers_part_where_they_differ() -> None:
    other = Made(C, 500, "RUN y")
    rows = compared(ones=[A, B], others=[A, other, other])
    base = rows["Layers", "Common base"]
    assert (base.one, base.always, base.differs) == ("1 layer, 20.0 MB", True, False)
    assert (rows["Layers", "Only in it"].one, rows["Layers", "Only in it"].other) == (
        "1 layer, 10 B",
        "2 layers, 1.0 kB",
    )
    assert rows["Layers", "layer 2"].one == "10 B  RUN x"
    assert (rows["Layers", "layer 3"].one, rows["Layers", "layer 3"].other) == (
        None,
        "500 B  RUN y",
    )
    assert not rows["Layers", "layer 1"].differs


def test_layers_that_read_alike_but_hold_other_files_are_told_apart() -> None:
    rows = compared(ones=[A, B], others=[A, Made(C, 10, "RUN x")])
    assert rows["Layers", "layer 2"].differs


def test_images_with_nothing_in_common_say_so() -> None:
    rows = compared(ones=[A], others=[B])
    assert rows["Layers", "Common base"].one == "none"
