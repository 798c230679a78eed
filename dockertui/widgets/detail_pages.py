"""A page for each way in which something can be read of an object.

What draws them is imported when it is first wanted: the first screen shows nothing but a log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from textual.widget import Widget

from dockertui.model import DockerObject
from dockertui.resources.tab import (
    Body,
    Charts,
    Facts,
    Files,
    Known,
    Layers,
    Log,
    Others,
    Rows,
    Sections,
    Text,
    Tree,
)

Fill = Callable[[DockerObject, Any, datetime], str]
"""Shows what was loaded for an object, as of a time; returns why there is nothing to show."""

_LOG_PARTS = (
    "dockertui.store.log_terms",
    "dockertui.store.log_reading",
    "dockertui.widgets.log_layout",
    "dockertui.widgets.log_view",
    "dockertui.widgets.log_page",
    "dockertui.sync.log_feed",
)


async def prepare_log() -> None:
    """Import what shows a log, in pieces of some 6 ms, between which keys are answered."""
    for each in _LOG_PARTS:
        import_module(each)
        await asyncio.sleep(0)


def _nothing() -> None:
    pass


def _nobody(_: bytes) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the detail needs to know it."""

    widget: Widget
    """What is mounted."""
    view: Widget
    """The part of it that takes the focus, and is dimmed while the engine is lost."""
    fill: Fill
    """Shows an answer; a log's is what opens it, that of charts is where measurements are."""
    position: Callable[[], str]
    """Says where in it one is."""
    let_go: Callable[[], None] = _nothing
    """Ends what it follows; called before it is about another object."""
    source_name: Callable[[bytes], str] = _nobody
    """The name of the container whose lines have a tag; empty where there is no such."""
    beside: tuple[Widget, ...] = ()
    """Other parts of it that are dimmed."""

    def set_stale(self, stale: bool) -> None:
        """Dim it, or not."""
        for each in (self.view, *self.beside):
            each.set_class(stale, "-stale")


def page_for(body: Body[Any]) -> Page:
    """Make the page that shows a body."""
    return _MAKERS[type(body)](body)


def _fact_page(body: Facts[Any]) -> Page:
    from dockertui.widgets.fact_list import FactList

    view = FactList()

    def fill(target: DockerObject, answer: object, now: datetime) -> str:
        facts = tuple(body.facts(target, answer, now))
        if facts:
            view.show(facts, target.key)
        return "" if facts else body.empty

    return Page(view, view, fill, lambda: view.position_text)


def _known_page(body: Known[Any]) -> Page:
    from dockertui.widgets.fact_list import FactList

    view = FactList()

    def fill(target: DockerObject, answer: Any, _: datetime) -> str:  # noqa: ANN401 - facts
        if answer:
            view.show(answer, target.key)
        return "" if answer else body.empty

    return Page(view, view, fill, lambda: view.position_text)


def _row_page(body: Rows[Any]) -> Page:
    from dockertui.widgets.detail_table import DetailTable

    view = DetailTable()

    def fill(target: DockerObject, answer: Any, _: datetime) -> str:  # noqa: ANN401 - a sheet
        if answer.rows:
            view.show(answer, target.key)
        return "" if answer.rows else body.empty

    return Page(view, view, fill, lambda: view.position_text)


def _tree_page(_: Tree[Any]) -> Page:
    from dockertui.widgets.inspect_tree import InspectTree

    tree = InspectTree()

    def fill(target: DockerObject, answer: object, _: datetime) -> str:
        tree.show(answer, target.key)
        return ""

    return Page(tree, tree.tree_view, fill, lambda: tree.position_text)


def _log_page(_: Log) -> Page:
    from dockertui.widgets.log_page import LogPage

    page = LogPage()

    def fill(_: DockerObject, answer: Any, __: datetime) -> str:  # noqa: ANN401 - what opens it
        page.follow(answer)
        return ""

    def source_name(tag: bytes) -> str:
        source = page.reading.sources.get(tag)
        return source.name if source is not None else ""

    return Page(page, page.view, fill, lambda: page.position_text, page.let_go, source_name)


def _layer_page(body: Layers[Any]) -> Page:
    from dockertui.widgets.layer_table import LayerTable

    view = LayerTable()

    def fill(target: DockerObject, answer: Any, _: datetime) -> str:  # noqa: ANN401 - what is found
        if answer.sheet.rows:
            view.show_layers(answer, target.key)
        return "" if answer.sheet.rows else body.empty

    return Page(view, view, fill, lambda: view.position_text)


def _files_page(_: Files[Any]) -> Page:
    from dockertui.widgets.files_page import FilesPage

    page = FilesPage()

    def fill(_: DockerObject, answer: Any, __: datetime) -> str:  # noqa: ANN401 - what is found
        page.follow(answer.reading, answer.steps)
        return ""

    return Page(page, page.tree_view, fill, lambda: page.position_text, page.let_go)


def _others_page(body: Others[Any]) -> Page:
    from dockertui.widgets.others_table import OthersTable

    view = OthersTable()

    def fill(target: DockerObject, answer: Any, _: datetime) -> str:  # noqa: ANN401 - a sheet
        if answer.rows:
            view.show(answer, target.key)
        return "" if answer.rows else body.empty

    return Page(view, view, fill, lambda: view.position_text)


def _text_page(body: Text[Any]) -> Page:
    from dockertui.widgets.text_page import TextPage

    view = TextPage()

    def fill(target: DockerObject, answer: Any, _: datetime) -> str:  # noqa: ANN401 - facts
        view.file = body.file(target)
        if answer:
            view.show(answer, target.key)
        return "" if answer else body.empty

    return Page(view, view, fill, lambda: view.position_text)


def _chart_page(body: Charts[Any]) -> Page:
    from dockertui.widgets.chart_page import ChartPage

    page = ChartPage(body.charts())

    def fill(target: DockerObject, answer: Any, _: datetime) -> str:  # noqa: ANN401 - measurements
        page.follow(target, answer, body.idle(target))
        return ""

    return Page(page, page, fill, lambda: page.position_text, page.let_go)


def _section_page(body: Sections) -> Page:
    from dockertui.widgets.section_page import SectionPage

    page = SectionPage(body)

    def fill(_: DockerObject, answer: Any, __: datetime) -> str:  # noqa: ANN401 - a member
        page.follow(answer)
        return ""

    beside = (page.second,)
    return Page(page, page.first, fill, lambda: page.position_text, page.let_go, beside=beside)


_MAKERS: dict[type[Any], Callable[[Any], Page]] = {
    Facts: _fact_page,
    Known: _known_page,
    Rows: _row_page,
    Tree: _tree_page,
    Log: _log_page,
    Charts: _chart_page,
    Sections: _section_page,
    Layers: _layer_page,
    Files: _files_page,
    Others: _others_page,
    Text: _text_page,
}
"""Who makes the page for each kind of body."""
