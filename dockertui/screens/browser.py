"""The browser that addresses are opened in, if the person sits before one."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys


def browser() -> str:
    """The command that opens an address in it; empty where there is none, as over ssh."""
    is_mac = sys.platform == "darwin"
    has_screen = is_mac or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
    if not has_screen or "SSH_CONNECTION" in os.environ:
        return ""
    return shutil.which("open" if is_mac else "xdg-open") or ""


async def show(opener: str, url: str) -> None:
    """Open an address with that command."""
    process = await asyncio.create_subprocess_exec(
        opener,
        url,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    await process.wait()
