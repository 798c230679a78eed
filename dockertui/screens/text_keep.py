"""Keep a text in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dockertui.actions.question import Question
from dockertui.screens.ask import Ask
from dockertui.screens.keeping import file_entry, file_stem, saved, where
from dockertui.sync.draft import reason
from dockertui.sync.text_export import TextExport
from dockertui.text import clean

if TYPE_CHECKING:
    from dockertui.screens.host import Host


def text_question(what: str, file: str, problem: str = "") -> Question:
    """What to ask before a text is saved.

    Args:
        what: What the text is.
        file: The name that is suggested.
        problem: Why another name was not possible, in a sentence.
    """
    return Question(
        title=f"Save {what}",
        sentence=where(problem),
        fields=(file_entry(file),),
        verb="Save",
        refusal="Cancel",
    )


async def keep_text(host: Host, text: str, file: str, what: str) -> None:
    """Ask where to save a text, and save it; ask again when that is not possible.

    Args:
        host: The screen that it is asked on.
        text: The text.
        file: The name that is suggested.
        what: What the text is.
    """
    file, problem = file_stem(file, usual="text"), ""
    while True:
        answers = await host.app.push_screen_wait(Ask(text_question(what, file, problem)))
        if answers is None:
            return
        file, problem = str(answers["file"]).strip(), ""
        try:
            done = await saved(host.app, TextExport(text), Path(file))
        except OSError as error:
            problem = f"It could not be saved: {reason(error)}. Nothing is lost; try another name."
            continue
        if done is not None:
            host.say(f"Saved {what} in {clean(file)}." if done else "Stopped; no file was left.")
            return
