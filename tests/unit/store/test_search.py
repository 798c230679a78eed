from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from dockertui.store.search import accepts, parse

Row = dict[str, str]
FIELDS: dict[str, Callable[[Row], Iterable[str]]] = {
    "name": lambda row: (row["name"],),
    "image": lambda row: (row["image"],),
    "state": lambda row: (row["state"],),
    "label": lambda row: row["labels"].split(","),
}
ROWS: list[Row] = [
    {"name": "web-1", "image": "nginx:1.27", "state": "running", "labels": "env=prod,tier=front"},
    {"name": "Web-Test", "image": "nginx:1.25", "state": "exited", "labels": "env=test"},
    {"name": "db-1", "image": "postgres:16", "state": "running", "labels": "env=prod"},
]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["web-1", "Web-Test", "db-1"]),
        ("web", ["web-1", "Web-Test"]),
        ("Web", ["Web-Test"]),
        ("web !test", ["web-1"]),
        ("nginx:1.27", ["web-1"]),
        ("state:exited", ["Web-Test"]),
        ("st:ex", ["Web-Test"]),
        ("!state:running", ["Web-Test"]),
        ("label:env=prod", ["web-1", "db-1"]),
        ("label:env=prod image:nginx", ["web-1"]),
        ("state:", ["web-1", "Web-Test", "db-1"]),
        ("!", ["web-1", "Web-Test", "db-1"]),
        ('"web-', ["web-1", "Web-Test"]),
        ("nothing", []),
    ],
)
def test_a_filter_leaves_what_it_says(query: str, names: list[str]) -> None:
    terms = parse(query, FIELDS, ("name", "image"))
    assert [row["name"] for row in ROWS if accepts(terms, row)] == names


@pytest.mark.parametrize("query", ["'", '"', "\\", "!!", ":", "::", "#", "a:b:c", "'a \"b", "(["])
def test_a_half_typed_filter_is_never_an_error(query: str) -> None:
    terms = parse(query, FIELDS, ("name",))
    assert [accepts(terms, row) for row in ROWS] is not None
