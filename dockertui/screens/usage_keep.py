"""Keep what was measured in a file: what is asked first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dockertui.actions.question import Choice, Question
from dockertui.model import DockerObject
from dockertui.screens.keeping import SaveQuestion, file_entry, saved, suggested_name, where
from dockertui.store.history import History
from dockertui.sync.draft import reason
from dockertui.sync.usage_export import Form, UsageExport
from dockertui.text import clean, counted

if TYPE_CHECKING:
    from dockertui.screens.log_host import LogHost

ENDINGS = {Form.CSV.value: ".csv", Form.JSON.value: ".jsonl"}
"""What the name of a file ends in, by what is written."""
_FORMS = (
    (Form.CSV.value, "comma-separated values, as spreadsheets read them"),
    (Form.JSON.value, "JSON Lines, an object for each step of time"),
)
_WHAT = "The last quarter of an hour by the second, and up to a day before by the minute."


def save_question(name: str, *, file: str = "", form: str = "", problem: str = "") -> Question:
    """What to ask before figures are saved.

    Args:
        name: Whose they are.
        file: What was typed before, if that was not possible.
        form: What was chosen then.
        problem: Why it was not possible, in a sentence.
    """
    ending = ENDINGS[form or Form.CSV.value]
    return Question(
        title=f"Save what {name} used",
        sentence=where(problem or _WHAT),
        fields=(
            file_entry(file or suggested_name(f"{name}-stats", ending, usual="stats")),
            Choice("form", "As", _FORMS, form),
        ),
        verb="Save",
        refusal="Cancel",
    )


async def keep(host: LogHost, history: History, target: DockerObject) -> None:
    """Ask where to save figures, and save them; ask again when that is not possible."""
    file = form = problem = ""
    while True:
        question = save_question(target.name, file=file, form=form, problem=problem)
        answers = await host.app.push_screen_wait(SaveQuestion(question, ENDINGS))
        if answers is None:
            return
        file, form = str(answers["file"]).strip(), str(answers["form"])
        export = UsageExport(history, Form(form), kind=target.kind or "name", name=target.name)
        try:
            done = await saved(host.app, export, Path(file))
        except OSError as error:
            problem = f"It could not be saved: {reason(error)}. Try another name."
            continue
        if done is not None:
            rows = counted(export.done, export.noun)
            said = f"Saved {rows} in {clean(file)}." if done else "Stopped; no file was left."
            host.say(said)
            return
        problem = ""
