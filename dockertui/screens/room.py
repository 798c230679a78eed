"""A whole screen over the main one."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from dockertui.screens.host import Host
from dockertui.widgets.command import bindings, command


class Room(Host):
    """Has the keys that every room has. What they open is imported when they are pressed."""

    @command("question_mark", "Help")
    def action_help(self) -> None:
        """Show every key, those of what has the focus first."""
        from dockertui.screens.help import Help
        from dockertui.screens.offers import command_groups

        self.app.push_screen(Help(command_groups(self)))

    @command("colon,ctrl+p", "Do…")
    @work
    async def action_palette(self) -> None:
        """Find anything that can be done here by a few letters of its name."""
        from dockertui.screens.offers import command_items, run_command
        from dockertui.screens.palette import Palette

        run_command(self, await self.app.push_screen_wait(Palette(command_items(self))))

    BINDINGS: ClassVar = bindings(locals())
