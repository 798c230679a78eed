"""The manual's tables, written from the declarations themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from textual.binding import Binding

from dockertui.actions import actions_for
from dockertui.app import DockerTUI
from dockertui.model import Container
from dockertui.resources import EVERY_RESOURCE
from dockertui.screens.main import MainScreen
from dockertui.widgets.command import key_name
from dockertui.widgets.detail_pane import DetailPane
from dockertui.widgets.detail_table import DetailTable
from dockertui.widgets.inspect_tree import InspectTree
from dockertui.widgets.log_view import LogView
from dockertui.widgets.resource_pane import ResourcePane
from dockertui.widgets.table import VirtualTable

_BEGIN, _END = "<!-- keys -->", "<!-- end of keys -->"
_HEAD = "| Key | What | |\n| --- | --- | --- |\n"
_WIDGETS: Sequence[tuple[str, Sequence[type]]] = (
    ("In every list", (ResourcePane, VirtualTable)),
    ("Anywhere", (MainScreen, DockerTUI)),
    ("In the detail", (DetailPane,)),
    ("In a log", (LogView,)),
    ("In an inspection", (InspectTree,)),
    ("In the tables of the detail", (DetailTable,)),
)


def keys() -> str:
    """Every key, as Markdown: a table for each place where it holds."""
    parts = ["# Keys\n\nWritten by `make docs` from the declarations; a test keeps it true.\n"]
    for resource in EVERY_RESOURCE:
        rows = ((it.key, it.label, it.help) for it in actions_for(resource.kind))
        parts.append(f"## On {resource.title.lower()}\n\n{_HEAD}{_rows(rows)}")
    for title, classes in _WIDGETS:
        found = (it for each in classes for it in each.__dict__.get("BINDINGS", ()))
        rows = (
            (it.key, it.description, it.tooltip or "") for it in found if isinstance(it, Binding)
        )
        parts.append(f"## {title}\n\n{_HEAD}{_rows(rows)}")
    return "\n".join(parts)


def columns() -> str:
    """Every column of every list, as Markdown, and the words of its filter."""
    parts = ["# Columns and filters\n\nWritten by `make docs` from the declarations.\n"]
    for resource in EVERY_RESOURCE:
        titles = ", ".join(it.title for it in resource.columns if it.title)
        words = ", ".join(f"`{it}:`" for it in resource.fields)
        parts.append(
            f"## {resource.title}\n\nColumns, of which the last to go when it gets narrow are the "
            f"first: {titles}.\n\nFilter words: {words}. `!` before a word inverts it.\n"
        )
    return "\n".join(parts)


def _rows(rows: Iterable[tuple[str, str, str]]) -> str:
    return "".join(
        f"| {' '.join(f'`{key_name(it)}`' for it in keys_.split(','))} | {label} | {help_} |\n"
        for keys_, label, help_ in rows
    )


def pages(root: Path) -> dict[Path, str]:
    """Every generated page, by where it belongs; of the README only the part between its marks.

    Args:
        root: The project's folder.
    """
    readme = root / "README.md"
    head, mark, rest = readme.read_text("utf-8").partition(_BEGIN)
    _, end, tail = rest.partition(_END)
    if not (mark and end):
        message = f"{readme} has no place for the keys"
        raise ValueError(message)
    return {
        root / "docs" / "keys.md": keys(),
        root / "docs" / "columns.md": columns(),
        readme: f"{head}{mark}\n{main_keys()}{end}{tail}",
    }


def main_keys() -> str:
    """The keys that one needs on the first day, for the README."""
    rows = [
        (each.key, each.label.rstrip("…"), each.help)
        for resource in EVERY_RESOURCE
        for each in actions_for(resource.kind)
        if resource.order == 1 or each.key not in {it.key for it in actions_for(Container)}
    ]
    return _HEAD + _rows(rows)


def main() -> None:
    """Write every generated page."""
    for path, text in pages(Path(__file__).parent.parent).items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
