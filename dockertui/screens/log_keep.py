"""Keep the lines of a log in a file: what is asked first."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from dockertui.actions.question import Choice, Field, Question
from dockertui.screens.keeping import SaveQuestion, file_entry, saved, suggested_name, where
from dockertui.sync.draft import reason
from dockertui.sync.log_export import Form, LogExport
from dockertui.text import clean, counted

if TYPE_CHECKING:
    from dockertui.screens.log_host import LogHost
    from dockertui.store.log_reading import LogReading

_SCAN_S = 0.008
ENDINGS = {Form.TEXT.value: ".log", Form.BARE.value: ".log", Form.JSON.value: ".jsonl"}
"""What the name of a file ends in, by what is written."""
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
    fields: list[Field] = [
        file_entry(file or suggested_name(title, ".log", usual="log")),
        Choice("form", "As", _FORMS, form),
    ]
    lines = counted(len(reading.store), "line")
    if reading.lines is not reading.store:
        fields.append(_choice_of_lines(reading))
        lines = "lines"
    return Question(
        title=f"Save {lines} of {title}",
        sentence=where(problem),
        fields=tuple(fields),
        verb="Save",
        refusal="Cancel",
    )


def _choice_of_lines(reading: LogReading) -> Choice:
    so_far = " so far; the rest is being looked through" if reading.is_scanning else ""
    shown = f"{counted(len(reading.lines), 'line')} that the filters leave{so_far}"
    every = counted(len(reading.store), "line")
    return Choice("what", "Which", (("shown", shown), ("all", every)))


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
        answers = await host.app.push_screen_wait(SaveQuestion(question, ENDINGS))
        if answers is None:
            return
        file, form = str(answers["file"]).strip(), str(answers["form"])
        everything = answers.get("what", "all") == "all"
        try:
            said = await _save(host, reading, Path(file), Form(form), title, everything=everything)
        except OSError as error:
            problem = f"It could not be saved: {reason(error)}. Nothing is lost; try another name."
            continue
        if said:
            host.say(said)
            return


async def _save(
    host: LogHost, reading: LogReading, path: Path, form: Form, title: str, *, everything: bool
) -> str:
    """Save lines; returns what to say of it, or nothing to ask once more."""
    if not everything:
        await scanned(reading)
    lines = reading.store if everything else reading.lines
    export = LogExport(lines, form, name=title, sources=reading.sources)
    done = await saved(host.app, export, path)
    if not done:
        return "" if done is None else "Stopped; no file was left."
    lost = f" {counted(export.missing, 'older line')} went meanwhile." if export.missing else ""
    return f"Saved {counted(export.done - export.missing, 'line')} in {clean(str(path))}.{lost}"
