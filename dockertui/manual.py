"""The manual's tables, written from the declarations themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from textual.binding import Binding

from dockertui.actions import actions_for
from dockertui.app import DockerTUI
from dockertui.model import Container
from dockertui.model.run.field import Group, RunField
from dockertui.model.run.fields import in_group
from dockertui.model.run.fields_main import COMMAND, IMAGE
from dockertui.resources import EVERY_RESOURCE
from dockertui.screens.ask import Ask
from dockertui.screens.compare_room import CompareRoom
from dockertui.screens.dialog import Dialog
from dockertui.screens.doors import Doors
from dockertui.screens.help import Help
from dockertui.screens.host_screen import HostScreen
from dockertui.screens.item import WordList
from dockertui.screens.job_pane import JobPage, JobTable
from dockertui.screens.jobs_room import JobsRoom
from dockertui.screens.log_record import WholeRecord
from dockertui.screens.log_room import LogRoom
from dockertui.screens.log_switches import LogSwitches
from dockertui.screens.main import MainScreen
from dockertui.screens.message import Message
from dockertui.screens.palette import Palette
from dockertui.screens.registries.finding import FindingKeys
from dockertui.screens.registries.login import LoginKeys
from dockertui.screens.registries.room import RegistriesRoom
from dockertui.screens.registries.tag_keys import TagKeys
from dockertui.screens.room import Room
from dockertui.screens.run_form import RunFormScreen
from dockertui.screens.run_going import GoingAbout
from dockertui.screens.run_line import LineDialog, RecipeScreen
from dockertui.screens.run_rows import GroupHead, Switch
from dockertui.widgets.chart_page import ChartPage
from dockertui.widgets.command import key_name
from dockertui.widgets.compare_table import CompareTable
from dockertui.widgets.detail_table import DetailTable
from dockertui.widgets.fact_list import FactList
from dockertui.widgets.files_page import FilesPage
from dockertui.widgets.inspect_tree import InspectTree
from dockertui.widgets.layer_table import LayerTable
from dockertui.widgets.log_filter_keys import FilterKeys
from dockertui.widgets.log_keep_keys import KeepKeys
from dockertui.widgets.log_keys import LogKeys
from dockertui.widgets.log_page import LogPage
from dockertui.widgets.log_prompt import PromptLine
from dockertui.widgets.log_search_keys import SearchKeys
from dockertui.widgets.log_time_keys import TimeKeys
from dockertui.widgets.others_table import OthersTable
from dockertui.widgets.resource_pane import FilterLine, ResourcePane
from dockertui.widgets.row_list import RowList
from dockertui.widgets.section_list import SectionList
from dockertui.widgets.section_page import SectionPage
from dockertui.widgets.table import VirtualTable
from dockertui.widgets.text_page import TextPage

_BEGIN, _END = "<!-- keys -->", "<!-- end of keys -->"
_HEAD = "| Key | What | |\n| --- | --- | --- |\n"
PLACES: Sequence[tuple[str, Sequence[type]]] = (
    ("Anywhere", (Doors, MainScreen, DockerTUI)),
    ("In every list", (ResourcePane, VirtualTable)),
    ("While a filter is typed", (FilterLine,)),
    ("In a log", (SearchKeys, FilterKeys, TimeKeys, KeepKeys, LogKeys, LogPage)),
    ("While a search, a filter or a time is typed", (PromptLine,)),
    ("In every room", (Room,)),
    ("In a room of logs", (LogRoom,)),
    ("In the jobs", (JobsRoom, JobTable)),
    ("In the output of a job", (JobPage,)),
    ("In registries", (RegistriesRoom, FindingKeys, TagKeys, LoginKeys)),
    ("In everything else that is read", (RowList,)),
    ("In an inspection", (InspectTree,)),
    ("In facts and variables", (FactList,)),
    ("In a table of the detail", (DetailTable,)),
    ("In the layers of an image", (LayerTable,)),
    ("In the files of an image", (FilesPage,)),
    ("In what uses an image", (OthersTable,)),
    ("In a text", (TextPage,)),
    ("In a comparison", (CompareTable, CompareRoom)),
    ("In charts", (ChartPage,)),
    ("On an engine's page", (HostScreen, SectionPage, SectionList)),
    ("In every dialog", (Dialog, WordList)),
    ("In a question", (Ask,)),
    ("In the form of a run", (RunFormScreen, GoingAbout, Switch, GroupHead)),
    ("While a line is typed", (LineDialog,)),
    ("In the line of a container", (RecipeScreen,)),
    ("In the palette", (Palette,)),
    ("In the help", (Help,)),
    ("In a message", (Message,)),
    ("In a whole record", (WholeRecord,)),
    ("In filters and sources", (LogSwitches,)),
)
"""Where keys hold besides those of the actions, and who declares them."""


def keys() -> str:
    """Every key, as Markdown: a table for each place where it holds."""
    parts = ["# Keys\n\nWritten by `make docs` from the declarations; a test keeps it true.\n"]
    for resource in EVERY_RESOURCE:
        rows = ((it.key, it.label, it.help) for it in actions_for(resource.kind))
        parts.append(f"## On {resource.title.lower()}\n\n{_HEAD}{_rows(rows)}")
    for title, classes in PLACES:
        rows = ((it.key, it.description, it.tooltip) for each in classes for it in own_keys(each))
        parts.append(f"## {title}\n\n{_HEAD}{_rows(rows)}")
    return "\n".join(parts)


def own_keys(declaring: type) -> list[Binding]:
    """The keys that a class declares itself."""
    return [it for it in vars(declaring).get("BINDINGS", ()) if isinstance(it, Binding)]


def columns() -> str:
    """Every column of every list, as Markdown, and the words of its filter."""
    parts = [
        "# Columns and filters\n\nWritten by `make docs` from the declarations; a test keeps it "
        "true. `z` gives a list the whole screen.\n"
    ]
    for resource in EVERY_RESOURCE:
        ranked = sorted(resource.columns, key=lambda it: -it.keep)
        titles = ", ".join(it.title for it in ranked if it.title)
        words = ", ".join(f"`{it}:`" for it in resource.fields)
        parts.append(
            f"## {resource.title}\n\nColumns, those first that stay longest when it gets narrow: "
            f"{titles}.\n\nFilter words: {words}. `!` before a word inverts it.\n"
        )
    return "\n".join(parts)


def run_fields() -> str:
    """Every field of the form of a run, as Markdown: what it says, and what its flag is."""
    parts = [
        "# The form of a run\n\nWritten by `make docs` from the declarations; a test keeps it "
        "true. `r` on an image opens it, and so does `A` on a container. A `docker run` line "
        "that is pasted into it fills it in; `ctrl+y` copies the line that does the same.\n"
    ]
    for group in Group:
        own = in_group(group)
        fields = (IMAGE, COMMAND, *own) if group is Group.MAIN else own
        rows = "".join(f"| {it.label} | {_flag(it)} | {_cell(it.help)} |\n" for it in fields)
        head = "| Field | Flag | |\n| --- | --- | --- |\n"
        parts.append(f"## {group.value or 'Before all'}\n\n{head}{rows}")
    return "\n".join(parts)


def _flag(field: RunField) -> str:
    flags = [f"-{field.short}"] if field.short else []
    flags += [f"--{it}" for it in (field.flag, *field.also) if it]
    return " ".join(f"`{it}`" for it in flags) or "—"


def _rows(rows: Iterable[tuple[str, str, str]]) -> str:
    return "".join(
        f"| {_keys(keys_)} | {_cell(label)} | {_cell(help_)} |\n" for keys_, label, help_ in rows
    )


def _keys(keys_: str) -> str:
    return " ".join(f"`{_cell(key_name(it))}`" for it in keys_.split(","))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


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
        root / "docs" / "run.md": run_fields(),
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
