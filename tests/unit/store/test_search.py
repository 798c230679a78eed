"""The filter language of the lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest

from dockertui.store.search import Search


class Row(NamedTuple):
    """What a list shows."""

    name: str
    image: str
    state: str
    labels: str

    @property
    def key(self) -> str:
        return self.image


FIELDS: dict[str, Callable[[Row], Iterable[str]]] = {
    "name": lambda row: (row.name,),
    "image": lambda row: (row.image,),
    "state": lambda row: (row.state,),
    "label": lambda row: row.labels.split(","),
}
ROWS = [
    Row("web-1", "nginx:1.27", "running", "env=prod,tier=front"),
    Row("Web-Test", "nginx:1.25", "exited", "env=test"),
    Row("db-1", "postgres:16", "running", "env=prod"),
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
    passes = Search(FIELDS, ("name", "image")).condition(query)
    assert [row.name for row in ROWS if passes is None or passes(row)] == names


@pytest.mark.parametrize("query", ["'", '"', "\\", "!!", ":", "::", "#", "a:b:c", "'a \"b", "(["])
def test_a_half_typed_filter_is_never_an_error(query: str) -> None:
    passes = Search(FIELDS, ("name",)).condition(query)
    assert passes is None or all(passes(row) in {True, False} for row in ROWS)


def test_a_row_that_changed_is_read_again() -> None:
    search = Search(FIELDS, ("name",))
    passes = search.condition("blue")
    assert passes is not None
    assert not passes(Row("web", "nginx", "running", ""))
    assert passes(Row("web-blue", "nginx", "running", ""))
