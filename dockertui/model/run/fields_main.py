"""What the form asks first, and what concerns the program and its files."""

from __future__ import annotations

from dockertui.model.run import checks, choices, mounts, values
from dockertui.model.run.declaring import declarer
from dockertui.model.run.field import Group, RunField, both, syntax
from dockertui.model.run.ports import published

_text, _switch, _many = declarer(Group.MAIN)

IMAGE = _text(
    "image",
    "Image",
    "The image to run: a reference, or the ID of one that is here.",
    flag="",
    hint="nginx:1.27",
    check=checks.image,
)
COMMAND = _text(
    "command",
    "Command",
    "What runs in place of the image's own command; words, quoted as in a shell.",
    flag="",
    check=checks.command,
)

MAIN: tuple[RunField, ...] = (
    _switch("detach", "Background", "Leave it in the background.", short="d"),
    _switch(
        "interactive",
        "Interactive",
        "Keep its input open, and type to it as soon as it runs.",
        short="i",
    ),
    _switch("tty", "Terminal", "Give it a terminal, as shells want one.", short="t"),
    _switch(
        "auto_remove",
        "--rm",
        "Remove it, and its anonymous volumes, as soon as it ends.",
        flag="rm",
    ),
    _text(
        "name",
        "Name",
        "What it is called; the engine makes a name up otherwise.",
        hint="made up",
        check=checks.name,
    ),
    _many(
        "ports",
        "Ports",
        "Publish a port: host:container, with an address before and /udp behind if need be.",
        flag="publish",
        short="p",
        hint="8080:80",
        check=both(published, checks.port),
    ),
    _many(
        "volumes",
        "Volumes",
        "Mount a volume by its name, or a folder of the host: source:target, :ro behind it.",
        flag="volume",
        short="v",
        hint="data:/data",
        check=both(mounts.volume, checks.folder),
    ),
    _many(
        "env",
        "Environment",
        "Set a variable; without = it gets the value that it has where dockertui runs.",
        short="e",
        hint="NAME=value",
        check=both(values.assignment, checks.variable),
    ),
    _many(
        "env_files",
        "From a file",
        "Set the variables in a file, NAME=value on each line.",
        flag="env-file",
        hint="./.env",
        check=checks.file_here,
    ),
    _text(
        "restart",
        "Restart",
        "When the engine starts it again: no, always, unless-stopped, on-failure:3.",
        hint="no",
        check=both(values.restart, checks.restarts),
    ),
)

_text, _switch, _many = declarer(Group.PROGRAM)

PROGRAM: tuple[RunField, ...] = (
    _text(
        "entrypoint",
        "Entrypoint",
        'The program before the command; "" for none at all.',
        check=checks.program,
    ),
    _text("user", "User", "Whom it runs as: a name or a number, :group behind it.", short="u"),
    _text(
        "workdir",
        "Folder",
        "Where it starts.",
        short="w",
        check=syntax(choices.folder_inside),
    ),
    _text(
        "platform",
        "Platform",
        "Which of an image's platforms to run.",
        hint="linux/amd64",
        check=syntax(choices.platform),
    ),
    _text(
        "pull",
        "Pull",
        "When to pull the image first: missing, always, never.",
        hint="missing",
        check=syntax(choices.pull_policy),
    ),
    _switch("init", "Init", "Let a small init reap its zombies and pass on signals."),
    _text(
        "stop_signal",
        "Stop signal",
        "What asks it to stop.",
        hint="SIGTERM",
        check=syntax(choices.stop_signal),
    ),
    _text(
        "stop_timeout",
        "Stop grace",
        "How many seconds it has to stop before it is killed.",
        hint="10",
        check=syntax(lambda it: values.whole(it, -1)),
    ),
)

_text, _switch, _many = declarer(Group.FILES)

FILES: tuple[RunField, ...] = (
    _many(
        "mounts",
        "Mounts",
        "Mount something, said in the long form.",
        flag="mount",
        hint="type=bind,source=/srv,target=/srv",
        check=both(mounts.mount, checks.mounted),
    ),
    _many(
        "tmpfs",
        "In memory",
        "A folder that is kept in memory, with options behind a colon.",
        hint="/run:size=64m",
        check=syntax(mounts.tmpfs),
    ),
    _switch("read_only", "Read only", "Mount its root read only; volumes stay as they are."),
    _many(
        "volumes_from",
        "Volumes from",
        "A container whose volumes it gets, too; :ro behind it.",
        hint="other:ro",
    ),
    _text("volume_driver", "Volume driver", "Who makes its volumes.", hint="local"),
    _text(
        "shm_size",
        "Shared memory",
        "The size of /dev/shm.",
        hint="64m",
        check=syntax(values.size),
    ),
    _many(
        "storage_opts",
        "Storage",
        "An option of the storage driver.",
        flag="storage-opt",
        hint="size=10G",
        check=syntax(lambda it: values.pair(it, "size=10G")),
    ),
)
