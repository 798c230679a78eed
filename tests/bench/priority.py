"""Being left alone by whatever else the machine is doing."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

NICENESS = -15


def go_first(pid: int) -> None:
    """Let the group of a process, and all that it starts, go before others, if that is allowed."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PGRP, os.getpgid(pid), NICENESS)
        # Where Linux shares time between sessions, niceness counts only within one.
        Path(f"/proc/{pid}/autogroup").write_text(str(NICENESS))
