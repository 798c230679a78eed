"""What can be done to a container."""

from __future__ import annotations

from collections.abc import Sequence

from dockertui.actions.action import Context, action
from dockertui.actions.container_questions import (
    ask_command,
    ask_copy,
    ask_grace,
    ask_name,
    ask_port,
    ask_remove,
    ask_signal,
    ask_stop,
    copyable,
    port_url,
)
from dockertui.actions.question import Answers, Question
from dockertui.engine import ExecRequest
from dockertui.model import Container, ContainerState, Image, Key


def _can_start(it: Container) -> bool:
    return it.state in {ContainerState.CREATED, ContainerState.EXITED, ContainerState.UNKNOWN}


def _runs(it: Container) -> bool:
    return it.state is ContainerState.RUNNING


@action(
    Container,
    "s",
    when=lambda it: it.state.is_live,
    ask=ask_stop,
    doing="stopping",
    done="stopped",
    rank=1,
)
async def stop(ctx: Context, container: Container, answers: Answers) -> None:
    """Ask its main process to exit, and kill it when its own grace is over."""
    await ctx.engine(container).stop(container.id)


@action(Container, "s", when=_can_start, doing="starting", done="started", rank=1)
async def start(ctx: Context, container: Container, answers: Answers) -> None:
    """Start it again, with the command and configuration it was created with."""
    await ctx.engine(container).start(container.id)


@action(
    Container,
    "r",
    when=lambda it: it.state.is_live or _can_start(it),
    doing="restarting",
    done="restarted",
    rank=2,
)
async def restart(ctx: Context, container: Container, answers: Answers) -> None:
    """Stop it as `stop` does, and start it again."""
    await ctx.engine(container).restart(container.id)


@action(Container, "e", label="Shell", when=_runs, rank=3, many=False)
async def shell(ctx: Context, container: Container, answers: Answers) -> None:
    """Open a shell in it: bash, ash or sh, whichever it has."""
    engine = ctx.engine(container)
    if not (found := await engine.find_shell(container.id)):
        ctx.say(
            f"{container.name} has no shell: its image was built without bash, ash and sh. "
            "E runs another command in it."
        )
        return
    await ctx.run_terminal(
        await engine.execute(container.id, ExecRequest(command=(found,))),
        before=f"in {container.name}; exit or ctrl-d comes back",
    )


@action(Container, "E", label="Run command…", when=_runs, ask=ask_command, many=False)
async def execute(ctx: Context, container: Container, answers: Answers) -> None:
    """Run a command of your choice in it, as a user and in a folder of your choice."""
    request = ExecRequest(
        command=("sh", "-c", str(answers["command"]))
        if answers["through_shell"]
        else tuple(str(answers["command"]).split()),
        user=str(answers["user"]),
        working_dir=str(answers["folder"]),
    )
    code = await ctx.run_terminal(
        await ctx.engine(container).execute(container.id, request),
        before=f"in {container.name}",
    )
    if code:
        ctx.say(f"The command in {container.name} ended with exit code {code}.")


async def _ask_attach(ctx: Context, containers: Sequence[Container]) -> Question:
    (container,) = containers
    detail = await ctx.engine(container).detail(container.id)
    keys = (
        "ctrl-p ctrl-q detaches and leaves it running."
        if detail.tty
        else "It has no terminal of its own: ctrl-c or ctrl-p ctrl-q detaches."
    )
    return Question(
        title=f"Attach to {container.name}?",
        sentence=f"You will be wired to its main process. {keys}"
        + ("" if detail.open_stdin else " It reads no input; you will only see what it writes."),
        verb="Attach",
        refusal="Stay here",
    )


@action(Container, "a", when=_runs, ask=_ask_attach, many=False)
async def attach(ctx: Context, container: Container, answers: Answers) -> None:
    """Wire the terminal to its main process, as `docker attach` does."""
    await ctx.run_terminal(
        await ctx.engine(container).attach(container.id),
        before="ctrl-p ctrl-q detaches",
    )


@action(Container, "p", when=_runs, doing="pausing", done="paused")
async def pause(ctx: Context, container: Container, answers: Answers) -> None:
    """Freeze every process in it, keeping memory and connections as they are."""
    await ctx.engine(container).pause(container.id)


@action(
    Container,
    "p",
    when=lambda it: it.state is ContainerState.PAUSED,
    doing="resuming",
    done="resumed",
)
async def unpause(ctx: Context, container: Container, answers: Answers) -> None:
    """Let its processes run again."""
    await ctx.engine(container).unpause(container.id)


@action(
    Container,
    "S",
    label="Stop after…",
    when=lambda it: it.state.is_live,
    ask=ask_grace,
    doing="stopping",
    done="stopped",
)
async def stop_after(ctx: Context, container: Container, answers: Answers) -> None:
    """Stop it, with a grace of your choice before it is killed."""
    await ctx.engine(container).stop(container.id, grace_s=int(str(answers["grace"])))


@action(
    Container,
    "K",
    label="Kill…",
    when=lambda it: it.state.is_live,
    ask=ask_signal,
    doing="signalling",
)
async def kill(ctx: Context, container: Container, answers: Answers) -> str:
    """Send its main process a signal of your choice."""
    signal = str(answers["signal"])
    await ctx.engine(container).kill(container.id, signal=signal)
    return f"was sent {signal}"


@action(Container, "R", label="Rename…", ask=ask_name, doing="renaming", many=False)
async def rename(ctx: Context, container: Container, answers: Answers) -> str:
    """Give it another name."""
    name = str(answers["name"]).strip()
    await ctx.engine(container).rename(container.id, name)
    return f"is now {name}"


@action(
    Container,
    "d,delete",
    label="Remove…",
    ask=ask_remove,
    doing="removing",
    done="removed",
    rank=4,
)
async def remove(ctx: Context, container: Container, answers: Answers) -> None:
    """Remove it, and if you like its anonymous volumes; its writable layer is gone for good."""
    await ctx.keep_last_words(container)
    await ctx.engine(container).remove_container(
        container.id, force=bool(answers.get("force")), volumes=bool(answers.get("volumes"))
    )


@action(
    Container,
    "w",
    label="Browse",
    when=lambda it: bool(it.published) and it.state.is_live,
    ask=ask_port,
    reads=True,
    many=False,
)
async def browse(ctx: Context, container: Container, answers: Answers) -> None:
    """Open a port that it publishes in the browser."""
    chosen = str(answers.get("port", container.published[0].public))
    port = next(it for it in container.published if str(it.public) == chosen)
    ctx.open_url(port_url(ctx.engine(container).address, port))


@action(Container, "M", label="Go to image", reads=True, many=False)
async def go_to_image(ctx: Context, container: Container, answers: Answers) -> None:
    """Select the image that it was made from, in the list of images."""
    key = Key(container.engine, container.image_id)
    if not ctx.lists.show(Image, key):
        ctx.say(f"The image of {container.name} is no longer there, or has not been listed yet.")


@action(Container, "y", label="Copy name", reads=True, many=False)
async def copy(ctx: Context, container: Container, answers: Answers) -> None:
    """Copy its name to the clipboard."""
    ctx.copy(container.name, f"the name {container.name}")


@action(Container, "Y", label="Copy…", ask=ask_copy, reads=True, many=False)
async def copy_other(ctx: Context, container: Container, answers: Answers) -> None:
    """Copy its ID, an address, its image or its command to the clipboard."""
    what = str(answers["what"])
    ctx.copy(copyable(container)[what], f"{container.name}'s {what}")
