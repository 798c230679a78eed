"""A report of a mistake of ours, for the person to read and to send, in a file of their own."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from dockertui import __version__


def write_report(error: BaseException | None) -> str:
    """Write down what is known of an error, without the values of variables.

    Returns:
        The path of the file, or why there is none.
    """
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "dockertui"
    now = datetime.now(UTC)
    # Textual wraps what goes wrong in a worker, without its trace.
    cause = getattr(error, "error", None) or error
    text = "".join(traceback.format_exception(cause)) if cause else "no exception\n"
    head = f"dockertui {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
    path = folder / f"crash-{now:%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(f"{head}{now:%Y-%m-%d %H:%M:%S} UTC\n\n{text}")
    except OSError as failure:
        return f"nothing, for it could not be written down ({failure})"
    return str(path)
