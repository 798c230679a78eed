"""What can be done to a Compose project: the same to each of its containers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from dockertui.actions.action import Context, action
from dockertui.actions.question import Answers, Question
from dockertui.engine import Engine, EngineError
from dockertui.model import Container, ContainerState, Project
from dockertui.text import counted

Suits = Callable[[Container], bool]
_AT_ONCE = 8
_STARTABLE = {ContainerState.CREATED, ContainerState.EXITED}


def _is_live(it: Container) -> bool:
    return it.state.is_live


def _can_start(it: Container) -> bool:
    return it.state in _STARTABLE


def _all(_: Container) -> bool:
    return True


def _members(ctx: Context, project: Project, suits: Suits) -> list[Container]:
    found = (
        it
        for it in ctx.objects(Container)
        if it.engine == project.engine and it.project == project.name and suits(it)
    )
    return sorted(found, key=lambda it: it.name)


async def _each(
    ctx: Context,
    project: Project,
    suits: Suits,
    deed: Callable[[Engine, Container], Awaitable[None]],
) -> str:
    """Do something to all that it suits, some at a time; raises the first failure at the end."""
    engine, gate = ctx.engine(project), asyncio.Semaphore(_AT_ONCE)
    members = _members(ctx, project, suits)

    async def one(container: Container) -> EngineError | None:
        async with gate:
            try:
                await deed(engine, container)
            except EngineError as error:
                return error
            return None

    outcomes = await asyncio.gather(*map(one, members))
    if failures := [it for it in outcomes if it is not None]:
        raise failures[0]
    return counted(len(members), "container")


def _asking(verb: str, suits: Suits, sentence: str = "") -> Callable[..., Awaitable[Question]]:
    async def ask(ctx: Context, projects: Sequence[Project]) -> Question:
        members = [it.name for each in projects for it in _members(ctx, each, suits)]
        what = projects[0].name if len(projects) == 1 else counted(len(projects), "project")
        return Question(
            title=f"{verb} {what}?",
            sentence=sentence,
            gone=tuple(members),
            verb=f"{verb} {counted(len(members), 'container')}",
            refusal="Leave them",
            destroys=verb == "Remove",
        )

    return ask


@action(
    Project,
    "s",
    when=lambda it: it.running > 0,
    ask=_asking("Stop", _is_live),
    doing="stopping",
    rank=1,
)
async def stop(ctx: Context, project: Project, answers: Answers) -> str:
    """Ask all its containers to exit, and kill those that do not when their grace is over."""
    return f"stopped: {await _each(ctx, project, _is_live, lambda engine, it: engine.stop(it.id))}"


@action(Project, "s", when=lambda it: not it.running, doing="starting", rank=1)
async def start(ctx: Context, project: Project, answers: Answers) -> str:
    """Start all its containers again, as they were created."""
    words = await _each(ctx, project, _can_start, lambda engine, it: engine.start(it.id))
    return f"started: {words}"


@action(
    Project,
    "r",
    ask=_asking("Restart", _all),
    doing="restarting",
    rank=2,
)
async def restart(ctx: Context, project: Project, answers: Answers) -> str:
    """Stop all its containers, and start them again."""
    words = await _each(ctx, project, _all, lambda engine, it: engine.restart(it.id))
    return f"restarted: {words}"


@action(
    Project,
    "d,delete",
    label="Remove…",
    ask=_asking(
        "Remove",
        _all,
        "Its containers are killed and removed, with their writable layers. "
        "Volumes, networks and images stay.",
    ),
    doing="removing",
    rank=3,
)
async def remove(ctx: Context, project: Project, answers: Answers) -> str:
    """Remove all its containers; volumes, networks and images stay."""

    async def deed(engine: Engine, container: Container) -> None:
        await ctx.keep_last_words(container)
        await engine.remove_container(container.id, force=True)

    return f"removed: {await _each(ctx, project, _all, deed)}"


@action(Project, "y", label="Copy name", reads=True, many=False)
async def copy(ctx: Context, project: Project, answers: Answers) -> None:
    """Copy its name to the clipboard."""
    ctx.copy(project.name, f"the name {project.name}")
