"""What is asked before something is saved in a file, and how far that is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, ProgressBar, Static

from dockertui.actions.question import Entry, Question
from dockertui.engine.threads import in_thread
from dockertui.screens.ask import Ask
from dockertui.screens.dialog import Dialog, Frame
from dockertui.screens.fields import ChoiceField
from dockertui.text import binary_size, clean, counted

_LONGEST_NAME = 60
_PATIENCE_S = 0.3
"""How long it may take before anything is said of it."""


class Export(Protocol):
    """Something that is being written."""

    @property
    def noun(self) -> str:
        """What is counted: a word for one."""
        ...

    @property
    def done(self) -> int:
        """How many are written."""
        ...

    @property
    def total(self) -> int:
        """How many there will be."""
        ...

    async def save(self, path: Path, *, replace: bool = False) -> None:
        """Write a file.

        Raises:
            FileExistsError: There is one, and it may not be replaced.
            OSError: It could not be written.
        """
        ...


def file_entry(name: str) -> Entry:
    """A line to type the name of a file."""
    return Entry("file", "File", name, problem=_problem_of_name)


def where(problem: str) -> str:
    """Where a file will be, under what went wrong before."""
    folder = f"In {clean(str(Path.cwd()))}, unless the name says where."
    return f"{problem}\n{folder}" if problem else folder


def replace_question(path: Path, size_bytes: int) -> Question:
    """What to ask before a file that is there is replaced."""
    return Question(
        title=f"Replace {clean(path.name)}?",
        sentence=f"There is such a file, of {binary_size(size_bytes)}. It would be gone.",
        gone=(clean(str(path)),),
        verb="Replace it",
        refusal="Keep it",
        destroys=True,
    )


def suggested_name(title: str, ending: str, *, usual: str) -> str:
    """A name for a file: what is in it, and when it was saved.

    Args:
        title: What is in it.
        ending: What the name ends in, with its dot.
        usual: What to write where the title has nothing that a name may have.
    """
    stem = file_stem(title, usual=usual)
    return f"{stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}{ending}"


def file_stem(title: str, *, usual: str = "log") -> str:
    r"""A title without what a file's name should not have.

    >>> file_stem("web-1, previous life"), file_stem("../\x1b"), file_stem("3 containers")
    ('web-1-previous-life', 'log', '3-containers')
    """
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", title).strip(".-")[:_LONGEST_NAME]
    return stem or usual


def _problem_of_name(text: str) -> str:
    return "" if text.strip() else "What is the file called?"


class SaveQuestion(Ask):
    """Gives the file's name the ending that suits what is written."""

    def __init__(self, question: Question, endings: Mapping[str, str]) -> None:
        """Ask.

        Args:
            question: What.
            endings: What a name ends in, by the answer to `form`.
        """
        super().__init__(question)
        self._endings = endings

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Change the ending, unless a person has chosen another."""
        field = event.option_list.parent
        if not isinstance(field, ChoiceField) or field.field.name != "form":
            return
        line, path = self.query_one(Input), Path(self.query_one(Input).value)
        ending = self._endings[field.answer]
        if path.suffix in self._endings.values() and path.suffix != ending:
            line.value = line.value.removesuffix(path.suffix) + ending


class Saving(Dialog[None]):
    """How far it is; closing it stops it."""

    CLICK_AWAY = False

    def __init__(self, title: str, export: Export, work: asyncio.Task[None]) -> None:
        """Watch something being written.

        Args:
            title: What is done.
            export: What is written.
            work: Who writes them.
        """
        super().__init__()
        self.heading = title
        self.export = export
        self.work = work

    def compose(self) -> ComposeResult:
        """Put a bar above the count."""
        with Frame(self.heading, classes="saving") as frame:
            frame.show_keys(("esc", "stop"))
            yield ProgressBar(self.export.total, show_percentage=False, show_eta=False)
            yield Static(markup=False, classes="count")

    def on_mount(self) -> None:
        """Look how far it is, now and then."""
        self.set_interval(0.1, self._look)
        self._look()

    def action_close(self) -> None:
        """Stop it; nothing is left of the file."""
        self.work.cancel()

    def _look(self) -> None:
        done, total = self.export.done, self.export.total
        for bar in self.query(ProgressBar):
            bar.progress = done
        for count in self.query(".count").results(Static):
            count.update(Content(f"{done:,} of {counted(total, self.export.noun)}"))
        if self.work.done():
            self.dismiss(None)


async def watched(
    app: App[Any], title: str, export: Export, work: Coroutine[Any, Any, None]
) -> bool:
    """Let something be written, and show how far it is if that takes its time.

    Returns:
        Whether it was; false if the person has stopped it.

    Raises:
        OSError: It could not be written.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=_PATIENCE_S)
        if not task.done():
            await app.push_screen_wait(Saving(title, export, task))
        await asyncio.wait({task})
    finally:
        task.cancel()
    if task.cancelled():
        return False
    task.result()
    return True


async def saved(app: App[Any], export: Export, path: Path) -> bool | None:
    """Save something; ask before a file is replaced.

    Returns:
        Whether it was saved, and not stopped; `None` if a file that is there shall stay.

    Raises:
        OSError: It could not be written.
    """
    heading = f"Saving {clean(path.name)}"
    try:
        return await watched(app, heading, export, export.save(path))
    except FileExistsError:
        size_bytes = await in_thread(lambda: path.expanduser().stat().st_size)
        asked = Ask(replace_question(path, size_bytes))
        if await app.push_screen_wait(asked) is None:
            return None
        return await watched(app, heading, export, export.save(path, replace=True))
