"""Keep the lines of a log in a file: what is asked first, and how far it is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, ProgressBar, Static

from dockertui.actions.question import Choice, Entry, Field, Question
from dockertui.engine.threads import in_thread
from dockertui.screens.ask import Ask
from dockertui.screens.dialog import Dialog, Frame
from dockertui.screens.fields import ChoiceField
from dockertui.sync.log_export import Form, LogExport, reason
from dockertui.text import binary_size, clean, counted

if TYPE_CHECKING:
    from dockertui.screens.log_host import LogHost
    from dockertui.store.log_reading import LogReading

_LONGEST_NAME = 60
_PATIENCE_S = 0.3
"""How long it may take before anything is said of it."""
_SCAN_S = 0.008
_ENDINGS = {Form.TEXT: ".log", Form.BARE: ".log", Form.JSON: ".jsonl"}
_FORMS = (
    (Form.TEXT.value, "time, container and text, without colours"),
    (Form.BARE.value, "the texts alone, as they were printed"),
    (Form.JSON.value, "JSON Lines: container, stream, time, text, fields"),
)


def save_question(
    reading: LogReading, title: str, *, file: str = "", form: str = "", problem: str = ""
) -> Question:
    """What to ask before lines are saved.

    Args:
        reading: Whose lines.
        title: Whose log, for the file's name.
        file: What was typed before, if that was not possible.
        form: What was chosen then.
        problem: Why it was not possible, in a sentence.
    """
    whole, left = len(reading.store), len(reading.lines)
    fields: list[Field] = [
        Entry("file", "File", file or suggested_name(title), problem=_problem_of_name),
        Choice("form", "As", _FORMS, form),
    ]
    if reading.lines is not reading.store:
        so_far = " so far; the rest is being looked through" if reading.is_scanning else ""
        fields.append(
            Choice(
                "what",
                "Which",
                (
                    ("shown", f"{counted(left, 'line')} that the filters leave{so_far}"),
                    ("all", counted(whole, "line")),
                ),
            )
        )
    where = f"In {clean(str(Path.cwd()))}, unless the name says where."
    return Question(
        title=f"Save {counted(whole, 'line')} of {title}"
        if len(fields) < 3  # noqa: PLR2004 - nothing to choose from
        else f"Save lines of {title}",
        sentence=f"{problem}\n{where}" if problem else where,
        fields=tuple(fields),
        verb="Save",
        refusal="Cancel",
    )


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


def suggested_name(title: str) -> str:
    """A name for a file: whose log, and when it was saved."""
    return f"{file_stem(title)}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.log"


def file_stem(title: str) -> str:
    r"""A title without what a file's name should not have.

    >>> file_stem("web-1, previous life"), file_stem("../\x1b"), file_stem("3 containers")
    ('web-1-previous-life', 'log', '3-containers')
    """
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", title).strip(".-")[:_LONGEST_NAME]
    return stem or "log"


def _problem_of_name(text: str) -> str:
    return "" if text.strip() else "What is the file called?"


class SaveQuestion(Ask):
    """Gives the file's name the ending that suits what is written."""

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Change the ending, unless a person has chosen another."""
        field = event.option_list.parent
        if not isinstance(field, ChoiceField) or field.field.name != "form":
            return
        line, path = self.query_one(Input), Path(self.query_one(Input).value)
        ending = _ENDINGS[Form(field.answer)]
        if path.suffix in _ENDINGS.values() and path.suffix != ending:
            line.value = line.value.removesuffix(path.suffix) + ending


class Saving(Dialog[None]):
    """How far it is; closing it stops it."""

    CLICK_AWAY = False

    def __init__(self, title: str, export: LogExport, work: asyncio.Task[None]) -> None:
        """Watch lines being written.

        Args:
            title: What is done.
            export: The lines.
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
            count.update(Content(f"{done:,} of {counted(total, 'line')}"))
        if self.work.done():
            self.dismiss(None)


async def watched(
    app: App[Any], title: str, export: LogExport, work: Coroutine[Any, Any, None]
) -> bool:
    """Let lines be written, and show how far it is if that takes its time.

    Returns:
        Whether they were; false if the person has stopped it.

    Raises:
        OSError: They could not be written.
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


async def scanned(reading: LogReading) -> None:
    """Wait until it is known which lines the filters leave."""
    goes_on = True
    while goes_on:
        goes_on = reading.advance(_SCAN_S)
        await asyncio.sleep(0)


async def keep(host: LogHost, reading: LogReading, title: str) -> None:
    """Ask where to save lines, and save them; ask again when that is not possible."""
    file = form = problem = ""
    while True:
        question = save_question(reading, title, file=file, form=form, problem=problem)
        answers = await host.app.push_screen_wait(SaveQuestion(question))
        if answers is None:
            return
        file, form = str(answers["file"]).strip(), str(answers["form"])
        everything = answers.get("what", "all") == "all"
        try:
            said = await _saved(host, reading, Path(file), Form(form), title, everything=everything)
        except OSError as error:
            problem = f"It could not be saved: {reason(error)}. Nothing is lost; try another name."
            continue
        if said:
            host.say(said)
            return


async def _saved(
    host: LogHost, reading: LogReading, path: Path, form: Form, title: str, *, everything: bool
) -> str:
    """Save lines; returns what to say of it, or nothing to ask once more."""
    if not everything:
        await scanned(reading)
    lines = reading.store if everything else reading.lines
    export = LogExport(lines, form, name=title, sources=reading.sources)
    heading = f"Saving {clean(path.name)}"
    try:
        done = await watched(host.app, heading, export, export.save(path))
    except FileExistsError:
        size_bytes = await in_thread(lambda: path.expanduser().stat().st_size)
        asked = Ask(replace_question(path, size_bytes))
        if await host.app.push_screen_wait(asked) is None:
            return ""
        done = await watched(host.app, heading, export, export.save(path, replace=True))
    if not done:
        return "Stopped; no file was left."
    lost = f" {counted(export.missing, 'older line')} went meanwhile." if export.missing else ""
    return f"Saved {counted(export.done - export.missing, 'line')} in {clean(str(path))}.{lost}"
