"""The manual's tables, written from the declarations themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.binding import Binding

from dockertui.actions import actions_for
from dockertui.app import DockerTUI
from dockertui.resources import EVERY_RESOURCE
from dockertui.screens.main import MainScreen
from dockertui.widgets.command import key_name
from dockertui.widgets.detail_pane import DetailPane
from dockertui.widgets.detail_table import DetailTable
from dockertui.widgets.inspect_tree import InspectTree
from dockertui.widgets.log_view import LogView
from dockertui.widgets.resource_pane import ResourcePane
from dockertui.widgets.table import VirtualTable

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
