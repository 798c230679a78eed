"""The files of a container, written to one of the person's own."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from pathlib import Path

from dockertui.actions.action import Context
from dockertui.actions.question import Entry, Question
from dockertui.engine import EngineError
from dockertui.engine.files import FileThereError
from dockertui.model import Container
from dockertui.text import clean, decimal_size


async def export_to_file(ctx: Context, container: Container) -> None:
    """Ask where, and write; ask again when that cannot be written to."""
    name, trouble = f"{container.name}-{datetime.now().astimezone():%Y%m%d-%H%M}.tar", ""
    replace = False
    while True:
        if not replace:
            if (answers := await ctx.ask(_question(container, name, trouble))) is None:
                return
            name = str(answers["file"]).strip()
        try:
            if await _write(ctx, container, Path(name), replace=replace):
                ctx.say(f"{container.name} was exported to {clean(name)}.")
            else:
                ctx.say(f"{container.name} was not exported; no file is left of it.")
            return
        except FileThereError:
            trouble = ""
            replace = await ctx.ask(_replacing(Path(name))) is not None
        except EngineError as error:
            trouble, replace = str(error), False


async def _write(ctx: Context, container: Container, path: Path, *, replace: bool) -> bool:
    exporting = ctx.engine(container).runs.export(container.id, path, replace=replace)

    async def told() -> AsyncGenerator[str]:
        async with aclosing(exporting) as counts:
            async for done in counts:
                yield f"{decimal_size(done)} written to {clean(path.name)}"

    return await ctx.follow(f"Exporting {container.name}", told())


def _question(container: Container, name: str, trouble: str) -> Question:
    where = f"In {clean(str(Path.cwd()))}, unless the name says where."
    return Question(
        title=f"Export the files of {container.name}",
        sentence=f"{trouble}\n{where}" if trouble else where,
        fields=(Entry("file", "File", name, problem=_problem),),
        verb="Export",
        refusal="Cancel",
    )


def _problem(text: str) -> str:
    if not text.strip():
        return "What is the file called?"
    path = Path(text.strip()).expanduser()
    if path.is_dir():
        return "That is a folder."
    return "" if path.parent.is_dir() else f"There is no folder {clean(str(path.parent))}."


def _replacing(path: Path) -> Question:
    return Question(
        title=f"Replace {clean(path.name)}?",
        sentence="There is such a file. It would be gone.",
        gone=(clean(str(path)),),
        verb="Replace it",
        refusal="Keep it",
        destroys=True,
    )
