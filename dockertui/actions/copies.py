"""What can be made of a container: its line, another like it, an image, a file, other limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dockertui.actions.action import Context, action
from dockertui.actions.question import Answers, Check, Entry, Question
from dockertui.model import Container, ContainerState

if TYPE_CHECKING:
    pass

_INSTRUCTIONS = (
    *("CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "ONBUILD", "USER"),
    *("VOLUME", "WORKDIR"),
)
_BETWEEN = re.compile(rf"\s*;\s*(?=(?:{'|'.join(_INSTRUCTIONS)})\s)", re.IGNORECASE)


@action(Container, "C", label="Run line…", reads=True, many=False)
async def run_line(ctx: Context, container: Container, answers: Answers) -> None:
    """See and copy the `docker run` line or the Compose service that makes one like it."""
    from dockertui.actions.making.form import Recipe

    read = await ctx.engine(container).runs.spec_of(container.id)
    await ctx.show_recipe(Recipe(name=container.name, spec=read.spec, notes=read.notes))


@action(Container, "A", label="Another like it…", many=False)
async def another(ctx: Context, container: Container, answers: Answers) -> None:
    """Run another one, in a form that is filled in from this one."""
    from dataclasses import replace

    from dockertui.actions.making.running import run_from

    read = await ctx.engine(container).runs.spec_of(container.id)
    taken = {it.name for it in ctx.objects(Container) if it.engine == container.engine}
    spec = replace(read.spec, name=free_name(container.name, taken))
    await run_from(ctx, container, spec, title=f"Another {container.name}", notes=read.notes)


def free_name(name: str, taken: set[str]) -> str:
    """A name like another that nothing has yet.

    >>> free_name("web", {"web"}), free_name("web-2", {"web-2", "web-3"}), free_name("a7", {"a7"})
    ('web-2', 'web-4', 'a7-2')
    """
    stem, _, number = name.rpartition("-")
    if not (stem and number.isdecimal()):
        stem, number = name, "1"
    return next(
        made
        for at in range(int(number) + 1, int(number) + len(taken) + 2)
        if (made := f"{stem}-{at}") not in taken
    )


async def _ask_commit(_ctx: Context, containers: Sequence[Container]) -> Question:
    (container,) = containers
    return Question(
        title=f"Make an image of {container.name}",
        sentence="Its files as they are now, without what is in volumes, and its configuration.",
        fields=(
            Entry(
                "reference", "Name", hint="team/app:1.2; none leaves it without", problem=_no_name
            ),
            Entry("message", "Message", hint="what to note in its history"),
            Entry("author", "Author", hint="Ann Example <ann@example.org>"),
            Entry(
                "changes",
                "Changes",
                hint='CMD ["nginx"]; ENV MODE=fast',
                problem=problem_of_changes,
            ),
            Check("pause", "Freeze it meanwhile", ticked=True),
        ),
        verb="Commit",
        refusal="Cancel",
    )


def _no_name(text: str) -> str:
    from dockertui.model.reference import BadReference, parse_reference

    try:
        if text.strip() and parse_reference(text).digest:
            return "A new image can have a tag, but its digest is its own."
    except BadReference as mistake:
        return str(mistake)
    return ""


def changes_in(text: str) -> tuple[str, ...]:
    """The instructions in a line, with semicolons between.

    >>> changes_in('CMD ["sh", "-c", "a; b"]; ENV A=1')
    ('CMD ["sh", "-c", "a; b"]', 'ENV A=1')
    """
    return tuple(it.strip() for it in _BETWEEN.split(text) if it.strip())


def problem_of_changes(text: str) -> str:
    """What is wrong with instructions; empty when they will do."""
    for change in changes_in(text):
        if change.split()[0].upper() not in _INSTRUCTIONS or len(change.split()) == 1:
            return f"Instructions are {', '.join(_INSTRUCTIONS)}, with something after them."
    return ""


@action(
    Container,
    "m",
    label="Commit…",
    when=lambda it: it.state not in {ContainerState.REMOVING, ContainerState.DEAD},
    ask=_ask_commit,
    doing="committing",
    many=False,
)
async def commit(ctx: Context, container: Container, answers: Answers) -> str:
    """Make an image of its files and its configuration as they are now."""
    from dockertui.engine.run_work import CommitRequest
    from dockertui.model.reference import parse_reference

    name = str(answers["reference"]).strip()
    reference = parse_reference(name) if name else None
    made = await ctx.engine(container).runs.commit(
        CommitRequest(
            container_id=container.id,
            reference=reference,
            message=str(answers["message"]),
            author=str(answers["author"]),
            pause=bool(answers["pause"]),
            changes=changes_in(str(answers["changes"])),
        )
    )
    what = reference.tagged().familiar if reference else made.removeprefix("sha256:")[:12]
    return f"is now an image as well: {what}"


@action(Container, "x", label="Export…", reads=True, many=False)
async def export(ctx: Context, container: Container, answers: Answers) -> None:
    """Write its files to a tar archive, without what is in volumes."""
    from dockertui.actions.making.export import export_to_file

    await export_to_file(ctx, container)


@action(
    Container,
    "u",
    label="Limits…",
    when=lambda it: it.state not in {ContainerState.REMOVING, ContainerState.DEAD},
    many=False,
)
async def limits(ctx: Context, container: Container, answers: Answers) -> None:
    """Change its memory, its processors, its processes and its restart policy, while it runs."""
    from dockertui.actions.making.limits import change_limits

    await change_limits(ctx, container)
