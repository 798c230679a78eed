"""The pages that are written from the declarations, and what the others point at."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.dom import DOMNode

import dockertui
from dockertui.actions import EVERY_ACTION
from dockertui.manual import PLACES, columns, keys, own_keys, pages
from dockertui.resources import EVERY_RESOURCE
from dockertui.widgets.command import key_name

ROOT = Path(__file__).parents[2]
WRITTEN = sorted(pages(ROOT))
READ = sorted({ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), *WRITTEN})
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def declaring() -> Iterator[type[DOMNode]]:
    """Every class of ours that declares keys."""
    for found in walk_packages(dockertui.__path__, "dockertui."):
        if not found.name.endswith("__main__"):
            module = import_module(found.name)
            for _, each in inspect.getmembers(module, inspect.isclass):
                if each.__module__ == found.name and issubclass(each, DOMNode) and own_keys(each):
                    yield each


@pytest.mark.parametrize("path", WRITTEN, ids=named(WRITTEN))
def test_a_written_page_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == pages(ROOT)[path], "run `make docs`"


def test_every_class_that_declares_keys_has_one_place_in_the_manual() -> None:
    places = Counter(each for _, classes in PLACES for each in classes)
    assert places == Counter(declaring())


def test_every_key_of_a_place_is_written_once_and_says_what_it_does() -> None:
    page = keys()
    sections = dict(re.findall(r"^## (.*)\n([^#]*)", page, re.MULTILINE))
    for title, classes in PLACES:
        rows = [it for it in sections[title].splitlines() if it.startswith("| `")]
        assert len(rows) == len(set(rows)) == sum(len(own_keys(each)) for each in classes)
        for each in (it for one in classes for it in own_keys(one)):
            wanted = " ".join(f"`{key_name(key)}`" for key in each.key.split(",")).replace(
                "|", "\\|"
            )
            assert any(it.startswith(f"| {wanted} | {each.description} | ") for it in rows)
            assert each.tooltip


def test_every_action_and_every_column_is_in_the_manual() -> None:
    assert all(f"| {each.label} | {each.help} |" in keys() for each in EVERY_ACTION)
    for resource in EVERY_RESOURCE:
        assert all(each.title in columns() for each in resource.columns)
        assert all(f"`{word}:`" in columns() for word in resource.fields)


def test_a_table_has_no_row_with_a_cell_too_many() -> None:
    for line in keys().splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 4, line


@pytest.mark.parametrize("path", READ, ids=named(READ))
def test_what_a_page_points_at_is_there(path: Path) -> None:
    for target in LINK.findall(path.read_text("utf-8")):
        if "://" not in target and not target.startswith("#"):
            assert (path.parent / target.partition("#")[0]).exists(), target
