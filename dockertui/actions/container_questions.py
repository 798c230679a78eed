"""What is asked before something is done to containers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from dockertui.actions.action import Context
from dockertui.actions.question import Check, Choice, Entry, Question
from dockertui.engine import ObjectNotFound
from dockertui.model import Container, Port
from dockertui.text import counted, middle_cut

_SIGNALS = (
    ("SIGKILL", "end it at once; it can save nothing"),
    ("SIGTERM", "ask it to end"),
    ("SIGINT", "as ctrl-c does"),
    ("SIGHUP", "many programs read their configuration again"),
    ("SIGQUIT", "end, and dump core or stacks"),
    ("SIGUSR1", "what it means is up to the program"),
    ("SIGUSR2", "what it means is up to the program"),
    ("SIGWINCH", "some servers end gracefully"),
    ("SIGSTOP", "freeze the main process alone"),
    ("SIGCONT", "let it go on"),
)
_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
_LONGEST_GRACE_S = 86_400
_LONGEST_VERB = 24
"""Cells of a name on a button."""


def names(containers: Sequence[Container]) -> str:
    """Name one container, or count several.

    >>> names([Container(id="a", name="web")])
    'web'
    """
    return containers[0].name if len(containers) == 1 else counted(len(containers), "container")


async def ask_stop(ctx: Context, containers: Sequence[Container]) -> Question | None:
    """Ask only where stopping destroys: `--rm` containers are removed as soon as they stop."""
    doomed = [each for each in containers if await _removes_itself(ctx, each)]
    if not doomed:
        return None
    return Question(
        title=f"Stop and so remove {names(doomed)}?",
        sentence="Started with --rm: the engine removes it as soon as it stops, with its "
        "writable layer and its anonymous volumes.",
        gone=tuple(each.name for each in doomed),
        verb=f"Stop {names(containers)}",
        refusal="Keep running",
        destroys=True,
    )


async def _removes_itself(ctx: Context, container: Container) -> bool:
    try:
        return (await ctx.engine(container).detail(container.id)).auto_remove
    except ObjectNotFound:
        return False


async def ask_grace(_ctx: Context, containers: Sequence[Container]) -> Question:
    """Ask how long to wait before killing."""

    def problem(text: str) -> str:
        if not text.strip().isdecimal() or int(text) > _LONGEST_GRACE_S:
            return "A whole number of seconds, at most a day; 0 kills at once."
        return ""

    return Question(
        title=f"Stop {names(containers)} after…",
        sentence="It is asked to stop, and killed when the grace is over.",
        gone=_listed(containers),
        fields=(Entry("grace", "Grace in seconds", "10", problem=problem),),
        verb="Stop",
        refusal="Keep running",
    )


async def ask_signal(_ctx: Context, containers: Sequence[Container]) -> Question:
    """Ask which signal to send."""
    return Question(
        title=f"Send {names(containers)} a signal",
        gone=_listed(containers),
        fields=(Choice("signal", "Signal", _SIGNALS),),
        verb="Send",
        refusal="Leave it",
        destroys=True,
    )


async def ask_name(ctx: Context, containers: Sequence[Container]) -> Question:
    """Ask for another name."""
    (container,) = containers
    taken = {it.name for it in ctx.objects(Container) if it.engine == container.engine}

    def problem(text: str) -> str:
        name = text.strip()
        if name == container.name:
            return "That is its name."
        if name in taken:
            return f"Another container is called {name}."
        if not _NAME.fullmatch(name):
            return "Two or more of a-z A-Z 0-9 _ . - and a letter or digit first."
        return ""

    return Question(
        title=f"Rename {container.name}",
        fields=(Entry("name", "New name", container.name, problem=problem),),
        verb="Rename",
        refusal="Keep the name",
    )


async def ask_remove(_ctx: Context, containers: Sequence[Container]) -> Question:
    """Ask before removing, and say what will be gone."""
    live = [it for it in containers if it.state.is_live]
    anonymous = sum(mount.is_anonymous for it in containers for mount in it.mounts)
    checks: list[Check] = []
    if live:
        checks.append(Check("force", f"Kill {'it' if len(live) == 1 else 'them'} first (force)"))
    if anonymous:
        volumes = counted(anonymous, "anonymous volume")
        checks.append(Check("volumes", f"Remove {volumes} too, with what is in there"))
    sentence = "What was written inside, outside of volumes, will be gone."
    if live:
        running = f"{names(live)} {'runs' if len(live) == 1 else 'run'}"
        sentence = f"{running}, and will only be removed by force. {sentence}"
    return Question(
        title=f"Remove {names(containers)}?",
        sentence=sentence,
        gone=tuple(_described(it) for it in containers),
        fields=tuple(checks),
        verb=f"Remove {middle_cut(names(containers), _LONGEST_VERB)}",
        destroys=True,
    )


async def ask_command(_ctx: Context, containers: Sequence[Container]) -> Question:
    """Ask what to run, as whom and where."""
    (container,) = containers
    return Question(
        title=f"Run a command in {container.name}",
        fields=(
            Entry(
                "command",
                "Command",
                hint="e.g. redis-cli monitor",
                problem=lambda text: "" if text.strip() else "What should run?",
            ),
            Entry("user", "User", hint="the container's own"),
            Entry("folder", "Folder", hint="the container's own"),
            Check("through_shell", "Through its shell: pipes, variables, quotes", ticked=True),
        ),
        verb="Run",
        refusal="Cancel",
    )


async def ask_port(_ctx: Context, containers: Sequence[Container]) -> Question | None:
    """Ask which port to open, where there are several."""
    (container,) = containers
    if len(container.published) == 1:
        return None
    options = tuple((str(it.public), f"→ {it.private}/{it.protocol}") for it in container.published)
    return Question(
        title=f"Open which port of {container.name}?",
        fields=(Choice("port", "Port on the host", options),),
        verb="Open",
        refusal="Cancel",
    )


async def ask_copy(_ctx: Context, containers: Sequence[Container]) -> Question:
    """Ask what to copy."""
    (container,) = containers
    return Question(
        title=f"Copy what of {container.name}?",
        fields=(Choice("what", "Copy", tuple(copyable(container).items())),),
        verb="Copy",
        refusal="Cancel",
    )


def copyable(container: Container) -> dict[str, str]:
    """What of a container can be copied: each thing's name, and its text."""
    found = {
        "name": container.name,
        "ID": container.id,
        "short ID": container.id[:12],
        **{f"address in {it.network}": it.address for it in container.networks},
        **{
            f"published {it.private}/{it.protocol}": f"{it.host_ip or '0.0.0.0'}:{it.public}"
            for it in container.published
        },
        "image": container.image,
        "command": container.command,
    }
    return {what: text for what, text in found.items() if text}


def port_url(engine_address: str, port: Port) -> str:
    """The address to open in a browser for a published port.

    It is on the engine's host, which is this one for a socket.

    >>> port_url("unix:///var/run/docker.sock", Port(80, public=8080))
    'http://localhost:8080'
    >>> port_url("tcp://10.0.0.7:2376", Port(443, public=8443, host_ip="0.0.0.0"))
    'https://10.0.0.7:8443'
    """
    host = urlsplit(engine_address).hostname if "://" in engine_address else None
    if engine_address.startswith(("unix:", "npipe:")) or host is None:
        host = "localhost" if port.is_everywhere or port.is_local else port.host_ip
    scheme = "https" if port.private in {443, 8443} else "http"
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}:{port.public}"


def _listed(containers: Sequence[Container]) -> tuple[str, ...]:
    return tuple(it.name for it in containers) if len(containers) > 1 else ()


def _described(container: Container) -> str:
    named = [it.source for it in container.mounts if it.kind == "volume" and not it.is_anonymous]
    kept = f"; keeps volume {', '.join(named)}" if named else ""
    return f"{container.name}  ({container.status or container.state}{kept})"
